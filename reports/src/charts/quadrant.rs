//! How an element is judged against how closely its judgement goes with that of the others (STATISTICS 9): nothing
//! about what matters to citizens, and never called so.

use plotters::style::text_anchor::HPos;
use suara_domain::reliability::{Quadrant, QuadrantPoint, Quadrants};

use super::canvas::{Canvas, Type, Weight, wrap};
use super::elements::label;
use super::{Chart, ChartError};
use crate::design::{HAIRLINE, INK, MUTED, OCHRE, SAND, TEAL};
use crate::report::SemesterReport;
use crate::voice::Voice;

mod plane;

use plane::{BOTTOM, LEFT, Plane, RADIUS, RIGHT, TOP};

const NAME: &str = "quadrant";
const WIDTH: i32 = 1640;
const HEIGHT: i32 = BOTTOM + 120;
/// Columns of the list beside the plane.
const LIST: i32 = RIGHT + 60;
const NRR: i32 = 1440;
const ROW: i32 = 66;

const LABEL: Type = Type { size: 8.5, colour: INK, weight: Weight::Regular, align: HPos::Left };
const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Left };

/// Draws the plane; `None` with fewer than a hundred complete answers, or if the answers do not vary.
pub(super) fn draw(report: &SemesterReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    let Some(quadrants) = Quadrants::of_set(&report.tallies) else { return Ok(None) };
    let plane = Plane::of(&quadrants);
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        ground(canvas, &plane, &quadrants, voice)?;
        corners(canvas, voice)?;
        points(canvas, &plane, &quadrants.points)?;
        list(canvas, report, &quadrants, voice)
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: describe(report, &quadrants, voice) }))
}

/// The grid with its numbers, the splits at the means, the names of the axes.
fn ground(canvas: &Canvas, plane: &Plane, quadrants: &Quadrants, voice: Voice) -> Result<(), ChartError> {
    for (value, x) in plane.across() {
        canvas.line(&[(x, TOP), (x, BOTTOM)], HAIRLINE, 1)?;
        canvas.text((x, BOTTOM + 56), &voice.decimal(value, 2), Type { align: HPos::Center, ..SMALL })?;
    }
    for (value, y) in plane.up() {
        canvas.line(&[(LEFT, y), (RIGHT, y)], HAIRLINE, 1)?;
        canvas.text((LEFT - 14, y), &signed(value, voice), Type { align: HPos::Right, ..SMALL })?;
    }
    canvas.frame((LEFT, TOP), (RIGHT, BOTTOM), HAIRLINE)?;
    let (x, y) = plane.place((quadrants.nrr_mean, quadrants.correlation_mean));
    canvas.dashed((x, TOP), (x, BOTTOM), OCHRE, 3)?;
    canvas.dashed((LEFT, y), (RIGHT, y), OCHRE, 3)?;
    let title = Type { colour: INK, ..LABEL };
    canvas.text((0, 18), voice.say(Quadrant::CORRELATION_AXIS, "connection with the other elements"), title)?;
    let across = voice.say(Quadrant::NRR_AXIS, "mean score of the element (NRR)");
    canvas.text((RIGHT, BOTTOM + 98), across, Type { align: HPos::Right, ..title })?;
    let means = voice.say("garis putus-putus: rata-rata unsur", "dashed: mean of the elements");
    canvas.text((0, BOTTOM + 98), means, SMALL)
}

/// What the four corners mean, outside of the frame so that no point lies on a word.
fn corners(canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
    for quadrant in Quadrant::ALL {
        let (at, align) = match quadrant {
            Quadrant::LowStrong => ((LEFT, TOP - 22), HPos::Left),
            Quadrant::HighStrong => ((RIGHT, TOP - 22), HPos::Right),
            Quadrant::LowWeak => ((LEFT, BOTTOM + 22), HPos::Left),
            Quadrant::HighWeak => ((RIGHT, BOTTOM + 22), HPos::Right),
        };
        canvas.text(at, name(*quadrant, voice), Type { align, ..SMALL })?;
    }
    Ok(())
}

fn name(quadrant: Quadrant, voice: Voice) -> &'static str {
    let english = match quadrant {
        Quadrant::HighStrong => "high score, strong connection",
        Quadrant::LowStrong => "low score, strong connection",
        Quadrant::HighWeak => "high score, weak connection",
        Quadrant::LowWeak => "low score, weak connection",
    };
    voice.say(quadrant.label(), english)
}

