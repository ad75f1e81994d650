//! Migrations there and back, and what a database is taken for.

use suara_storage::responses::insert_batch;
use suara_storage::testing::{self, TestDatabase};
use suara_storage::{Database, SchemaState, StorageError};

use crate::country::Country;

fn up_down_up(empty: &TestDatabase) {
    let database = empty.open();
    assert_eq!(database.state().unwrap(), SchemaState::Empty);
    database.migrate().unwrap();
    assert_eq!(database.state().unwrap(), SchemaState::UpToDate);
    database.revert_all().unwrap();
    assert_eq!(database.state().unwrap(), SchemaState::Empty, "nothing is left behind");
    database.migrate().unwrap();
    database.migrate().unwrap();
    assert_eq!(database.state().unwrap(), SchemaState::UpToDate);
}

/// What was stored before a migration is there after it, and after its way back; here down to the foundation.
fn rows_survive(database: &TestDatabase) {
    let country = Country::new(database);
    let rows = country.responses(3);
    country.database.write("store", |connection| insert_batch(connection, &rows)).unwrap();
    let answers = |connection: &mut _| {
        let sql = "SELECT CAST(persyaratan AS TEXT) || CAST(pengaduan AS TEXT) AS value FROM responses ORDER BY seq";
        testing::values(connection, sql)
    };
    for _ in ["live_tallies", "national", "trust"] {
        country.database.write("revert", testing::revert_last_migration).unwrap();
    }
    assert!(matches!(country.database.state().unwrap(), SchemaState::Behind { .. }));
    assert_eq!(country.database.read(answers).unwrap(), ["41"; 3]);
    country.database.migrate().unwrap();
    assert_eq!(country.database.state().unwrap(), SchemaState::UpToDate);
    assert!(country.stored().len() == 3 && country.stored().iter().all(|row| row.verified && !row.counter_signed));
}

fn several_nodes_at_once(empty: &TestDatabase) {
    let databases: Vec<Database> = (0..4).map(|_| empty.open()).collect();
    std::thread::scope(|scope| {
        let nodes: Vec<_> = databases.iter().map(|database| scope.spawn(|| database.migrate())).collect();
        for node in nodes {
            node.join().unwrap().unwrap();
        }
    });
    assert_eq!(databases[0].state().unwrap(), SchemaState::UpToDate);
}

fn newer_and_foreign(empty: &TestDatabase) {
    let database = empty.open();
    database.write("foreign", |connection| testing::execute(connection, "CREATE TABLE cats (id INTEGER)")).unwrap();
    assert_eq!(database.state().unwrap(), SchemaState::Foreign);
    database.migrate().unwrap();
    let ledger = |sql: &'static str| database.write("ledger", |connection| testing::execute(connection, sql)).unwrap();
    ledger("INSERT INTO __diesel_schema_migrations (version) VALUES ('29990101000000')");
    assert_eq!(database.state().unwrap(), SchemaState::Newer { unknown: vec!["29990101000000".to_owned()] });
    ledger("DELETE FROM __diesel_schema_migrations WHERE version < '2999'");
    ledger("UPDATE __diesel_schema_migrations SET version = '20260101000000'");
    let pending = ["2026-11-22-000000_trust", "2026-11-22-120000_national", "2026-11-23-000000_live_tallies"];
    let behind = SchemaState::Behind { pending: pending.map(str::to_owned).to_vec() };
    assert_eq!(database.state().unwrap(), behind);
    ledger(
        "INSERT INTO __diesel_schema_migrations (version) VALUES ('20261122000000'), ('20261122120000'), \
            ('20261123000000')",
    );
    assert_eq!(database.state().unwrap(), SchemaState::UpToDate);
}

#[test]
fn sqlite() {
    up_down_up(&TestDatabase::empty_sqlite());
    several_nodes_at_once(&TestDatabase::empty_sqlite());
    newer_and_foreign(&TestDatabase::empty_sqlite());
    rows_survive(&TestDatabase::sqlite());
}

#[test]
fn postgres() {
    up_down_up(&TestDatabase::empty_postgres());
    several_nodes_at_once(&TestDatabase::empty_postgres());
    newer_and_foreign(&TestDatabase::empty_postgres());
    rows_survive(&TestDatabase::postgres());
}

#[test]
fn a_folder_that_is_missing_is_made() {
    let empty = TestDatabase::empty_sqlite();
    let deep = empty.url().replace("suara.db", "a/b/c/suara.db");
    Database::open(&deep).unwrap().ping().unwrap();
}

#[test]
fn a_server_that_is_not_there_is_unreachable_and_its_password_untold() {
    let url = "postgres://suara:geheim@127.0.0.1:1/suara";
    let Err(error) = Database::open(url) else { panic!("port 1 must not answer") };
    assert!(matches!(error, StorageError::Unreachable(_)), "{error:?}");
    let text = format!("{error} {error:?}");
    assert!(text.contains("postgres://suara:…@127.0.0.1:1/suara") && !text.contains("geheim"), "{text}");
}

#[test]
fn a_folder_in_place_of_a_file_is_unreachable() {
    let empty = TestDatabase::empty_sqlite();
    let folder = empty.url().strip_prefix("sqlite://").unwrap();
    std::fs::create_dir_all(folder).unwrap();
    let Err(error) = Database::open(empty.url()) else { panic!("a folder is no database") };
    assert!(matches!(error, StorageError::Unreachable(_)), "{error:?}");
}

#[test]
fn a_file_that_is_no_database_is_told_by_name() {
    let empty = TestDatabase::empty_sqlite();
    let path = std::path::Path::new(empty.url().strip_prefix("sqlite://").unwrap());
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, "code,name\nkab-kampar,MPP Kampar\n".repeat(200)).unwrap();
    let Err(error) = Database::open(empty.url()) else { panic!("a text is no database") };
    assert!(error.to_string().contains("suara.db: file is not a database"), "{error}");
}
