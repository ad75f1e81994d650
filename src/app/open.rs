//! Opening the database: an empty one is made ready, an older one is left alone until somebody runs `suara migrate`.

use std::time::Duration;

use suara_storage::{Database, SchemaState, StorageError};

use super::AppError;
use crate::config::StorageSettings;

/// How long `serve` waits for a database that is not there yet, in tries a second apart.
const TRIES_AT_START: u32 = 30;

/// The database, ready to use.
///
/// # Errors
/// It cannot be reached, belongs to another program, or is older or newer than this version.
pub fn database(settings: &StorageSettings) -> Result<Database, AppError> {
    let database = Database::open(&settings.database_url)?;
    match database.state()? {
        SchemaState::UpToDate => {}
        SchemaState::Empty => database.migrate()?,
        SchemaState::Behind { pending } => {
            return Err(AppError::refused(format!(
                "the database {} is older than this version ({} to apply): take a backup and run `suara migrate`",
                database.url(),
                pending.join(", ")
            )));
        }
        SchemaState::Newer { unknown } => {
            return Err(AppError::refused(format!(
                "the database {} was migrated by a newer version ({}): use that version",
                database.url(),
                unknown.join(", ")
            )));
        }
        SchemaState::Foreign => return Err(foreign(&database)),
    }
    Ok(database)
}

/// As [`database`], waiting up to 30 seconds for one that cannot be reached.
///
/// # Errors
/// As [`database`].
pub fn database_when_there(settings: &StorageSettings) -> Result<Database, AppError> {
    for attempt in 1.. {
        match database(settings) {
            Err(AppError::Storage(StorageError::Unreachable(reason))) if attempt < TRIES_AT_START => {
                tracing::warn!(database.reason = reason, attempt, "waiting for the database");
                std::thread::sleep(Duration::from_secs(1));
            }
            result => return result,
        }
    }
    database(settings)
}

/// The migrations that this version needs and the database does not have.
///
/// # Errors
/// The database cannot be reached or is not ours.
pub fn pending_migrations(settings: &StorageSettings) -> Result<Vec<String>, AppError> {
    pending(&Database::open(&settings.database_url)?)
}

/// Applies what [`pending_migrations`] tells, and returns it.
///
/// # Errors
/// The database cannot be reached, is not ours, or a migration fails (nothing is changed then).
pub fn migrate(settings: &StorageSettings) -> Result<Vec<String>, AppError> {
    let database = Database::open(&settings.database_url)?;
    let pending = pending(&database)?;
    database.migrate()?;
    Ok(pending)
}

fn pending(database: &Database) -> Result<Vec<String>, AppError> {
    match database.state()? {
        SchemaState::UpToDate => Ok(Vec::new()),
        SchemaState::Empty => Ok(vec!["the whole schema".to_owned()]),
        SchemaState::Behind { pending } => Ok(pending),
        SchemaState::Newer { unknown } => Err(AppError::refused(format!(
            "the database {} was migrated by a newer version ({})",
            database.url(),
            unknown.join(", ")
        ))),
        SchemaState::Foreign => Err(foreign(database)),
    }
}

fn foreign(database: &Database) -> AppError {
    AppError::refused(format!("the database {} holds the tables of another program: give an empty one", database.url()))
}
