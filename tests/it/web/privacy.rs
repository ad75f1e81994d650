//! Whoever changes a word of the privacy notice gives it a new version.

use std::fmt::Write;
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use suara_domain::language::Language;
use suara_domain::privacy::NOTICE;

/// The line that names the version is not a part of it.
const VERSION_KEY: &str = "privacy-version";

/// The messages of the notice in one language, as lines: from the key to the line before the next message or comment.
fn notice(language: Language) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/languages/{}.ftl", language.key()));
    let mut lines = Vec::new();
    let mut inside = false;
    for line in std::fs::read_to_string(path).unwrap().lines() {
        if !line.starts_with(' ') {
            let key = line.split(" =").next().unwrap_or_default();
            inside = key.starts_with("privacy-") && key != VERSION_KEY;
        }
        if inside && !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
        }
    }
    lines
}

/// All languages by key, messages by name: moving a line in the file is no change of words.
fn words() -> String {
    let mut words = String::new();
    for language in Language::ALL {
        let mut messages = notice(*language);
        messages.sort_unstable();
        assert!(messages.len() > 10, "{}: {messages:?}", language.key());
        writeln!(words, "{}\n{}", language.key(), messages.join("\n")).unwrap();
    }
    words
}

#[test]
fn the_words_of_the_notice_are_those_of_its_version() {
    let found = HEXLOWER.encode(&Sha256::digest(words()));
    assert_eq!(
        found, NOTICE.words,
        "the words of the privacy notice are not those of version {}: add a version to suara_domain::privacy",
        NOTICE.version
    );
}

#[test]
fn every_language_names_version_and_date() {
    for language in Language::ALL {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/languages/{}.ftl", language.key()));
        let source = std::fs::read_to_string(path).unwrap();
        let line = source.lines().find(|line| line.starts_with(VERSION_KEY)).unwrap_or_default();
        assert!(line.contains("{ $version }") && line.contains("{ $date }"), "{}: {line:?}", language.key());
    }
}
