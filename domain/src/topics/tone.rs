//! Praise, complaint or wish, by cues that anybody can check. It groups quotes and changes no figure.

use super::lexicon::Found;
use super::words::{Sense, Word};
use crate::keyed::keyed;

keyed! {
    /// What somebody says about a topic, as far as cues in the words tell.
    Tone {
        /// Praise.
        Praise = "pujian",
        /// A complaint.
        Complaint = "keluhan",
        /// What should be done.
        Wish = "usul",
        /// No cue, or cues against each other.
        Unclear = "tidak jelas",
    }
}

/// The tones that were heard.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    praise: bool,
    complaint: bool,
    wish: bool,
}

impl Heard {
    pub(super) fn add(&mut self, tone: Option<Tone>) {
        match tone {
            Some(Tone::Praise) => self.praise = true,
            Some(Tone::Complaint) => self.complaint = true,
            Some(Tone::Wish) => self.wish = true,
            Some(Tone::Unclear) => (self.praise, self.complaint) = (true, true),
            None => {}
        }
    }

    /// A complaint with a wish is a complaint, praise with a wish a wish; praise and complaint together are unclear.
    pub(super) fn tone(self) -> Option<Tone> {
        match self {
            Self { praise: true, complaint: true, .. } => Some(Tone::Unclear),
            Self { complaint: true, .. } => Some(Tone::Complaint),
            Self { wish: true, .. } => Some(Tone::Wish),
            Self { praise: true, .. } => Some(Tone::Praise),
            Self { .. } => None,
        }
    }
}

/// What a clause says about the topic of a phrase in it; `None` if it does not say.
pub(super) fn of_phrase(clause: &[Word], found: &Found) -> Option<Tone> {
    if has(clause, Sense::Wish) {
        return Some(Tone::Wish);
    }
    if let Some(tone) = found.phrase.tone {
        let negated =
            (0..clause.len()).any(|place| has_bit(found.words, place) && is_negated(clause, place, found.words));
        return Some(if negated { opposite(tone) } else { tone });
    }
    // "Tidak ada kursi", "Wi-Fi tidak bisa dipakai": something that is not there or does not work.
    of_cues(clause).or_else(|| has(clause, Sense::Negation).then_some(Tone::Complaint))
}

/// What the cues of a clause say, whatever it is about.
pub(super) fn of_cues(clause: &[Word]) -> Option<Tone> {
    let mut heard = Heard { wish: has(clause, Sense::Wish), ..Heard::default() };
    for (place, word) in clause.iter().enumerate() {
        let tone = match word.sense {
            Sense::Praise => Tone::Praise,
            Sense::Complaint => Tone::Complaint,
            _ => continue,
        };
        heard.add(Some(if is_negated(clause, place, 0) { opposite(tone) } else { tone }));
    }
    heard.tone()
}

fn has(clause: &[Word], sense: Sense) -> bool {
    clause.iter().any(|word| word.sense == sense)
}

/// "Tidak ramah", and across one known word that does not judge, "tidak petugas ramah". A negation that belongs to the
/// phrase itself ("belum jadi") has had its say.
fn is_negated(clause: &[Word], place: usize, phrase: u64) -> bool {
    let before = |steps: usize| place.checked_sub(steps).and_then(|place| Some((place, clause.get(place)?)));
    let negates = |found: Option<(usize, &Word)>| {
        found.is_some_and(|(place, word)| word.sense == Sense::Negation && !has_bit(phrase, place))
    };
    let across = before(1).is_some_and(|(_, word)| word.sense == Sense::Plain && !word.root.is_empty());
    negates(before(1)) || across && negates(before(2))
}

fn has_bit(words: u64, place: usize) -> bool {
    words >> place & 1 == 1
}

const fn opposite(tone: Tone) -> Tone {
    match tone {
        Tone::Praise => Tone::Complaint,
        Tone::Complaint => Tone::Praise,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use crate::topics::{Tone, mentions};

    #[test]
    fn cues_and_negations() {
        for (comment, topic, tone) in [
            ("petugas ramah", "keramahan", Tone::Praise),
            ("petugas tidak ramah", "keramahan", Tone::Complaint),
            ("petugas kurang ramah", "keramahan", Tone::Complaint),
            ("petugasnya tidak begitu ramah", "keramahan", Tone::Complaint),
            ("tolong lebih ramah", "keramahan", Tone::Wish),
            ("toilet", "toilet", Tone::Unclear),
            ("toilet kotor", "toilet", Tone::Complaint),
            ("tidak ada toilet", "toilet", Tone::Complaint),
            ("tidak ada pungli", "pungutan", Tone::Praise),
            ("kursi rusak tapi kursi bagus", "ruang_tunggu", Tone::Unclear),
            ("tidak lama menunggu", "lama_menunggu", Tone::Praise),
            ("KTP belum jadi", "ketepatan_selesai", Tone::Complaint),
            ("Parkir. Bagus sekali!", "parkir", Tone::Praise),
            ("parkirnya sempit, mohon diperluas", "parkir", Tone::Complaint),
        ] {
            let found = mentions(comment).into_iter().find(|mention| mention.topic.key == topic);
            assert_eq!(found.map(|mention| mention.tone), Some(tone), "{comment}");
        }
    }
}
