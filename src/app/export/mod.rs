//! Exports of responses and figures: streamed, uncapped, of any period.

mod comparison;
pub(super) mod public;
mod responses;
mod summaries;
mod table;

use std::io::Write;

use chrono::{DateTime, Utc};
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_storage::Database;

use super::AppError;
pub use comparison::{table as comparison_table, write as write_comparison};
pub use summaries::period_summary;

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportWhat {
    /// Row by row, in the columns of responses.csv
    Responses,
    /// The official figures of every MPP
    Summaries,
    /// Every MPP beside all others, with what chance explains
    Comparison,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// Comma-separated values
    Csv,
    /// JSON
    Json,
    /// Excel workbook
    Xlsx,
    /// Apache Parquet
    Parquet,
}

/// An export.
#[derive(Clone, Debug)]
pub struct ExportRequest {
    /// What.
    pub what: ExportWhat,
    /// Of which period.
    pub period: Period,
    /// Of which MPPs; empty for all.
    pub mpps: Vec<MppCode>,
    /// In which format.
    pub format: ExportFormat,
    /// Under the rules for publication.
    pub public: bool,
    /// The present instant.
    pub now: DateTime<Utc>,
}

/// Writes an export to `output`.
///
/// # Errors
/// An MPP does not exist, what was asked for is not possible, the database fails, or `output` cannot be written.
pub fn export(database: &Database, request: &ExportRequest, output: &mut impl Write) -> Result<(), AppError> {
    match request.what {
        ExportWhat::Responses => responses::export(database, request, output),
        ExportWhat::Comparison => comparison::export(database, request, output),
        ExportWhat::Summaries if request.public => public::export(database, request, output),
        ExportWhat::Summaries => summaries::export(database, request, output),
    }
}
