//! The published national figures of a period.

use std::collections::BTreeMap;

use serde::Serialize;
use suara_domain::compare::Comparison;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;
use suara_storage::{Database, MppId, mpp_periods, tallies};
use utoipa::ToSchema;

use super::super::App;
use super::super::directory::Directory;
use super::cells::one_decimal;
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
    /// Responses (pooled) or MPPs (mean); null below ten responses.
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
    let (closed, tallies) = database.read(|connection| {
        let closed = mpp_periods::list(connection, period)?;
        Ok((closed, tallies::load_dimension(connection, period, Dimension::Total)?))
    })?;
    if closed.is_empty() {
        return Err(PublishedError::NotPublished(period));
    }
    let total = |mpp: MppId| tallies.get(&mpp).and_then(|groups| groups.get("")).cloned().unwrap_or_default();
    let totals: BTreeMap<MppId, Tally> = closed.iter().map(|closure| (closure.mpp, total(closure.mpp))).collect();
    Ok(national(directory, &totals, period))
}

fn national(directory: &Directory, totals: &BTreeMap<MppId, Tally>, period: Period) -> NationalFigures {
    let comparison = Comparison::of(totals.values());
    let n = comparison.pooled_tally.n();
    let public = n >= PUBLIC_FROM;
    let exact = hides_nobody(totals.values().map(Tally::n));
    let index = |index: Option<&Index>, count: u64| {
        let index = index.filter(|_| public);
        let figure = index.map(|index| index.rounded().to_string());
        NationalIndex {
            n: public.then_some(count),
            ikm: if exact { figure } else { figure.as_deref().map(one_decimal) },
            mutu: index.map(|index| index.mutu().letter().to_owned()),
        }
    };
    let mpp = directory.mpps().filter_map(|mpp| {
        let tally = totals.get(&mpp.id)?;
        let figure = Index::of(tally).filter(|_| tally.n() >= PUBLIC_FROM);
        let headline = Headline {
            period: period.to_string(),
            n: (tally.n() >= PUBLIC_FROM).then_some(tally.n()),
            ikm: figure.as_ref().map(|index| index.rounded().to_string()),
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
        pooled: index(comparison.pooled.as_ref(), if exact { n } else { rounded_count(n) }),
        // Among few MPPs the mean, even with one decimal, gives a hidden one away.
        mean: index(comparison.mean.as_ref().filter(|_| exact), comparison.mpps),
        mpp: mpp.collect(),
    }
}

/// Whether the exact total gives no hidden MPP away: none is hidden, or at least two that together are ten.
fn hides_nobody(counts: impl Iterator<Item = u64>) -> bool {
    let hidden: Vec<u64> = counts.filter(|count| *count > 0 && *count < PUBLIC_FROM).collect();
    hidden.is_empty() || hidden.len() >= 2 && hidden.iter().sum::<u64>() >= PUBLIC_FROM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_mpp_is_not_left_to_subtraction() {
        assert!(hides_nobody([30, 40, 0].into_iter()));
        assert!(!hides_nobody([30, 40, 6].into_iter()));
        assert!(!hides_nobody([30, 4, 5].into_iter()));
        assert!(hides_nobody([30, 4, 6].into_iter()));
    }
}
