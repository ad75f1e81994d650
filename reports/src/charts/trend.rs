//! The index over the semesters: a line with intervals, interrupted where the rule or the weight changed.

use plotters::style::text_anchor::HPos;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::precision::Precision;
use suara_domain::suppression::PUBLIC_FROM;

use super::canvas::{Canvas, Type, Weight};
use super::{Chart, ChartError};
use crate::design::{AMOUNTS, HAIRLINE, INK, MUTED, TEAL};
use crate::report::SemesterReport;
use crate::voice::Voice;

mod scale;

use scale::{BOTTOM, LEFT, SMALL, Scale, TOP};

const NAME: &str = "trend";
const WIDTH: i32 = 1640;
const HEIGHT: i32 = 730;
/// Periods beyond this many are left out, the oldest first.
const SHOWN: usize = 10;

/// One period.
struct Point {
    period: Period,
    /// `None` where too few answered for the public.
    figures: Option<Figures>,
    n: Option<u64>,
    /// Rule, weight and questionnaire.
    rule: [String; 3],
}

struct Figures {
    value: f64,
    text: String,
    interval: Option<(f64, f64)>,
}

/// Draws the trend; `None` without a single figure.
pub(super) fn draw(report: &SemesterReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    let mut points = points(report, voice);
    points.drain(..points.len().saturating_sub(SHOWN));
    if points.iter().all(|point| point.figures.is_none()) {
        return Ok(None);
    }
    let today = rule_of_today(report);
    let scale = Scale::of(&points, |point| point.rule == today);
    let svg = Canvas::paint(NAME, (WIDTH, HEIGHT), |canvas| {
        scale.draw(canvas, voice)?;
        for (place, pair) in points.windows(2).enumerate() {
            join(canvas, &scale, place, pair, voice)?;
        }
        for (place, point) in points.iter().enumerate() {
            mark(canvas, &scale, place, point, voice)?;
        }
        legend(canvas, &points, &scale, voice)?;
        if points.len() == 1 {
            let words = voice.say(
                "nilai pertama; tren terlihat mulai periode berikutnya",
                "first value; a trend begins with the next period",
            );
            canvas.text((scale.x(0), TOP - 30), words, SMALL)?;
        }
        Ok(())
    })?;
    Ok(Some(Chart { name: NAME, svg, alt: describe(&points, voice) }))
}

/// The periods, oldest first. What is drawn of a report that may be published is public itself: the total of a former
/// period below ten is only said to be so.
fn points(report: &SemesterReport, voice: Voice) -> Vec<Point> {
    let total = report.tallies.total();
    let public = total.n() >= PUBLIC_FROM;
    let former = report.history.iter().map(|former| Point {
        period: former.period,
        figures: (!public || former.n.is_none_or(|n| n >= PUBLIC_FROM)).then(|| Figures {
            value: former.ikm.to_f64(),
            text: voice.fixed(former.ikm),
            interval: former.interval,
        }),
        n: former.n,
        rule: [&former.rule_version, &former.weight_version, &former.instrument].map(String::clone),
    });
    let current = Index::of(&total).map(|index| Point {
        period: report.period,
        figures: Some(Figures {
            value: index.rounded().to_f64(),
            text: voice.fixed(index.rounded()),
            interval: Precision::of(&total, report.population).and_then(|precision| precision.interval),
        }),
        n: Some(total.n()),
        rule: rule_of_today(report),
    });
    former.chain(current).collect()
}

fn rule_of_today(report: &SemesterReport) -> [String; 3] {
    let instrument = &report.instrument;
    [&instrument.rule_version, &instrument.weight_version, &instrument.id].map(String::clone)
}

/// A line between two periods of one rule, weight and questionnaire, dashed over a semester without result; the break between two of
/// different ones.
fn join(canvas: &Canvas, scale: &Scale, place: usize, pair: &[Point], voice: Voice) -> Result<(), ChartError> {
    let (left, right) = (scale.x(place), scale.x(place + 1));
    let [before, after] = pair else { return Ok(()) };
    if before.rule != after.rule {
        let middle = i32::midpoint(left, right);
        canvas.dashed((middle, TOP - 12), (middle, BOTTOM), MUTED, 3)?;
        return canvas.text((middle, TOP - 30), what_changed(before, after, voice), SMALL);
    }
    let (Some(from), Some(to)) = (&before.figures, &after.figures) else { return Ok(()) };
    let (from, to) = ((left, scale.y(from.value)), (right, scale.y(to.value)));
    if before.period.next() == after.period {
        canvas.line(&[from, to], TEAL, 6)
    } else {
        canvas.dashed(from, to, TEAL, 5)
    }
}

