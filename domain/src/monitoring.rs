//! What happens inside a period: who falls silent, and whose scores move (STATISTICS 10).

mod ewma;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Weekday};

pub use self::ewma::{BASELINE_FROM, Baseline, DayScores, Ewma, Signal, Step};
use crate::keyed::keyed;

/// Days over which the usual rate is taken.
pub const RATE_DAYS: u64 = 56;
/// Quieter than this many calendar days is never a warning.
pub const QUIET_FROM_DAYS: i64 = 7;
/// After this many calendar days without a response an MPP is inactive.
pub const INACTIVE_FROM_DAYS: i64 = 21;
/// A kiosk that was not seen for this many days was taken away: nobody waits for it.
pub const KIOSK_GONE_AFTER_DAYS: i64 = 14;
/// A kiosk tells every minute that it works; after so many minutes without a word something is wrong with it.
pub const KIOSK_SILENT_FROM_MINUTES: i64 = 30;
/// The hours in which kiosks are on, on the wall clock of the MPP.
const KIOSK_HOURS: (u32, u32) = (8, 16);
/// With an expected count of 4.6 responses, silence has a probability of 1 %.
const EXPECTED_WHILE_QUIET: f64 = 4.6;

keyed! {
    /// How an MPP behaves at present.
    Activity {
        /// Responses come as usual.
        Active = "active",
        /// Silent for longer than its usual rate explains.
        Quiet = "quiet",
        /// No response for three weeks and more.
        Inactive = "inactive",
        /// No response ever.
        Never = "never",
    }
}

/// Monday to Friday: the days on which MPPs are open unless they say otherwise.
#[must_use]
pub fn is_open(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Open days after `from`, up to and including `to`.
fn open_days(from: NaiveDate, to: NaiveDate) -> u64 {
    from.iter_days().skip(1).take_while(|date| *date <= to).filter(|date| is_open(*date)).count() as u64
}

/// Judges the silence of an MPP on the local date `today`. `last` is the local date of its last response,
/// `count_before` how many responses it had in the 56 days that end with it.
#[must_use]
pub fn activity(today: NaiveDate, last: Option<NaiveDate>, count_before: u64) -> Activity {
    let Some(last) = last else { return Activity::Never };
    let silent_days = (today - last).num_days();
    if silent_days >= INACTIVE_FROM_DAYS {
        return Activity::Inactive;
    }
    let window_start = last - Days::new(RATE_DAYS);
    let rate = count_before as f64 / open_days(window_start, last).max(1) as f64;
    let expected = rate * open_days(last, today) as f64;
    if silent_days >= QUIET_FROM_DAYS && expected >= EXPECTED_WHILE_QUIET { Activity::Quiet } else { Activity::Active }
}

/// Whether a kiosk that was last seen at `last_seen` should be looked at, both on the wall clock of its MPP. It is silent
/// if, of the present opening hours (08:00 to 16:00, Monday to Friday), 30 minutes went by without it. The night does
/// not count: a kiosk may be switched on at eight.
#[must_use]
pub fn is_kiosk_silent(now: NaiveDateTime, last_seen: NaiveDateTime) -> bool {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
    let (opening, closing) = (at(KIOSK_HOURS.0), at(KIOSK_HOURS.1));
    let is_open_now = is_open(now.date()) && (opening..closing).contains(&now.time());
    let missed_since = last_seen.max(now.date().and_time(opening));
    is_open_now
        && now - last_seen <= TimeDelta::days(KIOSK_GONE_AFTER_DAYS)
        && now - missed_since >= TimeDelta::minutes(KIOSK_SILENT_FROM_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiosk_is_missed_in_opening_hours_only() {
        let time = |text: &str| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap();
        let silent = |now: &str, last: &str| is_kiosk_silent(time(now), time(last));
        // 2 March 2026 is a Monday.
        assert!(!silent("2026-03-02 10:29", "2026-03-02 10:00"));
        assert!(silent("2026-03-02 10:30", "2026-03-02 10:00"));
        assert!(!silent("2026-03-02 08:29", "2026-02-27 16:10"), "it may have been switched on at eight");
        assert!(silent("2026-03-02 08:30", "2026-02-27 16:10"));
        assert!(!silent("2026-03-02 07:59", "2026-03-01 10:00") && !silent("2026-03-02 16:00", "2026-03-02 10:00"));
        assert!(silent("2026-03-02 15:59", "2026-03-02 10:00"));
        assert!(!silent("2026-02-28 11:00", "2026-02-27 11:00"), "a Saturday");
        assert!(silent("2026-03-16 10:00", "2026-03-02 10:00") && !silent("2026-03-16 10:01", "2026-03-02 10:00"));
        assert!(!silent("2026-03-02 10:00", "2026-03-02 10:05"), "a clock that runs ahead");
    }

    #[test]
    fn silence_is_judged_by_the_usual_rate() {
        let last = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        let after = |days| last + Days::new(days);
        // 40 open days in the window: 400 responses are ten a day, 20 are one every other day.
        assert_eq!(activity(after(6), Some(last), 400), Activity::Active);
        assert_eq!(activity(after(7), Some(last), 400), Activity::Quiet);
        assert_eq!(activity(after(7), Some(last), 20), Activity::Active);
        assert_eq!(activity(after(14), Some(last), 20), Activity::Quiet);
        assert_eq!(activity(after(20), Some(last), 2), Activity::Active);
        assert_eq!(activity(after(21), Some(last), 2), Activity::Inactive);
        assert_eq!(activity(last, None, 0), Activity::Never);
    }
}
