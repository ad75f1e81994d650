//! The words of comments: what they stand for, whether they judge, and which root a written word belongs to.

use std::collections::{BTreeMap, BTreeSet};

use super::{spelling, stem};

/// The list of words; its head says what the sections are.
const WORDS: &str = include_str!("../../../data/topics/words.txt");
/// Longer than any word of the language: letters in a row that say nothing.
const LONGEST_WORD: usize = 40;

/// What a word does in a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Sense {
    /// Says nothing about topics; its neighbours stand next to each other.
    Stop,
    /// Stands for itself.
    #[default]
    Plain,
    /// Turns praise into complaint and back.
    Negation,
    Praise,
    Complaint,
    Wish,
    /// Begins a clause of its own.
    Break,
    /// A comment with it is not quoted.
    Rude,
}

/// A word of a comment as the rules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) struct Word {
    /// Its root, empty if nothing is known of it.
    pub root: &'static str,
    pub sense: Sense,
}

/// Every known word.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Root and sense by writing; a root is a writing of itself.
    writings: BTreeMap<&'static str, Word>,
    /// Roots of what is written by people who have nothing to say.
    nothing: BTreeSet<&'static str>,
}

impl Vocabulary {
    /// The words of the list, and further roots that praise or just stand for themselves.
    pub(super) fn with(praise: &[&'static str], plain: &[&'static str]) -> Self {
        let mut vocabulary = Self::default();
        let mut section = "";
        for line in WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            match line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                Some(name) => section = name,
                None => vocabulary.learn(section, line),
            }
        }
        let nothing: Vec<&str> = vocabulary.nothing.iter().copied().collect();
        for (roots, sense) in [(praise, Sense::Praise), (plain, Sense::Plain), (nothing.as_slice(), Sense::Plain)] {
            for &root in roots {
                vocabulary.writings.entry(root).or_insert(Word { root, sense });
            }
        }
        vocabulary.settle_forms();
        vocabulary
    }

    fn learn(&mut self, section: &str, line: &'static str) {
        match (section, line.split_once(':')) {
            ("forms", Some((root, writings))) => {
                for writing in writings.split_whitespace() {
                    self.writings.insert(writing, Word { root, sense: Sense::Plain });
                }
            }
            ("nothing", _) => self.nothing.extend(line.split_whitespace()),
            _ => {
                let sense = sense(section).unwrap_or_default();
                self.writings.extend(line.split_whitespace().map(|root| (root, Word { root, sense })));
            }
        }
    }

    /// A form has the sense of its root, which stands in another section, maybe a later one.
    fn settle_forms(&mut self) {
        let senses: BTreeMap<&str, Sense> = self
            .writings
            .iter()
            .filter(|(writing, word)| **writing == word.root)
            .map(|(w, word)| (*w, word.sense))
            .collect();
        for word in self.writings.values_mut() {
            word.sense = senses.get(word.root).copied().unwrap_or_default();
        }
        let roots: Vec<Word> = self.writings.values().copied().collect();
        for word in roots {
            self.writings.entry(word.root).or_insert(word);
        }
    }

    /// The word that is written so, affixes and all, in lower case; `None` if it is unknown.
    pub(super) fn recognise(&self, written: &str) -> Option<Word> {
        let root = stem::root(written, |form| self.writings.get_key_value(form).map(|(writing, _)| *writing))?;
        self.exactly(root)
    }

    /// The word that is written exactly so.
    pub(super) fn exactly(&self, written: &str) -> Option<Word> {
        self.writings.get(written).copied()
    }

    /// The word that is meant, also if it has been misspelt.
    pub(super) fn understand(&self, written: &str) -> Word {
        if written.len() > LONGEST_WORD {
            return Word::default();
        }
        self.recognise(written).or_else(|| self.mend(written)).unwrap_or_default()
    }

    fn mend(&self, written: &str) -> Option<Word> {
        let single = singled(written);
        if let Some(word) = (single != written).then(|| self.recognise(&single)).flatten() {
            return Some(word);
        }
        let base = written.strip_suffix("nya").unwrap_or(written);
        [written, base].into_iter().find_map(|form| self.only_word_near(form))
    }

    /// The word that a long one is a slip away from, if all that are have the same root.
    fn only_word_near(&self, written: &str) -> Option<Word> {
        if written.len() < spelling::SHORTEST {
            return None;
        }
        let mut near = self.writings.iter().filter(|(word, _)| spelling::is_slip(written, word)).map(|(_, word)| *word);
        let first = near.next()?;
        near.all(|word| word.root == first.root).then_some(first)
    }

    /// Whether a comment of these words says nothing at all.
    pub(super) fn is_nothing<'a>(&self, mut words: impl Iterator<Item = &'a Word>) -> bool {
        words.all(|word| self.nothing.contains(word.root))
    }

    /// All writings with what they stand for.
    #[cfg(test)]
    pub(super) fn writings(&self) -> impl Iterator<Item = (&'static str, Word)> {
        self.writings.iter().map(|(writing, word)| (*writing, *word))
    }
}