fn what_changed(before: &Point, after: &Point, voice: Voice) -> &'static str {
    let changed: Vec<bool> = before.rule.iter().zip(&after.rule).map(|(before, after)| before != after).collect();
    match changed[..] {
        [true, ..] => voice.say("aturan berubah", "rule changed"),
        [_, true, _] => voice.say("bobot berubah", "weight changed"),
        _ => voice.say("kuesioner berubah", "questionnaire changed"),
    }
}

fn mark(canvas: &Canvas, scale: &Scale, place: usize, point: &Point, voice: Voice) -> Result<(), ChartError> {
    let x = scale.x(place);
    canvas.text((x, BOTTOM + 36), &voice.short_period(point.period), Type { size: 8.5, colour: INK, ..SMALL })?;
    let Some(figures) = &point.figures else {
        canvas.dashed((x, TOP + 40), (x, BOTTOM), HAIRLINE, 3)?;
        return canvas.text((x, BOTTOM + 78), "n < 10", SMALL);
    };
    let y = scale.y(figures.value);
    let mut top = y;
    if let Some((lower, upper)) = figures.interval {
        interval(canvas, (x, scale.y(upper)), (x, scale.y(lower)))?;
        top = scale.y(upper);
    }
    dot(canvas, (x, y), scale.is_comparable(place))?;
    let figure = Type { size: 9.0, colour: INK, weight: Weight::Bold, ..SMALL };
    canvas.label((x, top - 36), &figures.text, figure)?;
    canvas.text((x, BOTTOM + 78), &count(point, voice), SMALL)
}

/// A box with a line at both ends, wide enough to show beside the dot when it is flat.
fn interval(canvas: &Canvas, upper: (i32, i32), lower: (i32, i32)) -> Result<(), ChartError> {
    canvas.bar((upper.0 - 24, upper.1), (lower.0 + 24, lower.1), AMOUNTS[0])?;
    canvas.line(&[(upper.0 - 24, upper.1), (upper.0 + 24, upper.1)], INK, 3)?;
    canvas.line(&[(lower.0 - 24, lower.1), (lower.0 + 24, lower.1)], INK, 3)
}

/// Filled under the rule, weight and questionnaire of today, else hollow.
fn dot(canvas: &Canvas, at: (i32, i32), comparable: bool) -> Result<(), ChartError> {
    if comparable { canvas.dot(at, 9, TEAL) } else { canvas.ring(at, 10, TEAL) }
}

/// The marks that occur.
fn legend(canvas: &Canvas, points: &[Point], scale: &Scale, voice: Voice) -> Result<(), ChartError> {
    let kind = Type { align: HPos::Left, ..SMALL };
    let (mut x, y) = (LEFT + 24, HEIGHT - 22);
    let mut name = |text: &str| {
        let at = (x, y);
        x += 40 + kind.width(text) + 70;
        canvas.text((at.0 + 40, y), text, kind).map(|()| at)
    };
    if points.iter().any(|point| point.figures.as_ref().is_some_and(|figures| figures.interval.is_some())) {
        let (x, y) = name(voice.say("interval 95%", "95% interval"))?;
        interval(canvas, (x, y - 14), (x, y + 14))?;
    }
    if (0..points.len()).any(|place| !scale.is_comparable(place)) {
        let at = name(voice.say("kuesioner, aturan, atau bobot lain", "another questionnaire, rule or weight"))?;
        dot(canvas, at, false)?;
    }
    Ok(())
}

fn count(point: &Point, voice: Voice) -> String {
    match point.n {
        None => voice.say("n tidak diketahui", "n unknown").to_owned(),
        Some(n) => format!("n = {}", voice.count(n)),
    }
}

fn describe(points: &[Point], voice: Voice) -> String {
    let words = points.iter().enumerate().map(|(place, point)| {
        let period = voice.short_period(point.period);
        let Some(figures) = &point.figures else { return format!("{period}: n < 10") };
        let interval = figures.interval.map_or(String::new(), |(lower, upper)| {
            let (lower, upper) = (voice.decimal(lower, 1), voice.decimal(upper, 1));
            format!(", interval {lower} {} {upper}", voice.say("sampai", "to"))
        });
        let broken = place > 0 && points[place - 1].rule != point.rule;
        let note = voice.say(
            " (kuesioner, aturan, atau bobot berbeda dari periode sebelumnya)",
            " (questionnaire, rule or weight differs from the period before)",
        );
        format!("{period}: {}, {}{interval}{}", figures.text, count(point, voice), if broken { note } else { "" })
    });
    let lead = voice.say("Diagram garis nilai IKM antarperiode.", "Line chart of the index over the periods.");
    format!("{lead} {}.", words.collect::<Vec<_>>().join("; "))
}
