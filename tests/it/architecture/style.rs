//! House rules on files and texts.

use super::tree::{Source, has_extension, rust, sources};

/// A file that is longer is two things.
const LONGEST_FILE: usize = 400;

/// Hosts that our code and pages may name: this machine, and the names that are reserved for examples.
const EXAMPLE_HOSTS: [&str; 6] =
    ["127.0.0.1", "example.org", "example.com", "example.go.id", "www.w3.org", "schemas.openxmlformats.org"];

#[test]
fn files_are_short() {
    let code = |source: &Source| ["rs", "typ", "mjs", "py"].iter().any(|kind| has_extension(&source.path, kind));
    let long: Vec<String> = sources("")
        .into_iter()
        .filter(code)
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{path} has {lines} lines"))
        .collect();
    assert!(long.is_empty(), "split what is longer than {LONGEST_FILE} lines:\n{}", long.join("\n"));
}

#[test]
fn no_file_is_a_drawer() {
    let drawers = ["util", "utils", "helper", "helpers", "common", "misc", "shared", "stuff"];
    let mut broken = Vec::new();
    for source in sources("") {
        let parts = source.path.split('/').map(|part| part.split('.').next().unwrap_or_default());
        broken.extend(parts.filter(|part| drawers.contains(part)).map(|part| format!("{}: \"{part}\"", source.path)));
    }
    assert!(broken.is_empty(), "name files after what is in them:\n{}", broken.join("\n"));
}

#[test]
fn tests_run_and_say_what_they_expect() {
    // Written apart, so that this file does not break its own rule.
    let forbidden = [["#[ign", "ore"], ["#[should_", "panic"], ["allow(dead_", "code"]].map(|parts| parts.concat());
    let mut broken = Vec::new();
    for source in rust(&[""]) {
        for (number, line) in source.code() {
            let found = forbidden.iter().filter(|word| line.contains(word.as_str()));
            broken.extend(found.map(|word| format!("{}:{number} has {word}", source.path)));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_of_code_says_what_it_is_for() {
    let silent: Vec<String> = rust(&["src", "domain/src", "storage/src", "reports/src", "synth/src"])
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(silent.is_empty(), "begin with //! and a sentence:\n{}", silent.join("\n"));
}

#[test]
fn pages_and_documents_load_nothing_from_elsewhere() {
    let mut broken = Vec::new();
    // Licence texts of fonts name their authors, and tests make up strangers; neither is served.
    let served = |path: &str| !path.starts_with("reports/fonts/") && !path.starts_with("reports/tests/");
    let folders = ["src", "reports", "synth", "migrations"];
    for source in folders.iter().flat_map(|folder| sources(folder)).filter(|source| served(&source.path)) {
        for (index, line) in source.text.lines().enumerate() {
            let strangers = hosts(line).into_iter().filter(|host| !is_ours(host));
            broken.extend(strangers.map(|host| format!("{}:{} names {host}", source.path, index + 1)));
        }
    }
    assert!(broken.is_empty(), "third-party hosts:\n{}", broken.join("\n"));
}

#[test]
fn the_tree_knows_no_machine() {
    let machines = ["/root", "/home", "/work"].map(|folder| format!("{folder}/"));
    let mut broken = Vec::new();
    for source in sources("").into_iter().filter(|source| source.path != "Cargo.lock") {
        for (index, line) in source.text.lines().enumerate() {
            let found = machines.iter().filter(|path| line.contains(path.as_str()));
            broken.extend(found.map(|path| format!("{}:{} has {path}", source.path, index + 1)));
        }
    }
    assert!(broken.is_empty(), "paths of one machine:\n{}", broken.join("\n"));
}

/// The hosts of all addresses in a line, also of those without a scheme in markup.
fn hosts(line: &str) -> Vec<String> {
    let mut hosts = Vec::new();
    for mark in ["http://", "https://", "\"//", "'//", "(//"] {
        for (start, _) in line.match_indices(mark) {
            let rest = &line[start + mark.len()..];
            let end = rest.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-')));
            hosts.push(rest[..end.unwrap_or(rest.len())].to_lowercase());
        }
    }
    hosts
}

/// A host without a dot names nobody: `localhost`, or a placeholder.
fn is_ours(host: &str) -> bool {
    !host.contains('.') || EXAMPLE_HOSTS.iter().any(|ours| host == *ours || host.ends_with(&format!(".{ours}")))
}

#[test]
fn a_stranger_is_recognised() {
    assert_eq!(hosts(r#"<script src="//cdn.evil.net/x.js">"#), ["cdn.evil.net"]);
    assert_eq!(hosts("see https://fonts.evil.net/a and http://localhost:8080"), ["localhost", "fonts.evil.net"]);
    assert!(is_ours("suara.example.go.id") && is_ours("localhost"));
    assert!(!is_ours("fonts.evil.net") && !is_ours("evilexample.org"));
}
