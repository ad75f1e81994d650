//! The funnel: each comparable MPP by its number of responses, with the limits that luck alone rarely leaves.

use plotters::style::text_anchor::HPos;
use suara_domain::language::Language;
use suara_domain::nation::{Funnel, FunnelLimits, Standing, Zone};

use super::super::canvas::{Canvas, RoundToUnit, Type, Weight};
use super::super::{Chart, ChartError};
use super::Scale;
use crate::design::{BRICK, Colour, HAIRLINE, INK, MUTED, OCHRE, TEAL};
use crate::national::NationalReport;
use crate::voice::Voice;

const NAME: &str = "funnel";
const WIDTH: i32 = 1640;
const HEIGHT: i32 = 1000;
const LEFT: i32 = 90;
const RIGHT: i32 = 1500;
const TOP: i32 = 60;
const BOTTOM: i32 = 860;
/// Words closer to each other than this would touch.
const LABEL_HEIGHT: i32 = 28;
/// Points of a curve.
const STEPS: i32 = 120;
/// Marks of the horizontal axis, as far as they lie within it.
const MARKS: [u64; 12] = [30, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Center };

/// Draws the funnel; `None` without a comparable MPP.
pub(super) fn draw(report: &NationalReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    let points: Vec<&Standing> = report.mpps.iter().filter_map(|mpp| mpp.standing.as_ref()).collect();
    let (Some(funnel), Some(largest)) = (report.funnel, points.iter().map(|standing| standing.n).max()) else {
        return Ok(None);
    };
    let smallest = points.iter().map(|standing| standing.n).min().unwrap_or(largest);
    let axes = Axes::new(&funnel, &points, (smallest, largest));
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        axes.draw(canvas, voice)?;
        axes.curves(canvas, &funnel, voice)?;
        for standing in &points {
            mark(canvas, (axes.x(standing.n), axes.scale.y(standing.ikm)), standing.zone)?;
        }
        legend(canvas, voice)
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: describe(&funnel, &points, voice) }))
}

struct Axes {
    scale: Scale,
    from: f64,
    to: f64,
}

impl Axes {
    /// Room for every point and for the widest limits.
    fn new(funnel: &Funnel, points: &[&Standing], (smallest, largest): (u64, u64)) -> Self {
        let limits = funnel.limits(smallest);
        let values = points.iter().map(|standing| standing.ikm).chain([limits.below_998, limits.above_998]);
        let scale = Scale::of(values, (TOP, BOTTOM));
        Self { scale, from: libm::log(smallest as f64 * 0.9), to: libm::log(largest as f64 * 1.12) }
    }

    /// Numbers of responses stand on a logarithmic scale.
    fn x(&self, n: u64) -> i32 {
        LEFT + ((libm::log(n as f64) - self.from) / (self.to - self.from) * f64::from(RIGHT - LEFT)).round_to_unit()
    }

    fn draw(&self, canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
        for value in self.scale.marks() {
            let y = self.scale.y(value);
            canvas.line(&[(LEFT, y), (RIGHT, y)], HAIRLINE, 1)?;
            canvas.text((LEFT - 18, y), &voice.decimal(value, 0), Type { align: HPos::Right, ..SMALL })?;
        }
        for n in MARKS.into_iter().filter(|n| (LEFT..=RIGHT).contains(&self.x(*n))) {
            let x = self.x(n);
            canvas.line(&[(x, BOTTOM), (x, BOTTOM + 14)], MUTED, 2)?;
            canvas.text((x, BOTTOM + 38), &voice.count(n), SMALL)?;
        }
        canvas.line(&[(LEFT, BOTTOM), (RIGHT, BOTTOM)], MUTED, 2)?;
        canvas.text((LEFT, 20), voice.say("Nilai IKM", "Index (IKM)"), Type { align: HPos::Left, ..SMALL })?;
        let words = voice.say("Jumlah responden (skala logaritma)", "Respondents (logarithmic scale)");
        canvas.text((RIGHT, BOTTOM + 76), words, Type { align: HPos::Right, ..SMALL })
    }

