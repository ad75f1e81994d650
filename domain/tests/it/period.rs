//! Semesters, cut at local midnight in three time zones.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use suara_domain::period::{Period, TimeZone, monday};

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn period(text: &str) -> Period {
    Period::parse(text).unwrap()
}

#[test]
fn a_semester_ends_at_local_midnight() {
    for (offset, zone) in
        [("+07:00", TimeZone::Jakarta), ("+08:00", TimeZone::Makassar), ("+09:00", TimeZone::Jayapura)]
    {
        for (local, expected) in [
            ("2026-06-30T23:59:59.999", "2026-S1"),
            ("2026-07-01T00:00:00", "2026-S2"),
            ("2025-12-31T23:59:59.999999", "2025-S2"),
            ("2026-01-01T00:00:00", "2026-S1"),
            ("2028-02-29T12:00:00", "2028-S1"),
        ] {
            let at = instant(&format!("{local}{offset}"));
            assert_eq!(Period::containing(at, zone), period(expected), "{local}{offset}");
            let (start, end) = period(expected).bounds(zone);
            assert!(start <= at && at < end);
        }
    }
}

#[test]
fn one_instant_can_lie_in_two_semesters() {
    let at = instant("2026-06-30T15:30:00Z");
    assert_eq!(Period::containing(at, TimeZone::Jakarta), period("2026-S1"));
    assert_eq!(Period::containing(at, TimeZone::Makassar), period("2026-S1"));
    assert_eq!(Period::containing(at, TimeZone::Jayapura), period("2026-S2"));
    let ended = TimeZone::ALL.iter().map(|zone| period("2026-S1").has_ended(at, *zone));
    assert_eq!(ended.collect::<Vec<bool>>(), [false, false, true]);
}

#[test]
fn bounds_are_half_open_and_meet() {
    let (start, end) = period("2026-S1").bounds(TimeZone::Jayapura);
    assert_eq!((start, end), (instant("2025-12-31T15:00:00Z"), instant("2026-06-30T15:00:00Z")));
    assert!(period("2026-S1").has_ended(end, TimeZone::Jayapura));
    assert!(!period("2026-S1").has_ended(end - TimeDelta::microseconds(1), TimeZone::Jayapura));
    assert_eq!((period("2026-S1").first_day(), period("2026-S1").last_day()), {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        (day(1, 1), day(6, 30))
    });
}

#[test]
fn only_a_year_and_a_semester_is_a_period() {
    for text in ["", "2026", "2026-S0", "2026-S3", "2026-s1", "2026-S11", "1999-S1", "2200-S1", " 2026-S1", "+026-S1"] {
        assert!(Period::parse(text).is_err(), "{text:?}");
    }
    let message = Period::parse("semester satu").unwrap_err().to_string();
    assert_eq!(message, "\"semester satu\" is not a period: write the year and the semester, like 2026-S1");
    assert_eq!(Period::from_number(20263), None);
}

#[test]
fn weeks_begin_on_mondays_and_cover_the_semester() {
    let weeks: Vec<NaiveDate> = period("2026-S1").weeks().collect();
    assert_eq!(weeks.first().map(ToString::to_string).as_deref(), Some("2025-12-29"));
    assert_eq!(weeks.last().map(ToString::to_string).as_deref(), Some("2026-06-29"));
    assert_eq!(weeks.len(), 27);
    assert!(weeks.iter().all(|week| monday(*week) == *week));
}

proptest! {
    #[test]
    fn every_instant_lies_in_exactly_the_semester_it_is_said_to(seconds in 946_684_800_i64..7_258_000_000, zone in 0..3) {
        let zone = TimeZone::ALL[usize::try_from(zone).unwrap()];
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        let period = Period::containing(at, zone);
        let (start, end) = period.bounds(zone);
        prop_assert!(start <= at && at < end);
        prop_assert_eq!(period.next().bounds(zone).0, end);
        prop_assert_eq!(period.next().previous(), period);
        prop_assert_eq!(Period::from_number(period.number()), Some(period));
        prop_assert_eq!(Period::parse(&period.to_string()), Ok(period));
    }
}