fn sense(section: &str) -> Option<Sense> {
    Some(match section {
        "stop" => Sense::Stop,
        "common" => Sense::Plain,
        "negation" => Sense::Negation,
        "praise" => Sense::Praise,
        "complaint" => Sense::Complaint,
        "wish" => Sense::Wish,
        "break" => Sense::Break,
        "rude" => Sense::Rude,
        _ => return None,
    })
}

/// Every letter once where it stands several times in a row: "toillet", "cepaat".
fn singled(written: &str) -> String {
    let mut letters: Vec<char> = written.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::lexicon::LEXICON;

    /// Sections that may share a word with no other.
    fn sections() -> Vec<(&'static str, &'static str)> {
        let mut section = "";
        let mut words = Vec::new();
        for line in WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
                continue;
            }
            let list = if section == "forms" { line.split_once(':').expect("a form has a colon").1 } else { line };
            words.extend(list.split_whitespace().map(|word| (section, word)));
        }
        words
    }

    #[test]
    fn the_list_is_well_formed() {
        let mut seen = BTreeMap::new();
        for (section, word) in sections() {
            assert!(section == "forms" || section == "nothing" || sense(section).is_some(), "section {section}");
            assert!(word.chars().all(|letter| letter.is_ascii_lowercase()), "{word} in {section}");
            if section != "nothing" {
                let before = seen.insert(word, section);
                assert!(before.is_none(), "{word} stands in {section} and in {}", before.unwrap_or_default());
            }
        }
        assert!(seen.len() > 700, "{}", seen.len());
    }

    #[test]
    fn forms_lead_to_a_root_that_is_no_form() {
        for (writing, word) in LEXICON.vocabulary.writings() {
            assert_eq!(LEXICON.vocabulary.exactly(word.root).map(|root| root.root), Some(word.root), "{writing}");
        }
    }

    #[test]
    fn informal_regional_and_misspelt_words() {
        for (root, written) in [
            ("tidak", "gak nggak tdk ora ndak teu kada"),
            ("antre", "antrian antrean mengantri ngantri antriannya antreannya ngantre"),
            ("layan", "pelayanan melayani dilayani pelayananya pelayananx pelayanannnya"),
            ("tunggu", "menunggu nunggunya ditunggu ngenteni"),
            ("bersih", "kebersihan dibersihkan resik"),
            ("petugas", "petugasnya pegawainya petugase petugs petuagsnya satpamnya"),
            ("lambat", "lelet lemot kelambatan"),
            ("toilet", "toiletnya wcnya toillet"),
            ("pendingin", "acnya ac"),
            ("dingin", "dinginnya kedinginan"),
            ("penjelasan", "menjelaskan dijelaskan penjelasannya"),
            ("jelas", "jelas kejelasan"),
        ] {
            for word in written.split_whitespace() {
                assert_eq!(LEXICON.vocabulary.understand(word).root, root, "{word}");
            }
        }
    }

    #[test]
    fn words_that_only_look_alike_are_kept_apart() {
        for word in ["sebelum", "sampai", "selama", "setelah", "bersama", "sampah", "pengantar", "petani", "tempat"] {
            let root = LEXICON.vocabulary.understand(word).root;
            assert!(!["belum", "lama", "telah", "antre"].contains(&root), "{word} became {root}");
        }
        assert_ne!(LEXICON.vocabulary.understand("sampai"), LEXICON.vocabulary.understand("sampah"));
        assert_eq!(LEXICON.vocabulary.understand(&"a".repeat(500)), Word::default());
    }
}
