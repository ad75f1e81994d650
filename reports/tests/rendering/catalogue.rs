//! The prose of the documents: every language says the same things, and nothing that nobody prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A family of documents with templates and a catalogue of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    Semester,
    National,
}

impl Room {
    const ALL: [Self; 2] = [Self::Semester, Self::National];

    /// Whether a template or a catalogue belongs to the national report.
    fn holds(self, path: &Path) -> bool {
        let national = path.components().any(|part| part.as_os_str().to_str().unwrap().starts_with("national"));
        national == (self == Self::National)
    }
}

/// Names of a catalogue with their parameters, by name; those it takes over from the semester report's have none.
fn catalogue(language: &str, room: Room) -> BTreeMap<String, String> {
    let folder = manifest_folder().join("texts").join(language);
    let mut names = BTreeMap::new();
    let mut add = |name: &str, parameters: &str| {
        let former = names.insert(name.to_owned(), parameters.to_owned());
        assert_eq!(former, None, "{name} is there twice in {language}");
    };
    for file in files(&folder).into_iter().filter(|file| room.holds(file.strip_prefix(&folder).unwrap())) {
        for line in fs::read_to_string(&file).unwrap().lines() {
            if let Some(rest) = line.strip_prefix("#let ") {
                let (head, _) = rest.split_once(" =").unwrap();
                let (name, parameters) = head.split_once('(').unwrap_or((head, ""));
                add(name, parameters);
            } else if let Some((_, taken)) = line.split_once("#import \"report.typ\": ") {
                taken.split(", ").for_each(|name| add(name, ""));
            }
        }
    }
    names
}

fn manifest_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
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

/// Names that templates take from the catalogue: `t.name`. How all documents look is shared.
fn printed(room: Room) -> Vec<String> {
    let folder = manifest_folder().join("templates");
    let of_room = |file: &&PathBuf| file.ends_with("style.typ") || room.holds(file.strip_prefix(&folder).unwrap());
    let text: String = files(&folder).iter().filter(of_room).map(|file| fs::read_to_string(file).unwrap()).collect();
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
    for (room, least) in Room::ALL.into_iter().zip([150, 90]) {
        let indonesian = catalogue("id", room);
        assert!(indonesian.len() > least, "{}", indonesian.len());
        assert_eq!(indonesian, catalogue("en", room));
    }
}

#[test]
fn every_text_is_printed_and_every_printed_text_is_there() {
    for room in Room::ALL {
        let (catalogue, printed) = (catalogue("id", room), printed(room));
        let unused: Vec<_> = catalogue.keys().filter(|name| !printed.contains(name)).collect();
        let missing: Vec<_> = printed.iter().filter(|name| !catalogue.contains_key(*name)).collect();
        assert!(unused.is_empty(), "nobody prints {unused:?}");
        assert!(missing.is_empty(), "nowhere written: {missing:?}");
    }
}

#[test]
fn templates_have_no_prose() {
    for file in files(&manifest_folder().join("templates")) {
        // The QR posters are bilingual on purpose and speak for themselves.
        if file.to_str().unwrap().contains("qr_poster") {
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
