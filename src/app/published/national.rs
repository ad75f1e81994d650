//! The published national figures of a period.

use std::collections::BTreeMap;

use serde::Serialize;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::suppression::{PUBLIC_FROM, Total, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;
use suara_storage::{Database, MppId, mpp_periods, summaries, tallies};
use utoipa::ToSchema;

use super::super::App;
use super::super::directory::Directory;
use super::{Headline, PublishedError};

/// Published national figures: both readings, each with its count, and every closed MPP.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NationalFigures {
    /// `2026-S1`.
    pub period: String,
    /// Questionnaire and rule.
    pub instrument: &'static str,
    /// All responses added up.
    pub pooled: NationalIndex,
    /// Unweighted mean of the MPPs.
    pub mean: NationalIndex,
    /// Every MPP whose period is closed, by code.
    pub mpp: Vec<NationalMpp>,
}

/// One reading of the national index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NationalIndex {
    /// Responses (pooled) or MPPs (mean); null below ten responses, or where the figure would give a hidden MPP away.
    pub n: Option<u64>,
    /// IKM.
    pub ikm: Option<String>,
    /// Class.
    pub mutu: Option<String>,
}

/// An MPP in the national list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct NationalMpp {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Province.
    pub province: &'static str,
    /// Its figure.
    #[serde(flatten)]
    pub headline: Headline,
}

impl App {
    /// The national figures of a period over the MPPs that are closed. Blocks.
    ///
    /// # Errors
    /// See [`PublishedError`].
    pub fn published_national(&self, period: Period) -> Result<NationalFigures, PublishedError> {
        national_of(self.database(), &self.directory(), period)
    }
}

/// The same, of any database. Blocks.
///
/// # Errors
/// See [`PublishedError`].
pub(in crate::app) fn national_of(
    database: &Database,
    directory: &Directory,
    period: Period,
) -> Result<NationalFigures, PublishedError> {
    let (mut closed, frozen, tallies) = database.read(|connection| {
        let tallies = tallies::load_dimension(connection, period, Dimension::Total)?;
        Ok((mpp_periods::list(connection, period)?, summaries::frozen(connection, period)?, tallies))
    })?;
    closed.sort_by_key(|closure| (closure.closed_at, closure.mpp));
    let total = |mpp: MppId| tallies.get(&mpp).and_then(|groups| groups.get("")).cloned().unwrap_or_default();
    // Whoever is closed and has no figures yet is waited for, with all who were closed later: totals grow in that order.
    let told = closed.iter().take_while(|closure| frozen.contains(&closure.mpp));
    let totals: Vec<(MppId, Tally)> = told.map(|closure| (closure.mpp, total(closure.mpp))).collect();
    if totals.is_empty() {
        return Err(PublishedError::NotPublished(period));
    }
    Ok(national(directory, &totals, period))
}

/// The figures of these MPPs, which are in the order of their closing.
fn national(directory: &Directory, closed: &[(MppId, Tally)], period: Period) -> NationalFigures {
    let waiting = waiting(closed.iter().map(|(_, tally)| tally.n()));
    let totals: BTreeMap<MppId, &Tally> = closed.iter().map(|(mpp, tally)| (*mpp, tally)).collect();
    let indices: BTreeMap<MppId, Index> =
        totals.iter().filter_map(|(mpp, tally)| Some((*mpp, Index::of(tally)?))).collect();
    let pooled: Tally = totals.values().copied().sum();
    let n = pooled.n();
    let shown = Total::exposing(waiting, n);
    let exact = shown == Total::Exact;
    let index = |index: Option<&Index>, count: u64| {
        let index = index.filter(|_| shown != Total::Hidden);
        let figure = |index: &Index| {
            if exact { index.rounded().to_string() } else { Fixed::<1>::round(index.exact()).to_string() }
        };
        NationalIndex {
            n: index.map(|_| count),
            ikm: index.map(figure),
            mutu: index.map(|index| index.mutu().letter().to_owned()),
        }
    };
    let mpp = directory.mpps().filter_map(|mpp| {
        let tally = totals.get(&mpp.id)?;
        let figure = indices.get(&mpp.id).filter(|_| tally.n() >= PUBLIC_FROM);
        let headline = Headline {
            period: period.to_string(),
            n: (tally.n() >= PUBLIC_FROM).then_some(tally.n()),
            ikm: figure.map(|index| index.rounded().to_string()),
            mutu: figure.map(|index| index.mutu().letter().to_owned()),
        };
        Some(NationalMpp {
            code: mpp.code.to_string(),
            name: mpp.name.clone(),
            province: mpp.region.province,
            headline,
        })
    });
    NationalFigures {
        period: period.to_string(),
        instrument: &suara_domain::instrument::Instrument::standard().id,
        pooled: index(Index::of(&pooled).as_ref(), if exact { n } else { rounded_count(n) }),
        // A mean of MPPs gives a hidden one as much weight as all others, so one decimal leaves too little open.
        mean: index(Index::mean(indices.values()).as_ref().filter(|_| exact), indices.len() as u64),
        mpp: mpp.collect(),
    }
}

/// Responses of hidden MPPs that an exact total would give away, as the difference to the other MPPs or to the total that
/// was published before them. MPPs that are hidden go into exact totals in the order of their closing, and in groups of
/// at least two that are together ten.
fn waiting(counts: impl Iterator<Item = u64>) -> u64 {
    let (mut mpps, mut responses) = (0, 0);
    for count in counts.filter(|count| (1..PUBLIC_FROM).contains(count)) {
        (mpps, responses) = (mpps + 1, responses + count);
        if mpps >= 2 && responses >= PUBLIC_FROM {
            (mpps, responses) = (0, 0);
        }
    }
    responses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_mpp_is_not_left_to_subtraction() {
        for (counts, expected) in [([30, 40, 0], 0), ([30, 40, 6], 6), ([30, 4, 5], 9), ([30, 4, 6], 0)] {
            assert_eq!(waiting(counts.into_iter()), expected, "{counts:?}");
        }
    }

    /// Of any two totals that were exact, the later one has no hidden MPPs more, or at least two with ten responses.
    #[test]
    fn an_older_total_does_not_give_a_small_mpp_away() {
        assert_eq!(waiting([6, 30, 5, 3].into_iter()), 3, "exact before the last one was closed");
        for seed in 0..500_u64 {
            let counts: Vec<u64> = (1..12).map(|place| (seed * 7919 + place * place * 104_729) % 13).collect();
            let exact = (0..=counts.len()).filter(|closed| waiting(counts[..*closed].iter().copied()) == 0);
            for (older, newer) in exact.clone().zip(exact.skip(1)) {
                let between = counts[older..newer].iter().filter(|count| (1..PUBLIC_FROM).contains(count));
                let (mpps, responses) = (between.clone().count(), between.sum::<u64>());
                assert!(mpps == 0 || mpps >= 2 && responses >= PUBLIC_FROM, "{counts:?}");
            }
        }
    }
}
