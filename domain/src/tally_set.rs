//! The tallies of one MPP and period, for the whole and for every group the figures are told by.

use std::collections::BTreeMap;

use crate::keyed::keyed;
use crate::tally::Tally;

keyed! {
    /// What the responses of an MPP are grouped by.
    Dimension {
        /// All accepted responses; one group with the key "".
        Total = "total",
        /// All accepted responses that carry no flag; one group with the key "".
        Unflagged = "unflagged",
        /// All accepted responses with all nine elements answered; one group with the key "".
        Complete = "complete",
        /// The responses of [`Dimension::Complete`] in twenty groups by a hash of their id, "00" to "19"; see
        /// [`crate::reliability::fold_of`].
        Fold = "fold",
        /// By service code.
        Service = "service",
        /// By name of the agency of the service.
        Agency = "agency",
        /// By service channel.
        Channel = "channel",
        /// By mode.
        Mode = "mode",
        /// By sex.
        Sex = "sex",
        /// By age band.
        AgeBand = "age_band",
        /// By education.
        Education = "education",
        /// By occupation.
        Occupation = "occupation",
        /// By disability.
        Disability = "disability",
        /// By whether a visit token came with it: "yes" or "no".
        Verified = "verified",
        /// By the Monday of the local week, as a date.
        Week = "week",
        /// By channel and whether the service is free: keys of [`crate::case_mix::CaseCell`].
        CaseMix = "case_mix",
    }
}

/// Tallies by dimension and key. The key "" stands for "not said" (for the dimensions of one group: for all).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TallySet {
    tallies: BTreeMap<Dimension, BTreeMap<String, Tally>>,
}

impl TallySet {
    /// The tally of a group, made if it is not there yet.
    pub fn entry(&mut self, dimension: Dimension, key: &str) -> &mut Tally {
        self.tallies.entry(dimension).or_default().entry(key.to_owned()).or_default()
    }

    /// The tally of a group.
    #[must_use]
    pub fn get(&self, dimension: Dimension, key: &str) -> Option<&Tally> {
        self.tallies.get(&dimension)?.get(key)
    }

    /// The tally of all accepted responses, empty if there are none.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.get(Dimension::Total, "").cloned().unwrap_or_default()
    }

    /// The groups of a dimension, by key.
    pub fn groups(&self, dimension: Dimension) -> impl Iterator<Item = (&str, &Tally)> {
        self.tallies.get(&dimension).into_iter().flatten().map(|(key, tally)| (key.as_str(), tally))
    }

    /// Every group of every dimension.
    pub fn iter(&self) -> impl Iterator<Item = (Dimension, &str, &Tally)> {
        self.tallies
            .iter()
            .flat_map(|(dimension, groups)| groups.iter().map(move |(key, tally)| (*dimension, key.as_str(), tally)))
    }

    /// Adds the groups of another set.
    pub fn merge(&mut self, other: &Self) {
        for (dimension, key, tally) in other.iter() {
            *self.entry(dimension, key) += tally;
        }
    }
}
