//! What citizens wrote, by topic and tone.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use serde::Serialize;
use suara_domain::topics::{Quote, SMALLEST_TOPIC, Tone, TopicCount, Topics};

use super::name;
use crate::fonts::breakable;
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

/// How many topics are told with quotations, and with how many each; the others in one line.
const QUOTED_TOPICS: usize = 10;
const QUOTES: usize = 2;
/// How many topics the summary tells of praise, and of complaints.
const FOREMOST: usize = 3;

#[derive(Serialize)]
pub(super) struct CommentsView {
    /// `None` without any.
    total: Option<String>,
    /// Comments that say something: shares of topics are of these. `None` where comments were not sorted.
    readable: Option<String>,
    /// Those that say nothing, like "-".
    unreadable: Option<String>,
    /// Printed where comments were not sorted.
    excerpts: Vec<String>,
    /// What was written about, the most frequent first; empty where comments were not sorted.
    topics: Vec<TopicView>,
    /// Comments without a topic.
    without_topic: Option<String>,
    /// Topics that are praised most, and those about which most is complained or wished for.
    praised: Vec<ForemostView>,
    complained: Vec<ForemostView>,
}

impl CommentsView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let comments = &report.comments;
        let sorted = report.topics.as_ref().filter(|it| !it.topics.is_empty());
        let some = |n: u64| (n > 0).then(|| voice.count(n));
        Self {
            total: some(comments.total),
            readable: sorted.map(|it| voice.count(it.readable)),
            unreadable: sorted.and_then(|it| some(it.comments.saturating_sub(it.readable))),
            excerpts: comments.excerpts.iter().map(|excerpt| breakable(excerpt)).collect(),
            topics: sorted.map(|it| topics(report, it, voice)).unwrap_or_default(),
            without_topic: sorted.and_then(|it| some(it.without_topic)),
            praised: sorted.map(|it| foremost(it, &[Tone::Praise], voice)).unwrap_or_default(),
            complained: sorted.map(|it| foremost(it, &[Tone::Complaint, Tone::Wish], voice)).unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct ForemostView {
    name: &'static str,
    n: String,
}

/// The topics with most comments of these tones; one or two comments do not stand out.
fn foremost(topics: &Topics, tones: &[Tone], voice: Voice) -> Vec<ForemostView> {
    let count = |topic: &TopicCount| tones.iter().map(|tone| of_tone(topic, *tone)).sum::<u64>();
    let mut found: Vec<(&TopicCount, u64)> = topics.topics.iter().map(|topic| (topic, count(topic))).collect();
    found.retain(|(_, n)| *n >= SMALLEST_TOPIC);
    found.sort_by_key(|(_, n)| Reverse(*n));
    let view = |(topic, n): (&TopicCount, u64)| ForemostView { name: called(topic, voice), n: voice.count(n) };
    found.into_iter().take(FOREMOST).map(view).collect()
}

#[derive(Serialize)]
struct TopicView {
    element: String,
    name: &'static str,
    n: String,
    share: String,
    /// Tones that occur; their counts add up to `n`.
    tones: Vec<ToneView>,
    quotes: Vec<QuoteView>,
}

#[derive(Serialize)]
struct ToneView {
    /// Key of the catalogue.
    tone: &'static str,
    n: String,
}

#[derive(Serialize)]
struct QuoteView {
    text: String,
    tone: &'static str,
}

/// A comment is quoted once, under the most frequent of its topics.
fn topics(report: &SemesterReport, topics: &Topics, voice: Voice) -> Vec<TopicView> {
    let mut said = BTreeSet::new();
    let mut view = |(place, topic): (usize, &TopicCount)| {
        let fresh = topic.quotes.iter().filter(|quote| said.insert(quote.text.to_lowercase()));
        let quotes = if place < QUOTED_TOPICS { QUOTES } else { 0 };
        TopicView::of(report, topic, fresh.take(quotes).collect(), voice)
    };
    topics.topics.iter().enumerate().map(&mut view).collect()
}

impl TopicView {
    fn of(report: &SemesterReport, topic: &TopicCount, quotes: Vec<&Quote>, voice: Voice) -> Self {
        let quote = |quote: &Quote| QuoteView { text: breakable(&quote.text), tone: key(quote.tone) };
        let tones = Tone::ALL.iter().map(|tone| (key(*tone), of_tone(topic, *tone))).filter(|(_, n)| *n > 0);
        Self {
            element: name(report, topic.topic.element, voice),
            name: called(topic, voice),
            n: voice.count(topic.n),
            share: percent::probability(topic.share),
            tones: tones.map(|(tone, n)| ToneView { tone, n: voice.count(n) }).collect(),
            quotes: quotes.into_iter().map(quote).collect(),
        }
    }
}

fn of_tone(topic: &TopicCount, tone: Tone) -> u64 {
    Tone::ALL.iter().zip(topic.tones).find(|(one, _)| **one == tone).map_or(0, |(_, n)| n)
}

fn called(topic: &TopicCount, voice: Voice) -> &'static str {
    voice.say(topic.topic.name, topic.topic.english)
}

const fn key(tone: Tone) -> &'static str {
    match tone {
        Tone::Praise => "praise",
        Tone::Complaint => "complaint",
        Tone::Wish => "wish",
        Tone::Unclear => "unclear",
    }
}
