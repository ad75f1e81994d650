//! What can go wrong with the archive. Every error names the file.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use polars::error::PolarsError;
use uuid::Uuid;

/// Why something could not be archived or read back.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The file cannot be written: disk full, no permission, folder missing.
    #[error("cannot write {path}: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file is not there.
    #[error("the archive file {path} is missing")]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
    /// The file has other bytes than were written.
    #[error("the archive file {path} is damaged: its SHA-256 is {found}, but {expected} was written")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The hash in the manifest.
        expected: String,
        /// The hash now.
        found: String,
    },
    /// The file can be read but does not hold what it should.
    #[error("the archive file {path} is damaged or no archive: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The rows did not come sorted by time and id, so that the same rows would not give the same bytes.
    #[error("cannot write {path}: response {id} is not in the order of time and id")]
    OutOfOrder {
        /// The file.
        path: PathBuf,
        /// The first response out of order.
        id: Uuid,
    },
}

impl ArchiveError {
    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write { path: path.to_owned(), source }
    }

    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path: path.to_owned() },
            _ => Self::Read { path: path.to_owned(), source },
        }
    }

    pub(crate) fn unreadable(path: &Path, reason: &dyn Display) -> Self {
        Self::Unreadable { path: path.to_owned(), reason: reason.to_string() }
    }

    pub(crate) fn encode(path: &Path, error: PolarsError) -> Self {
        let source = match error {
            PolarsError::IO { error, .. } => io::Error::new(error.kind(), error.to_string()),
            other => io::Error::other(other),
        };
        Self::write(path, source)
    }
}
