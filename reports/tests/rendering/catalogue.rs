//! The prose of the documents: every language says the same things, and nothing that nobody prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of a catalogue with their parameters, by name.
fn catalogue(language: &str) -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("texts").join(language);
    let mut names = BTreeMap::new();
    for file in files(&folder) {
        let text = fs::read_to_string(&file).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("#let ")) {
            let (head, _) = line.split_once(" =").unwrap();
            let (name, parameters) = head.split_once('(').unwrap_or((head, ""));
            let former = names.insert(name.to_owned(), parameters.to_owned());
            assert_eq!(former, None, "{name} is there twice in {language}");
        }
    }
    names
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// Names that templates take from the catalogue: `t.name`.
fn printed() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    let text: String = files(&folder).iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let mut names = Vec::new();
    for (start, _) in text.match_indices("t.") {
        let before = &text[..start];
        let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '"' | '/');
        if before.ends_with(inside) && !before.ends_with("..") {
            continue;
        }
        let rest = &text[start + 2..];
        let end = rest.find(|letter: char| !(letter.is_alphanumeric() || letter == '-')).unwrap_or(rest.len());
        names.push(rest[..end].to_owned());
    }
    names
}

#[test]
fn every_language_says_the_same_things() {
    let indonesian = catalogue("id");
    assert!(indonesian.len() > 150, "{}", indonesian.len());
    assert_eq!(indonesian, catalogue("en"));
}

#[test]
fn every_text_is_printed_and_every_printed_text_is_there() {
    let (catalogue, printed) = (catalogue("id"), printed());
    let unused: Vec<_> = catalogue.keys().filter(|name| !printed.contains(name)).collect();
    let missing: Vec<_> = printed.iter().filter(|name| !catalogue.contains_key(*name)).collect();
    assert!(unused.is_empty(), "nobody prints {unused:?}");
    assert!(missing.is_empty(), "nowhere written: {missing:?}");
}

#[test]
fn templates_have_no_prose() {
    for file in files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("templates")) {
        // The QR posters are bilingual on purpose and speak for themselves; the national report is in Indonesian alone.
        let path = file.to_str().unwrap();
        if ["qr_poster", "templates/national"].iter().any(|own| path.contains(own)) {
            continue;
        }
        for (number, line) in fs::read_to_string(&file).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap();
            for word in [" yang ", " dan ", " tidak ", "Responden", " the ", " of "] {
                assert!(!code.contains(word), "{}:{}: {line}", file.display(), number + 1);
            }
        }
    }
}
