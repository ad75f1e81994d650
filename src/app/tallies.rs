//! The tallies of every MPP in a period: frozen where the period is closed, counted from the rows where it is not.

use std::collections::{BTreeMap, BTreeSet};

use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::tallies::Counted;
use suara_storage::mpps::Mpp;
use suara_storage::{Database, MppId, mpp_periods, tallies};

use super::AppError;
use super::country::Country;
use super::summary::FiguresStatus;

/// The tallies of every registered MPP in a period.
#[derive(Clone, Debug, Default)]
pub struct PeriodTallies {
    sets: BTreeMap<MppId, TallySet>,
    closed: BTreeSet<MppId>,
    registered: usize,
}

impl PeriodTallies {
    /// Loads these dimensions of every MPP; where the period is not closed all dimensions are counted.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(
        database: &Database,
        country: &Country,
        period: Period,
        dimensions: &[Dimension],
    ) -> Result<Self, AppError> {
        let (closed, mut sets) = database.read(|connection| {
            let closures = mpp_periods::list(connection, period)?;
            let mut sets: BTreeMap<MppId, TallySet> = BTreeMap::new();
            for dimension in dimensions {
                for (mpp, groups) in tallies::load_dimension(connection, period, *dimension)? {
                    let set = sets.entry(mpp).or_default();
                    for (key, tally) in groups {
                        *set.entry(*dimension, &key) = tally;
                    }
                }
            }
            Ok((closures.into_iter().map(|closure| closure.mpp).collect::<BTreeSet<_>>(), sets))
        })?;
        for mpp in country.mpps().iter().filter(|mpp| !closed.contains(&mpp.id)) {
            sets.insert(mpp.id, counted(database, country, mpp, period)?);
        }
        Ok(Self { sets, closed, registered: country.mpps().len() })
    }

    /// The tallies of an MPP; empty if it has no responses.
    #[must_use]
    pub fn of(&self, mpp: MppId) -> TallySet {
        self.sets.get(&mpp).cloned().unwrap_or_default()
    }

    /// The tally of all responses of an MPP.
    #[must_use]
    pub fn total(&self, mpp: MppId) -> Tally {
        self.sets.get(&mpp).map(TallySet::total).unwrap_or_default()
    }

    /// Whether the period of an MPP is closed.
    #[must_use]
    pub fn is_closed(&self, mpp: MppId) -> bool {
        self.closed.contains(&mpp)
    }

    /// Final once every registered MPP is closed.
    #[must_use]
    pub fn status(&self) -> FiguresStatus {
        if self.closed.len() < self.registered { FiguresStatus::Provisional } else { FiguresStatus::Final }
    }
}

/// The tallies of one MPP from its rows as they are.
fn counted(database: &Database, country: &Country, mpp: &Mpp, period: Period) -> Result<TallySet, AppError> {
    let mut counted = Counted::default();
    country.for_each_row(database, mpp, period, |row, _| {
        counted.add(&row, mpp.details.time_zone);
        Ok(())
    })?;
    Ok(counted.groups)
}
