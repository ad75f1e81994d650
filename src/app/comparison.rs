//! The national comparison of a period in the form it is frozen and exported in (DESIGN 3.4, STATISTICS 6 and 7).
//!
//! One function computes it, for the frozen snapshot and for an export of a running period alike; once it is frozen it
//! is read, never computed again.

mod figures;

use std::collections::BTreeMap;

use suara_domain::case_mix::{CaseCell, Standardised, standardised};
use suara_domain::change::{Change, Verdict, adjusted};
use suara_domain::instrument::Instrument;
use suara_domain::nation::Nation;
use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_storage::Database;
use suara_storage::mpps::Mpp;

pub use figures::{FunnelFigures, HeterogeneityFigures, MppComparison, PeriodComparison};

use super::AppError;
use super::country::Country;
use super::snapshot::{self, Snapshot};
use super::summary::FiguresStatus;
use super::tallies::PeriodTallies;

/// What the comparison is computed from.
const DIMENSIONS: [Dimension; 2] = [Dimension::Total, Dimension::CaseMix];

/// The comparison of a period: the frozen one if there is one, else computed from the tallies as they are.
///
/// # Errors
/// A failing database, or a frozen comparison that cannot be read.
pub fn period_comparison(database: &Database, country: &Country, period: Period) -> Result<PeriodComparison, AppError> {
    match snapshot::load(database, period)? {
        Some((Snapshot { comparison: Some(comparison), .. }, hash)) => {
            Ok(PeriodComparison { snapshot: Some(hash), ..comparison })
        }
        _ => compute(database, country, period),
    }
}

/// Computes the comparison from the tallies of this period and the former one.
///
/// # Errors
/// A failing database.
pub fn compute(database: &Database, country: &Country, period: Period) -> Result<PeriodComparison, AppError> {
    let present = PeriodTallies::load(database, country, period, &DIMENSIONS)?;
    let former = PeriodTallies::load(database, country, period.previous(), &[Dimension::Total])?;
    let mpps: Vec<Compared> = country
        .mpps()
        .iter()
        .map(|mpp| Compared { mpp, tallies: present.of(mpp.id), former: former.total(mpp.id) })
        .collect();
    Ok(compare(&mpps, period, present.status()))
}

/// One MPP with what it is compared by.
struct Compared<'a> {
    mpp: &'a Mpp,
    tallies: TallySet,
    former: Tally,
}

impl Compared<'_> {
    fn code(&self) -> &str {
        self.mpp.details.code.as_str()
    }

    fn cells(&self) -> BTreeMap<CaseCell, Tally> {
        let groups = self.tallies.groups(Dimension::CaseMix);
        groups.filter_map(|(key, tally)| Some((CaseCell::from_key(key)?, tally.clone()))).collect()
    }
}

fn compare(mpps: &[Compared<'_>], period: Period, status: FiguresStatus) -> PeriodComparison {
    let totals: Vec<Tally> = mpps.iter().map(|mpp| mpp.tallies.total()).collect();
    let by_code: Vec<(&str, &Tally)> = mpps.iter().map(Compared::code).zip(&totals).collect();
    let nation = Nation::of(&by_code);
    let changes = Changes::of(mpps, &totals);
    let weights = weights(mpps);
    let one = |(place, mpp): (usize, &Compared<'_>)| {
        let standing = nation.as_ref().and_then(|nation| nation.standings.iter().find(|it| it.code == mpp.code()));
        let mut figures = MppComparison::of(mpp.code(), &totals[place], standing);
        figures.set_change(&mpp.former, changes.of_mpp(place));
        let case_mix: Option<Standardised> = standing.and_then(|_| standardised(&mpp.cells(), &weights));
        figures.case_mix = case_mix.map(|value| value.ikm);
        figures.case_mix_se = case_mix.and_then(|value| value.se);
        figures
    };
    PeriodComparison {
        period: period.to_string(),
        status,
        snapshot: None,
        former_period: period.previous().to_string(),
        rule_version: Instrument::standard().rule_version.clone(),
        tests: changes.tests,
        funnel: nation.as_ref().map(|nation| nation.funnel.into()),
        heterogeneity: nation.as_ref().and_then(|nation| nation.heterogeneity).map(Into::into),
        mpp: mpps.iter().enumerate().map(one).collect(),
    }
}

/// The nation's accepted responses by case: the weights of the direct standardisation.
fn weights(mpps: &[Compared<'_>]) -> BTreeMap<CaseCell, u64> {
    let mut weights: BTreeMap<CaseCell, u64> = BTreeMap::new();
    for (cell, tally) in mpps.iter().flat_map(Compared::cells) {
        *weights.entry(cell).or_default() += tally.n();
    }
    weights
}

/// The changes of all MPPs as one family of tests. All figures of the product are under one rule version; results from
/// before it are history and are not tested.
struct Changes {
    all: Vec<Option<(Change, Option<f64>)>>,
    tests: u64,
}

impl Changes {
    fn of(mpps: &[Compared<'_>], totals: &[Tally]) -> Self {
        let changes: Vec<Option<Change>> =
            mpps.iter().zip(totals).map(|(mpp, total)| Change::between(&mpp.former, total)).collect();
        let p: Vec<f64> = changes.iter().flatten().filter_map(|change| change.p).collect();
        let mut adjusted = adjusted(&p).into_iter();
        let mut with_p = |change: Change| {
            let adjusted = change.p.and_then(|_| adjusted.next());
            (change, adjusted)
        };
        let all = changes.into_iter().map(|change| change.map(&mut with_p)).collect();
        Self { all, tests: p.len() as u64 }
    }

    fn of_mpp(&self, place: usize) -> Option<(&Change, Option<f64>, Verdict)> {
        let (change, adjusted) = self.all[place].as_ref()?;
        Some((change, *adjusted, Verdict::of(change.difference(), *adjusted)))
    }
}
