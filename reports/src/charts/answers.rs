//! How the answers to each element spread over the four scores: bars to both sides of the line between 2 and 3.

use plotters::style::text_anchor::HPos;
use suara_domain::element::{Element, Score};
use suara_domain::suppression::PUBLIC_FROM;

use super::canvas::{Canvas, RoundToUnit, Type, Weight, wrap};
use super::elements::label;
use super::{Chart, ChartError};
use crate::design::{Colour, INK, MUTED, PAPER, score_fill, score_text};
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

const NAME: &str = "answers";
const WIDTH: i32 = 1640;
const LABEL_WIDTH: i32 = 490;
/// Bars lie between these; the shares of the two halves stand outside.
const LEFT: i32 = 600;
const RIGHT: i32 = 1420;
const TOP: i32 = 108;
const ROW: i32 = 66;
const HALF_BAR: i32 = 22;
/// Even without a single low score the line keeps this distance from the left, as a share of all answers.
const LEAST_LEFT: f64 = 0.06;

const LABEL: Type = Type { size: 8.5, colour: INK, weight: Weight::Regular, align: HPos::Left };
const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Left };

/// Answers to one element, by score.
struct Spread {
    label: String,
    counts: [u64; 4],
}

impl Spread {
    fn n(&self) -> u64 {
        self.counts.iter().sum()
    }

    fn is_open(&self) -> bool {
        self.n() >= PUBLIC_FROM
    }

    fn low(&self) -> f64 {
        (self.counts[0] + self.counts[1]) as f64 / self.n().max(1) as f64
    }
}

/// Draws the nine spreads; an element with fewer than ten answers shows that only.
pub(super) fn draw(report: &SemesterReport, voice: Voice) -> Result<Chart, ChartError> {
    let total = report.tallies.total();
    let spreads =
        Element::ALL.map(|element| Spread { label: label(report, element, voice), counts: total.counts(element) });
    let scale = Scale::of(&spreads);
    let bottom = TOP + ROW * 9;
    let svg = Canvas::paint(NAME, (WIDTH, bottom + 16), |canvas| {
        legend(canvas, voice)?;
        heads(canvas, scale.centre, voice)?;
        for (place, spread) in (0..).zip(&spreads) {
            draw_spread(canvas, &scale, spread, TOP + place * ROW + ROW / 2, voice)?;
        }
        canvas.line(&[(scale.centre, TOP), (scale.centre, bottom)], INK, 3)
    })?;
    Ok(Chart { name: NAME, svg, alt: describe(&spreads, voice) })
}

/// One unit of length for both sides, as long as the widest sides allow.
struct Scale {
    centre: i32,
    per_whole: f64,
}

impl Scale {
    fn of(spreads: &[Spread]) -> Self {
        let open = || spreads.iter().filter(|spread| spread.is_open());
        let left = open().map(Spread::low).fold(LEAST_LEFT, f64::max);
        let right = open().map(|spread| 1.0 - spread.low()).fold(LEAST_LEFT, f64::max);
        let per_whole = f64::from(RIGHT - LEFT) / (left + right);
        Self { centre: LEFT + (left * per_whole).round_to_unit(), per_whole }
    }

    /// How far a share of all answers reaches.
    fn length(&self, part: u64, n: u64) -> i32 {
        (part as f64 / n.max(1) as f64 * self.per_whole).round_to_unit()
    }
}

