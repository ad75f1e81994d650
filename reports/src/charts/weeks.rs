//! Respondents per week of the semester.

use chrono::{Datelike, NaiveDate};
use plotters::style::text_anchor::HPos;
use suara_domain::suppression::rounded_count;
use suara_domain::tally_set::Dimension;

use super::canvas::{Canvas, RoundToUnit, Type, Weight};
use super::{Chart, ChartError};
use crate::design::{HAIRLINE, INK, MUTED, TEAL};
use crate::indonesian::{self, count};
use crate::report::SemesterReport;

const NAME: &str = "weeks";
const WIDTH: i32 = 1640;
const HEIGHT: i32 = 520;
const LEFT: i32 = 10;
const TOP: i32 = 60;
const BOTTOM: i32 = 440;

const SMALL: Type = Type { size: 7.0, colour: MUTED, weight: Weight::Regular, align: HPos::Center };

/// Draws the weeks; counts are rounded to five, as all public counts are.
pub(super) fn draw(report: &SemesterReport) -> Result<Chart, ChartError> {
    let weeks: Vec<(NaiveDate, u64)> = report
        .period
        .weeks()
        .map(|week| {
            let tally = report.tallies.get(Dimension::Week, &week.to_string());
            (week, rounded_count(tally.map_or(0, suara_domain::tally::Tally::n)))
        })
        .collect();
    let highest = weeks.iter().map(|(_, n)| *n).max().unwrap_or_default();
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        let step = f64::from(WIDTH - LEFT) / weeks.len().max(1) as f64;
        let left = |place: usize| LEFT + (place as f64 * step).round_to_unit();
        for (place, (week, n)) in weeks.iter().enumerate() {
            let height = *n as f64 / highest.max(1) as f64 * f64::from(BOTTOM - TOP);
            let (from, to) = (left(place) + 7, left(place + 1) - 7);
            let top = BOTTOM - height.round_to_unit();
            canvas.bar((from, top), (to, BOTTOM), TEAL)?;
            canvas.text((i32::midpoint(from, to), top - 18), &count(*n), Type { colour: INK, ..SMALL })?;
            if let Some(month) = begins(report, *week) {
                canvas.line(&[(left(place), BOTTOM), (left(place), BOTTOM + 56)], HAIRLINE, 3)?;
                let at = (left(place) + 10, BOTTOM + 36);
                canvas.text(at, indonesian::month(month), Type { size: 8.0, align: HPos::Left, ..SMALL })?;
            }
        }
        canvas.line(&[(LEFT, BOTTOM), (WIDTH, BOTTOM)], MUTED, 3)
    })?;
    Ok(Chart { name: NAME, svg, alt: describe(&weeks) })
}

/// The month of the semester whose first day lies in a week.
fn begins(report: &SemesterReport, week: NaiveDate) -> Option<NaiveDate> {
    let mut days = week.iter_days().take(7);
    days.find(|day| day.day() == 1 && (report.period.first_day()..=report.period.last_day()).contains(day))
}

fn describe(weeks: &[(NaiveDate, u64)]) -> String {
    let busiest = weeks.iter().max_by_key(|(week, n)| (*n, std::cmp::Reverse(*week)));
    let silent = weeks.iter().filter(|(_, n)| *n == 0).count();
    let busiest = busiest.map_or(String::new(), |(week, n)| {
        format!(" Terbanyak pada minggu mulai {}: sekitar {}.", indonesian::date(*week), count(*n))
    });
    format!(
        "Diagram batang jumlah responden per minggu selama {} minggu.{busiest} Minggu dengan kurang dari 3 responden: {silent}.",
        weeks.len()
    )
}