/// Intervals beneath, then dots, then their numbers where there is room.
fn points(canvas: &Canvas, plane: &Plane, points: &[QuadrantPoint]) -> Result<(), ChartError> {
    for point in points {
        if let Some((lower, upper)) = point.interval {
            let ends = [lower, upper].map(|value| plane.place((point.nrr, value)));
            canvas.line(&ends, HAIRLINE, 5)?;
        }
    }
    let places: Vec<(i32, i32)> = points.iter().map(|point| plane.place((point.nrr, point.correlation))).collect();
    for place in &places {
        canvas.dot(*place, RADIUS, TEAL)?;
    }
    let kind = Type { weight: Weight::Bold, align: HPos::Center, ..LABEL };
    for (point, (at, label)) in points.iter().zip(places.iter().zip(plane::labels(&places))) {
        if label.far {
            canvas.line(&[*at, label.at], MUTED, 2)?;
        }
        canvas.label(label.at, &format!("U{}", point.element.index() + 1), kind)?;
    }
    // Once more, so that no leader or label lies on a dot.
    places.iter().try_for_each(|place| canvas.dot(*place, RADIUS, TEAL))
}

/// Every element with its two numbers.
fn list(canvas: &Canvas, report: &SemesterReport, quadrants: &Quadrants, voice: Voice) -> Result<(), ChartError> {
    let (nrr, right) = (Type { align: HPos::Right, ..SMALL }, Type { align: HPos::Right, ..LABEL });
    canvas.text((NRR, TOP - 22), "NRR", nrr)?;
    canvas.text((WIDTH, TOP - 22), voice.say("keterkaitan", "connection"), nrr)?;
    for (place, point) in (0..).zip(&quadrants.points) {
        let y = TOP + place * ROW + ROW / 2;
        if place % 2 == 0 {
            canvas.bar((LIST - 10, y - ROW / 2), (WIDTH, y + ROW / 2), SAND)?;
        }
        let lines = wrap(&label(report, point.element, voice), NRR - LIST - 100, LABEL);
        let first = y - 15 * (i32::try_from(lines.len()).unwrap_or(1) - 1);
        for (line, text) in (0..).zip(&lines) {
            canvas.text((LIST, first + line * 30), text, LABEL)?;
        }
        canvas.text((NRR, y), &voice.decimal(point.nrr, 3), right)?;
        let Some((lower, upper)) = point.interval else {
            canvas.text((WIDTH - 10, y), &signed(point.correlation, voice), right)?;
            continue;
        };
        canvas.text((WIDTH - 10, y - 14), &signed(point.correlation, voice), right)?;
        let interval = format!("{} {} {}", signed(lower, voice), voice.say("s.d.", "to"), signed(upper, voice));
        canvas.text((WIDTH - 10, y + 17), &interval, Type { size: 7.0, ..nrr })?;
    }
    let n = format!("n = {} {}", voice.count(quadrants.n), voice.say("jawaban lengkap", "complete answers"));
    canvas.text((WIDTH - 10, TOP + 9 * ROW + 22), &n, nrr)
}

/// A correlation with two decimals, a true minus and no negative zero.
fn signed(value: f64, voice: Voice) -> String {
    let text = voice.decimal(value, 2);
    match text.strip_prefix('-') {
        Some(digits) if digits.chars().any(|char| ('1'..='9').contains(&char)) => format!("−{digits}"),
        Some(digits) => digits.to_owned(),
        None => text,
    }
}

fn describe(report: &SemesterReport, quadrants: &Quadrants, voice: Voice) -> String {
    let words = quadrants.points.iter().map(|point| {
        format!(
            "{}: NRR {}, {} {} ({})",
            label(report, point.element, voice),
            voice.decimal(point.nrr, 3),
            voice.say("keterkaitan", "connection"),
            signed(point.correlation, voice),
            name(point.quadrant, voice)
        )
    });
    let lead = voice.say(
        "Diagram sebar nilai rata-rata unsur dan keterkaitannya dengan unsur lain",
        "Scatter chart of the mean score of each element and its connection with the others",
    );
    let complete = voice.say("jawaban lengkap", "complete answers");
    let words = words.collect::<Vec<_>>().join("; ");
    format!("{lead}, n = {} {complete}. {words}.", voice.count(quadrants.n))
}
