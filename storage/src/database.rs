//! The database: opening, the state of its schema, transactions.

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::r2d2::{ManageConnection, Pool, PooledConnection, R2D2Connection};

use crate::connection::{Connection, Manager};
use crate::dialect::{self, Access, Lock};
use crate::error::StorageError;
use crate::url::DatabaseUrl;

/// A pool of connections to one database. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    url: Arc<DatabaseUrl>,
    pool: Pool<Manager>,
}

/// What the schema is like, compared to what this program needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemaState {
    /// Nothing there yet.
    Empty,
    /// Just right.
    UpToDate,
    /// Older: these migrations are missing.
    Behind {
        /// Names of the missing migrations, in order.
        pending: Vec<String>,
    },
    /// Newer: these migrations are unknown to this program.
    Newer {
        /// Versions of the unknown migrations.
        unknown: Vec<String>,
    },
    /// Tables of another program.
    Foreign,
}

/// Connections at most; SQLite has one writer anyway, and PostgreSQL gains nothing from more on a small machine.
const POOL_SIZE: u32 = 8;
/// Memory of a SQLite connection for pages, in KiB: a little for each of the pool, more for the one writer, whose
/// indexes should stay in it.
const PAGE_CACHE: u32 = 2_000;
const WRITER_PAGE_CACHE: u32 = 32_000;
/// How long a caller waits for a connection before it is told that there is none.
const POOL_TIMEOUT: Duration = Duration::from_secs(5);
/// How often a write transaction is tried when others get in its way.
const ATTEMPTS: u32 = 5;
/// A transaction longer than this is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

impl Database {
    /// Opens a database and connects once, so that a wrong address is told at once. A missing SQLite file and its
    /// folders are created; the schema is left as it is (see [`Database::migrate`]).
    ///
    /// # Errors
    /// Not an address of a database, or nobody there.
    pub fn open(url: &str) -> Result<Self, StorageError> {
        let url = DatabaseUrl::parse(url)?;
        let manager = |page_cache| Manager { url: url.clone(), page_cache };
        let database = Self {
            pool: Pool::builder()
                .max_size(POOL_SIZE)
                .min_idle(Some(0))
                .connection_timeout(POOL_TIMEOUT)
                .error_handler(Box::new(diesel::r2d2::NopErrorHandler))
                .build_unchecked(manager(PAGE_CACHE)),
            url: Arc::new(url.clone()),
        };
        manager(PAGE_CACHE).connect().map_err(|error| database.explain(error))?;
        Ok(database)
    }

    /// Where the database is.
    #[must_use]
    pub fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// Asks the database for a sign of life.
    ///
    /// # Errors
    /// [`StorageError::Unreachable`].
    pub fn ping(&self) -> Result<(), StorageError> {
        let mut connection = self.pooled()?;
        connection.inner.ping().map_err(|error| self.explain(StorageError::Unreachable(error.to_string())))
    }

    /// Compares the schema with what this program needs; changes nothing.
    ///
    /// # Errors
    /// The database cannot be reached or read.
    pub fn state(&self) -> Result<SchemaState, StorageError> {
        let mut connection = self.pooled()?;
        schema_state(&mut connection).map_err(|error| self.explain(error))
    }

    /// Applies the pending migrations, all or none. Two nodes that do it at once do it once.
    ///
    /// # Errors
    /// A migration fails, or the database cannot be reached.
    pub fn migrate(&self) -> Result<(), StorageError> {
        self.write("migrate", |connection| {
            dialect::lock(&mut connection.inner, Lock::Schema)?;
            dialect::run_migrations(&mut connection.inner).map_err(|error| StorageError::Migration(error.to_string()))
        })
    }

    /// Takes all migrations back and with them all data.
    ///
    /// # Errors
    /// A migration fails, or the database cannot be reached.
    pub fn revert_all(&self) -> Result<(), StorageError> {
        self.write("revert_all", |connection| {
            dialect::lock(&mut connection.inner, Lock::Schema)?;
            dialect::revert_migrations(&mut connection.inner)
                .map_err(|error| StorageError::Migration(error.to_string()))
        })
    }

    /// Runs `work` on one consistent state of the database.
    ///
    /// # Errors
    /// Those of `work`, and a database that cannot be reached.
    pub fn read<T>(&self, work: impl FnOnce(&mut Connection) -> Result<T, StorageError>) -> Result<T, StorageError> {
        let mut connection = self.pooled()?;
        transact(&mut connection, Access::Read, work).map_err(|error| self.explain(error))
    }

