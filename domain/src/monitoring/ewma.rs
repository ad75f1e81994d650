//! A chart that notices when an MPP's scores move away from those of the period before (STATISTICS 10): an
//! exponentially weighted moving average, updated daily.

use std::ops::AddAssign;

use libm::sqrt;

use crate::element::Answers;
use crate::keyed::keyed;

/// The period before must have at least so many responses, or there is no chart.
pub const BASELINE_FROM: u64 = 300;
/// Weight of the present day.
const WEIGHT: f64 = 0.2;
/// Width of the limits in standard deviations of the average.
const WIDTH: f64 = 3.5;
/// Divisible by one to nine: a respondent's mean score in parts of it is a whole number however many elements were
/// answered.
const PARTS: u64 = 2520;

/// Integer sums over the respondents of a day, or of any number of days: their number, and the sum and the sum of
/// squares of `2520 ·` the mean of a respondent's scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayScores {
    /// Number of respondents.
    pub n: u64,
    /// `Σ 2520 · mean(s)`.
    pub sum: u64,
    /// `Σ (2520 · mean(s))²`.
    pub squares: u64,
}

impl DayScores {
    /// Counts `times` respondents who all gave these answers. Answers without a single score count for nothing.
    pub fn add(&mut self, answers: &Answers, times: u64) {
        let scores: u64 = answers.digits().iter().map(|digit| u64::from(*digit)).sum();
        let Some(parts) = (scores * PARTS).checked_div(answers.answered() as u64) else { return };
        self.n += times;
        self.sum += times * parts;
        self.squares += times * parts * parts;
    }

    /// Mean of the respondents' `25 · mean(s)`, points; `None` without respondents.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| points(self.sum as f64 / self.n as f64))
    }

    /// Standard deviation of the same, divisor n − 1, points; `None` with fewer than two respondents.
    fn deviation(&self) -> Option<f64> {
        if self.n < 2 {
            return None;
        }
        let (n, sum, squares) = (i128::from(self.n), i128::from(self.sum), i128::from(self.squares));
        let variance = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
        Some(points(sqrt(variance)))
    }
}

impl AddAssign<&DayScores> for DayScores {
    fn add_assign(&mut self, other: &DayScores) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}

impl<'a> std::iter::Sum<&'a DayScores> for DayScores {
    fn sum<I: Iterator<Item = &'a DayScores>>(days: I) -> Self {
        let mut total = Self::default();
        for day in days {
            total += day;
        }
        total
    }
}

/// Points of the 25..100 scale from parts of a mean score.
fn points(parts: f64) -> f64 {
    25.0 * parts / PARTS as f64
}

/// What is usual at an MPP: mean and standard deviation of its respondents in the period before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Baseline {
    /// μ0, points.
    pub mean: f64,
    /// s0, points, above 0.
    pub deviation: f64,
}

impl Baseline {
    /// The baseline from all days of the period before; `None` with fewer than [`BASELINE_FROM`] responses or if all of
    /// them scored alike.
    #[must_use]
    pub fn of(former: &DayScores) -> Option<Self> {
        if former.n < BASELINE_FROM {
            return None;
        }
        let (mean, deviation) = former.mean().zip(former.deviation())?;
        (deviation > 0.0).then_some(Self { mean, deviation })
    }
}

keyed! {
    /// In which direction an MPP's scores have left the usual.
    Signal {
        /// Lower than usual.
        Below = "below",
        /// Higher than usual.
        Above = "above",
    }
}

/// The chart after one day with responses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The average `E_t`, in standard deviations of a day's mean.
    pub value: f64,
    /// The upper limit on this day; the lower one is its opposite.
    pub limit: f64,
    /// Set if the average is beyond the limit. The next day begins anew.
    pub signal: Option<Signal>,
}

/// The moving average of one MPP, day after day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ewma {
    baseline: Baseline,
    value: f64,
    /// `0.8^{2t}`, multiplied up day by day: the same bits everywhere.
    remaining: f64,
}

impl Ewma {
    /// The chart before its first day.
    #[must_use]
    pub const fn new(baseline: Baseline) -> Self {
        Self { baseline, value: 0.0, remaining: 1.0 }
    }

    /// Takes the next day; `None` if nobody responded on it, which changes nothing.
    pub fn next_day(&mut self, day: &DayScores) -> Option<Step> {
        let shift = day.mean()? - self.baseline.mean;
        let scaled = shift * sqrt(day.n as f64) / self.baseline.deviation;
        self.value = (1.0 - WEIGHT) * self.value + WEIGHT * scaled;
        self.remaining *= (1.0 - WEIGHT) * (1.0 - WEIGHT);
        let limit = WIDTH * sqrt(WEIGHT / (2.0 - WEIGHT) * (1.0 - self.remaining));
        let beyond = self.value.abs() > limit;
        let signal = beyond.then_some(if self.value < 0.0 { Signal::Below } else { Signal::Above });
        let step = Step { value: self.value, limit, signal };
        if beyond {
            *self = Self::new(self.baseline);
        }
        Some(step)
    }

    /// The steps of several days in their order, one per day with responses.
    pub fn steps<'a>(baseline: Baseline, days: impl IntoIterator<Item = &'a DayScores>) -> impl Iterator<Item = Step> {
        let mut chart = Self::new(baseline);
        days.into_iter().filter_map(move |day| chart.next_day(day))
    }
}
