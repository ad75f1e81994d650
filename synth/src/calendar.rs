//! When people answer: opening days and hours of a mall, on its own clock.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use suara_domain::period::Period;

use crate::mall::{Activity, Mall};
use crate::rng::{Rng, shares};

/// Days that are a holiday every year.
const HOLIDAYS: [(u32, u32); 5] = [(1, 1), (5, 1), (6, 1), (8, 17), (12, 25)];

/// How many answers come in each hour of the day, of a thousand.
const HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 0, 2, 100, 180, 190, 140, 50, 130, 120, 60, 10, 4, 4, 4, 3, 2, 1, 0];
/// On Friday, with the prayer at noon.
const FRIDAY_HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 0, 2, 130, 240, 220, 60, 5, 60, 140, 110, 15, 4, 4, 4, 3, 2, 1, 0];
/// On Saturday, where a mall is open then.
const SATURDAY_HOURS: [u32; 24] = [0, 0, 0, 0, 0, 0, 0, 0, 220, 330, 300, 140, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

/// The days of a period and how many answer on each; they add up to `responses`.
pub(crate) fn days(mall: &Mall, period: Period, responses: u64) -> Vec<(NaiveDate, u64)> {
    let days: Vec<NaiveDate> = period.first_day().iter_days().take_while(|day| *day <= period.last_day()).collect();
    let mut rng = Rng::of(mall.seed, &["days", mall.code.as_str(), &period.to_string()]);
    let silent_from = days.len() * usize::try_from(rng.between(45, 75)).unwrap_or_default() / 100;
    let mut week = 100;
    let mut weights = Vec::with_capacity(days.len());
    for (place, day) in days.iter().enumerate() {
        if day.weekday() == Weekday::Mon {
            week = rng.between(70, 130);
        }
        let open = !HOLIDAYS.contains(&(day.month(), day.day()));
        let silent = mall.activity == Activity::Quiet && place >= silent_from;
        let weight = weekday_weight(mall, day.weekday()) * week * rng.between(80, 120);
        weights.push(if open && !silent { weight } else { 0 });
    }
    days.into_iter().zip(shares(responses, &weights)).collect()
}

const fn weekday_weight(mall: &Mall, weekday: Weekday) -> u64 {
    match weekday {
        Weekday::Mon => 130,
        Weekday::Tue => 110,
        Weekday::Wed | Weekday::Thu => 100,
        Weekday::Fri => 70,
        Weekday::Sat if mall.open_on_saturday => 40,
        Weekday::Sat | Weekday::Sun => 0,
    }
}

/// A moment of an open day, to the second.
pub(crate) fn moment(rng: &mut Rng, mall: &Mall, day: NaiveDate) -> DateTime<Utc> {
    let hours = match day.weekday() {
        Weekday::Fri => &FRIDAY_HOURS,
        Weekday::Sat => &SATURDAY_HOURS,
        _ => &HOURS,
    };
    let second = rng.weighted(hours) * 3_600 + rng.below(3_600);
    mall.region.time_zone.midnight(day) + TimeDelta::seconds(i64::try_from(second).unwrap_or_default())
}
