//! Horizontal bars on the scale of the index, 25 to 100, with intervals and the limits of the classes.

use plotters::style::text_anchor::HPos;
use suara_domain::index::Mutu;

use super::canvas::{Canvas, RoundToUnit, Type, Weight, wrap};
use super::{Chart, ChartError};
use crate::design::{BRICK, HAIRLINE, INK, MUTED, class_fill};
use crate::indonesian::decimal;

/// One row.
pub(super) struct Row {
    /// What it is about.
    pub label: String,
    /// How many answers, as text.
    pub n: String,
    /// The bar, or the words in its place.
    pub bar: Result<Bar, String>,
}

/// A bar.
pub(super) struct Bar {
    /// Its length on the scale.
    pub value: f64,
    /// The figure beside it.
    pub text: String,
    /// Class; `None` where there are too few answers to tell one by colour.
    pub mutu: Option<Mutu>,
    /// 95 % interval.
    pub interval: Option<(f64, f64)>,
}

const WIDTH: i32 = 1640;
const LABEL_WIDTH: i32 = 520;
const LEFT: i32 = 550;
const RIGHT: i32 = 1300;
const TOP: i32 = 60;
const ROW: i32 = 76;
const HALF_BAR: i32 = 22;

const LABEL: Type = Type { size: 8.5, colour: INK, weight: Weight::Regular, align: HPos::Left };
const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Left };

/// Draws rows; `lead` begins the alternative text.
pub(super) fn draw(name: &'static str, lead: &str, rows: &[Row]) -> Result<Chart, ChartError> {
    let bottom = TOP + ROW * i32::try_from(rows.len()).unwrap_or_default();
    let svg = Canvas::paint(name, (WIDTH, bottom + 60), |canvas| {
        scale(canvas, bottom)?;
        for (place, row) in (0..).zip(rows) {
            draw_row(canvas, row, TOP + place * ROW + ROW / 2)?;
        }
        Ok(())
    })?;
    let words: Vec<String> = rows.iter().map(describe).collect();
    Ok(Chart { name, svg, alt: format!("{lead} {}.", words.join("; ")) })
}

/// Class limits as hairlines, the letters between them, the numbers below.
fn scale(canvas: &Canvas, bottom: i32) -> Result<(), ChartError> {
    let limits = [25.0, 65.0, 76.61, 88.31, 100.0];
    for limit in limits {
        let x = place(limit);
        canvas.line(&[(x, TOP - 4), (x, bottom + 6)], HAIRLINE, 2)?;
        let places = if limit.fract() == 0.0 { 0 } else { 2 };
        canvas.text((x, bottom + 30), &decimal(limit, places), Type { align: HPos::Center, ..SMALL })?;
    }
    for (ends, mutu) in limits.windows(2).zip(Mutu::ALL.into_iter().rev()) {
        let middle = i32::midpoint(place(ends[0]), place(ends[1]));
        canvas.text((middle, TOP - 30), mutu.letter(), Type { weight: Weight::Bold, align: HPos::Center, ..SMALL })?;
    }
    canvas.text((WIDTH, TOP - 30), "n", Type { align: HPos::Right, ..SMALL })?;
    canvas.text((RIGHT + 30, TOP - 30), "IKM (mutu)", SMALL)
}

fn draw_row(canvas: &Canvas, row: &Row, y: i32) -> Result<(), ChartError> {
    let lines = wrap(&row.label, LABEL_WIDTH, LABEL);
    let first = y - 16 * (i32::try_from(lines.len()).unwrap_or(1) - 1);
    for (place, line) in (0..).zip(&lines) {
        canvas.text((0, first + place * 32), line, LABEL)?;
    }
    let bar = match &row.bar {
        Ok(bar) => bar,
        Err(absence) => {
            canvas.line(&[(LEFT, y), (LEFT + 40, y)], HAIRLINE, 4)?;
            return canvas.text((LEFT + 60, y), absence, SMALL);
        }
    };
    let end = (place(bar.value), y + HALF_BAR);
    let from = (LEFT, y - HALF_BAR);
    canvas.bar(from, end, bar.mutu.map_or(HAIRLINE, class_fill))?;
    if bar.mutu == Some(Mutu::D) {
        canvas.frame(from, end, BRICK)?;
    }
    if let Some((lower, upper)) = bar.interval {
        canvas.whisker((place(lower), y), (place(upper), y), INK)?;
    }
    let letter = bar.mutu.map_or(String::new(), |mutu| format!(" ({})", mutu.letter()));
    canvas.text((RIGHT + 30, y), &format!("{}{letter}", bar.text), Type { weight: Weight::Bold, ..LABEL })?;
    canvas.text((WIDTH, y), &row.n, Type { align: HPos::Right, ..SMALL })
}

fn place(value: f64) -> i32 {
    LEFT + ((value - 25.0) / 75.0 * f64::from(RIGHT - LEFT)).round_to_unit()
}

fn describe(row: &Row) -> String {
    let bar = match &row.bar {
        Ok(bar) => bar,
        Err(absence) => return format!("{}: {absence}", row.label),
    };
    let mutu = bar.mutu.map_or(String::new(), |mutu| format!(", mutu {}", mutu.letter()));
    let interval = bar.interval.map_or(String::new(), |(lower, upper)| {
        format!(", interval {} sampai {}", decimal(lower, 1), decimal(upper, 1))
    });
    format!("{}: {}{mutu}{interval}, n = {}", row.label, bar.text, row.n)
}
