//! The connection diesel works on, to either database. Alone in its file: the derive brings names of its own.

use diesel::prelude::*;

/// PostgreSQL stands first: SQLite would take any text for a file name.
#[derive(diesel::MultiConnection)]
pub(crate) enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}
