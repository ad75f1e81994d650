//! The tally: everything a group of responses contributes to any figure, as integers that add up.
//!
//! The tally of a union is the sum of the tallies, whatever the order or the partition. Every official figure, its
//! variance with missing answers, Cronbach's α and item–rest correlations follow exactly from it (STATISTICS 1, 2, 9).

mod columns;

use std::ops::AddAssign;

pub use self::columns::ColumnsError;
use crate::element::{Answers, ELEMENTS, Element, Score};

/// Integer sums over a group of responses. Below, `r_u` is 1 where a respondent answered element `u` and 0 elsewhere,
/// and `s_u` is the score (0 where unanswered).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    n: u64,
    scores: [[u64; 4]; ELEMENTS],
    rr: [[u64; ELEMENTS]; ELEMENTS],
    sr: [[u64; ELEMENTS]; ELEMENTS],
    ss: [[u64; ELEMENTS]; ELEMENTS],
}

impl Default for Tally {
    fn default() -> Self {
        let zero = [[0; ELEMENTS]; ELEMENTS];
        Self { n: 0, scores: [[0; 4]; ELEMENTS], rr: zero, sr: zero, ss: zero }
    }
}

impl Tally {
    /// Counts `times` respondents who all gave these answers. Answers without a single score count for nothing: such
    /// a response is not an accepted one (STATISTICS, notation).
    pub fn add(&mut self, answers: &Answers, times: u64) {
        let digits = answers.digits().map(u64::from);
        if digits.iter().all(|digit| *digit == 0) {
            return;
        }
        let answered = digits.map(|digit| u64::from(digit > 0));
        self.n += times;
        for element in Element::ALL {
            if let Some(score) = answers.get(element) {
                self.scores[element.index()][usize::from(score.get()) - 1] += times;
            }
        }
        for u in 0..ELEMENTS {
            for v in 0..ELEMENTS {
                self.rr[u][v] += times * answered[u] * answered[v];
                self.sr[u][v] += times * digits[u] * answered[v];
                self.ss[u][v] += times * digits[u] * digits[v];
            }
        }
    }

    /// Number of accepted responses, n.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// How many gave `element` this score.
    #[must_use]
    pub const fn count(&self, element: Element, score: Score) -> u64 {
        self.scores[element.index()][score.get() as usize - 1]
    }

    /// The four score counts of an element, score 1 first.
    #[must_use]
    pub const fn counts(&self, element: Element) -> [u64; 4] {
        self.scores[element.index()]
    }

    /// How many answered `element`, `n_u`.
    #[must_use]
    pub fn answered(&self, element: Element) -> u64 {
        self.counts(element).iter().sum()
    }

    /// Sum of the scores of `element`, `Σ s_u`.
    #[must_use]
    pub fn score_sum(&self, element: Element) -> u64 {
        self.counts(element).iter().zip(1..).map(|(count, score)| count * score).sum()
    }

    /// The elements that at least one respondent answered.
    pub fn used(&self) -> impl Iterator<Item = Element> + '_ {
        Element::ALL.into_iter().filter(|element| self.answered(*element) > 0)
    }

    /// `Σ r_u r_v`: how many answered both.
    #[must_use]
    pub const fn both_answered(&self, u: Element, v: Element) -> u64 {
        self.rr[u.index()][v.index()]
    }

    /// `Σ s_u r_v`: sum of the scores of `u` over those who answered `v` too.
    #[must_use]
    pub const fn score_where_answered(&self, u: Element, v: Element) -> u64 {
        self.sr[u.index()][v.index()]
    }

    /// `Σ s_u s_v`: sum of the score products.
    #[must_use]
    pub const fn score_products(&self, u: Element, v: Element) -> u64 {
        self.ss[u.index()][v.index()]
    }

    /// The tally as numbers in a fixed order, for storage. Most are small, so a variable-length encoding suits them.
    #[must_use]
    pub fn to_words(&self) -> Vec<u64> {
        let mut copy = self.clone();
        let mut words = Vec::with_capacity(WORDS);
        copy.each_word(|word| words.push(*word));
        words
    }

    /// The inverse of [`Tally::to_words`]; `None` if the number of words is not that of a tally.
    #[must_use]
    pub fn from_words(words: &[u64]) -> Option<Self> {
        if words.len() != WORDS {
            return None;
        }
        let mut tally = Self::default();
        let mut source = words.iter();
        tally.each_word(|word| *word = source.next().copied().unwrap_or_default());
        tally.mirror();
        Some(tally)
    }

    /// Copies the upper triangles of the two symmetric matrices into the lower ones.
    fn mirror(&mut self) {
        for u in 0..ELEMENTS {
            for v in 0..u {
                self.rr[u][v] = self.rr[v][u];
                self.ss[u][v] = self.ss[v][u];
            }
        }
    }

    /// What is left when the responses of `other` are taken out; `None` if `other` holds something that this tally does
    /// not, so that it cannot be a part of it.
    #[must_use]
    pub fn without(&self, other: &Self) -> Option<Self> {
        let mut parts = other.to_words().into_iter();
        let mut rest = self.clone();
        let mut is_part = true;
        rest.each_word(|word| match word.checked_sub(parts.next().unwrap_or_default()) {
            Some(left) => *word = left,
            None => is_part = false,
        });
        rest.mirror();
        is_part.then_some(rest)
    }

    /// Visits n, the score counts, the upper triangles of the two symmetric matrices and the whole of the third.
    fn each_word(&mut self, mut visit: impl FnMut(&mut u64)) {
        visit(&mut self.n);
        self.scores.iter_mut().flatten().for_each(&mut visit);
        for u in 0..ELEMENTS {
            self.rr[u][u..].iter_mut().for_each(&mut visit);
            self.sr[u].iter_mut().for_each(&mut visit);
            self.ss[u][u..].iter_mut().for_each(&mut visit);
        }
    }
}

/// Length of [`Tally::to_words`]: n, 9 × 4 counts, two triangles of 45 and one square of 81.
const WORDS: usize = 1 + ELEMENTS * 4 + 2 * (ELEMENTS * (ELEMENTS + 1) / 2) + ELEMENTS * ELEMENTS;

impl AddAssign<&Tally> for Tally {
    fn add_assign(&mut self, other: &Tally) {
        self.n += other.n;
        for (sum, count) in self.scores.iter_mut().flatten().zip(other.scores.iter().flatten()) {
            *sum += count;
        }
        let matrices = [(&mut self.rr, &other.rr), (&mut self.sr, &other.sr), (&mut self.ss, &other.ss)];
        for (sums, addends) in matrices {
            for (sum, addend) in sums.iter_mut().flatten().zip(addends.iter().flatten()) {
                *sum += addend;
            }
        }
    }
}

impl<'a> std::iter::Sum<&'a Tally> for Tally {
    fn sum<I: Iterator<Item = &'a Tally>>(tallies: I) -> Self {
        let mut total = Self::default();
        for tally in tallies {
            total += tally;
        }
        total
    }
}

impl<'a> FromIterator<&'a Answers> for Tally {
    fn from_iter<I: IntoIterator<Item = &'a Answers>>(rows: I) -> Self {
        let mut tally = Self::default();
        for answers in rows {
            tally.add(answers, 1);
        }
        tally
    }
}
