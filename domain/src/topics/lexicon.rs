//! The topics and the phrases they are recognised by.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Topic;
use super::tone::Tone;
use super::words::{Vocabulary, Word};
use crate::element::Element;

/// The list of topics; its head says how it is written.
const TOPICS: &str = include_str!("../../../data/topics/lexicon.txt");
/// The groups of a phrase lie within so many words: farther apart they are about different things.
const REACH: usize = 5;
/// Words of a clause at most; a longer one is read in pieces. The bits of a [`Found::words`].
pub(super) const LONGEST_CLAUSE: usize = 64;

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(TOPICS));

/// What a topic is recognised by.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Place in [`Lexicon::topics`].
    pub topic: usize,
    /// What the phrase says by itself.
    pub tone: Option<Tone>,
    /// Groups of neighbouring roots, which may stand in any order.
    groups: Vec<Vec<&'static str>>,
}

/// A phrase in a clause.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub phrase: &'static Phrase,
    /// One bit for every word of the clause that belongs to it.
    pub words: u64,
}

/// Topics, phrases and the words they are made of.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// In the order of the list, which is that of the questionnaire.
    pub topics: Vec<Topic>,
    phrases: Vec<Phrase>,
    /// Places of the phrases by the first word of their first group.
    by_first: BTreeMap<&'static str, Vec<usize>>,
    pub vocabulary: Vocabulary,
    /// Lines that are not written as the head of the list says; a test finds them.
    malformed: Vec<&'static str>,
}

impl Lexicon {
    fn parse(text: &'static str) -> Self {
        let mut lexicon = Self::default();
        let mut element = None;
        for line in text.lines().filter(|line| !line.is_empty() && *line != "#" && !line.starts_with("# ")) {
            if let Some(key) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                element = Element::from_key(key);
            } else if lexicon.add_topic(element, line).or_else(|| lexicon.add_phrases(line)).is_none() {
                lexicon.malformed.push(line);
            }
        }
        // "Ramah" is praise of whatever stands beside it. "Antre" is a complaint as a topic, and none of a machine.
        let praise = words(lexicon.phrases.iter().filter(|phrase| phrase.is_praise_in_a_word()));
        lexicon.vocabulary = Vocabulary::with(&praise, &words(lexicon.phrases.iter()));
        lexicon
    }

    fn add_topic(&mut self, element: Option<Element>, line: &'static str) -> Option<()> {
        let mut parts = line.split(" | ");
        let (key, name, english) = (parts.next()?, parts.next()?, parts.next()?);
        self.topics.push(Topic { key, element: element?, name, english });
        Some(())
    }

    fn add_phrases(&mut self, line: &'static str) -> Option<()> {
        let topic = self.topics.len().checked_sub(1)?;
        let (sign, phrases) = line.split_once(' ')?;
        let tone = match sign {
            "+" => Some(Tone::Praise),
            "-" => Some(Tone::Complaint),
            "=" => None,
            _ => return None,
        };
        for phrase in phrases.split(", ") {
            let groups: Vec<Vec<&str>> = phrase.split('+').map(|group| group.split(' ').collect()).collect();
            self.by_first.entry(groups.first()?.first()?).or_default().push(self.phrases.len());
            self.phrases.push(Phrase { topic, tone, groups });
        }
        Some(())
    }

    /// The phrases of a clause, without those inside a longer one.
    pub(super) fn find(&'static self, clause: &[Word]) -> Vec<Found> {
        let mut found = Vec::new();
        for (place, word) in clause.iter().enumerate() {
            let phrases =
                self.by_first.get(word.root).into_iter().flatten().filter_map(|index| self.phrases.get(*index));
            found.extend(
                phrases.filter_map(|phrase| phrase.words_at(clause, place).map(|words| Found { phrase, words })),
            );
        }
        let inside = |one: &Found, other: &Found| one.words & other.words == one.words && one.words != other.words;
        found.iter().filter(|one| !found.iter().any(|other| inside(one, other))).copied().collect()
    }
}

impl Phrase {
    fn is_praise_in_a_word(&self) -> bool {
        self.tone == Some(Tone::Praise) && self.groups.iter().map(Vec::len).sum::<usize>() == 1
    }

