//! Responses of every day: weeks side by side, Monday on top, and above them the sum of each week.
//!
//! Counts are public ones: rounded to five, and a day below ten is told as "1–9".

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use plotters::style::text_anchor::HPos;
use suara_domain::period::{Period, monday};
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};

use super::canvas::{Canvas, RoundToUnit, Type, Weight};
use super::{Chart, ChartError};
use crate::design::{AMOUNTS, HAIRLINE, INK, MUTED, ON_AMOUNTS, SAND, TEAL};
use crate::report::SemesterReport;
use crate::voice::Voice;

mod words;

const NAME: &str = "calendar";
const WIDTH: i32 = 1640;
const LEFT: i32 = 110;
/// Weekly bars stand on this line.
const BASE: i32 = 170;
const BAR_HEIGHT: i32 = 120;
const TOP: i32 = 190;
const ROW: i32 = 42;
const BOTTOM: i32 = TOP + 7 * ROW;
const HEIGHT: i32 = BOTTOM + 118;
/// Lowest count of each class beyond the first.
const STEPS: [u64; 4] = [PUBLIC_FROM, 25, 50, 100];

const SMALL: Type = Type { size: 7.0, colour: MUTED, weight: Weight::Regular, align: HPos::Center };

/// The counts as the public may see them.
struct Calendar {
    period: Period,
    days: BTreeMap<NaiveDate, Amount>,
    /// Mondays with the rounded count of their week.
    weeks: Vec<(NaiveDate, u64)>,
}

/// A day's count as the public may see it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Amount {
    None,
    /// One to nine.
    Few,
    /// Ten or more, rounded to five.
    About(u64),
}

impl Amount {
    const fn of(count: u64) -> Self {
        match count {
            0 => Self::None,
            1..PUBLIC_FROM => Self::Few,
            _ => Self::About(rounded_count(count)),
        }
    }

    /// Place of its class among [`AMOUNTS`].
    fn class(self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::Few => Some(0),
            Self::About(count) => Some(STEPS.iter().filter(|step| count >= **step).count()),
        }
    }
}

impl Calendar {
    fn of(report: &SemesterReport) -> Self {
        let period = report.period;
        let mut days = BTreeMap::new();
        let mut weeks: BTreeMap<NaiveDate, u64> = period.weeks().map(|week| (week, 0)).collect();
        for day in period.first_day().iter_days().take_while(|day| *day <= period.last_day()) {
            let count = report.days.get(&day).copied().unwrap_or_default();
            days.insert(day, Amount::of(count));
            *weeks.entry(monday(day)).or_default() += count;
        }
        let weeks = weeks.into_iter().map(|(week, count)| (week, rounded_count(count))).collect();
        Self { period, days, weeks }
    }

    /// Upper left corner of a day's cell.
    fn corner(&self, day: NaiveDate) -> (i32, i32) {
        let weeks = (monday(day) - monday(self.period.first_day())).num_weeks();
        let row = day.weekday().num_days_from_monday();
        (self.left(usize::try_from(weeks).unwrap_or_default()), TOP + ROW * row.cast_signed())
    }

    /// Left edge of a week.
    fn left(&self, place: usize) -> i32 {
        let step = f64::from(WIDTH - LEFT) / self.weeks.len().max(1) as f64;
        LEFT + (place as f64 * step).round_to_unit()
    }
}

/// Draws the semester; `None` if no days are known.
pub(super) fn draw(report: &SemesterReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    if report.days.is_empty() {
        return Ok(None);
    }
    let calendar = Calendar::of(report);
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        weekdays(canvas, voice)?;
        week_bars(canvas, &calendar, voice)?;
        for (day, amount) in &calendar.days {
            cell(canvas, &calendar, *day, *amount, voice)?;
        }
        months(canvas, &calendar, voice)?;
        legend(canvas, &calendar, voice)
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: words::describe(&calendar, voice) }))
}

fn weekdays(canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
    for (place, name) in (0..).zip(words::weekdays(voice)) {
        let kind = Type { align: HPos::Right, ..SMALL };
        canvas.text((LEFT - 14, TOP + place * ROW + ROW / 2), name, kind)?;
    }
    let kind = Type { align: HPos::Right, ..SMALL };
    canvas.text((LEFT - 14, BASE - 50), voice.say("per", "per"), kind)?;
    canvas.text((LEFT - 14, BASE - 20), voice.say("minggu", "week"), kind)
}

