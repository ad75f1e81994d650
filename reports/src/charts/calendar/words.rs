//! What the calendar says.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use super::{Amount, Calendar, STEPS};
use crate::voice::Voice;

/// Monday to Sunday.
pub(super) fn weekdays(voice: Voice) -> [&'static str; 7] {
    [("Sen", "Mon"), ("Sel", "Tue"), ("Rab", "Wed"), ("Kam", "Thu"), ("Jum", "Fri"), ("Sab", "Sat"), ("Min", "Sun")]
        .map(|(indonesian, english)| voice.say(indonesian, english))
}

/// The classes of a day's count, the lowest first.
pub(super) fn classes(voice: Voice) -> [String; 5] {
    let [ten, some, many, most] = STEPS;
    let from = |lowest: u64, next: u64| format!("{lowest}–{}", next - 1);
    let last = format!("{most} {}", voice.say("atau lebih", "or more"));
    [from(1, ten), from(ten, some), from(some, many), from(many, most), last]
}

/// The calendar in words: how many days had answers, the gaps, the fullest day and week.
pub(super) fn describe(calendar: &Calendar, voice: Voice) -> String {
    let lead = voice.say("Diagram kalender jumlah responden per hari,", "Calendar chart of respondents per day,");
    let period = voice.period(calendar.period);
    let answered = calendar.days.values().filter(|amount| **amount > Amount::None).count();
    let idle =
        |(day, amount): &(&NaiveDate, &Amount)| **amount == Amount::None && day.weekday().num_days_from_monday() < 5;
    let gaps = calendar.days.iter().filter(idle).count();
    let days = voice.say("Hari dengan jawaban", "Days with answers");
    let empty = voice.say("hari Senin–Jumat tanpa jawaban", "Mondays to Fridays without any");
    format!(
        "{lead} {period}. {days}: {answered}; {empty}: {gaps}.{}{}",
        fullest_day(calendar, voice),
        fullest_week(calendar, voice)
    )
}

fn fullest_day(calendar: &Calendar, voice: Voice) -> String {
    let fullest = calendar.days.iter().max_by_key(|(day, amount)| (**amount, Reverse(**day)));
    let Some((day, Amount::About(count))) = fullest else { return String::new() };
    let words = voice.say("Hari dengan responden terbanyak", "Fullest day");
    format!(" {words}: {}, {} {}.", voice.date(*day), voice.say("sekitar", "about"), voice.count(*count))
}

fn fullest_week(calendar: &Calendar, voice: Voice) -> String {
    let fullest = calendar.weeks.iter().max_by_key(|(week, count)| (*count, Reverse(*week)));
    let Some((week, count)) = fullest else { return String::new() };
    let words = voice.say("Minggu dengan responden terbanyak, mulai", "Fullest week begins");
    let about = voice.say("sekitar", "about");
    format!(" {words} {}: {about} {}.", voice.date(*week), voice.count(*count))
}
