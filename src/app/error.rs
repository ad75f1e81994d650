//! The one error of the use cases, in words for the person in front of the terminal.

use suara_storage::StorageError;

use super::import::mapping::MappingError;
use super::import::table::TableError;
use super::published::PublishedError;

/// Why a use case could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A file that was to be imported.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A mapping of the columns of others.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// Results that are or are not published.
    #[error(transparent)]
    Published(#[from] PublishedError),
    /// The archive.
    #[error(transparent)]
    Archive(#[from] suara_reports::archive::ArchiveError),
    /// A chart of a report.
    #[error(transparent)]
    Chart(#[from] suara_reports::charts::ChartError),
    /// A document.
    #[error(transparent)]
    Document(#[from] suara_reports::document::DocumentError),
    /// QR posters.
    #[error(transparent)]
    Poster(#[from] suara_reports::document::QrPosterError),
    /// A workbook.
    #[error(transparent)]
    Workbook(#[from] suara_reports::workbook::WorkbookError),
    /// A synthetic country.
    #[error(transparent)]
    Synth(#[from] suara_synth::SynthError),
    /// Something cannot be written.
    #[error("cannot write: {0}")]
    Output(String),
    /// What was asked for does not exist or may not be done; the text says what and why.
    #[error("{0}")]
    Refused(String),
}

impl AppError {
    /// An error of writing a result.
    pub fn output(error: impl std::fmt::Display) -> Self {
        Self::Output(error.to_string())
    }

    /// A refusal in plain words.
    pub fn refused(text: impl Into<String>) -> Self {
        Self::Refused(text.into())
    }
}
