//! Results the public may see: closed periods only, with every small cell hidden (STATISTICS 5).

mod cells;
mod figures;
mod headlines;
mod national;

use suara_domain::period::Period;
use suara_storage::{Database, StorageError, mpp_periods, summaries};

use super::App;
use super::directory::{Directory, Mpp};
use super::summary::{FiguresStatus, MppSummary};

pub use figures::{CellFigures, ElementFigures, MppFigures};
pub use headlines::{Headline, Results};
pub(super) use national::national_of;
pub use national::{NationalFigures, NationalIndex, NationalMpp};

/// Why results cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum PublishedError {
    /// The period is not closed for this MPP, or for any.
    #[error("no results of {0} are published")]
    NotPublished(Period),
    /// The database fails.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A stored summary is not one.
    #[error("a stored summary cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
}

impl App {
    /// The published figures of an MPP and period. Blocks.
    ///
    /// # Errors
    /// See [`PublishedError`].
    pub fn published(&self, mpp: &Mpp, period: Period) -> Result<MppFigures, PublishedError> {
        let document = self.database().read(|connection| {
            let closed = mpp_periods::get(connection, mpp.id, period)?;
            closed.map_or(Ok(None), |_| summaries::get(connection, mpp.id, period))
        })?;
        let document = document.ok_or(PublishedError::NotPublished(period))?;
        let summary: MppSummary = serde_json::from_str(&document.body)?;
        match summary.status {
            FiguresStatus::Final => Ok(MppFigures::of(&summary, mpp, period)),
            FiguresStatus::Provisional => Err(PublishedError::NotPublished(period)),
        }
    }
}

/// The published figures of every MPP whose period is closed, by code. Blocks.
///
/// # Errors
/// See [`PublishedError`].
pub(super) fn of_period(
    database: &Database,
    directory: &Directory,
    period: Period,
) -> Result<Vec<MppFigures>, PublishedError> {
    let mut all = Vec::new();
    for (id, document) in database.read(|connection| summaries::list(connection, period))? {
        let summary: MppSummary = serde_json::from_str(&document.body)?;
        let known = directory.mpps().find(|known| known.id == id);
        let known = known.filter(|_| summary.status == FiguresStatus::Final);
        all.extend(known.map(|known| MppFigures::of(&summary, known, period)));
    }
    all.sort_by(|one, other| one.code.cmp(&other.code));
    Ok(all)
}
