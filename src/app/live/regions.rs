//! Provinces and the nation as they stand, by adding up their MPPs.

use std::collections::BTreeMap;

use suara_domain::compare::Comparison;
use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;
use suara_storage::{Database, MppId, StorageError, live_tallies, tallies};

use super::super::{App, AppError};

/// The total tally of every MPP that has responses: the frozen one where there is one, otherwise what is counted.
///
/// # Errors
/// The database fails.
pub fn current_totals(database: &Database, period: Period) -> Result<BTreeMap<MppId, Tally>, StorageError> {
    database.read(|connection| {
        let mut totals = live_tallies::totals(connection, period)?;
        for (mpp, mut groups) in tallies::load_dimension(connection, period, Dimension::Total)? {
            totals.insert(mpp, groups.remove("").unwrap_or_default());
        }
        Ok(totals)
    })
}

impl App {
    /// The present figures of all MPPs together, in both readings. Blocks.
    ///
    /// # Errors
    /// The database fails.
    pub fn live_nation(&self, period: Period) -> Result<Comparison, AppError> {
        Ok(Comparison::of(current_totals(self.database(), period)?.values()))
    }

    /// The present figures of the MPPs of a province (code like `14`) together, in both readings. Blocks.
    ///
    /// # Errors
    /// The database fails.
    pub fn live_province(&self, province: &str, period: Period) -> Result<Comparison, AppError> {
        let totals = current_totals(self.database(), period)?;
        let directory = self.directory();
        let of_province = directory.mpps().filter(|mpp| mpp.region.province_code == province);
        Ok(Comparison::of(of_province.filter_map(|mpp| totals.get(&mpp.id))))
    }
}
