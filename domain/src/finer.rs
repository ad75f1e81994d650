//! What some figures need that is finer than the groups of a [`crate::tally_set::TallySet`]: sums per day and counter, and
//! scores per day. Integers that add up, like tallies.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::cluster::ClusterSums;
use crate::element::Answers;
use crate::monitoring::DayScores;

/// The accepted responses of one MPP by local day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finer {
    /// Sums per day and counter, for the design effect (STATISTICS 2, annex).
    pub clusters: ClusterSums,
    /// Scores per day, for monitoring (STATISTICS 10).
    pub days: BTreeMap<NaiveDate, DayScores>,
}

impl Finer {
    /// Counts one response. `counter` is "" where none was named.
    pub fn add(&mut self, day: NaiveDate, counter: &str, answers: &Answers) {
        self.clusters.add(day, counter, answers, 1);
        self.days.entry(day).or_default().add(answers, 1);
    }

    /// The scores of all days together.
    #[must_use]
    pub fn scores(&self) -> DayScores {
        self.days.values().sum()
    }
}
