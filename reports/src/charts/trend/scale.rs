//! Where a period and a value of the trend lie, and the lines behind them.

use plotters::style::text_anchor::HPos;
use suara_domain::index::Mutu;

use super::super::ChartError;
use super::super::canvas::{Canvas, RoundToUnit, Type, Weight};
use super::Point;
use crate::design::{HAIRLINE, MUTED, OCHRE};
use crate::voice::Voice;

pub(super) const TOP: i32 = 70;
pub(super) const BOTTOM: i32 = 570;
pub(super) const LEFT: i32 = 90;
const RIGHT: i32 = 1560;

pub(super) const SMALL: Type = Type { size: 7.5, colour: MUTED, weight: Weight::Regular, align: HPos::Center };

/// The part of the scale that is shown, in steps of five points, at least twenty high.
pub(super) struct Scale {
    lowest: f64,
    highest: f64,
    /// For every period whether it has the rule, weight and questionnaire of today.
    comparable: Vec<bool>,
}

impl Scale {
    /// A scale on which all figures have room; `comparable` tells which were made by the rule and weight of today.
    pub fn of(points: &[Point], comparable: impl Fn(&Point) -> bool) -> Self {
        let figures = || points.iter().filter_map(|point| point.figures.as_ref());
        let ends = |value: f64, interval: Option<(f64, f64)>| interval.unwrap_or((value, value));
        let lowest = figures().map(|it| ends(it.value, it.interval).0.min(it.value)).fold(100.0, f64::min);
        let highest = figures().map(|it| ends(it.value, it.interval).1.max(it.value)).fold(25.0, f64::max);
        let highest = (((highest + 1.0) / 5.0).ceil() * 5.0).min(100.0);
        let lowest = (((lowest - 1.0) / 5.0).floor() * 5.0).min(highest - 20.0).max(25.0);
        let highest = highest.max(lowest + 20.0);
        Self { lowest, highest, comparable: points.iter().map(comparable).collect() }
    }

    /// Whether a period's figure was made by the rule and weight of today.
    pub fn is_comparable(&self, place: usize) -> bool {
        self.comparable.get(place).copied().unwrap_or_default()
    }

    pub fn x(&self, place: usize) -> i32 {
        LEFT + ((place as f64 + 0.5) * self.step()).round_to_unit()
    }

    pub fn y(&self, value: f64) -> i32 {
        BOTTOM - ((value - self.lowest) / (self.highest - self.lowest) * f64::from(BOTTOM - TOP)).round_to_unit()
    }

    fn step(&self) -> f64 {
        f64::from(RIGHT - LEFT) / self.comparable.len().max(1) as f64
    }

    /// Lines every five points, and the limits of the classes over the periods to which they apply.
    pub fn draw(&self, canvas: &Canvas, voice: Voice) -> Result<(), ChartError> {
        let mut value = self.lowest;
        while value <= self.highest {
            canvas.line(&[(LEFT, self.y(value)), (RIGHT, self.y(value))], HAIRLINE, 1)?;
            canvas.text((LEFT - 18, self.y(value)), &voice.decimal(value, 0), Type { align: HPos::Right, ..SMALL })?;
            value += 5.0;
        }
        // Counted from the newest: the limits are those of today's rule.
        let applies = self.comparable.iter().rev().take_while(|same| **same).count();
        let from = LEFT + ((self.comparable.len() - applies) as f64 * self.step()).round_to_unit();
        for mutu in Mutu::ALL {
            let Some(limit) = mutu.lower_limit().filter(|limit| (self.lowest..self.highest).contains(limit)) else {
                continue;
            };
            let y = self.y(limit);
            canvas.line(&[(from, y), (RIGHT, y)], OCHRE, 2)?;
            let kind = Type { colour: OCHRE, weight: Weight::Bold, align: HPos::Left, ..SMALL };
            canvas.text((RIGHT + 14, y - 20), mutu.letter(), kind)?;
        }
        Ok(())
    }
}
