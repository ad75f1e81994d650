//! The charts of the national report: provinces on a grid of tiles, the funnel, and the estimates with their intervals.
//!
//! They draw public figures only, and none of them is a league table: what cannot be told apart has one colour.

mod caterpillar;
mod funnel;
mod tiles;

use suara_domain::language::Language;
use suara_domain::nation::Tier;

use super::{ChartError, Charts};
use crate::design::{Colour, MUTED, OCHRE, TEAL};
use crate::national::NationalReport;
use crate::voice::Voice;

impl Charts {
    /// Draws in a language `provinces`, and with comparable MPPs `funnel` and `caterpillar`.
    ///
    /// # Errors
    /// The drawing library fails, which no input should bring about.
    pub fn draw_national(report: &NationalReport, language: Language) -> Result<Self, ChartError> {
        let voice = Voice::of(language);
        let mut charts = vec![tiles::draw(report, voice)?];
        charts.extend(funnel::draw(report, voice)?);
        charts.extend(caterpillar::draw(report, voice)?);
        Ok(Self(charts))
    }
}

/// The colour of a group; the words stand beside it wherever it is used.
const fn tier_colour(tier: Tier) -> Colour {
    match tier {
        Tier::ClearlyAbove => TEAL,
        Tier::NotDistinguishable => MUTED,
        Tier::ClearlyBelow => OCHRE,
    }
}

/// What a group is called.
const fn tier_name(tier: Tier, voice: Voice) -> &'static str {
    let english = match tier {
        Tier::ClearlyAbove => "clearly above the mean",
        Tier::NotDistinguishable => "cannot be told from the mean",
        Tier::ClearlyBelow => "clearly below the mean",
    };
    voice.say(tier.label(), english)
}

/// A vertical scale of the index in steps of five points.
struct Scale {
    lowest: f64,
    highest: f64,
    top: i32,
    bottom: i32,
}

impl Scale {
    /// One that holds all these values.
    fn of(values: impl Iterator<Item = f64> + Clone, (top, bottom): (i32, i32)) -> Self {
        let highest = values.clone().fold(25.0, f64::max);
        let lowest = values.fold(100.0, f64::min);
        let highest = (((highest + 0.5) / 5.0).ceil() * 5.0).min(100.0);
        let lowest = (((lowest - 0.5) / 5.0).floor() * 5.0).min(highest - 10.0).max(25.0);
        Self { lowest, highest, top, bottom }
    }

    /// The height of a value, held within the scale.
    fn y(&self, value: f64) -> i32 {
        use super::canvas::RoundToUnit;
        let share = (value.clamp(self.lowest, self.highest) - self.lowest) / (self.highest - self.lowest);
        self.bottom - (share * f64::from(self.bottom - self.top)).round_to_unit()
    }

    /// The multiples of five on it, the lowest first.
    fn marks(&self) -> impl Iterator<Item = f64> {
        let (lowest, highest) = (self.lowest, self.highest);
        std::iter::successors(Some(lowest), |mark| Some(mark + 5.0)).take_while(move |mark| *mark <= highest)
    }
}
