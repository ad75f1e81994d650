//! Every library we depend on is named with its reason in `ARCHITECTURE.md`, and comes from the public registry.

use std::collections::BTreeSet;
use std::fs;

use super::tree::root;

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The manifests of the root package and of the other members of the workspace.
fn manifests() -> Vec<toml::Table> {
    let root: toml::Table = read("Cargo.toml").parse().unwrap();
    let members = root["workspace"]["members"].as_array().unwrap();
    let read = |member: &toml::Value| read(&format!("{}/Cargo.toml", member.as_str().unwrap())).parse().unwrap();
    let mut manifests: Vec<toml::Table> = members.iter().map(read).collect();
    manifests.push(root);
    manifests
}

/// The crates of others in the manifests.
fn dependencies() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for manifest in manifests() {
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            names.extend(
                manifest.get(section).and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys).cloned(),
            );
        }
    }
    names.into_iter().filter(|name| !name.starts_with("suara-")).collect()
}

/// The crates in the first column of the table.
fn explained() -> BTreeSet<String> {
    let text = read("ARCHITECTURE.md");
    let (_, table) = text.split_once("\n## Dependencies\n").expect("ARCHITECTURE.md has a section Dependencies");
    let cells = table.lines().take_while(|line| !line.starts_with("## ")).filter_map(|line| line.split('|').nth(1));
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn every_dependency_has_a_reason_and_every_reason_a_dependency() {
    let (used, explained) = (dependencies(), explained());
    let unexplained: Vec<_> = used.difference(&explained).collect();
    let unused: Vec<_> = explained.difference(&used).collect();
    assert!(unexplained.is_empty(), "add to the table in ARCHITECTURE.md: {unexplained:?}");
    assert!(unused.is_empty(), "the table in ARCHITECTURE.md names what nobody uses: {unused:?}");
}

#[test]
fn locked_packages_come_from_the_public_registries() {
    let lock: toml::Table = read("Cargo.lock").parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages {
        let source = package.get("source").and_then(toml::Value::as_str);
        let public = source.is_none_or(|source| source == "registry+https://github.com/rust-lang/crates.io-index");
        assert!(public, "{:?} comes from {source:?}", package["name"]);
    }
    let npm = read("tests/browser/package-lock.json");
    assert!(npm.contains("\"integrity\"") && !npm.contains("\"resolved\""), "package-lock.json names a registry");
}

#[test]
fn what_is_banned_is_not_in_the_tree() {
    let deny: toml::Table = read("deny.toml").parse().unwrap();
    let banned = deny["bans"]["deny"].as_array().unwrap();
    assert!(banned.len() > 3);
    let lock: toml::Table = read("Cargo.lock").parse().unwrap();
    let locked: BTreeSet<&str> =
        lock["package"].as_array().unwrap().iter().filter_map(|package| package["name"].as_str()).collect();
    assert!(locked.contains("diesel"));
    // A crate with wrappers may come with those; whether it does, cargo-deny knows.
    for ban in banned.iter().filter(|ban| ban.get("wrappers").is_none()) {
        let name = ban["crate"].as_str().unwrap();
        assert!(!locked.contains(name), "{name} is banned: {:?}", ban["reason"]);
    }
}
