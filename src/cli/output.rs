//! The one place that prints: results to stdout, everything else to stderr.

use std::io::Write;

/// A line of result. A closed pipe (`suara status | head`) ends the printing, not the program.
pub(crate) fn say(line: &str) {
    let _closed = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line for the person in front of the terminal.
pub(crate) fn complain(line: &str) {
    let _closed = writeln!(std::io::stderr().lock(), "{line}");
}
