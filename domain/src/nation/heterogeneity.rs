//! How much MPPs differ in truth, and each MPP's figure in the light of that.

use libm::{fabs, sqrt};

use crate::distribution::normal_cdf;
use crate::index::Mutu;
use crate::keyed::keyed;

/// Fewer MPPs do not show how much MPPs differ.
pub const MODEL_FROM: usize = 10;
/// How near to its expectation the weighted sum of squares has to be.
const TOLERANCE: f64 = 1e-10;
/// Certainty from which an MPP is said to be above the mean, and one minus it below.
const CLEARLY: f64 = 0.975;

keyed! {
    /// What may be said about an MPP in words.
    Tier {
        /// Better than the mean with a certainty above 97.5 %.
        ClearlyAbove = "clearly_above",
        /// Neither.
        NotDistinguishable = "not_distinguishable",
        /// Worse than the mean with a certainty above 97.5 %.
        ClearlyBelow = "clearly_below",
    }
}

impl Tier {
    /// The words shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ClearlyAbove => "jelas di atas rata-rata",
            Self::NotDistinguishable => "tidak dapat dibedakan dari rata-rata",
            Self::ClearlyBelow => "jelas di bawah rata-rata",
        }
    }
}

/// The random-effects model: true figures lie around `mu` with the variance `tau2` (Paule and Mandel 1982; metafor's
/// `rma(method = "PM")`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heterogeneity {
    /// τ²: variance of the true figures, squared points. 0: nothing shows that MPPs differ at all.
    pub tau2: f64,
    /// μ̂: mean of the true figures, points.
    pub mu: f64,
    /// Var(μ̂), squared points.
    pub mu_variance: f64,
}

/// An MPP's figure, pulled towards the mean by as much as it is uncertain (metafor's `blup`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunken {
    /// θ̃, points.
    pub ikm: f64,
    /// Its standard error, `√Var_j`, points.
    pub se: f64,
    /// Probability that the true figure is below 76.61, the limit of class B.
    pub below_b: f64,
}

impl Heterogeneity {
    /// From estimates with their variances; `None` for fewer than ten, or if one is taken as free of chance.
    pub(super) fn of(estimates: &[(f64, f64)]) -> Option<Self> {
        if estimates.len() < MODEL_FROM || estimates.iter().any(|(_, variance)| *variance <= 0.0) {
            return None;
        }
        let tau2 = paule_mandel(estimates);
        let mean = WeightedMean::of(estimates, tau2);
        Some(Self { tau2, mu: mean.mean, mu_variance: 1.0 / mean.weight })
    }

    /// `θ̃ = μ̂ + B(y − μ̂)` with `B = τ²/(τ² + SE²)` and variance `B·SE² + (1 − B)²·Var(μ̂)`.
    pub(super) fn shrink(&self, estimate: f64, variance: f64) -> Shrunken {
        let b = self.tau2 / (self.tau2 + variance);
        let ikm = self.mu + b * (estimate - self.mu);
        let se = sqrt(b * variance + (1.0 - b) * (1.0 - b) * self.mu_variance);
        let limit = Mutu::B.lower_limit().unwrap_or_default();
        Shrunken { ikm, se, below_b: normal_cdf((limit - ikm) / se) }
    }

    pub(super) fn tier(&self, shrunken: &Shrunken) -> Tier {
        let above = normal_cdf((shrunken.ikm - self.mu) / shrunken.se);
        match () {
            () if self.tau2 <= 0.0 => Tier::NotDistinguishable,
            () if above > CLEARLY => Tier::ClearlyAbove,
            () if above < 1.0 - CLEARLY => Tier::ClearlyBelow,
            () => Tier::NotDistinguishable,
        }
    }
}

/// Mean with the weights `1/(SE² + τ²)`.
struct WeightedMean {
    mean: f64,
    weight: f64,
    /// `Q = Σ w (y − mean)²`.
    squares: f64,
}

impl WeightedMean {
    fn of(estimates: &[(f64, f64)], tau2: f64) -> Self {
        let weighted = || estimates.iter().map(|(estimate, variance)| (*estimate, 1.0 / (variance + tau2)));
        let weight: f64 = weighted().map(|(_, weight)| weight).sum();
        let mean = weighted().map(|(estimate, weight)| weight * estimate).sum::<f64>() / weight;
        let squares = weighted().map(|(estimate, weight)| weight * (estimate - mean) * (estimate - mean)).sum();
        Self { mean, weight, squares }
    }
}

/// The τ² at which Q is what it is expected to be, J − 1. Q falls with τ², so there is one or, if Q is smaller already
/// at 0, none: then 0.
fn paule_mandel(estimates: &[(f64, f64)]) -> f64 {
    let excess = |tau2: f64| WeightedMean::of(estimates, tau2).squares - (estimates.len() as f64 - 1.0);
    if excess(0.0) <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, 1.0);
    while excess(high) > 0.0 {
        low = high;
        high *= 2.0;
    }
    loop {
        let middle = f64::midpoint(low, high);
        let excess = excess(middle);
        if fabs(excess) < TOLERANCE || middle <= low || middle >= high {
            return middle;
        }
        if excess > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
}
