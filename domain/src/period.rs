//! Survey periods: the two semesters of a year, cut in the MPP's own time zone.

use std::fmt;

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Utc};

use crate::keyed::keyed;

keyed! {
    /// The three time zones of Indonesia; none has daylight saving.
    TimeZone {
        /// WIB, UTC+7.
        Jakarta = "Asia/Jakarta",
        /// WITA, UTC+8.
        Makassar = "Asia/Makassar",
        /// WIT, UTC+9.
        Jayapura = "Asia/Jayapura",
    }
}

impl TimeZone {
    const fn hours(self) -> i32 {
        match self {
            Self::Jakarta => 7,
            Self::Makassar => 8,
            Self::Jayapura => 9,
        }
    }

    /// The name people use.
    #[must_use]
    pub const fn abbreviation(self) -> &'static str {
        match self {
            Self::Jakarta => "WIB",
            Self::Makassar => "WITA",
            Self::Jayapura => "WIT",
        }
    }

    /// An instant on the wall clock of this zone.
    #[must_use]
    pub fn local(self, instant: DateTime<Utc>) -> DateTime<FixedOffset> {
        let offset = FixedOffset::east_opt(self.hours() * 3600);
        offset.map_or_else(|| instant.fixed_offset(), |offset| instant.with_timezone(&offset))
    }

    /// The instant of local midnight at the start of `date`.
    #[must_use]
    pub fn midnight(self, date: NaiveDate) -> DateTime<Utc> {
        date.and_time(chrono::NaiveTime::MIN).and_utc() - chrono::TimeDelta::hours(self.hours().into())
    }
}

/// A semester: `2026-S1` is January to June, `2026-S2` July to December.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    year: i32,
    half: u8,
}

/// Why a text is not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a period: write the year and the semester, like 2026-S1")]
pub struct PeriodError(String);

impl Period {
    /// Parses `2026-S1`. Years 2000 to 2199.
    ///
    /// # Errors
    /// Anything else.
    pub fn parse(text: &str) -> Result<Self, PeriodError> {
        let error = || PeriodError(text.chars().take(40).collect());
        let (year, half) = text.split_once("-S").ok_or_else(error)?;
        let year: i32 = year.parse().map_err(|_| error())?;
        match half {
            "1" | "2" if (2000..2200).contains(&year) && text.len() == 7 => {
                Ok(Self { year, half: if half == "1" { 1 } else { 2 } })
            }
            _ => Err(error()),
        }
    }

    /// The semester in which a local date lies.
    #[must_use]
    pub fn of_date(date: NaiveDate) -> Self {
        Self { year: date.year(), half: if date.month() <= 6 { 1 } else { 2 } }
    }

    /// The semester in which an instant lies, on the wall clock of `zone`.
    #[must_use]
    pub fn containing(instant: DateTime<Utc>, zone: TimeZone) -> Self {
        Self::of_date(zone.local(instant).date_naive())
    }

    /// Year and semester as one number that sorts, 20261 for `2026-S1`: how databases keep it.
    #[must_use]
    pub const fn number(self) -> i32 {
        self.year * 10 + self.half as i32
    }

    /// The inverse of [`Period::number`].
    #[must_use]
    pub const fn from_number(number: i32) -> Option<Self> {
        match number % 10 {
            1 if number > 0 => Some(Self { year: number / 10, half: 1 }),
            2 if number > 0 => Some(Self { year: number / 10, half: 2 }),
            _ => None,
        }
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.year
    }

    /// 1 or 2.
    #[must_use]
    pub const fn half(self) -> u8 {
        self.half
    }

    /// First day.
    #[must_use]
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, if self.half == 1 { 1 } else { 7 }, 1).unwrap_or_default()
    }

    /// Last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.next().first_day() - Days::new(1)
    }

    /// Start and end as instants, the end exclusive.
    #[must_use]
    pub fn bounds(self, zone: TimeZone) -> (DateTime<Utc>, DateTime<Utc>) {
        (zone.midnight(self.first_day()), zone.midnight(self.next().first_day()))
    }

    /// Whether the semester is over at `now` in `zone`.
    #[must_use]
    pub fn has_ended(self, now: DateTime<Utc>, zone: TimeZone) -> bool {
        now >= self.bounds(zone).1
    }

    /// The following semester.
    #[must_use]
    pub const fn next(self) -> Self {
        match self.half {
            1 => Self { year: self.year, half: 2 },
            _ => Self { year: self.year + 1, half: 1 },
        }
    }

    /// The semester before.
    #[must_use]
    pub const fn previous(self) -> Self {
        match self.half {
            2 => Self { year: self.year, half: 1 },
            _ => Self { year: self.year - 1, half: 2 },
        }
    }

    /// The Mondays on which the weeks that touch this semester begin.
    pub fn weeks(self) -> impl Iterator<Item = NaiveDate> {
        let last = self.last_day();
        std::iter::successors(Some(monday(self.first_day())), |week| Some(*week + Days::new(7)))
            .take_while(move |week| *week <= last)
    }
}

/// The Monday of the week of a date.
#[must_use]
pub fn monday(date: NaiveDate) -> NaiveDate {
    date - Days::new(date.weekday().num_days_from_monday().into())
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-S{}", self.year, self.half)
    }
}
