//! The two sets of migrations, embedded, and what is there of them in a database.

use diesel::migration::{Migration, MigrationSource, MigrationVersion, Result as MigrationResult};
use diesel::prelude::*;
use diesel::result::QueryResult;
use diesel::sql_types::Text;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::any_connection::AnyConnection;

const POSTGRES: EmbeddedMigrations = embed_migrations!("../migrations/postgres");
const SQLITE: EmbeddedMigrations = embed_migrations!("../migrations/sqlite");

/// Applies what is missing, in order.
pub(crate) fn run_migrations(connection: &mut AnyConnection) -> MigrationResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => connection.run_pending_migrations(POSTGRES).map(drop),
        AnyConnection::Sqlite(connection) => connection.run_pending_migrations(SQLITE).map(drop),
    }
}

/// Takes everything back, the last migration first.
pub(crate) fn revert_migrations(connection: &mut AnyConnection) -> MigrationResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => connection.revert_all_migrations(POSTGRES).map(drop),
        AnyConnection::Sqlite(connection) => connection.revert_all_migrations(SQLITE).map(drop),
    }
}

/// Takes the last migration back.
#[cfg(feature = "testing")]
pub(crate) fn revert_last_migration(connection: &mut AnyConnection) -> MigrationResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => connection.revert_last_migration(POSTGRES).map(drop),
        AnyConnection::Sqlite(connection) => connection.revert_last_migration(SQLITE).map(drop),
    }
}

/// Versions applied, in no particular order.
pub(crate) fn applied_migrations(connection: &mut AnyConnection) -> MigrationResult<Vec<String>> {
    let applied = match connection {
        AnyConnection::Postgres(connection) => connection.applied_migrations(),
        AnyConnection::Sqlite(connection) => connection.applied_migrations(),
    }?;
    Ok(applied.iter().map(MigrationVersion::to_string).collect())
}

/// Version and name of every migration of this program, in order.
pub(crate) fn known_migrations(connection: &AnyConnection) -> MigrationResult<Vec<(String, String)>> {
    let mut known = match connection {
        AnyConnection::Postgres(_) => names(&MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES)?),
        AnyConnection::Sqlite(_) => names(&MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)?),
    };
    known.sort();
    Ok(known)
}

fn names<DB: diesel::backend::Backend>(migrations: &[Box<dyn Migration<DB>>]) -> Vec<(String, String)> {
    migrations.iter().map(|migration| (migration.name().version().to_string(), migration.name().to_string())).collect()
}

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
}

/// Names of all tables, sorted.
pub(crate) fn table_names(connection: &mut AnyConnection) -> QueryResult<Vec<String>> {
    let tables: Vec<Table> = match connection {
        AnyConnection::Postgres(connection) => diesel::sql_query(
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1",
        )
        .load(connection)?,
        AnyConnection::Sqlite(connection) => diesel::sql_query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1",
        )
        .load(connection)?,
    };
    Ok(tables.into_iter().map(|table| table.name).collect())
}
