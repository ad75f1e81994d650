//! What can go wrong in storage, in words for the operator and in kinds the caller can act on.

use std::fmt::Display;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

/// An error of the database.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// The text given is not the URL of a database.
    #[error("{0}")]
    Url(String),
    /// There is no connection, or it broke: try again later.
    #[error("the database cannot be reached: {0}")]
    Unreachable(String),
    /// Others kept the database occupied for too long: try again.
    #[error("the database is busy: {0}")]
    Busy(String),
    /// There is no room for more.
    #[error("the database is full: {0}")]
    Full(String),
    /// The row breaks a rule of the schema.
    #[error("the database refuses the row: {0}")]
    Constraint(String),
    /// A stored value makes no sense.
    #[error("the database holds \"{value}\" where {what} should be")]
    Corrupt {
        /// What should be there.
        what: &'static str,
        /// What is there.
        value: String,
    },
    /// A migration failed.
    #[error("the migration failed: {0}")]
    Migration(String),
    /// Anything else the database answered.
    #[error("the database failed: {0}")]
    Failed(String),
}

impl StorageError {
    /// Whether the same call may succeed later, because it is not the data that is wrong.
    #[must_use]
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Busy(_) | Self::Full(_))
    }

    pub(crate) fn corrupt(what: &'static str, value: impl Display) -> Self {
        Self::Corrupt { what, value: value.to_string().chars().take(80).collect() }
    }
}

impl From<DieselError> for StorageError {
    fn from(error: DieselError) -> Self {
        let text = error.to_string();
        match error {
            DieselError::DatabaseError(kind, _) => match kind {
                DatabaseErrorKind::ClosedConnection => Self::Unreachable(text),
                DatabaseErrorKind::SerializationFailure => Self::Busy(text),
                DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::NotNullViolation
                | DatabaseErrorKind::CheckViolation
                | DatabaseErrorKind::RestrictViolation => Self::Constraint(text),
                _ => Self::from_text(text),
            },
            DieselError::BrokenTransactionManager => Self::Unreachable(text),
            _ => Self::Failed(text),
        }
    }
}

impl StorageError {
    /// diesel gives these no kind of their own; the texts are those of SQLite, which never translates, and of
    /// PostgreSQL in English. In another language they are told as plain failures.
    fn from_text(text: String) -> Self {
        const BUSY: [&str; 4] = ["database is locked", "database table is locked", "deadlock detected", "lock timeout"];
        const UNREACHABLE: [&str; 4] =
            ["terminating connection", "the database system is", "no connection to the server", "unable to open"];
        const FULL: [&str; 2] = ["disk is full", "No space left on device"];
        if FULL.iter().any(|part| text.contains(part)) {
            Self::Full(text)
        } else if BUSY.iter().any(|part| text.contains(part)) {
            Self::Busy(text)
        } else if UNREACHABLE.iter().any(|part| text.contains(part)) {
            Self::Unreachable(text)
        } else {
            Self::Failed(text)
        }
    }
}
