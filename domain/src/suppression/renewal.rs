//! Figures of a running period: what was shown yesterday is a part of what is shown today, and their difference must
//! give nobody away.

use chrono::NaiveDate;

use super::{PUBLIC_FROM, visible};

/// What was last shown of a running period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// On which local date.
    pub on: NaiveDate,
    /// With how many responses.
    pub n: u64,
}

/// Whether public figures of a running period may change today: at most daily, and only after at least ten more
/// responses.
#[must_use]
pub fn may_renew(last: Published, today: NaiveDate, n: u64) -> bool {
    today > last.on && n >= last.n + PUBLIC_FROM
}

/// Which cells of a margin may be shown anew; the others keep the figure they were last shown with. `shown` has the
/// number of responses each cell was last shown with (0 if never), `now` the present one. What came in between is a
/// margin of its own: its hidden parts are at least two, together at least ten.
#[must_use]
pub fn renewed(shown: &[u64], now: &[u64]) -> Vec<bool> {
    // A withdrawn response is a difference too.
    let changes: Vec<u64> = shown.iter().zip(now).map(|(shown, now)| shown.abs_diff(*now)).collect();
    visible(&changes).into_iter().zip(&changes).map(|(visible, change)| visible && *change > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_period_changes_daily_and_by_ten() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let last = Published { on: day(2), n: 40 };
        assert!(!may_renew(last, day(2), 90));
        assert!(!may_renew(last, day(3), 49));
        assert!(may_renew(last, day(3), 50));
    }

    #[test]
    fn nobody_is_the_difference_between_two_days() {
        assert_eq!(renewed(&[40, 20, 30], &[60, 21, 30]), [false, false, false], "the total would give the one away");
        assert_eq!(renewed(&[40, 20, 30], &[60, 30, 45]), [true, true, true]);
        assert_eq!(renewed(&[40, 20, 30], &[60, 24, 36]), [true, false, false]);
        assert_eq!(renewed(&[40, 0, 30], &[40, 12, 42]), [false, true, true]);
        assert_eq!(renewed(&[40, 20, 30], &[60, 19, 60]), [false, false, true], "one was withdrawn");
    }
}
