//! Equal answers: who gives every element the same score. Mostly honest, so never a flag; the share of an MPP is printed
//! beside the nation's.

use std::collections::BTreeMap;

use super::Observation;
use crate::element::{Answers, Element};
use crate::respondent::Mode;

/// How many responses of a group have all their answers equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Responses with at least two answers; one answer alone is equal to nothing.
    pub responses: u64,
    /// Those of them that gave every answered element the same score.
    pub equal: u64,
}

impl Share {
    /// The share, 0 to 1; `None` without responses.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        (self.responses > 0).then(|| self.equal as f64 / self.responses as f64)
    }
}

/// Equal answers by mode. The nation is the sum of its MPPs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EqualAnswers {
    modes: BTreeMap<Mode, Share>,
}

impl EqualAnswers {
    /// Takes a response; the order does not matter.
    pub fn add(&mut self, observation: &Observation<'_>) {
        self.count(observation.mode, &observation.answers, 1);
    }

    /// Counts `times` responses of a mode that all have these answers.
    pub fn count(&mut self, mode: Mode, answers: &Answers, times: u64) {
        if answers.answered() < 2 {
            return;
        }
        let share = self.modes.entry(mode).or_default();
        share.responses += times;
        share.equal += if all_equal(answers) { times } else { 0 };
    }

    /// Adds what was counted elsewhere.
    pub fn merge(&mut self, other: &Self) {
        for (mode, share) in &other.modes {
            let sum = self.modes.entry(*mode).or_default();
            sum.responses += share.responses;
            sum.equal += share.equal;
        }
    }

    /// The share of one mode, empty if nobody used it.
    #[must_use]
    pub fn of(&self, mode: Mode) -> Share {
        self.modes.get(&mode).copied().unwrap_or_default()
    }
}

fn all_equal(answers: &Answers) -> bool {
    let mut scores = Element::ALL.into_iter().filter_map(|element| answers.get(element));
    let first = scores.next();
    scores.all(|score| Some(score) == first)
}
