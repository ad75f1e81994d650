//! One language of a drawing or document: words, figures and dates go through it.

use chrono::NaiveDate;
use suara_domain::fixed::Fixed;
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_domain::tally_set::Dimension;

use crate::{english, indonesian};

/// Bahasa Indonesia unless English is asked for: everything official is Indonesian.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Voice {
    language: Language,
    english: bool,
}

impl Voice {
    /// The voice of a language; of one that has no words here, the Indonesian one.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self { language, english: language == Language::English }
    }

    /// The language, for texts that bring their translations along.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The words of this language.
    #[must_use]
    pub const fn say(self, indonesian: &'static str, english: &'static str) -> &'static str {
        if self.english { english } else { indonesian }
    }

    /// An official figure.
    #[must_use]
    pub fn fixed<const PLACES: u32>(self, value: Fixed<PLACES>) -> String {
        if self.english { value.to_string() } else { indonesian::fixed(value) }
    }

    /// A statistic with `places` decimals.
    #[must_use]
    pub fn decimal(self, value: f64, places: usize) -> String {
        if self.english { format!("{value:.places$}") } else { indonesian::decimal(value, places) }
    }

    /// An interval with one decimal, "90,6–92,3".
    #[must_use]
    pub fn interval(self, (lower, upper): (f64, f64)) -> String {
        format!("{}–{}", self.decimal(lower, 1), self.decimal(upper, 1))
    }

    /// A count with its thousands apart.
    #[must_use]
    pub fn count(self, value: u64) -> String {
        let text = indonesian::count(value);
        if self.english { text.replace('.', ",") } else { text }
    }

    /// "30 Juni 2026".
    #[must_use]
    pub fn date(self, date: NaiveDate) -> String {
        if self.english { english::date(date) } else { indonesian::date(date) }
    }

    /// "Januari".
    #[must_use]
    pub fn month(self, date: NaiveDate) -> &'static str {
        self.say(indonesian::month(date), english::month(date))
    }

    /// "Semester I Tahun 2026".
    #[must_use]
    pub fn period(self, period: Period) -> String {
        if self.english { english::period(period) } else { indonesian::period(period) }
    }

    /// "Sem. I 2026".
    #[must_use]
    pub fn short_period(self, period: Period) -> String {
        if self.english { english::short_period(period) } else { indonesian::short_period(period) }
    }

    /// What a dimension is called as the head of a table.
    #[must_use]
    pub const fn dimension(self, dimension: Dimension) -> &'static str {
        self.say(indonesian::dimension(dimension), english::dimension(dimension))
    }

    /// What a group of a dimension is called. Services, agencies and weeks are called by their key.
    #[must_use]
    pub fn group(self, dimension: Dimension, key: &str) -> String {
        if self.english { english::group(dimension, key) } else { indonesian::group(dimension, key) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_the_language() {
        let [indonesian, english] = [Language::Indonesian, Language::English].map(Voice::of);
        assert_eq!((indonesian.count(12_345), english.count(12_345)), ("12.345".to_owned(), "12,345".to_owned()));
        assert_eq!((indonesian.decimal(1.5, 2), english.decimal(1.5, 2)), ("1,50".to_owned(), "1.50".to_owned()));
        assert_eq!(indonesian.say("unsur", "element"), "unsur");
        assert_eq!(english.group(Dimension::Mode, "paper"), "Paper");
    }
}
