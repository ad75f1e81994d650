//! The frozen national snapshot of a period: what it consists of, and how it is read.

use serde::{Deserialize, Serialize};
use suara_domain::compare::Comparison;
use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_storage::{Database, snapshots};

use super::AppError;
use super::comparison::PeriodComparison;

/// The nation, and each province, in one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The period.
    pub period: String,
    /// Rule version of every figure in it.
    pub rule_version: String,
    /// The nation.
    pub national: Region,
    /// Words of the tally of all responses of the nation ([`Tally::to_words`]); empty in older snapshots.
    #[serde(default)]
    pub tally: Vec<u64>,
    /// The provinces, by code.
    pub provinces: Vec<Province>,
    /// Every MPP beside all others; `None` in snapshots from before it was frozen.
    #[serde(default)]
    pub comparison: Option<PeriodComparison>,
}

/// Pooled and mean figures of a region; official decimals as strings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// MPPs with responses.
    pub mpps: u64,
    /// Responses.
    pub n: u64,
    /// Index of all responses pooled.
    pub pooled: Option<String>,
    /// Its standard error, MPPs as strata.
    pub pooled_se: Option<f64>,
    /// Unweighted mean of the MPPs' exact indices.
    pub mean: Option<String>,
    /// Its standard error.
    pub mean_se: Option<f64>,
}

/// A province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Province {
    /// Code.
    pub code: String,
    /// Figures.
    #[serde(flatten)]
    pub figures: Region,
}

impl Region {
    /// The figures of these tallies together.
    pub fn of<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Self {
        let comparison = Comparison::of(tallies);
        Self {
            mpps: comparison.mpps,
            n: comparison.pooled_tally.n(),
            pooled: comparison.pooled.map(|index| index.rounded().to_string()),
            pooled_se: comparison.pooled_se,
            mean: comparison.mean.map(|index| index.rounded().to_string()),
            mean_se: comparison.mean_se,
        }
    }
}

/// The snapshot of a period with its identity, the SHA-256 of what is stored; `None` before it is frozen.
///
/// # Errors
/// A failing database, or a snapshot that cannot be read.
pub fn load(database: &Database, period: Period) -> Result<Option<(Snapshot, String)>, AppError> {
    let Some((document, _)) = database.read(|connection| snapshots::get(connection, period))? else { return Ok(None) };
    let snapshot = serde_json::from_str(&document.body).map_err(AppError::output)?;
    Ok(Some((snapshot, data_encoding::HEXLOWER.encode(&document.sha256))))
}
