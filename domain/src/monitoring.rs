//! Who falls silent inside a period (STATISTICS 10).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::keyed::keyed;

/// Days over which the usual rate is taken.
pub const RATE_DAYS: u64 = 56;
/// Quieter than this many calendar days is never a warning.
pub const QUIET_FROM_DAYS: i64 = 7;
/// After this many calendar days without a response an MPP is inactive.
pub const INACTIVE_FROM_DAYS: i64 = 21;
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

#[cfg(test)]
mod tests {
    use super::*;

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
