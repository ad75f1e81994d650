//! The scale that all panels share.

use suara_domain::fixed::Fixed;
use suara_domain::index::Mutu;

use super::super::ChartError;
use super::super::canvas::{Canvas, RoundToUnit};
use super::{Figures, Panel};
use crate::design::{HAIRLINE, INK, OCHRE, TEAL};
use crate::voice::Voice;

/// Radius of the dot of a value.
pub(super) const DOT: i32 = 7;

/// The upper part of the scale of the index that holds every value and interval, at least 25 points of it.
pub(super) struct Strip {
    lowest: f64,
    /// Index of the whole mall.
    pub whole: Option<Fixed<2>>,
}

impl Strip {
    pub fn of(panels: &[Panel], whole: Option<Fixed<2>>) -> Self {
        let figures = panels.iter().filter_map(|panel| panel.figures.as_ref().ok());
        let ends = figures.map(|figures| figures.interval.map_or(figures.value, |(lower, _)| lower.min(figures.value)));
        let lowest = ends.chain(whole.map(Fixed::to_f64)).fold(75.0, f64::min);
        Self { lowest: ((lowest / 5.0).floor() * 5.0).max(25.0), whole }
    }

    /// The value with its interval on a line with marks at the limits of the classes, and the whole mall.
    pub fn draw(
        &self,
        canvas: &Canvas,
        (left, right): (i32, i32),
        y: i32,
        figures: &Figures,
    ) -> Result<(), ChartError> {
        let part = |value: f64| (value - self.lowest) / (100.0 - self.lowest);
        let place = |value: f64| left + (part(value) * f64::from(right - left)).round_to_unit();
        canvas.line(&[(left, y), (right, y)], HAIRLINE, 4)?;
        for limit in self.limits().chain([self.lowest, 100.0]) {
            canvas.line(&[(place(limit), y - 9), (place(limit), y + 9)], HAIRLINE, 4)?;
        }
        if let Some(whole) = self.whole {
            canvas.tick((place(whole.to_f64()), y), 17, OCHRE)?;
        }
        if let Some((lower, upper)) = figures.interval {
            canvas.line(&[(place(lower), y), (place(upper), y)], INK, 5)?;
        }
        canvas.dot((place(figures.value), y), DOT, TEAL)
    }

    fn limits(&self) -> impl Iterator<Item = f64> + '_ {
        Mutu::ALL.iter().rev().filter_map(|mutu| mutu.lower_limit()).filter(|limit| *limit > self.lowest)
    }

    /// What the scale is.
    pub fn words(&self, voice: Voice) -> String {
        let limits: Vec<String> = self.limits().map(|limit| voice.decimal(limit, 2)).collect();
        let scale = voice.say("skala", "scale");
        let marks = voice.say("batas mutu", "limits of grades");
        format!("{scale} {}–100, {marks} {}", voice.decimal(self.lowest, 0), limits.join("; "))
    }
}
