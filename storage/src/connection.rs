//! One connection to either database.

use std::path::Path;

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::{Connection as _, PgConnection, SqliteConnection};
use diesel::r2d2::{ManageConnection, R2D2Connection};

use crate::any_connection::AnyConnection;
use crate::error::StorageError;
use crate::url::DatabaseUrl;

/// A connection to SQLite or PostgreSQL, as every function of this crate takes it.
pub struct Connection {
    pub(crate) inner: AnyConnection,
}

/// Opens connections for the pool and tells whether one is still good.
pub(crate) struct Manager {
    pub(crate) url: DatabaseUrl,
    /// Memory of a SQLite connection for pages, in KiB.
    pub(crate) page_cache: u32,
}

impl ManageConnection for Manager {
    type Connection = Connection;
    type Error = StorageError;

    fn connect(&self) -> Result<Connection, StorageError> {
        let inner = match &self.url {
            DatabaseUrl::Sqlite(path) => AnyConnection::Sqlite(connect_sqlite(path, self.page_cache)?),
            DatabaseUrl::Postgres(url) => AnyConnection::Postgres(connect_postgres(url)?),
        };
        Ok(Connection { inner })
    }

    fn is_valid(&self, connection: &mut Connection) -> Result<(), StorageError> {
        Ok(connection.inner.ping()?)
    }

    fn has_broken(&self, connection: &mut Connection) -> bool {
        std::thread::panicking() || connection.inner.is_broken()
    }
}

/// WAL with `synchronous = FULL`: what was committed survives a power cut.
fn connect_sqlite(path: &Path, page_cache: u32) -> Result<SqliteConnection, StorageError> {
    let unreachable = |reason: String| StorageError::Unreachable(format!("{}: {reason}", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| unreachable(error.to_string()))?;
    }
    let mut connection =
        SqliteConnection::establish(&path.to_string_lossy()).map_err(|error| unreachable(error.to_string()))?;
    let pragmas = format!(
        "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -{page_cache}; PRAGMA wal_autocheckpoint = 4000"
    );
    connection.batch_execute(&pragmas).map_err(|error| unreachable(error.to_string()))?;
    Ok(connection)
}

fn connect_postgres(url: &str) -> Result<PgConnection, StorageError> {
    let mut address = url.to_owned();
    // Without it a host that does not answer at all would hold a request for minutes.
    if !url.contains("connect_timeout=") {
        address.push(if url.contains('?') { '&' } else { '?' });
        address.push_str("connect_timeout=5");
    }
    let mut connection =
        PgConnection::establish(&address).map_err(|error| StorageError::Unreachable(error.to_string()))?;
    connection.batch_execute("SET synchronous_commit = on; SET client_min_messages = warning")?;
    Ok(connection)
}

/// An instant as it is stored: whole microseconds since 1970-01-01 UTC, what both databases sort and compare alike.
pub(crate) fn micros(instant: DateTime<Utc>) -> i64 {
    instant.timestamp_micros()
}

/// The inverse of [`micros`].
pub(crate) fn instant(micros: i64) -> Result<DateTime<Utc>, StorageError> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| StorageError::corrupt("an instant", micros))
}
