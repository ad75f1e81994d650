//! Which comments stand for many, and whether one may be shown at all.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::Quote;
use super::clauses::Reading;
use super::lexicon::LEXICON;
use super::tone::Tone;
use super::words::Sense;
use crate::masking;

/// Shorter quotes say little, longer ones are a story and tell who was there.
const LENGTH: RangeInclusive<usize> = 20..=160;
/// Quotes of one topic at most.
const QUOTES: usize = 3;
/// So many digits in a row may be part of a number that identifies; hours have fewer.
const DIGITS_IN_A_ROW: usize = 3;
/// The same for the whole of a quote, whatever stands between them.
const DIGITS: usize = 6;
/// What markup, formulas, masks and addresses are made of.
const FOREIGN: &str = "<>{}[]\\`=#@$|~^*_";
/// What may stand in a sentence beside letters, digits and spaces.
const PUNCTUATION: &str = ".,;:!?'\"()/-%&+\u{2018}\u{2019}\u{201c}\u{201d}\u{2013}\u{2026}";
/// A word in capitals is an abbreviation if it is shorter than this, otherwise somebody shouts.
const SHORTEST_SHOUTED: usize = 4;
/// The root of all words for those who work there.
const STAFF: &str = "petugas";
/// Before a name, and before whose name it is.
const NAME: [&str; 2] = ["nama", "bernama"];
/// Before a name, in lower case.
const TITLES: [&str; 38] = [
    "pak", "bu", "bapak", "ibu", "mas", "mbak", "mba", "kak", "kakak", "bang", "abang", "mbah", "haji", "hj", "h",
    "teh", "kang", "uda", "uni", "cak", "ning", "gus", "ustad", "ustaz", "dokter", "dr", "sdr", "sdri", "saudara",
    "saudari", "tn", "ny", "tuan", "bli", "nama", "bernama", "mr", "mrs",
];

/// A comment about a topic.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    pub text: &'a str,
    pub tone: Tone,
    /// Roots of its words, unknown ones left out.
    pub roots: BTreeSet<&'static str>,
    /// All words that are not left out.
    pub words: usize,
    pub rude: bool,
    /// What it says about the topic cannot be told, or the whole of it says something else as well: praise beside a
    /// complaint. As a quote it would contradict its tone.
    pub mixed: bool,
}

impl<'a> Candidate<'a> {
    pub(super) fn new(text: &'a str, reading: &Reading, tone: Tone, whole: Tone) -> Self {
        let roots: BTreeSet<&str> = reading.words().map(|word| word.root).filter(|root| !root.is_empty()).collect();
        let unknown = reading.words().filter(|word| word.root.is_empty()).count();
        let rude = reading.words().any(|word| word.sense == Sense::Rude);
        let mixed = [tone, whole].contains(&Tone::Unclear);
        Self { text, tone, words: roots.len() + unknown, roots, rude, mixed }
    }

    /// Whether both say the same: half of their words, or more, are common to them.
    fn is_like(&self, other: &Self) -> bool {
        let common = self.roots.intersection(&other.roots).count();
        2 * common >= self.roots.union(&other.roots).count()
    }
}

