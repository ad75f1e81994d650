//! The funnel: how far from the centre an MPP of a given size may lie by chance.

use libm::sqrt;

use super::spread::Measured;
use crate::distribution::{Z95, Z998};
use crate::keyed::keyed;

keyed! {
    /// Where in the funnel an MPP lies.
    Zone {
        /// Between the 95 % limits: chance explains it.
        Within = "within",
        /// Above the upper 95 % limit.
        Above95 = "above_95",
        /// Above the upper 99.8 % limit.
        Above998 = "above_998",
        /// Below the lower 95 % limit.
        Below95 = "below_95",
        /// Below the lower 99.8 % limit.
        Below998 = "below_998",
    }
}

/// A funnel plot with an additive allowance for what makes all MPPs differ a little (Spiegelhalter 2005,
/// doi 10.1002/sim.1970). It has no width where in no MPP respondents differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Funnel {
    /// θ0: the mean IKM by responses. Never by precision: at the ceiling good MPPs have small variances.
    pub theta0: f64,
    /// s̄², see [`super::Spread::variance`].
    pub variance: f64,
    /// `τ_F²`: by how much the middle four fifths of the MPPs differ beyond chance, squared points.
    pub tau2: f64,
}

/// The four curves of the funnel at one n, on the 25..100 scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FunnelLimits {
    /// Lower 99.8 % limit.
    pub below_998: f64,
    /// Lower 95 % limit.
    pub below_95: f64,
    /// Upper 95 % limit.
    pub above_95: f64,
    /// Upper 99.8 % limit.
    pub above_998: f64,
}

impl Funnel {
    /// `None` without any MPP.
    pub(super) fn of(measured: &[Measured<'_>], variance: f64) -> Option<Self> {
        let responses: f64 = measured.iter().map(|mpp| mpp.n as f64).sum();
        let weighted: f64 = measured.iter().map(|mpp| mpp.n as f64 * mpp.ikm).sum();
        let bare = Self { theta0: weighted / responses, variance, tau2: 0.0 };
        (responses > 0.0).then(|| Self { tau2: bare.excess(measured), ..bare })
    }

    /// The limits for an MPP with `n` ≥ 1 responses.
    #[must_use]
    pub fn limits(&self, n: u64) -> FunnelLimits {
        let at = |z: f64| (self.theta0 + z * self.deviation(n)).clamp(25.0, 100.0);
        FunnelLimits { below_998: at(-Z998), below_95: at(-Z95), above_95: at(Z95), above_998: at(Z998) }
    }

    /// `(IKM − θ0) / sqrt(s̄²/n + τ_F²)`; `None` where the funnel has no width.
    pub(super) fn z(&self, ikm: f64, n: u64) -> Option<f64> {
        let deviation = self.deviation(n);
        (deviation > 0.0).then(|| (ikm - self.theta0) / deviation)
    }

    /// The zone by the limits: 100 is never above an upper limit of 100, because the limit was cut there.
    pub(super) fn zone(&self, ikm: f64, n: u64) -> Zone {
        match self.z(ikm, n) {
            Some(z) if z > Z998 => Zone::Above998,
            Some(z) if z > Z95 => Zone::Above95,
            Some(z) if z < -Z998 => Zone::Below998,
            Some(z) if z < -Z95 => Zone::Below95,
            _ => Zone::Within,
        }
    }

    fn deviation(&self, n: u64) -> f64 {
        sqrt(self.variance / n as f64 + self.tau2)
    }

    /// `τ_F² = (Jφ − (J − 1)) / (Σw − Σw²/Σw)` with `w = n/s̄²` and φ the mean square of the z-scores, at least 0. The
    /// z-scores beyond the 10th and the 90th percentile count as these, so that the very MPPs to be found do not widen
    /// the funnel.
    fn excess(&self, measured: &[Measured<'_>]) -> f64 {
        let mut scores: Vec<f64> = measured.iter().filter_map(|mpp| self.z(mpp.ikm, mpp.n)).collect();
        if scores.len() < 2 {
            return 0.0;
        }
        scores.sort_by(f64::total_cmp);
        let (low, high) = (decile(&scores, 1), decile(&scores, 9));
        let squares: f64 = scores.iter().map(|z| z.clamp(low, high)).map(|z| z * z).sum();
        let weights = || measured.iter().map(|mpp| mpp.n as f64 / self.variance);
        let total: f64 = weights().sum();
        let total_of_squares: f64 = weights().map(|weight| weight * weight).sum();
        ((squares - (scores.len() as f64 - 1.0)) / (total - total_of_squares / total)).max(0.0)
    }
}

/// A tenth, two tenths, … of the way through sorted numbers, between the two neighbours (Hyndman and Fan's type 7, R's
/// default). At least one number.
fn decile(sorted: &[f64], tenths: usize) -> f64 {
    let last = sorted.len() - 1;
    let (place, rest) = (last * tenths / 10, last * tenths % 10);
    let (below, above) = (sorted[place], sorted[(place + 1).min(last)]);
    below + rest as f64 / 10.0 * (above - below)
}
