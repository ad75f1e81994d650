//! The files of the source tree.

use std::fs;
use std::path::{Path, PathBuf};

/// What is made, not written.
const MADE: [&str; 6] = [".git", "target", "node_modules", "suara-data", "suara-demo", "__pycache__"];

/// A text file with its path from the root of the tree, always with `/`.
pub struct Source {
    pub path: String,
    pub text: String,
}

impl Source {
    /// Lines with their number, comments left out: a rule is about what code does.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| !is_comment(line))
    }

    pub fn is_rust(&self) -> bool {
        has_extension(&self.path, "rs")
    }
}

pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every text file below a folder of the tree, in order.
pub fn sources(folder: &str) -> Vec<Source> {
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = String::from_utf8(fs::read(&path).unwrap()).ok()?;
        let path = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        Some(Source { path, text })
    };
    let sources: Vec<Source> = paths.into_iter().filter_map(read).collect();
    assert!(!sources.is_empty(), "{folder} has no files: has it moved?");
    sources
}

/// Rust files below several folders.
pub fn rust(folders: &[&str]) -> Vec<Source> {
    folders.iter().flat_map(|folder| sources(folder)).filter(Source::is_rust).collect()
}

pub fn has_extension(path: &str, extension: &str) -> bool {
    Path::new(path).extension().is_some_and(|found| found == extension)
}

/// Whether a line of code names a crate, module or item: the whole word, not a part of a longer one.
pub fn names(line: &str, word: &str) -> bool {
    let part_of_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    line.match_indices(word).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let entry = entry.unwrap();
        let made = MADE.iter().any(|name| entry.file_name() == *name);
        match entry.file_type().unwrap() {
            _ if made => {}
            kind if kind.is_dir() => collect(&entry.path(), paths),
            kind if kind.is_file() => paths.push(entry.path()),
            _ => {}
        }
    }
}

#[test]
fn a_name_is_a_whole_word() {
    assert!(names("use diesel::prelude::*;", "diesel"));
    assert!(names("let x = crate::web::serve();", "crate::web"));
    assert!(!names("use diesel_migrations::embed;", "diesel"));
    assert!(!names("crate::website::x", "crate::web"));
}
