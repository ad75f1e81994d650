//! The services with the most responses, each in a small panel on the same scale; the others are counted.

use std::cmp::Reverse;

use plotters::style::text_anchor::HPos;
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, Mutu};
use suara_domain::precision::Precision;
use suara_domain::suppression::{RANKED_FROM, rounded_count};
use suara_domain::tally_set::Dimension;

use super::canvas::{Canvas, Type, Weight, wrap};
use super::groups::absence;
use super::{Chart, ChartError};
use crate::cells::{self, Cell};
use crate::design::{HAIRLINE, INK, MUTED, OCHRE, SAND, TEAL};
use crate::fonts;
use crate::report::SemesterReport;
use crate::voice::Voice;

mod rest;
mod strip;

use strip::{DOT, Strip};

const NAME: &str = "services";
const WIDTH: i32 = 1640;
const COLUMNS: usize = 3;
const GAP: i32 = 34;
const PANEL: (i32, i32) = ((WIDTH - 2 * GAP) / 3, 178);
const PITCH: i32 = PANEL.1 + 22;
const TOP: i32 = 60;
/// Panels at most: what fits on a page and can still be taken in.
const SHOWN: usize = 24;
/// Distance of everything in a panel from its edges.
const INSET: i32 = 16;

const LABEL: Type = Type { size: 8.0, colour: INK, weight: Weight::Regular, align: HPos::Left };
const FIGURE: Type = Type { size: 10.0, weight: Weight::Bold, ..LABEL };
const SMALL: Type = Type { size: 7.0, colour: MUTED, ..LABEL };

/// A service as the public may see it.
struct Panel {
    label: String,
    /// What can be told of it, or the words in its place.
    figures: Result<Figures, String>,
}

struct Figures {
    value: f64,
    text: String,
    mutu: Option<Mutu>,
    interval: Option<(f64, f64)>,
    n: String,
}

/// Draws the panels; `None` if there is none of which figures can be told.
pub(super) fn draw(report: &SemesterReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    let agencies = cells::services(report);
    let told = |(service, cell): &(Option<_>, Cell)| service.is_some() && cell.is_open() && cell.tally.n() > 0;
    if !agencies.iter().flat_map(|agency| &agency.services).any(told) {
        return Ok(None);
    }
    let mut cells: Vec<(Option<u64>, &Cell)> = agencies
        .iter()
        .flat_map(|agency| &agency.services)
        .map(|(service, cell)| (service.and_then(|service| service.visitors), cell))
        .collect();
    let silent = cells.iter().filter(|(_, cell)| cell.tally.n() == 0).count();
    cells.retain(|(_, cell)| cell.tally.n() > 0);
    cells.sort_by_key(|(_, cell)| order(cell));
    let rest = rest::Rest::of(cells.iter().skip(SHOWN).map(|(_, cell)| *cell), silent);
    let panels: Vec<Panel> = cells.iter().take(SHOWN).map(|(users, cell)| panel(cell, *users, voice)).collect();
    let whole = Index::of(&report.tallies.total()).map(|index| index.rounded());
    let strip = Strip::of(&panels, whole);
    let rows = i32::try_from(panels.len().div_ceil(COLUMNS)).unwrap_or_default();
    let height = TOP + rows * PITCH + if rest.is_empty() { 0 } else { 40 };
    let svg = Canvas::paint(NAME, (WIDTH, height), |canvas| {
        legend(canvas, &strip, voice)?;
        for (place, panel) in panels.iter().enumerate() {
            draw_panel(canvas, corner(place), panel, &strip)?;
        }
        canvas.text((0, height - 18), &rest.words(voice), Type { size: 8.0, ..SMALL })
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: describe(&panels, &rest, voice) }))
}

/// Open ones by their public count, then veiled ones by code: the order tells no more than the figures do.
fn order<'a>(cell: &'a Cell) -> (bool, Reverse<u64>, &'a str) {
    let count = if cell.is_open() { rounded_count(cell.tally.n()) } else { 0 };
    (!cell.is_open(), Reverse(count), &cell.key)
}

