//! 4.1: strengths and weaknesses, precision in plain words, what citizens wrote.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::index::{self, Index, Mutu};
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};
use suara_domain::tally::Tally;
use suara_domain::topics::{Tone, TopicCount};

use super::{code, interval, name};
use crate::fonts::breakable;
use crate::indonesian;
use crate::report::SemesterReport;
use crate::voice::Voice;

/// How many elements have priority in the follow-up plan.
const PRIORITIES: usize = 3;
/// How many topics are told, and with how many quotations each.
const TOPICS: usize = 10;
const QUOTES: usize = 2;

#[derive(Serialize)]
pub(super) struct AnalysisView {
    /// Empty below ten responses, as `strongest`.
    weakest: Vec<RankedView>,
    strongest: Vec<RankedView>,
    precision: Option<PrecisionView>,
    comments: CommentsView,
}

impl AnalysisView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let order = if total.n() >= PUBLIC_FROM { index::by_weakness(&total) } else { Vec::new() };
        let ranked = |element: &Element| RankedView::of(report, &total, *element, voice);
        Self {
            weakest: order.iter().take(PRIORITIES).map(ranked).collect(),
            // With few elements answered, none is both strong and weak.
            strongest: order.iter().skip(PRIORITIES).rev().take(PRIORITIES).map(ranked).collect(),
            precision: PrecisionView::of(report, &total, voice),
            comments: CommentsView::of(report, voice),
        }
    }
}

#[derive(Serialize)]
struct RankedView {
    code: String,
    name: String,
    nrr: Option<String>,
    ikm: Option<String>,
    mutu: Option<&'static str>,
    /// Enough answers to colour the class.
    ranked: bool,
    n: String,
    /// Share of scores 1 and 2.
    low: String,
}

impl RankedView {
    fn of(report: &SemesterReport, total: &Tally, element: Element, voice: Voice) -> Self {
        let index = Index::of_element(total, element);
        let [one, two, ..] = total.counts(element);
        Self {
            code: code(element),
            name: name(report, element, voice),
            nrr: index::nrr_rounded(total, element).map(|nrr| voice.fixed(nrr)),
            mutu: index.as_ref().map(|index| index.mutu().letter()),
            ikm: index.map(|index| voice.fixed(index.rounded())),
            ranked: total.answered(element) >= RANKED_FROM,
            n: voice.count(total.answered(element)),
            low: voice.percent(one + two, total.answered(element)),
        }
    }
}

#[derive(Serialize)]
struct PrecisionView {
    interval: Option<String>,
    lower: Option<String>,
    upper: Option<String>,
    se: Option<String>,
    se_uncorrected: Option<String>,
    sampling_fraction: Option<String>,
    /// `good`, `care` or `unfit`.
    flag: &'static str,
    /// Probability of each class, A first.
    classes: Option<Vec<ClassView>>,
    /// Probability of the official class.
    certainty: Option<String>,
    /// Points by which those who did not answer would have to differ for the class to fall.
    points_to_lower_class: Option<String>,
}

#[derive(Serialize)]
struct ClassView {
    mutu: &'static str,
    probability: String,
}

impl PrecisionView {
    fn of(report: &SemesterReport, total: &Tally, voice: Voice) -> Option<Self> {
        let official = Index::of(total)?.mutu();
        let precision = Precision::with_clusters(total, report.population, report.clusters.as_ref())?;
        let ends = precision.interval;
        let classes = precision.class_probability.map(|values| Mutu::ALL.into_iter().zip(values));
        let class =
            |(mutu, value): (Mutu, f64)| ClassView { mutu: mutu.letter(), probability: probability(value, voice) };
        Some(Self {
            interval: ends.map(|ends| interval(ends, voice)),
            lower: ends.map(|(lower, _)| voice.decimal(lower, 1)),
            upper: ends.map(|(_, upper)| voice.decimal(upper, 1)),
            se: precision.se.map(|se| voice.decimal(se, 2)),
            se_uncorrected: precision.se_uncorrected.map(|se| voice.decimal(se, 2)),
            sampling_fraction: (precision.sampling_fraction > 0.0)
                .then(|| voice.decimal(precision.sampling_fraction * 100.0, 1)),
            flag: flag(precision.flag),
            certainty: classes
                .clone()
                .and_then(|mut classes| classes.find(|(mutu, _)| *mutu == official))
                .map(|(_, value)| probability(value, voice)),
            classes: classes.map(|classes| classes.map(class).collect()),
            points_to_lower_class: precision.points_to_lower_class.map(|points| voice.decimal(points, 1)),
        })
    }
}

/// A probability in whole percent, "< 1" and "> 99" at the ends.
pub(super) fn probability(value: f64, voice: Voice) -> String {
    indonesian::probability(value).replace(" %", voice.say(" %", "%"))
}

const fn flag(flag: PrecisionFlag) -> &'static str {
    match flag {
        PrecisionFlag::Baik => "good",
        PrecisionFlag::HatiHati => "care",
        PrecisionFlag::TidakUntukDibandingkan => "unfit",
    }
}

#[derive(Serialize)]
struct CommentsView {
    /// `None` without any.
    total: Option<String>,
    excerpts: Vec<String>,
    /// What was written about, the most frequent first; empty where comments were not sorted.
    topics: Vec<TopicView>,
    /// Comments without a topic.
    without_topic: Option<String>,
}

impl CommentsView {
    fn of(report: &SemesterReport, voice: Voice) -> Self {
        let comments = &report.comments;
        let sorted = report.topics.as_ref().filter(|it| !it.topics.is_empty());
        let topics = sorted.map_or(&[][..], |it| it.topics.as_slice());
        Self {
            total: (comments.total > 0).then(|| voice.count(comments.total)),
            excerpts: comments.excerpts.iter().map(|excerpt| breakable(excerpt)).collect(),
            topics: topics.iter().take(TOPICS).map(|topic| TopicView::of(report, topic, voice)).collect(),
            without_topic: sorted.map(|it| it.without_topic).filter(|n| *n > 0).map(|n| voice.count(n)),
        }
    }
}

#[derive(Serialize)]
struct TopicView {
    element: String,
    name: String,
    n: String,
    share: String,
    praise: String,
    complaint: String,
    wish: String,
    quotes: Vec<String>,
}

impl TopicView {
    fn of(report: &SemesterReport, count: &TopicCount, voice: Voice) -> Self {
        let tone = |tone: Tone| {
            let n = Tone::ALL.iter().zip(count.tones).find(|(one, _)| **one == tone).map_or(0, |(_, n)| n);
            voice.count(n)
        };
        Self {
            element: name(report, count.topic.element, voice),
            name: voice.say(count.topic.name, count.topic.english).to_owned(),
            n: voice.count(count.n),
            share: probability(count.share, voice),
            praise: tone(Tone::Praise),
            complaint: tone(Tone::Complaint),
            wish: tone(Tone::Wish),
            quotes: count.quotes.iter().take(QUOTES).map(|quote| breakable(&quote.text)).collect(),
        }
    }
}
