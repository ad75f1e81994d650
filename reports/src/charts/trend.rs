//! The index over the semesters: a line with intervals, interrupted where the rule or the weight changed.

use plotters::style::text_anchor::HPos;
use suara_domain::index::{Index, Mutu};
use suara_domain::precision::Precision;

use super::canvas::{Canvas, RoundToUnit, Type, Weight};
use super::{Chart, ChartError};
use crate::design::{HAIRLINE, INK, MUTED, OCHRE, TEAL};
use crate::indonesian::{self, count, decimal, fixed};
use crate::report::SemesterReport;

const NAME: &str = "trend";
const WIDTH: i32 = 1640;
const HEIGHT: i32 = 700;
const LEFT: i32 = 90;
const RIGHT: i32 = 1560;
const TOP: i32 = 70;
const BOTTOM: i32 = 570;
/// Periods beyond this many are left out, the oldest first.
const SHOWN: usize = 10;

const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Center };

struct Point {
    period: String,
    value: f64,
    text: String,
    n: Option<u64>,
    interval: Option<(f64, f64)>,
    rule: (String, String),
}

/// Draws the trend; `None` with fewer than two periods.
pub(super) fn draw(report: &SemesterReport) -> Result<Option<Chart>, ChartError> {
    let mut points = points(report);
    if points.len() < 2 {
        return Ok(None);
    }
    points.drain(..points.len().saturating_sub(SHOWN));
    let scale = Scale::of(&points);
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        scale.draw(canvas)?;
        for (place, pair) in points.windows(2).enumerate() {
            join(canvas, &scale, place, pair)?;
        }
        for (place, point) in points.iter().enumerate() {
            mark(canvas, &scale, place, point)?;
        }
        Ok(())
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: describe(&points) }))
}

fn points(report: &SemesterReport) -> Vec<Point> {
    let former = report.history.iter().map(|former| Point {
        period: indonesian::short_period(former.period),
        value: former.ikm.to_f64(),
        text: fixed(former.ikm),
        n: former.n,
        interval: former.interval,
        rule: (former.rule_version.clone(), former.weight_version.clone()),
    });
    let total = report.tallies.total();
    let current = Index::of(&total).map(|index| Point {
        period: indonesian::short_period(report.period),
        value: index.rounded().to_f64(),
        text: fixed(index.rounded()),
        n: Some(total.n()),
        interval: Precision::of(&total, report.population).and_then(|precision| precision.interval),
        rule: (report.instrument.rule_version.clone(), report.instrument.weight_version.clone()),
    });
    former.chain(current).collect()
}

/// The part of the scale that is shown, in steps of five points, at least twenty high.
struct Scale {
    lowest: f64,
    highest: f64,
    count: usize,
}

impl Scale {
    fn of(points: &[Point]) -> Self {
        let ends = |point: &Point| point.interval.unwrap_or((point.value, point.value));
        let lowest = points.iter().map(|point| ends(point).0.min(point.value)).fold(100.0, f64::min);
        let highest = points.iter().map(|point| ends(point).1.max(point.value)).fold(25.0, f64::max);
        let highest = (((highest + 1.0) / 5.0).ceil() * 5.0).min(100.0);
        let lowest = (((lowest - 1.0) / 5.0).floor() * 5.0).min(highest - 20.0).max(25.0);
        Self { lowest, highest, count: points.len() }
    }

    fn x(&self, place: usize) -> i32 {
        let step = f64::from(RIGHT - LEFT) / self.count as f64;
        LEFT + ((place as f64 + 0.5) * step).round_to_unit()
    }

    fn y(&self, value: f64) -> i32 {
        BOTTOM - ((value - self.lowest) / (self.highest - self.lowest) * f64::from(BOTTOM - TOP)).round_to_unit()
    }

    fn draw(&self, canvas: &Canvas) -> Result<(), ChartError> {
        let mut value = self.lowest;
        while value <= self.highest {
            canvas.line(&[(LEFT, self.y(value)), (RIGHT, self.y(value))], HAIRLINE, 1)?;
            canvas.text((LEFT - 18, self.y(value)), &decimal(value, 0), Type { align: HPos::Right, ..SMALL })?;
            value += 5.0;
        }
        for mutu in Mutu::ALL {
            let Some(limit) = mutu.lower_limit().filter(|limit| (self.lowest..self.highest).contains(limit)) else {
                continue;
            };
            let y = self.y(limit);
            canvas.line(&[(LEFT, y), (RIGHT, y)], OCHRE, 2)?;
            let kind = Type { colour: OCHRE, weight: Weight::Bold, align: HPos::Left, ..SMALL };
            canvas.text((RIGHT + 14, y - 20), mutu.letter(), kind)?;
        }
        Ok(())
    }
}

/// A line between two periods of one rule and weight, or the break between two of different ones.
fn join(canvas: &Canvas, scale: &Scale, place: usize, pair: &[Point]) -> Result<(), ChartError> {
    let (from, to) = (scale.x(place), scale.x(place + 1));
    if pair[0].rule == pair[1].rule {
        return canvas.line(&[(from, scale.y(pair[0].value)), (to, scale.y(pair[1].value))], TEAL, 6);
    }
    let middle = i32::midpoint(from, to);
    canvas.dashes(middle, TOP - 20, BOTTOM, MUTED)?;
    let what = if pair[0].rule.0 == pair[1].rule.0 { "bobot berubah" } else { "aturan berubah" };
    canvas.text((middle, TOP - 40), what, SMALL)
}

fn mark(canvas: &Canvas, scale: &Scale, place: usize, point: &Point) -> Result<(), ChartError> {
    let (x, y) = (scale.x(place), scale.y(point.value));
    let mut top = y;
    if let Some((lower, upper)) = point.interval {
        canvas.whisker((x, scale.y(lower)), (x, scale.y(upper)), INK)?;
        top = scale.y(upper);
    }
    canvas.dot((x, y), 13, TEAL)?;
    canvas.label((x, top - 36), &point.text, Type { size: 9.0, colour: INK, weight: Weight::Bold, ..SMALL })?;
    canvas.text((x, BOTTOM + 36), &point.period, Type { size: 8.5, colour: INK, ..SMALL })?;
    let n = point.n.map_or("n tidak diketahui".to_owned(), |n| format!("n = {}", count(n)));
    canvas.text((x, BOTTOM + 78), &n, SMALL)
}

fn describe(points: &[Point]) -> String {
    let words: Vec<String> = points
        .iter()
        .enumerate()
        .map(|(place, point)| {
            let n = point.n.map_or("n tidak diketahui".to_owned(), |n| format!("n = {}", count(n)));
            let broken = place > 0 && points[place - 1].rule != point.rule;
            let note = if broken { " (aturan atau bobot berbeda dari periode sebelumnya)" } else { "" };
            format!("{}: {}, {n}{note}", point.period, point.text)
        })
        .collect();
    format!("Diagram garis nilai IKM antarperiode. {}.", words.join("; "))
}