fn panel(cell: &Cell, users: Option<u64>, voice: Voice) -> Panel {
    let n = cell.tally.n();
    let figures = match Index::of(cell.tally).filter(|_| cell.is_open()) {
        None => Err(absence(cell, voice)),
        Some(index) => Ok(Figures {
            value: index.to_f64(),
            text: voice.fixed(Fixed::<1>::round(index.exact())),
            mutu: (n >= RANKED_FROM).then(|| index.mutu()),
            interval: Precision::of(cell.tally, users).and_then(|precision| precision.interval),
            n: format!("n = {}", voice.count(rounded_count(n))),
        }),
    };
    let label = match cell.key.as_str() {
        "" => fonts::printable(&voice.group(Dimension::Service, "")),
        _ => cell.label.clone(),
    };
    Panel { label, figures }
}

fn corner(place: usize) -> (i32, i32) {
    let cell = |number: usize| i32::try_from(number).unwrap_or_default();
    (cell(place % COLUMNS) * (PANEL.0 + GAP), TOP + cell(place / COLUMNS) * PITCH)
}

fn draw_panel(canvas: &Canvas, (x, y): (i32, i32), panel: &Panel, strip: &Strip) -> Result<(), ChartError> {
    let (left, right) = (x + INSET, x + PANEL.0 - INSET);
    match &panel.figures {
        Err(absence) => {
            canvas.hatch((x, y + 78), (x + PANEL.0, y + PANEL.1), HAIRLINE)?;
            canvas.label((i32::midpoint(left, right), y + 126), absence, Type { size: 8.5, ..SMALL })?;
        }
        Ok(figures) => {
            canvas.bar((x, y), (x + PANEL.0, y + PANEL.1), SAND)?;
            let letter = figures.mutu.map_or(String::new(), |mutu| format!(" ({})", mutu.letter()));
            canvas.text((left, y + 104), &format!("{}{letter}", figures.text), FIGURE)?;
            canvas.text((right, y + 104), &figures.n, Type { align: HPos::Right, ..SMALL })?;
            strip.draw(canvas, (left, right), y + 150, figures)?;
        }
    }
    canvas.frame((x, y), (x + PANEL.0, y + PANEL.1), HAIRLINE)?;
    for (place, line) in (0..).zip(wrap(&panel.label, right - left, LABEL)) {
        canvas.text((left, y + 26 + place * 30), &line, LABEL)?;
    }
    Ok(())
}

fn legend(canvas: &Canvas, strip: &Strip, voice: Voice) -> Result<(), ChartError> {
    let kind = Type { size: 7.5, ..SMALL };
    let y = 22;
    canvas.line(&[(0, y), (64, y)], INK, 5)?;
    canvas.dot((32, y), DOT, TEAL)?;
    let words = voice.say("IKM layanan, interval 95%", "index of the service, 95% interval");
    canvas.text((80, y), words, kind)?;
    let mut x = 80 + kind.width(words) + 50;
    if let Some(whole) = strip.whole {
        let words = format!("{} {}", voice.say("seluruh MPP", "whole mall"), voice.fixed(whole));
        canvas.tick((x, y), 17, OCHRE)?;
        canvas.text((x + 18, y), &words, kind)?;
        x += 18 + kind.width(&words) + 50;
    }
    canvas.text((x, y), &strip.words(voice), kind)
}

fn describe(panels: &[Panel], rest: &rest::Rest, voice: Voice) -> String {
    let words = panels.iter().map(|panel| match &panel.figures {
        Err(absence) => format!("{}: {absence}", panel.label),
        Ok(figures) => {
            let interval = figures.interval.map_or(String::new(), |(lower, upper)| {
                let (lower, upper) = (voice.decimal(lower, 1), voice.decimal(upper, 1));
                format!(" (interval {lower} {} {upper})", voice.say("sampai", "to"))
            });
            format!("{}: {}{interval}, {}", panel.label, figures.text, figures.n)
        }
    });
    let lead = voice.say(
        "Diagram kecil nilai IKM per layanan, yang terbanyak respondennya lebih dahulu.",
        "Small charts of the index by service, those with the most respondents first.",
    );
    let words = words.collect::<Vec<_>>().join("; ");
    format!("{lead} {words}. {}", rest.words(voice)).trim_end().to_owned()
}