fn week_bars(canvas: &Canvas, calendar: &Calendar, voice: Voice) -> Result<(), ChartError> {
    let highest = calendar.weeks.iter().map(|(_, n)| *n).max().unwrap_or_default().max(1);
    for (place, (_, n)) in calendar.weeks.iter().enumerate() {
        let height = (*n as f64 / highest as f64 * f64::from(BAR_HEIGHT)).round_to_unit();
        let (from, to) = (calendar.left(place) + 8, calendar.left(place + 1) - 8);
        canvas.bar((from, BASE - height), (to, BASE), TEAL)?;
        let at = (i32::midpoint(from, to), BASE - height - 18);
        if *n > 0 {
            canvas.text(at, &voice.count(*n), Type { colour: INK, ..SMALL })?;
        }
    }
    canvas.line(&[(LEFT, BASE), (WIDTH, BASE)], MUTED, 2)
}

/// A working day without responses is an empty frame; a weekend without is a pale one, because it is no news.
fn cell(canvas: &Canvas, calendar: &Calendar, day: NaiveDate, amount: Amount, voice: Voice) -> Result<(), ChartError> {
    let (x, y) = calendar.corner(day);
    let right = calendar.corner(day + Days::new(7)).0;
    let (from, to) = ((x + 3, y + 3), (right - 3, y + ROW - 3));
    let Some(class) = amount.class() else {
        let weekend = day.weekday().num_days_from_monday() >= 5;
        return if weekend { canvas.bar(from, to, SAND) } else { canvas.frame(from, to, HAIRLINE) };
    };
    canvas.bar(from, to, AMOUNTS[class])?;
    let Amount::About(count) = amount else { return Ok(()) };
    let at = (i32::midpoint(x, right), y + ROW / 2);
    canvas.text(at, &voice.count(count), Type { size: 6.5, colour: ON_AMOUNTS[class], ..SMALL })
}

/// A stepped line before the first of each month, the name of the month below.
fn months(canvas: &Canvas, calendar: &Calendar, voice: Voice) -> Result<(), ChartError> {
    for first in calendar.days.keys().filter(|day| day.day() == 1) {
        let (x, y) = calendar.corner(*first);
        let right = calendar.corner(*first + Days::new(7)).0;
        if *first > calendar.period.first_day() {
            let steps = if y == TOP { vec![(x, TOP - 4)] } else { vec![(right, TOP - 4), (right, y), (x, y)] };
            canvas.line(&[steps, vec![(x, BOTTOM + 12)]].concat(), MUTED, 3)?;
        }
        let name = Type { size: 8.0, colour: INK, align: HPos::Left, ..SMALL };
        canvas.text((x + 8, BOTTOM + 30), voice.month(*first), name)?;
    }
    Ok(())
}

/// The classes up to the highest that occurs, and what the two empty cells mean.
fn legend(canvas: &Canvas, calendar: &Calendar, voice: Voice) -> Result<(), ChartError> {
    let kind = Type { size: 7.5, align: HPos::Left, ..SMALL };
    let y = BOTTOM + 88;
    canvas.text((LEFT - 14, y), voice.say("per hari", "per day"), Type { size: 7.0, align: HPos::Right, ..SMALL })?;
    let mut x = LEFT;
    let mut name = |text: &str| {
        let at = x;
        x = at + 50 + kind.width(text) + 36;
        canvas.text((at + 50, y), text, kind).map(|()| ((at, y - 15), (at + 38, y + 15)))
    };
    let (from, to) = name(voice.say("tidak ada", "none"))?;
    canvas.frame(from, to, HAIRLINE)?;
    let (from, to) = name(voice.say("akhir pekan, tidak ada", "weekend, none"))?;
    canvas.bar(from, to, SAND)?;
    let highest = calendar.days.values().filter_map(|amount| amount.class()).max();
    for (class, words) in words::classes(voice).iter().enumerate().take(highest.map_or(0, |class| class + 1)) {
        let (from, to) = name(words)?;
        canvas.bar(from, to, AMOUNTS[class])?;
    }
    Ok(())
}
