//! What people wrote about, told by element: topics with their number of comments, tones and a few quotes.
//!
//! A topic is a line of a list (`data/topics/lexicon.txt`) with the phrases it is recognised by; a comment is brought
//! to the roots of its words and searched for them. Everybody can look up why a comment was counted, nothing is
//! learned from data, and no figure of the index depends on it. What the list does not know is not found: the number of
//! comments without a topic is printed beside the topics.
//!
//! Nothing here depends on the order of the comments.

mod clauses;
mod lexicon;
mod quotes;
mod spelling;
mod stem;
mod tone;
mod words;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use self::clauses::{Reader, Reading};
use self::lexicon::LEXICON;
use self::quotes::Candidate;
use self::tone::Heard;
pub use self::tone::Tone;
use crate::element::{ELEMENTS, Element};

/// Topics in fewer comments are not told one by one: one person's story could be recognised. This is the limit for those
/// who may read the comments themselves; what is published keeps to the limits of STATISTICS 5 as well.
pub const SMALLEST_TOPIC: u64 = 3;

/// Something people write about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Stable name in files, such as `lama_menunggu`.
    pub key: &'static str,
    /// The element it belongs to.
    pub element: Element,
    /// Name in Bahasa Indonesia.
    pub name: &'static str,
    /// Name in English.
    pub english: &'static str,
}

impl Topic {
    /// Every topic, in the order of the questionnaire.
    #[must_use]
    pub fn all() -> &'static [Self] {
        &LEXICON.topics
    }
}

/// A topic of one comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What is mentioned.
    pub topic: &'static Topic,
    /// What is said about it.
    pub tone: Tone,
}

/// A comment as it may be shown: one line, without what could identify somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The line. It is data still: whoever prints it escapes it.
    pub text: String,
    /// What it says about the topic.
    pub tone: Tone,
}

/// What was written about one topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicCount {
    /// The topic.
    pub topic: &'static Topic,
    /// Comments that mention it, each counted once; [`SMALLEST_TOPIC`] or more.
    pub n: u64,
    /// The part of all readable comments, 0 to 1.
    pub share: f64,
    /// Number of comments by tone, in the order of [`Tone::ALL`]; their sum is `n`.
    pub tones: [u64; 4],
    /// Up to three quotes, the most typical ones; none of unclear tone, nor of a comment that praises one thing and
    /// complains about another.
    pub quotes: Vec<Quote>,
}

/// The topics of a set of comments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topics {
    /// All comments.
    pub comments: u64,
    /// Those that say something: not "-", "nihil", a smiley alone, or another script.
    pub readable: u64,
    /// Readable comments in which no topic was found.
    pub without_topic: u64,
    /// Comments with a topic that is too rare to be told ("lainnya").
    pub others: u64,
    /// The topics, the most frequent first, equal ones by name.
    pub topics: Vec<TopicCount>,
    by_element: [u64; ELEMENTS],
}

