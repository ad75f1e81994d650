//! Other tools that read what was written: poppler-utils, and a spreadsheet program.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;
use serde_json::Value;

/// Writes a file where it can be looked at after the run.
pub fn keep(name: &str, bytes: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

/// What a tool of poppler-utils prints; a missing tool fails the test and says what to install.
pub fn poppler(tool: &str, arguments: &[&str], file: &Path) -> String {
    let mut command = Command::new(tool);
    command.args(arguments).arg(file);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let output = command.output().unwrap_or_else(|error| panic!("{tool} is missing, install poppler-utils: {error}"));
    assert!(output.status.success(), "{tool}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The text of a PDF with every run of blanks as one.
pub fn text(file: &Path) -> String {
    poppler("pdftotext", &["-layout"], file).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// For every word the number of its page and its left, top, right and bottom edge, in points.
pub fn words(file: &Path) -> Vec<(usize, [f64; 4])> {
    let html = poppler("pdftotext", &["-bbox"], file);
    let mut page = 0;
    let mut words = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.starts_with("<page ") {
            page += 1;
        } else if line.starts_with("<word ") {
            words.push((page, ["xMin", "yMin", "xMax", "yMax"].map(|name| number(line, name).unwrap())));
        }
    }
    words
}

/// The number in an attribute of a line of markup.
fn number(line: &str, name: &str) -> Option<f64> {
    line.split_once(&format!("{name}=\""))?.1.split_once('"')?.0.parse().ok()
}

/// For every page its number, its width and the right end of its rightmost word, in points.
pub fn pages(file: &Path) -> Vec<(usize, f64, f64)> {
    let html = poppler("pdftotext", &["-bbox"], file);
    let mut pages: Vec<(usize, f64, f64)> = Vec::new();
    for line in html.lines().map(str::trim) {
        if line.starts_with("<page ") {
            pages.push((pages.len() + 1, number(line, "width").unwrap(), 0.0));
        } else if line.starts_with("<word ")
            && let Some(page) = pages.last_mut()
        {
            page.2 = page.2.max(number(line, "xMax").unwrap());
        }
    }
    pages
}

/// A formula of a workbook.
#[derive(Debug, Deserialize)]
pub struct Recomputed {
    pub sheet: String,
    pub cell: String,
    pub formula: String,
    /// What the workbook says the result is.
    pub stored: Value,
    /// What the other program computes.
    pub computed: Value,
}

/// Every formula of some workbooks, recomputed by `tests/workbook/recompute.py`.
pub fn recomputed(files: &[PathBuf]) -> Vec<Vec<Recomputed>> {
    let python = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spreadsheet/bin/python");
    assert!(python.exists(), "the workbook tests need {}: `make setup` installs it", python.display());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/workbook/recompute.py");
    let output = Command::new(python).arg(script).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}
