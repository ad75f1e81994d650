//! Repetition: the same answers with the same comment, again and again.

use std::collections::{HashMap, VecDeque};
use std::mem;

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use super::Observation;
use crate::respondent::Mode;

/// So many equal responses within [`super::WINDOW_MINUTES`] are a repetition.
const REPEATED_FROM: usize = 3;
/// A comment with fewer letters and digits says too little to be recognised: "baik sekali" is written by many.
const RECOGNISED_FROM: usize = 15;

/// Hash of the answers and the comment: equal for responses that say the same.
pub(super) type Key = [u8; 32];

/// What a response says, or `None` if the rule does not apply to it.
pub(super) fn key(observation: &Observation<'_>) -> Option<Key> {
    if observation.mode == Mode::Paper {
        return None;
    }
    let comment = letters_and_digits(observation.comment?);
    if comment.chars().count() < RECOGNISED_FROM {
        return None;
    }
    let mut hasher = Sha256::new();
    hasher.update(observation.answers.digits());
    hasher.update(comment);
    Some(hasher.finalize().into())
}

/// What is left of a comment when capitals, punctuation, spaces and look-alike letters are not told apart.
fn letters_and_digits(comment: &str) -> String {
    comment.nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric()).collect()
}

/// The groups of equal responses in the window that ends now.
#[derive(Debug, Default)]
pub(super) struct Repetitions {
    groups: HashMap<Key, Group>,
}

#[derive(Debug, Default)]
struct Group {
    /// Numbers of the responses in the window, the oldest first.
    members: VecDeque<usize>,
    /// How many of them, counted from the youngest, have no flag yet.
    unflagged: usize,
}

impl Repetitions {
    /// Takes the response with this number. Returns those that are to be flagged now: a window with enough members
    /// that ends here holds every member of any other window around them.
    pub(super) fn add(&mut self, key: Key, number: usize) -> Vec<usize> {
        let group = self.groups.entry(key).or_default();
        group.members.push_back(number);
        group.unflagged += 1;
        if group.members.len() < REPEATED_FROM {
            return Vec::new();
        }
        group.members.iter().rev().take(mem::take(&mut group.unflagged)).copied().collect()
    }

    /// Lets go of the oldest member of a group, which has left the window.
    pub(super) fn forget_oldest(&mut self, key: &Key) {
        let Some(group) = self.groups.get_mut(key) else { return };
        group.members.pop_front();
        group.unflagged = group.unflagged.min(group.members.len());
        if group.members.is_empty() {
            self.groups.remove(key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_one_comment_are_equal() {
        let expected = "pelayananramahdancepat2x";
        for writing in [
            "Pelayanan ramah, dan cepat 2x!",
            "PELAYANAN RAMAH DAN CEPAT (2X)",
            "ｐｅｌａｙａｎａｎ　ｒａｍａｈ dan cepat ２x",
            "pelayanan\nramah 👍 dan cepat ²x",
        ] {
            assert_eq!(letters_and_digits(writing), expected, "{writing}");
        }
        assert_ne!(letters_and_digits("Pelayanan ramah dan cepat 3x"), expected);
    }

    #[test]
    fn nothing_is_kept_of_what_has_left_the_window() {
        let mut repetitions = Repetitions::default();
        for number in 0..5 {
            assert_eq!(repetitions.add([7; 32], number).len(), [0, 0, 3, 1, 1][number]);
        }
        for _ in 0..5 {
            repetitions.forget_oldest(&[7; 32]);
        }
        assert!(repetitions.groups.is_empty());
    }
}
