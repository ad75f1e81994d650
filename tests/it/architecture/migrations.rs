//! Both databases have the same migrations, each with its way back.

use std::collections::BTreeMap;

use super::tree::sources;

/// Names of the migrations of one database with the files each has; empty files do not count.
fn migrations(database: &str) -> BTreeMap<String, Vec<String>> {
    let mut migrations: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in sources(&format!("migrations/{database}")) {
        let mut parts = source.path.split('/').skip(2).map(str::to_owned);
        let (Some(name), Some(file)) = (parts.next(), parts.next()) else { continue };
        if !source.text.trim().is_empty() {
            migrations.entry(name).or_default().push(file);
        }
    }
    migrations
}

#[test]
fn both_databases_have_the_same_migrations_up_and_down() {
    let (sqlite, postgres) = (migrations("sqlite"), migrations("postgres"));
    assert_eq!(sqlite, postgres);
    for (name, files) in sqlite {
        assert_eq!(files, ["down.sql", "up.sql"], "{name}");
    }
}