fn draw_spread(canvas: &Canvas, scale: &Scale, spread: &Spread, y: i32, voice: Voice) -> Result<(), ChartError> {
    let lines = wrap(&spread.label, LABEL_WIDTH, LABEL);
    let first = y - 16 * (i32::try_from(lines.len()).unwrap_or(1) - 1);
    for (place, line) in (0..).zip(&lines) {
        canvas.text((0, first + place * 32), line, LABEL)?;
    }
    if !spread.is_open() {
        return canvas.text((scale.centre + 20, y), "n < 10", SMALL);
    }
    let (n, [one, two, three, four]) = (spread.n(), spread.counts);
    let [left, right] = [one + two, three + four];
    let (inner_left, outer_left) = (scale.length(two, n), scale.length(left, n));
    let (inner_right, outer_right) = (scale.length(three, n), scale.length(right, n));
    let ends = [(-outer_left, -inner_left), (-inner_left, 0), (0, inner_right), (inner_right, outer_right)];
    for (score, (from, to)) in Score::ALL.iter().zip(ends) {
        let share = percent::share(spread.counts[usize::from(score.get()) - 1], n);
        segment(canvas, (scale.centre + from, scale.centre + to), y, &share, (score_fill(*score), score_text(*score)))?;
    }
    let bold = Type { weight: Weight::Bold, colour: INK, ..SMALL };
    let at = (scale.centre - outer_left - 14, y);
    canvas.text(at, &percent::share(left, n), Type { align: HPos::Right, ..bold })?;
    canvas.text((scale.centre + outer_right + 14, y), &percent::share(right, n), bold)?;
    canvas.text((WIDTH, y), &voice.count(n), Type { align: HPos::Right, ..SMALL })
}

/// One part of a bar with a white seam, and its share where it has room.
fn segment(
    canvas: &Canvas,
    (from, to): (i32, i32),
    y: i32,
    share: &str,
    (fill, text): (Colour, Colour),
) -> Result<(), ChartError> {
    if from == to {
        return Ok(());
    }
    canvas.bar((from, y - HALF_BAR), (to, y + HALF_BAR), fill)?;
    canvas.line(&[(to, y - HALF_BAR), (to, y + HALF_BAR)], PAPER, 3)?;
    let kind = Type { colour: text, align: HPos::Center, ..SMALL };
    if kind.width(share) + 16 > to - from { Ok(()) } else { canvas.text((i32::midpoint(from, to), y), share, kind) }
}

/// What lies on the two sides of the line.
fn heads(canvas: &Canvas, centre: i32, voice: Voice) -> Result<(), ChartError> {
    let right = Type { align: HPos::Right, ..SMALL };
    canvas.text((centre - 14, TOP - 22), voice.say("skor 1–2", "scores 1–2"), right)?;
    canvas.text((centre + 14, TOP - 22), voice.say("skor 3–4", "scores 3–4"), SMALL)?;
    canvas.text((WIDTH, TOP - 22), "n", right)
}

/// The four fills with their scores.
fn legend(canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
    let mut x = LEFT;
    for score in Score::ALL {
        let words = match score.get() {
            1 => voice.say("skor 1 (terendah)", "score 1 (lowest)").to_owned(),
            4 => voice.say("skor 4 (tertinggi)", "score 4 (highest)").to_owned(),
            other => format!("{} {other}", voice.say("skor", "score")),
        };
        canvas.bar((x, 8), (x + 36, 36), score_fill(score))?;
        canvas.text((x + 48, 22), &words, SMALL)?;
        x += 48 + SMALL.width(&words) + 44;
    }
    Ok(())
}

fn describe(spreads: &[Spread], voice: Voice) -> String {
    let words = spreads.iter().map(|spread| {
        if !spread.is_open() {
            return format!("{}: n < 10", spread.label);
        }
        let shares = Score::ALL.map(|score| {
            let share = percent::share(spread.counts[usize::from(score.get()) - 1], spread.n());
            format!("{} {}: {share}", voice.say("skor", "score"), score.get())
        });
        format!("{} (n = {}): {}", spread.label, voice.count(spread.n()), shares.join(", "))
    });
    let lead = voice.say(
        "Diagram batang bertumpuk sebaran jawaban per unsur.",
        "Stacked bar chart of the answers to each element.",
    );
    format!("{lead} {}.", words.collect::<Vec<_>>().join("; "))
}