    /// The words of a clause that this phrase stands in, if its first group stands at this place.
    fn words_at(&self, clause: &[Word], place: usize) -> Option<u64> {
        let (first, others) = self.groups.split_first()?;
        let mut words = bits_at(first, clause, place)?;
        for group in others {
            let nearest = (0..clause.len()).filter(|other| other.abs_diff(place) <= REACH);
            let bits = nearest.filter_map(|other| Some((other.abs_diff(place), bits_at(group, clause, other)?)));
            words |= bits.filter(|(_, bits)| bits & words == 0).min().map(|(_, bits)| bits)?;
        }
        Some(words)
    }
}

/// The roots that phrases are made of.
fn words<'p>(phrases: impl Iterator<Item = &'p Phrase>) -> Vec<&'static str> {
    phrases.flat_map(|phrase| phrase.groups.iter().flatten().copied()).collect()
}

/// The places of a group that begins here.
fn bits_at(group: &[&str], clause: &[Word], place: usize) -> Option<u64> {
    let words = clause.get(place..place + group.len())?;
    let same = words.iter().zip(group).all(|(word, root)| word.root == *root);
    (same && place + group.len() <= LONGEST_CLAUSE).then(|| ((1 << group.len()) - 1) << place)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::topics::clauses::Reader;

    #[test]
    fn every_line_is_well_formed() {
        assert!(LEXICON.malformed.is_empty(), "{:?}", LEXICON.malformed);
        assert!(LEXICON.topics.len() >= 40, "{} topics", LEXICON.topics.len());
        let mut keys = BTreeSet::new();
        for topic in &LEXICON.topics {
            assert!(keys.insert(topic.key), "{} twice", topic.key);
            assert!(topic.key.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'), "{}", topic.key);
            assert!(!topic.name.is_empty() && !topic.english.is_empty() && topic.name != topic.english);
        }
        for element in Element::ALL {
            assert!(LEXICON.topics.iter().filter(|topic| topic.element == element).count() >= 4, "{element}");
        }
        let elements: Vec<Element> = LEXICON.topics.iter().map(|topic| topic.element).collect();
        assert!(elements.is_sorted(), "the order of the questionnaire");
    }

    #[test]
    fn every_topic_has_phrases_and_none_stands_twice() {
        let mut seen = BTreeMap::new();
        for phrase in &LEXICON.phrases {
            let topic = LEXICON.topics[phrase.topic].key;
            let mut groups = phrase.groups.clone();
            groups.sort();
            let before = seen.insert((groups, phrase.tone), topic);
            assert!(before.is_none(), "{:?} in {topic} and in {before:?}", phrase.groups);
        }
        for (index, topic) in LEXICON.topics.iter().enumerate() {
            assert!(LEXICON.phrases.iter().any(|phrase| phrase.topic == index), "{} has no phrase", topic.key);
        }
    }

    /// What nobody can write so that it is understood would never be found.
    #[test]
    fn every_phrase_is_found_in_itself() {
        let mut reader = Reader::default();
        for phrase in &LEXICON.phrases {
            let groups: Vec<String> = phrase.groups.iter().map(|group| group.join(" ").replace('#', "3")).collect();
            let reading = reader.read(&groups.join(" "));
            let found = reading.clauses.iter().flat_map(|clause| LEXICON.find(clause));
            let all: u64 = (1 << phrase.groups.iter().map(Vec::len).sum::<usize>()) - 1;
            assert!(
                found.into_iter().any(|found| found.phrase.topic == phrase.topic && found.words == all),
                "{:?} of {} reads {reading:?}",
                phrase.groups,
                LEXICON.topics[phrase.topic].key
            );
        }
    }

    /// Affixes on the words of one topic must not lead to the root of another.
    #[test]
    fn roots_are_their_own_stems_and_no_form_of_another() {
        let mut astray = Vec::new();
        for word in LEXICON.phrases.iter().flat_map(|phrase| phrase.groups.iter().flatten()) {
            assert_eq!(LEXICON.vocabulary.understand(word).root, *word);
            let forms = [format!("{word}nya"), format!("di{word}")];
            let own = |form: &String| LEXICON.vocabulary.exactly(form).is_some();
            for form in forms.into_iter().filter(|form| word.len() > 3 && !own(form)) {
                let root = LEXICON.vocabulary.understand(&form).root;
                if root != *word {
                    astray.push(format!("{form}: {root}"));
                }
            }
        }
        assert!(astray.is_empty(), "{astray:?}");
    }
}
