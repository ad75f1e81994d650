//! The tallies of every MPP in a period: frozen where the period is closed, counted from the rows where it is not.

use std::collections::{BTreeMap, BTreeSet};

use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::tallies::Counted;
use suara_storage::mpps::Mpp;
use suara_storage::{Database, MppId, summaries, tallies};

use super::AppError;
use super::country::Country;
use super::summary::FiguresStatus;

/// The tallies of every registered MPP in a period.
#[derive(Clone, Debug, Default)]
pub struct PeriodTallies {
    sets: BTreeMap<MppId, TallySet>,
    frozen: BTreeSet<MppId>,
    registered: usize,
}

impl PeriodTallies {
    /// Loads these dimensions of every MPP; where they are not frozen all dimensions are counted.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(
        database: &Database,
        country: &Country,
        period: Period,
        dimensions: &[Dimension],
    ) -> Result<Self, AppError> {
        let (frozen, mut sets) = database.read(|connection| {
            let frozen = summaries::frozen(connection, period)?;
            let mut sets: BTreeMap<MppId, TallySet> = BTreeMap::new();
            for dimension in dimensions {
                for (mpp, groups) in tallies::load_dimension(connection, period, *dimension)? {
                    let set = sets.entry(mpp).or_default();
                    for (key, tally) in groups {
                        *set.entry(*dimension, &key) = tally;
                    }
                }
            }
            Ok((frozen, sets))
        })?;
        for mpp in country.mpps().iter().filter(|mpp| !frozen.contains(&mpp.id)) {
            sets.insert(mpp.id, counted(database, country, mpp, period)?);
        }
        Ok(Self { sets, frozen, registered: country.mpps().len() })
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

    /// Whether the figures of an MPP are frozen.
    #[must_use]
    pub fn is_frozen(&self, mpp: MppId) -> bool {
        self.frozen.contains(&mpp)
    }

    /// Final once those of every registered MPP are.
    #[must_use]
    pub fn status(&self) -> FiguresStatus {
        if self.frozen.len() < self.registered { FiguresStatus::Provisional } else { FiguresStatus::Final }
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
