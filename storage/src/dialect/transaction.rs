//! Transactions and the locks within them.
//!
//! In SQLite a write transaction is alone from its first statement on, so a lock has nothing to do. In PostgreSQL
//! transactions are READ COMMITTED; where reading and then writing must not be disturbed, an advisory lock comes
//! first, and every later statement sees what was committed before the lock was granted.

use diesel::connection::{AnsiTransactionManager, TransactionManager};
use diesel::prelude::*;
use diesel::result::QueryResult;
use diesel::sql_types::Integer;
use suara_domain::period::Period;

use crate::any_connection::AnyConnection;

/// What a transaction is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reads one consistent state of the database.
    Read,
    /// Reads and writes.
    Write,
}

pub(crate) fn begin(connection: &mut AnyConnection, access: Access) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => {
            let sql = match access {
                Access::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
                Access::Write => "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
            };
            AnsiTransactionManager::begin_transaction_sql(connection, sql)
        }
        AnyConnection::Sqlite(connection) => {
            let sql = match access {
                Access::Read => "BEGIN DEFERRED",
                Access::Write => "BEGIN IMMEDIATE",
            };
            AnsiTransactionManager::begin_transaction_sql(connection, sql)
        }
    }
}

/// Begins a transaction inside another one.
pub(crate) fn savepoint(connection: &mut AnyConnection) -> QueryResult<()> {
    <AnyConnection as Connection>::TransactionManager::begin_transaction(connection)
}

pub(crate) fn commit(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => AnsiTransactionManager::commit_transaction(connection),
        AnyConnection::Sqlite(connection) => AnsiTransactionManager::commit_transaction(connection),
    }
}

pub(crate) fn rollback(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => AnsiTransactionManager::rollback_transaction(connection),
        AnyConnection::Sqlite(connection) => AnsiTransactionManager::rollback_transaction(connection),
    }
}

/// What is locked until the end of the write transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lock {
    /// The schema.
    Schema,
    /// Settings and instruments.
    Settings,
    /// MPPs with all that is entered about them.
    Directory,
    /// Results: tallies, summaries, snapshots, runs and revisions.
    Results,
    /// Leases.
    Leases,
    /// The outbox.
    Outbox,
    /// Giving out visit tokens. Using them needs none: it locks the rows themselves.
    VisitTokens,
    /// Live tallies and their mark.
    Live,
    /// The rows of a period, shared by those who add some.
    AddTo(Period),
    /// The rows of a period, alone, to close it.
    Close(Period),
}

/// First key of the advisory locks: one for the fixed areas, one for the periods.
const AREAS: i32 = 0x5355_4101;
pub(super) const PERIODS: i32 = 0x5355_4102;

/// Waits for a lock; it ends with the transaction.
pub(crate) fn lock(connection: &mut AnyConnection, lock: Lock) -> QueryResult<()> {
    let AnyConnection::Postgres(connection) = connection else { return Ok(()) };
    let (sql, space, key) = match lock {
        Lock::Schema => (EXCLUSIVE, AREAS, 1),
        Lock::Settings => (EXCLUSIVE, AREAS, 2),
        Lock::Directory => (EXCLUSIVE, AREAS, 3),
        Lock::Results => (EXCLUSIVE, AREAS, 4),
        Lock::Leases => (EXCLUSIVE, AREAS, 5),
        Lock::Outbox => (EXCLUSIVE, AREAS, 6),
        Lock::VisitTokens => (EXCLUSIVE, AREAS, 7),
        Lock::Live => (EXCLUSIVE, AREAS, 8),
        Lock::AddTo(period) => (SHARED, PERIODS, period.number()),
        Lock::Close(period) => (EXCLUSIVE, PERIODS, period.number()),
    };
    diesel::sql_query(sql).bind::<Integer, _>(space).bind::<Integer, _>(key).execute(connection).map(drop)
}

const EXCLUSIVE: &str = "SELECT pg_advisory_xact_lock($1, $2)";
const SHARED: &str = "SELECT pg_advisory_xact_lock_shared($1, $2)";
