//! Who answered: one question of the profile as horizontal bars with count and share.

use plotters::style::text_anchor::HPos;
use suara_domain::suppression::rounded_count;
use suara_domain::tally_set::Dimension;

use super::canvas::{Canvas, RoundToUnit, Type, Weight, wrap};
use super::groups::absence;
use super::{Chart, ChartError};
use crate::cells::{self, Cell};
use crate::design::{HAIRLINE, INK, MUTED, TEAL};
use crate::report::SemesterReport;
use crate::voice::Voice;

const WIDTH: i32 = 800;
const LABEL_WIDTH: i32 = 265;
const LEFT: i32 = 280;
const RIGHT: i32 = 600;
const TOP: i32 = 60;
const ROW: i32 = 52;

const LABEL: Type = Type { size: 8.0, colour: INK, weight: Weight::Regular, align: HPos::Left };
const TITLE: Type = Type { size: 9.0, colour: INK, weight: Weight::Bold, align: HPos::Left };
const ABSENT: Type = Type { colour: MUTED, ..LABEL };

/// Draws one question of the profile.
pub(super) fn draw(report: &SemesterReport, dimension: Dimension, voice: Voice) -> Result<Chart, ChartError> {
    let cells = cells::margin_of(report, dimension, voice);
    let n = report.tallies.total().n();
    let (name, title) = (dimension.key(), voice.dimension(dimension));
    let height = TOP + ROW * i32::try_from(cells.len()).unwrap_or_default() + 6;
    // Lengths, too, are of public counts: a drawing can be measured.
    let public = |cell: &Cell| rounded_count(cell.tally.n());
    let largest = cells.iter().filter(|cell| cell.is_open()).map(public).max().unwrap_or_default().max(1);
    let svg = Canvas::paint(name, (WIDTH, height), |canvas| {
        canvas.text((0, 22), title, TITLE)?;
        for (place, cell) in (0..).zip(&cells) {
            draw_cell(canvas, cell, TOP + place * ROW + ROW / 2, (largest, n), voice)?;
        }
        Ok(())
    })?;
    let words: Vec<String> = cells.iter().map(|cell| format!("{}: {}", cell.label, figure(cell, n, voice))).collect();
    let lead = voice.say("Diagram batang responden menurut", "Bar chart of respondents by");
    Ok(Chart { name, svg, alt: format!("{lead} {title}. {}.", words.join("; ")) })
}

fn draw_cell(canvas: &Canvas, cell: &Cell, y: i32, (largest, n): (u64, u64), voice: Voice) -> Result<(), ChartError> {
    let label = wrap(&cell.label, LABEL_WIDTH, LABEL);
    let first = y - 14 * (i32::try_from(label.len()).unwrap_or(1) - 1);
    for (place, line) in (0..).zip(&label) {
        canvas.text((0, first + place * 28), line, LABEL)?;
    }
    canvas.line(&[(LEFT, y - 22), (LEFT, y + 22)], HAIRLINE, 3)?;
    if !cell.is_open() {
        return canvas.text((LEFT + 16, y), &figure(cell, n, voice), ABSENT);
    }
    let length = rounded_count(cell.tally.n()) as f64 / largest as f64 * f64::from(RIGHT - LEFT);
    canvas.bar((LEFT, y - 16), (LEFT + length.round_to_unit(), y + 16), TEAL)?;
    canvas.text((LEFT + length.round_to_unit() + 14, y), &figure(cell, n, voice), LABEL)
}

fn figure(cell: &Cell, n: u64, voice: Voice) -> String {
    if !cell.is_open() {
        return absence(cell, voice);
    }
    let shown = rounded_count(cell.tally.n());
    format!("{} ({})", voice.count(shown), voice.percent(shown, n))
}
