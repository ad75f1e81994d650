//! Databases for tests, of this crate and of those above it. Everything here panics with a clear message when it
//! cannot do its work: a test that could not run has failed.

mod cluster;
mod programs;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Once, OnceLock};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;

pub use cluster::Cluster;

use crate::connection::Connection;
use crate::database::Database;
use crate::dialect;
use crate::error::StorageError;

/// A database of its own for one test; gone with the value.
pub struct TestDatabase {
    url: String,
    folder: Option<PathBuf>,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

fn fresh_name() -> String {
    static SWEPT: Once = Once::new();
    SWEPT.call_once(cluster::sweep);
    format!("test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl TestDatabase {
    /// An empty SQLite file in a temporary folder.
    #[must_use]
    pub fn empty_sqlite() -> Self {
        let folder = std::env::temp_dir().join(format!("suara-{}", fresh_name()));
        Self { url: format!("sqlite://{}", folder.join("suara.db").display()), folder: Some(folder) }
    }

    /// A migrated SQLite file in a temporary folder.
    #[must_use]
    pub fn sqlite() -> Self {
        let database = Self::empty_sqlite();
        database.open().migrate().unwrap_or_else(|error| fail(&error));
        database
    }

    /// An empty database in the cluster that all tests of this process share.
    #[must_use]
    pub fn empty_postgres() -> Self {
        Self { url: Cluster::shared().create_database(&fresh_name(), None), folder: None }
    }

    /// A migrated database in the cluster that all tests of this process share.
    #[must_use]
    pub fn postgres() -> Self {
        static TEMPLATE: OnceLock<()> = OnceLock::new();
        const NAME: &str = "suara_template";
        TEMPLATE.get_or_init(|| {
            let url = Cluster::shared().create_database(NAME, None);
            let database = Database::open(&url).unwrap_or_else(|error| fail(&error));
            database.migrate().unwrap_or_else(|error| fail(&error));
        });
        Self { url: Cluster::shared().create_database(&fresh_name(), Some(NAME)), folder: None }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Opens it.
    #[must_use]
    pub fn open(&self) -> Database {
        Database::open(&self.url).unwrap_or_else(|error| fail(&error))
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            // What cannot be removed lies in the folder for temporary files anyway.
            let _ = std::fs::remove_dir_all(folder);
        }
    }
}

fn fail(error: &dyn std::fmt::Display) -> ! {
    panic!("a test database could not be made: {error}")
}

/// Takes the last migration back, and with it what it brought.
///
/// # Errors
/// The migration fails.
pub fn revert_last_migration(connection: &mut Connection) -> Result<(), StorageError> {
    dialect::revert_last_migration(&mut connection.inner).map_err(|error| StorageError::Migration(error.to_string()))
}

/// Runs SQL as it is: for tests that damage something on purpose.
///
/// # Errors
/// The database refuses it.
pub fn execute(connection: &mut Connection, sql: &str) -> Result<(), StorageError> {
    Ok(connection.inner.batch_execute(sql)?)
}

/// Runs a query with one text column, `value`.
///
/// # Errors
/// The database refuses it.
pub fn values(connection: &mut Connection, sql: &str) -> Result<Vec<String>, StorageError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let rows: Vec<Row> = diesel::sql_query(sql).load(&mut connection.inner)?;
    Ok(rows.into_iter().map(|row| row.value).collect())
}
