//! The estimates of all comparable MPPs with their intervals, in three groups. No names: it shows how much can be told
//! apart and how much cannot, and is no list to be read from the top.

use plotters::style::text_anchor::HPos;
use suara_domain::distribution::Z95;
use suara_domain::nation::{Heterogeneity, Tier};

use super::super::canvas::{Canvas, RoundToUnit, Type, Weight};
use super::super::{Chart, ChartError};
use super::{Scale, tier_colour, tier_name};
use crate::design::{HAIRLINE, INK, MUTED};
use crate::national::NationalReport;
use crate::voice::Voice;

const NAME: &str = "caterpillar";
const WIDTH: i32 = 1640;
const HEIGHT: i32 = 800;
const LEFT: i32 = 90;
const RIGHT: i32 = 1550;
const TOP: i32 = 90;
const BOTTOM: i32 = 760;
/// Blank between two groups.
const GAP: i32 = 50;

const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Center };

/// Draws the estimates; `None` below ten MPPs.
pub(super) fn draw(report: &NationalReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    let Some(model) = report.heterogeneity else { return Ok(None) };
    let groups =
        [Tier::ClearlyBelow, Tier::NotDistinguishable, Tier::ClearlyAbove].map(|tier| (tier, of(report, tier)));
    let all = || groups.iter().flat_map(|(_, estimates)| estimates);
    let scale = Scale::of(all().flat_map(|(estimate, half)| [estimate - half, estimate + half]), (TOP, BOTTOM));
    let filled = groups.iter().filter(|(_, estimates)| !estimates.is_empty()).count();
    let gaps = GAP * i32::try_from(filled.saturating_sub(1)).unwrap_or_default();
    let step = f64::from(RIGHT - LEFT - 40 - gaps) / all().count().max(1) as f64;
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        axis(canvas, &scale, model.mu, voice)?;
        let mut left = LEFT + 20;
        for (tier, estimates) in groups.iter().filter(|(_, estimates)| !estimates.is_empty()) {
            let right = group(canvas, &scale, (left, step), *tier, estimates)?;
            label(canvas, (left, right), *tier, estimates.len(), voice)?;
            left = right + GAP;
        }
        Ok(())
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: describe(&model, &groups, voice) }))
}

/// Estimate and half interval of the MPPs of a group, the lowest first.
fn of(report: &NationalReport, tier: Tier) -> Vec<(f64, f64)> {
    let standings = report.mpps.iter().filter_map(|mpp| mpp.standing.as_ref());
    let shrunken = standings.filter(|standing| standing.tier == tier).filter_map(|standing| standing.shrunken);
    let mut estimates: Vec<(f64, f64)> = shrunken.map(|shrunken| (shrunken.ikm, Z95 * shrunken.se)).collect();
    estimates.sort_by(|one, other| one.0.total_cmp(&other.0));
    estimates
}

fn axis(canvas: &Canvas, scale: &Scale, mean: f64, voice: Voice) -> Result<(), ChartError> {
    for value in scale.marks() {
        let y = scale.y(value);
        canvas.line(&[(LEFT, y), (RIGHT, y)], HAIRLINE, 1)?;
        canvas.text((LEFT - 18, y), &voice.decimal(value, 0), Type { align: HPos::Right, ..SMALL })?;
    }
    let y = scale.y(mean);
    canvas.line(&[(LEFT, y), (RIGHT, y)], INK, 3)?;
    let kind = Type { align: HPos::Left, colour: INK, weight: Weight::Bold, ..SMALL };
    canvas.text((RIGHT + 12, y), &voice.decimal(mean, 1), kind)
}

/// Draws a group from `left` on and says where it ends.
fn group(
    canvas: &Canvas,
    scale: &Scale,
    (left, step): (i32, f64),
    tier: Tier,
    estimates: &[(f64, f64)],
) -> Result<i32, ChartError> {
    let colour = tier_colour(tier);
    let right = left + (step * estimates.len() as f64).round_to_unit();
    let width = u32::try_from((step * 0.3).round_to_unit().clamp(1, 5)).unwrap_or(1);
    for (place, (estimate, half)) in estimates.iter().enumerate() {
        let x = left + (step * (place as f64 + 0.5)).round_to_unit();
        canvas.line(&[(x, scale.y(estimate - half)), (x, scale.y(estimate + half))], colour, width)?;
        canvas.disc((x, scale.y(*estimate)), (step * 0.4).round_to_unit().clamp(2, 8), colour)?;
    }
    canvas.line(&[(left, TOP - 12), (right, TOP - 12)], colour, 4)?;
    Ok(right)
}

/// Names a group above its estimates; the middle one stands higher, so that narrow neighbours do not touch it.
fn label(canvas: &Canvas, (left, right): (i32, i32), tier: Tier, mpps: usize, voice: Voice) -> Result<(), ChartError> {
    let (anchor, align) = match tier {
        Tier::ClearlyBelow => (left, HPos::Left),
        Tier::NotDistinguishable => (i32::midpoint(left, right), HPos::Center),
        Tier::ClearlyAbove => (right, HPos::Right),
    };
    let height = if tier == Tier::NotDistinguishable { 22 } else { 58 };
    let words = format!("{}: {mpps}", tier_name(tier, voice));
    canvas.text((anchor, height), &words, Type { size: 8.5, colour: tier_colour(tier), weight: Weight::Bold, align })
}

fn describe(model: &Heterogeneity, groups: &[(Tier, Vec<(f64, f64)>); 3], voice: Voice) -> String {
    let words: Vec<String> = groups
        .iter()
        .map(|(tier, estimates)| format!("{}: {} MPP", tier_name(*tier, voice), estimates.len()))
        .collect();
    let (lead, centre) = (
        voice.say(
            "Diagram perkiraan nilai setiap MPP dengan interval 95%, dalam tiga kelompok dan tanpa nama.",
            "Interval chart of the estimate of every MPP with its 95% interval, in three groups and without names.",
        ),
        voice.say("Garis tengah", "Line in the middle"),
    );
    format!("{lead} {}. {centre}: {}.", words.join("; "), voice.decimal(model.mu, 1))
}
