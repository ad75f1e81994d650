//! How much respondents of one MPP differ, over all MPPs: what chance is measured by.

use crate::fixed::to_f64;
use crate::index::Index;
use crate::precision::{COMPARABLE_FROM, variance};
use crate::tally::Tally;

/// Variance of one respondent, at most: half of them at 25, half at 100 (75² times a quarter at p = 1/2).
const SCALE_SQUARED: f64 = 5_625.0;

/// What is known of one MPP that may be compared.
pub(super) struct Measured<'a> {
    pub(super) code: &'a str,
    pub(super) n: u64,
    pub(super) ikm: f64,
    /// `s_j²`; `None` if an element has a single answer.
    variance: Option<f64>,
}

impl<'a> Measured<'a> {
    /// `None` with fewer than 30 responses.
    pub(super) fn of(code: &'a str, tally: &Tally) -> Option<Self> {
        let n = tally.n();
        if n < COMPARABLE_FROM {
            return None;
        }
        Some(Self { code, n, ikm: Index::of(tally)?.to_f64(), variance: variance(tally).as_ref().map(to_f64) })
    }

    /// Variance of one respondent if all gave the lowest or the best marks: `5625·p̃(1−p̃)` with one of each added
    /// (`p̃ = (np + 1)/(n + 2)`), so that an MPP of all fours is not taken as certain.
    fn binary_variance(&self) -> f64 {
        let n = self.n as f64;
        let share = (n * (self.ikm - 25.0) / 75.0 + 1.0) / (n + 2.0);
        SCALE_SQUARED * share * (1.0 - share)
    }
}

/// Pooled variances of one respondent, each MPP with the weight n − 1. Both are 0 where in no MPP respondents differ; an
/// MPP whose own variance is unknown, because an element has a single answer, is in neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// φ̂: the variance as a share of what it would be if all marks were the lowest or the best.
    pub phi: f64,
    /// s̄², squared points.
    pub variance: f64,
}

impl Spread {
    pub(super) fn of(measured: &[Measured<'_>]) -> Self {
        let (mut own, mut binary, mut weight) = (0.0, 0.0, 0.0);
        for (mpp, variance) in measured.iter().filter_map(|mpp| Some((mpp, mpp.variance?))) {
            let degrees = mpp.n as f64 - 1.0;
            own += degrees * variance;
            binary += degrees * mpp.binary_variance();
            weight += degrees;
        }
        if own > 0.0 { Self { phi: own / binary, variance: own / weight } } else { Self { phi: 0.0, variance: 0.0 } }
    }

    /// `SE_j² = φ̂ · 5625·p̃(1−p̃) / n`. An MPP's own s² would favour those near the ceiling, whose variance is small by
    /// the same luck that made them good.
    pub(super) fn smoothed(&self, mpp: &Measured<'_>) -> f64 {
        self.phi * mpp.binary_variance() / mpp.n as f64
    }
}
