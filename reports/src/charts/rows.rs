//! Horizontal bars on the scale of the index, 25 to 100, with intervals, the limits of the classes and, where there is
//! something to compare with, the value of the semester before and that of the country.

use plotters::style::text_anchor::HPos;
use suara_domain::index::Mutu;

use super::canvas::{Canvas, RoundToUnit, Type, Weight, wrap};
use super::{Chart, ChartError};
use crate::design::{BRICK, HAIRLINE, INK, MUTED, OCHRE, class_fill};
use crate::voice::Voice;

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
    /// The same figure of the semester before.
    pub former: Option<Mark>,
    /// The same figure of the country.
    pub nation: Option<Mark>,
}

/// A figure that a bar is compared with.
pub(super) struct Mark {
    /// Its place on the scale.
    pub value: f64,
    /// The figure as text, for the alternative text.
    pub text: String,
}

/// What a set of rows is called.
pub(super) struct Lead {
    /// Name of the chart.
    pub name: &'static str,
    /// Begins the alternative text.
    pub alt: String,
    /// What the hollow marks are.
    pub former: String,
    /// What the ticks are.
    pub nation: String,
}

const WIDTH: i32 = 1640;
const LABEL_WIDTH: i32 = 520;
const LEFT: i32 = 550;
const RIGHT: i32 = 1300;
const TOP: i32 = 60;
const ROW: i32 = 76;
const HALF_BAR: i32 = 22;
/// Where there is something to compare with, bars are slimmer and its marks have a lane of their own beneath.
const SLIM: i32 = 15;
/// From the middle of a row up to the middle of a slim bar, and down to the middle of the lane.
const LIFT: i32 = 13;
const LANE: i32 = 18;

const LABEL: Type = Type { size: 8.5, colour: INK, weight: Weight::Regular, align: HPos::Left };
const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Left };

/// Draws rows.
pub(super) fn draw(lead: &Lead, rows: &[Row], voice: Voice) -> Result<Chart, ChartError> {
    let bottom = TOP + ROW * i32::try_from(rows.len()).unwrap_or_default();
    let svg = Canvas::paint(lead.name, (WIDTH, bottom + 112), |canvas| {
        scale(canvas, bottom, voice)?;
        for (place, row) in (0..).zip(rows) {
            draw_row(canvas, row, TOP + place * ROW + ROW / 2)?;
        }
        legend(canvas, bottom + 84, lead, rows, voice)
    })?;
    let words: Vec<String> = rows.iter().map(|row| describe(row, lead, voice)).collect();
    Ok(Chart { name: lead.name, svg, alt: format!("{} {}.", lead.alt, words.join("; ")) })
}

/// Class limits as hairlines, the letters between them, the numbers below.
fn scale(canvas: &Canvas, bottom: i32, voice: Voice) -> Result<(), ChartError> {
    let limits = [25.0, 65.0, 76.61, 88.31, 100.0];
    for limit in limits {
        let x = place(limit);
        canvas.line(&[(x, TOP - 4), (x, bottom + 6)], HAIRLINE, 2)?;
        let places = if limit.fract() == 0.0 { 0 } else { 2 };
        canvas.text((x, bottom + 28), &voice.decimal(limit, places), Type { align: HPos::Center, ..SMALL })?;
    }
    for (ends, mutu) in limits.windows(2).zip(Mutu::ALL.into_iter().rev()) {
        let middle = i32::midpoint(place(ends[0]), place(ends[1]));
        canvas.text((middle, TOP - 30), mutu.letter(), Type { weight: Weight::Bold, align: HPos::Center, ..SMALL })?;
    }
    canvas.text((WIDTH, TOP - 30), "n", Type { align: HPos::Right, ..SMALL })?;
    canvas.text((RIGHT + 30, TOP - 30), voice.say("IKM (mutu)", "IKM (grade)"), SMALL)
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
    draw_bar(canvas, bar, y)?;
    let letter = bar.mutu.map_or(String::new(), |mutu| format!(" ({})", mutu.letter()));
    canvas.text((RIGHT + 30, y), &format!("{}{letter}", bar.text), Type { weight: Weight::Bold, ..LABEL })?;
    canvas.text((WIDTH, y), &row.n, Type { align: HPos::Right, ..SMALL })
}

fn draw_bar(canvas: &Canvas, bar: &Bar, y: i32) -> Result<(), ChartError> {
    let compared = bar.former.is_some() || bar.nation.is_some();
    let (half, middle) = if compared { (SLIM, y - LIFT) } else { (HALF_BAR, y) };
    let (from, end) = ((LEFT, middle - half), (place(bar.value), middle + half));
    canvas.bar(from, end, bar.mutu.map_or(HAIRLINE, class_fill))?;
    if bar.mutu == Some(Mutu::D) {
        canvas.frame(from, end, BRICK)?;
    }
    if let Some(nation) = &bar.nation {
        canvas.tick((place(nation.value), y + LANE), 16, OCHRE)?;
    }
    if let Some(former) = &bar.former {
        canvas.ring((place(former.value), y + LANE), 8, INK)?;
    }
    if let Some((lower, upper)) = bar.interval {
        canvas.whisker((place(lower), middle), (place(upper), middle), INK)?;
    }
    Ok(())
}

/// The marks that occur, each with its name, in one line.
fn legend(canvas: &Canvas, y: i32, lead: &Lead, rows: &[Row], voice: Voice) -> Result<(), ChartError> {
    let any = |test: fn(&Bar) -> bool| rows.iter().filter_map(|row| row.bar.as_ref().ok()).any(test);
    let mut x = LEFT;
    let mut name = |text: &str| {
        let at = x + 56;
        x = at + SMALL.width(text) + 48;
        (at, text.to_owned())
    };
    if any(|bar| bar.interval.is_some()) {
        let (at, text) = name(voice.say("interval 95%", "95% interval"));
        canvas.whisker((at - 52, y), (at - 14, y), INK)?;
        canvas.text((at, y), &text, SMALL)?;
    }
    if any(|bar| bar.former.is_some()) {
        let (at, text) = name(&lead.former);
        canvas.ring((at - 28, y), 8, INK)?;
        canvas.text((at, y), &text, SMALL)?;
    }
    if any(|bar| bar.nation.is_some()) {
        let (at, text) = name(&lead.nation);
        canvas.tick((at - 28, y), 16, OCHRE)?;
        canvas.text((at, y), &text, SMALL)?;
    }
    Ok(())
}

fn place(value: f64) -> i32 {
    LEFT + ((value - 25.0) / 75.0 * f64::from(RIGHT - LEFT)).round_to_unit()
}

fn describe(row: &Row, lead: &Lead, voice: Voice) -> String {
    let bar = match &row.bar {
        Ok(bar) => bar,
        Err(absence) => return format!("{}: {absence}", row.label),
    };
    let mutu = bar.mutu.map_or(String::new(), |mutu| format!(", {} {}", voice.say("mutu", "grade"), mutu.letter()));
    let interval = bar.interval.map_or(String::new(), |(lower, upper)| {
        let (lower, upper) = (voice.decimal(lower, 1), voice.decimal(upper, 1));
        format!(", interval {lower} {} {upper}", voice.say("sampai", "to"))
    });
    let mark =
        |name: &str, mark: &Option<Mark>| mark.as_ref().map_or(String::new(), |mark| format!(", {name} {}", mark.text));
    let (former, nation) = (mark(&lead.former, &bar.former), mark(&lead.nation, &bar.nation));
    format!("{}: {}{mutu}{interval}, n = {}{former}{nation}", row.label, bar.text, row.n)
}