/// Up to three quotes, those first whose words are the commonest among all comments about the topic; the tones take
/// turns, the commonest first. The same whatever order the candidates come in.
pub(super) fn representative(candidates: &[Candidate<'_>]) -> Vec<Quote> {
    let mut frequency: BTreeMap<&str, usize> = BTreeMap::new();
    let mut tones: BTreeMap<Tone, usize> = BTreeMap::new();
    for candidate in candidates {
        *tones.entry(candidate.tone).or_default() += 1;
        candidate.roots.iter().for_each(|root| *frequency.entry(root).or_default() += 1);
    }
    // In thousandths, so that it stays a whole number.
    let typical = |candidate: &Candidate<'_>| {
        1000 * candidate.roots.iter().filter_map(|root| frequency.get(root)).sum::<usize>() / candidate.words.max(1)
    };
    let mut ordered: Vec<(&Candidate<'_>, usize)> =
        candidates.iter().map(|candidate| (candidate, typical(candidate))).collect();
    ordered.sort_by_key(|(candidate, typical)| (Reverse(*typical), candidate.text));

    let mut turns: Vec<(Tone, usize)> = tones.into_iter().collect();
    turns.sort_by_key(|(tone, n)| (Reverse(*n), *tone));
    let mut chosen: Vec<(&Candidate<'_>, Quote)> = Vec::new();
    while chosen.len() < QUOTES {
        let before = chosen.len();
        for (tone, _) in &turns {
            if chosen.len() < QUOTES {
                chosen.extend(next(&ordered, *tone, &chosen));
            }
        }
        if chosen.len() == before {
            break;
        }
    }
    chosen.into_iter().map(|(_, quote)| quote).collect()
}

/// The most typical comment of this tone that may be shown and is like none that was chosen.
fn next<'c, 'a>(
    ordered: &[(&'c Candidate<'a>, usize)],
    tone: Tone,
    chosen: &[(&Candidate<'_>, Quote)],
) -> Option<(&'c Candidate<'a>, Quote)> {
    let fits = |candidate: &Candidate<'_>| {
        let shown = !candidate.rude && !candidate.mixed;
        candidate.tone == tone && shown && chosen.iter().all(|(other, _)| !candidate.is_like(other))
    };
    ordered.iter().filter(|(candidate, _)| fits(candidate)).find_map(|(candidate, _)| {
        let text = quotable(candidate.text)?;
        Some((*candidate, Quote { text, tone }))
    })
}

/// The comment as it may be shown: one line without emoji and invisible characters. `None` if it is too short or too
/// long, written in another script, holds markup, addresses or long numbers, or seems to name somebody.
pub(super) fn quotable(text: &str) -> Option<String> {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            _ if character.is_whitespace() => line.push(' '),
            _ if FOREIGN.contains(character) => return None,
            _ if character.is_ascii_alphanumeric() || PUNCTUATION.contains(character) => line.push(character),
            _ if character.is_alphanumeric() && !('\u{c0}'..='\u{24f}').contains(&character) => return None,
            _ if character.is_alphanumeric() => line.push(character),
            _ => {}
        }
    }
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    // A quote begins with a word, in a workbook too.
    let line = line.trim_start_matches(|first: char| !first.is_alphanumeric()).to_owned();
    let lower = line.to_lowercase();
    let address = ["http", "www.", ".com", ".id", ".net"].iter().any(|part| lower.contains(part));
    let fits = LENGTH.contains(&line.chars().count()) && !address && !has_numbers(&line);
    (fits && !names_somebody(&line) && masking::mask(&line) == line).then_some(line)
}

fn has_numbers(line: &str) -> bool {
    let runs = line.split(|character: char| !character.is_numeric()).map(|run| run.chars().count());
    let (longest, all) = runs.fold((0, 0), |(longest, all), run| (run.max(longest), all + run));
    longest >= DIGITS_IN_A_ROW || all > DIGITS
}

/// An unknown word with a capital letter, or in the place of a name: after a title, after "petugas". In doubt it is a
/// name. A name in small letters that stands elsewhere cannot be recognised.
fn names_somebody(line: &str) -> bool {
    let mut before = String::new();
    for word in line.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let lower = word.to_lowercase();
        let known = LEXICON.vocabulary.recognise(&lower).is_some() || is_title(&lower) || starts_with_digit(word);
        let exact = LEXICON.vocabulary.exactly(&lower);
        let place_of_a_name = is_title(&before) && exact.is_none() && !is_title(&lower);
        let staff = LEXICON.vocabulary.recognise(&before).is_some_and(|word| word.root == STAFF);
        if place_of_a_name || !known && (staff || is_capitalised(word)) {
            return true;
        }
        // "Nama saya Sumarni": the name comes after whose it is.
        let whose = NAME.contains(&before.as_str()) && exact.is_some_and(|word| word.sense == Sense::Stop);
        before = if whose { before } else { lower };
    }
    false
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

fn starts_with_digit(word: &str) -> bool {
    word.starts_with(char::is_numeric)
}

/// With a capital letter, and no abbreviation such as NIB.
fn is_capitalised(word: &str) -> bool {
    let abbreviation = word.chars().count() < SHORTEST_SHOUTED && word.chars().all(char::is_uppercase);
    word.starts_with(char::is_uppercase) && !abbreviation
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::clauses::Reader;

    #[test]
    fn what_may_be_shown() {
        for (text, shown) in [
            ("  Petugasnya ramah\n\n dan  sabar 👍👍 ", "Petugasnya ramah dan sabar"),
            ("Antre dari jam 8 baru dilayani jam 11.30", "Antre dari jam 8 baru dilayani jam 11.30"),
            ("=- Toiletnya kotor sekali".trim_start_matches('='), "Toiletnya kotor sekali"),
            ("Pak satpam dan ibu petugas ramah", "Pak satpam dan ibu petugas ramah"),
            ("Pelayanan\u{202e} cepat dan\u{200b} ramah", "Pelayanan cepat dan ramah"),
            ("Urus KTP dan NIB cepat sekali", "Urus KTP dan NIB cepat sekali"),
        ] {
            assert_eq!(quotable(text).as_deref(), Some(shown), "{text}");
        }
    }

    #[test]
    fn what_must_not_be_shown() {
        for text in [
            "ramah",
            "Hubungi saya di [telepon] kalau sudah jadi",
            "Hubungi saya di 0812-3456-7890 kalau sudah jadi",
            "nomor saya 08 12 34 56 78 tolong dihubungi",
            "nomor saya ٠٨١٢٣٤٥٦ tolong dihubungi",
            "surat ke budi@contoh.id tidak dibalas",
            "lihat di www.contoh.go.id semuanya jelas",
            "<script>alert(1)</script> petugas ramah",
            "=HYPERLINK(\"x\") petugas ramah sekali",
            "#read(\"x\") petugas ramah sekali",
            "Petugas Budi ramah sekali kepada kami",
            "petugas budi ramah sekali kepada kami",
            "pak joko di loket tiga sangat ramah",
            "Terima kasih mbak rina, sangat membantu",
            "TERIMA KASIH BUDI SUDAH MEMBANTU KAMI",
            "Loket tiga, Wahyuni, sangat ramah",
            "nama saya sumarni, syaratnya kurang jelas",
            "الخدمة ممتازة جدا petugas ramah",
        ] {
            assert_eq!(quotable(text), None, "{text}");
        }
        assert_eq!(quotable(&"toilet kotor ".repeat(20)), None);
    }

    fn quotes(comments: &[&str]) -> Vec<String> {
        let mut reader = Reader::default();
        let tone = |text: &str| if text.contains("kotor") { Tone::Complaint } else { Tone::Praise };
        let candidates: Vec<Candidate<'_>> =
            comments.iter().map(|text| Candidate::new(text, &reader.read(text), tone(text), tone(text))).collect();
        representative(&candidates).into_iter().map(|quote| quote.text).collect()
    }

    #[test]
    fn typical_ones_in_turn_and_none_twice() {
        let comments = [
            "Toilet kotor dan tidak ada air",
            "Toilet kotor dan tidak ada air!",
            "toilet kotor, dan tidak ada air sama sekali",
            "Toilet kotor dan lampu mati",
            "Toilet bersih dan wangi sekali",
            "Toilet kotor seperti kandang ayam ya ampun astaga",
            "Toilet kotor, anjing",
        ];
        let chosen = quotes(&comments);
        assert_eq!(chosen.len(), 3, "{chosen:?}");
        assert!(chosen[0].to_lowercase().starts_with("toilet kotor"), "{chosen:?}");
        assert_eq!(chosen[1], "Toilet bersih dan wangi sekali");
        assert!(chosen.iter().all(|quote| !quote.contains("anjing")));
        let mut backwards = comments;
        backwards.reverse();
        assert_eq!(quotes(&backwards), chosen, "the order of the comments does not matter");
    }
}
