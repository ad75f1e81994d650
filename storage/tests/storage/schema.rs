//! Rules that the schema itself must keep.

use std::collections::BTreeSet;

use suara_storage::Database;
use suara_storage::testing::{self, TestDatabase};

const SQLITE_COLUMNS: &str = "SELECT m.name || '.' || c.name AS value FROM sqlite_master m, pragma_table_info(m.name) c \
     WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'";
const POSTGRES_COLUMNS: &str = "SELECT table_name || '.' || column_name AS value FROM information_schema.columns \
     WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_%'";
const SQLITE_KEYS: &str = "SELECT m.name || '.' || f.\"from\" AS value FROM sqlite_master m, \
     pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";
const POSTGRES_KEYS: &str = "SELECT k.table_name || '.' || k.column_name AS value \
     FROM information_schema.key_column_usage k JOIN information_schema.table_constraints c USING (constraint_name) \
     WHERE c.constraint_type = 'FOREIGN KEY'";

fn values(database: &Database, sql: &str) -> BTreeSet<String> {
    database.read(|connection| testing::values(connection, sql)).unwrap().into_iter().collect()
}

fn columns_and_keys() -> [(BTreeSet<String>, BTreeSet<String>); 2] {
    let (sqlite, postgres) = (TestDatabase::sqlite(), TestDatabase::postgres());
    let (sqlite, postgres) = (sqlite.open(), postgres.open());
    [
        (values(&sqlite, SQLITE_COLUMNS), values(&sqlite, SQLITE_KEYS)),
        (values(&postgres, POSTGRES_COLUMNS), values(&postgres, POSTGRES_KEYS)),
    ]
}

/// PostgreSQL checks these statement by statement, not as declared keys; `references.rs` shows that it does.
const CHECKED_BY_TRIGGER: [&str; 4] =
    ["responses.mpp_id", "responses.service_id", "responses.counter_id", "responses.instrument_id"];

#[test]
fn both_databases_have_the_same_tables_columns_and_foreign_keys() {
    let [sqlite, mut postgres] = columns_and_keys();
    assert!(sqlite.0.len() > 120 && sqlite.0.contains("responses.pengaduan"), "{:?}", sqlite.0);
    for column in CHECKED_BY_TRIGGER {
        assert!(postgres.1.insert(column.to_owned()), "{column} is declared");
    }
    assert_eq!(sqlite, postgres);
}

#[test]
fn every_column_that_points_to_a_row_is_a_foreign_key() {
    let [(columns, keys), _] = columns_and_keys();
    let pointing = columns.iter().filter(|column| column.ends_with("_id") && *column != "outbox.message_id");
    let loose: Vec<&String> = pointing.filter(|column| !keys.contains(*column)).collect();
    assert!(loose.is_empty(), "{loose:?} point nowhere");
    assert!(keys.contains("comments.response_seq"));
}

#[test]
fn nothing_stored_with_answers_identifies_a_person() {
    const FORBIDDEN: [&str; 14] = [
        "ip",
        "address",
        "agent",
        "nik",
        "phone",
        "telepon",
        "name",
        "nama",
        "email",
        "device",
        "cookie",
        "session",
        "fingerprint",
        "birth",
    ];
    for (columns, _) in columns_and_keys() {
        let of_citizens: Vec<&String> = columns
            .iter()
            .filter(|column| column.starts_with("responses.") || column.starts_with("comments."))
            .collect();
        assert_eq!(of_citizens.len(), 32 + 2, "a new column? think twice whether it identifies a person");
        for column in of_citizens {
            let name = column.split('.').nth(1).unwrap();
            let word = name.split('_').find(|word| FORBIDDEN.contains(word));
            assert_eq!(word, None, "{column} may identify a person");
        }
    }
}