    fn curves(&self, canvas: &Canvas, funnel: &Funnel, voice: Voice) -> Result<(), ChartError> {
        let target = self.scale.y(funnel.theta0);
        canvas.line(&[(LEFT, target), (RIGHT, target)], INK, 3)?;
        let at_target = Type { align: HPos::Left, colour: INK, weight: Weight::Bold, ..SMALL };
        canvas.text((RIGHT + 14, target), &voice.decimal(funnel.theta0, 1), at_target)?;
        let (wide, narrow) = (voice.say("99,8%", "99.8%"), voice.say("95%", "95%"));
        let curves: [Curve; 4] = [
            (|limits| limits.above_998, BRICK, 3, wide),
            (|limits| limits.above_95, MUTED, 2, narrow),
            (|limits| limits.below_998, BRICK, 3, wide),
            (|limits| limits.below_95, MUTED, 2, narrow),
        ];
        let mut written = i32::MAX / 2;
        for (limit, colour, width, words) in curves {
            let points: Vec<(i32, i32)> =
                self.along().map(|(x, n)| (x, self.scale.y(limit(funnel.limits(n))))).collect();
            canvas.line(&points, colour, width)?;
            let end = points.last().map_or(BOTTOM, |point| point.1);
            if (end - written).abs() >= LABEL_HEIGHT && (end - target).abs() >= LABEL_HEIGHT {
                canvas.text((RIGHT + 14, end), words, Type { align: HPos::Left, colour, ..SMALL })?;
                written = end;
            }
        }
        Ok(())
    }

    /// Places along the axis with the number of responses there, each number once.
    fn along(&self) -> impl Iterator<Item = (i32, u64)> {
        let at = |step: i32| libm::exp(self.from + (self.to - self.from) * f64::from(step) / f64::from(STEPS));
        let mut numbers: Vec<u64> = (0..=STEPS).map(|step| whole(at(step))).collect();
        numbers.dedup();
        numbers.into_iter().map(|n| (self.x(n), n))
    }
}

/// The nearest count, at least 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of responses, far below 2⁵³")]
fn whole(n: f64) -> u64 {
    (n.round() as u64).max(1)
}

/// One limit: which it is, its colour and width, and the words at its end.
type Curve = (fn(FunnelLimits) -> f64, Colour, u32, &'static str);

/// Shape and colour say the same: a dot within, a triangle that points away from the target outside.
fn mark(canvas: &Canvas, (x, y): (i32, i32), zone: Zone) -> Result<(), ChartError> {
    match zone {
        Zone::Within => canvas.dot((x, y), 7, MUTED),
        Zone::Above95 => canvas.triangle((x, y), 11, -1, lighter(TEAL)),
        Zone::Above998 => canvas.triangle((x, y), 15, -1, TEAL),
        Zone::Below95 => canvas.triangle((x, y), 11, 1, lighter(OCHRE)),
        Zone::Below998 => canvas.triangle((x, y), 15, 1, OCHRE),
    }
}

/// Half way to paper.
const fn lighter(colour: Colour) -> Colour {
    Colour(colour.0 / 2 + 110, colour.1 / 2 + 110, colour.2 / 2 + 110)
}

fn legend(canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
    let y = HEIGHT - 22;
    let kind = Type { align: HPos::Left, colour: INK, ..SMALL };
    let entries = [
        (Zone::Within, voice.say("dalam batas 95%", "within 95%"), 0),
        (Zone::Above95, voice.say("di atas 95%", "above 95%"), 300),
        (Zone::Above998, voice.say("di atas 99,8%", "above 99.8%"), 560),
        (Zone::Below95, voice.say("di bawah 95%", "below 95%"), 850),
        (Zone::Below998, voice.say("di bawah 99,8%", "below 99.8%"), 1130),
    ];
    for (zone, words, x) in entries {
        mark(canvas, (LEFT + x, y), zone)?;
        canvas.text((LEFT + x + 26, y), words, kind)?;
    }
    Ok(())
}

fn describe(funnel: &Funnel, points: &[&Standing], voice: Voice) -> String {
    let of = |zone: Zone| points.iter().filter(|standing| standing.zone == zone).count();
    let (mpps, target) = (points.len(), voice.decimal(funnel.theta0, 1));
    let lead = if voice.language() == Language::English {
        format!(
            "Funnel chart: index of {mpps} MPPs by their number of respondents, with a line in the middle at {target} \
             and limits of 95% and 99.8%."
        )
    } else {
        format!(
            "Diagram corong: nilai IKM {mpps} MPP menurut jumlah responden, dengan garis tengah {target} dan batas 95% \
             serta 99,8%."
        )
    };
    let zones = [
        (voice.say("Dalam batas 95%", "Within the 95% limits"), Zone::Within),
        (voice.say("di atas batas 95% sampai 99,8%", "above the 95% limit up to 99.8%"), Zone::Above95),
        (voice.say("di atas batas 99,8%", "above the 99.8% limit"), Zone::Above998),
        (voice.say("di bawah batas 95% sampai 99,8%", "below the 95% limit down to 99.8%"), Zone::Below95),
        (voice.say("di bawah batas 99,8%", "below the 99.8% limit"), Zone::Below998),
    ];
    let counts = zones.map(|(words, zone)| format!("{words}: {}", of(zone)));
    format!("{lead} {}.", counts.join("; "))
}