impl Topics {
    /// The topics of these comments, masked as they are in the archive. Takes time in proportion to their length.
    ///
    /// ```
    /// use suara_domain::topics::Topics;
    /// let comments = ["Antreannya lama sekali", "nunggu 2 jam!!", "Tidak usah menunggu lama, bagus", "-"];
    /// let topics = Topics::of(comments.into_iter());
    /// assert_eq!((topics.comments, topics.readable), (4, 3));
    /// assert_eq!((topics.topics[0].topic.name, topics.topics[0].n), ("Lama menunggu", 3));
    /// ```
    #[must_use]
    pub fn of<'a>(comments: impl Iterator<Item = &'a str>) -> Self {
        let mut reader = Reader::default();
        let mut topics = Self::default();
        let mut found: BTreeMap<usize, Vec<Candidate<'a>>> = BTreeMap::new();
        let mut places: Vec<Vec<usize>> = Vec::new();
        for comment in comments {
            topics.comments += 1;
            let reading = reader.read(comment);
            if !reading.is_readable() {
                continue;
            }
            topics.readable += 1;
            let (tones, whole) = tones(&reading);
            topics.count_elements(tones.keys());
            for (place, tone) in &tones {
                found.entry(*place).or_default().push(Candidate::new(comment, &reading, *tone, whole));
            }
            places.push(tones.into_keys().collect());
        }
        topics.without_topic = count(&places, Vec::is_empty);
        let rare = |place: &usize| found.get(place).is_some_and(|found| length(found) < SMALLEST_TOPIC);
        topics.others = count(&places, |places| places.iter().any(rare));
        topics.tell(&found);
        topics
    }

    /// The topics of one element, the most frequent first.
    pub fn of_element(&self, element: Element) -> impl Iterator<Item = &TopicCount> {
        self.topics.iter().filter(move |count| count.topic.element == element)
    }

    /// Comments that mention a topic of the element, each counted once; `None` below [`SMALLEST_TOPIC`].
    #[must_use]
    pub fn n_of(&self, element: Element) -> Option<u64> {
        Some(self.by_element[element.index()]).filter(|n| *n >= SMALLEST_TOPIC)
    }

    fn count_elements<'p>(&mut self, places: impl Iterator<Item = &'p usize>) {
        let mut mentioned = [false; ELEMENTS];
        for topic in places.filter_map(|place| LEXICON.topics.get(*place)) {
            mentioned[topic.element.index()] = true;
        }
        for (n, mentioned) in self.by_element.iter_mut().zip(mentioned) {
            *n += u64::from(mentioned);
        }
    }

    fn tell(&mut self, found: &BTreeMap<usize, Vec<Candidate<'_>>>) {
        for (place, candidates) in found {
            let n = length(candidates);
            let Some(topic) = LEXICON.topics.get(*place).filter(|_| n >= SMALLEST_TOPIC) else { continue };
            let mut tones = [0; 4];
            for (tone, n) in Tone::ALL.iter().zip(&mut tones) {
                *n = count(candidates, |candidate| candidate.tone == *tone);
            }
            let share = n as f64 / self.readable as f64;
            self.topics.push(TopicCount { topic, n, share, tones, quotes: quotes::representative(candidates) });
        }
        self.topics.sort_by_key(|count| (Reverse(count.n), count.topic.name));
    }
}

/// The topics of one comment, in the order of [`Topic::all`].
#[must_use]
pub fn mentions(comment: &str) -> Vec<Mention> {
    let (tones, _) = tones(&Reader::default().read(comment));
    let mention = |(place, tone)| Some(Mention { topic: LEXICON.topics.get(place)?, tone });
    tones.into_iter().filter_map(mention).collect()
}

/// The topics of a comment by their place in the list, with what is said about each. A clause that does not say it
/// takes it from the rest of the comment: "Parkir. Bagus sekali!" Behind them what the comment says as a whole.
fn tones(reading: &Reading) -> (BTreeMap<usize, Tone>, Tone) {
    let mut about: BTreeMap<usize, Heard> = BTreeMap::new();
    let mut everything = Heard::default();
    for clause in &reading.clauses {
        everything.add(tone::of_cues(clause));
        for found in LEXICON.find(clause) {
            let tone = tone::of_phrase(clause, &found);
            everything.add(tone);
            about.entry(found.phrase.topic).or_default().add(tone);
        }
    }
    let whole = everything.tone().unwrap_or(Tone::Unclear);
    let settled = |heard: Heard| heard.tone().unwrap_or(whole);
    (about.into_iter().map(|(place, heard)| (place, settled(heard))).collect(), whole)
}

fn length<T>(items: &[T]) -> u64 {
    items.len() as u64
}

fn count<T>(items: &[T], wanted: impl Fn(&T) -> bool) -> u64 {
    items.iter().filter(|item| wanted(item)).count() as u64
}