    /// Runs `work` in a transaction that is committed if it returns `Ok`, and run again if others got in its way.
    /// So `work` must do nothing but work on the database. `name` is for the log.
    ///
    /// # Errors
    /// Those of `work`, and a database that cannot be reached. Nothing was changed then, except when the connection
    /// broke during the commit itself, where nobody knows.
    pub fn write<T>(
        &self,
        name: &'static str,
        mut work: impl FnMut(&mut Connection) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let mut connection = self.pooled()?;
        let started = Instant::now();
        let mut attempt = 1;
        let result = loop {
            match transact(&mut connection, Access::Write, &mut work) {
                Err(StorageError::Busy(reason)) if attempt < ATTEMPTS => {
                    tracing::debug!(storage.transaction = name, attempt, reason, "transaction is run again");
                    std::thread::sleep(Duration::from_millis(5 << attempt));
                    attempt += 1;
                }
                result => break result.map_err(|error| self.explain(error)),
            }
        };
        let duration = started.elapsed();
        if duration > SLOW {
            tracing::info!(storage.transaction = name, duration_ms = duration.as_millis(), attempt, "slow transaction");
        }
        result
    }

    /// A connection of its own, outside the pool, for the writer.
    pub(crate) fn connect(&self) -> Result<Connection, StorageError> {
        let manager = Manager { url: DatabaseUrl::clone(&self.url), page_cache: WRITER_PAGE_CACHE };
        manager.connect().map_err(|error| self.explain(error))
    }

    /// How many connections may write responses at once to the good of all.
    pub(crate) fn writers(&self) -> usize {
        dialect::writers(&self.url)
    }

    fn pooled(&self) -> Result<PooledConnection<Manager>, StorageError> {
        self.pool.get().map_err(|error| StorageError::Unreachable(format!("{}: {error}", self.url)))
    }

    /// Adds the address to an error that is about it.
    fn explain(&self, error: StorageError) -> StorageError {
        match error {
            StorageError::Unreachable(reason) => {
                StorageError::Unreachable(format!("{}: {}", self.url, reason.trim_end()))
            }
            error => error,
        }
    }
}

/// One attempt at a transaction.
pub(crate) fn transact<T>(
    connection: &mut Connection,
    access: Access,
    work: impl FnOnce(&mut Connection) -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    dialect::begin(&mut connection.inner, access)?;
    finish(connection, work)
}

/// A transaction inside another one: if `work` fails, what was done before it stays.
pub(crate) fn transact_nested<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    dialect::savepoint(&mut connection.inner)?;
    finish(connection, work)
}

fn finish<T>(
    connection: &mut Connection,
    work: impl FnOnce(&mut Connection) -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    match work(connection) {
        Ok(value) => {
            dialect::commit(&mut connection.inner)?;
            Ok(value)
        }
        Err(error) => match dialect::rollback(&mut connection.inner) {
            Ok(()) => Err(error),
            // A connection that cannot even roll back is gone, whatever the statement itself said.
            Err(broken) => Err(StorageError::Unreachable(format!("{error}; {broken}"))),
        },
    }
}

const LEDGER: &str = "__diesel_schema_migrations";

fn schema_state(connection: &mut Connection) -> Result<SchemaState, StorageError> {
    let migration = |error: Box<dyn std::error::Error + Send + Sync>| StorageError::Migration(error.to_string());
    let tables = dialect::table_names(&mut connection.inner)?;
    let applied = if tables.iter().any(|table| table == LEDGER) {
        dialect::applied_migrations(&mut connection.inner).map_err(migration)?
    } else {
        Vec::new()
    };
    let known = dialect::known_migrations(&connection.inner).map_err(migration)?;
    Ok(compare(&tables, &applied, known))
}

/// Tables there, versions applied, versions and names this program knows.
fn compare(tables: &[String], applied: &[String], known: Vec<(String, String)>) -> SchemaState {
    if applied.is_empty() {
        let nothing = tables.iter().all(|table| table == LEDGER);
        return if nothing { SchemaState::Empty } else { SchemaState::Foreign };
    }
    let is_known = |version: &&String| known.iter().any(|(known, _)| known == *version);
    let unknown: Vec<String> = applied.iter().filter(|version| !is_known(version)).cloned().collect();
    if !unknown.is_empty() {
        return SchemaState::Newer { unknown };
    }
    let pending: Vec<String> =
        known.into_iter().filter(|(version, _)| !applied.contains(version)).map(|(_, name)| name).collect();
    if pending.is_empty() { SchemaState::UpToDate } else { SchemaState::Behind { pending } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_older_schema_names_what_is_missing() {
        let text = str::to_owned;
        let known = vec![(text("1"), text("1_foundation")), (text("2"), text("2_users"))];
        let tables = [text(LEDGER), text("mpps")];
        let behind = SchemaState::Behind { pending: vec![text("2_users")] };
        assert_eq!(compare(&tables, &[text("1")], known.clone()), behind);
        assert_eq!(compare(&tables, &[text("2"), text("1")], known.clone()), SchemaState::UpToDate);
        assert_eq!(compare(&tables[..1], &[], known.clone()), SchemaState::Empty);
        assert_eq!(compare(&tables, &[], known), SchemaState::Foreign);
    }
}
