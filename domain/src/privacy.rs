//! The privacy notice before the first question: which words people were shown, and since when.
//!
//! The words themselves are messages of the pages (keys `privacy-…`, in every language). Whoever changes them makes a
//! new version here; a test compares them with the hash of the version.

use chrono::NaiveDate;

/// A version of the notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its number, from 1 on.
    pub version: u16,
    /// The day from which it is shown.
    pub date: NaiveDate,
    /// SHA-256 of its words in all languages, hexadecimal; how it is taken is written in the test.
    pub words: &'static str,
}

/// The notice that is shown.
pub const NOTICE: Notice = VERSIONS[VERSIONS.len() - 1];

/// Every version there has been, the present one last. Those before it never change: people agreed to them.
pub const VERSIONS: &[Notice] = &[Notice {
    version: 1,
    date: day(2026, 11, 21),
    words: "9bf3ef0cf3c57f0434ea7032e4a3028fba944d93a8bceae8099363fdcd970af3",
}];

/// A day of the calendar; one that does not exist is the first of all days, which a test finds.
const fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        None => NaiveDate::MIN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_follow_each_other() {
        for (place, notice) in VERSIONS.iter().enumerate() {
            assert_eq!(usize::from(notice.version), place + 1);
            assert!(notice.date > day(2025, 12, 31), "{notice:?}");
        }
        for pair in VERSIONS.windows(2) {
            assert!(pair[0].date < pair[1].date && pair[0].words != pair[1].words, "{pair:?}");
        }
        assert_eq!(VERSIONS.last(), Some(&NOTICE));
    }
}
