//! Do the nine elements hang together? Cronbach's α and the correlation of each element with the rest, over complete
//! answers (STATISTICS 9).
//!
//! Both come exactly from the pair sums of a [`Tally`] that holds complete answers only
//! ([`crate::tally_set::Dimension::Complete`]); the quadrant's intervals from the same in twenty folds.

mod fold;
mod quadrant;

use libm::sqrt;

pub use self::fold::{FOLDS, fold_key, fold_of};
pub use self::quadrant::{QUADRANT_FROM, Quadrant, QuadrantPoint, Quadrants};
use crate::element::{ELEMENTS, Element};
use crate::tally::Tally;

/// Reliability of the answers of one group; all of it over complete answers only.
#[derive(Clone, Debug, PartialEq)]
pub struct Reliability {
    /// Number of complete answers, printed with every figure of these.
    pub n: u64,
    /// Cronbach's α of the nine elements; `None` if n < 2 or all sums of scores are equal.
    pub alpha: Option<f64>,
    /// Corrected item–rest correlation by [`Element::index`]: Pearson's r of an element with the sum of the eight
    /// others. `None` where one of the two does not vary.
    pub item_rest: [Option<f64>; ELEMENTS],
}

impl Reliability {
    /// Reliability of complete answers; `None` if there are none, or if any answer of the tally is missing.
    #[must_use]
    pub fn of(complete: &Tally) -> Option<Self> {
        let products = CentredProducts::of(complete)?;
        Some(Self {
            n: complete.n(),
            alpha: products.alpha(),
            item_rest: Element::ALL.map(|element| products.item_rest(element)),
        })
    }
}

/// `n Σ s_u s_v − Σ s_u Σ s_v` for every pair of elements: n (n − 1) times their covariance, exact. The factor, and with
/// it the divisor n − 1, cancels in everything that is asked here.
struct CentredProducts([[i128; ELEMENTS]; ELEMENTS]);

impl CentredProducts {
    fn of(complete: &Tally) -> Option<Self> {
        let n = complete.n();
        if n == 0 || Element::ALL.into_iter().any(|element| complete.answered(element) != n) {
            return None;
        }
        let product = |u: Element, v: Element| {
            i128::from(n) * i128::from(complete.score_products(u, v))
                - i128::from(complete.score_sum(u)) * i128::from(complete.score_sum(v))
        };
        Some(Self(Element::ALL.map(|u| Element::ALL.map(|v| product(u, v)))))
    }

    /// `k/(k−1) · (1 − Σ_u var_u / var_total)`.
    fn alpha(&self) -> Option<f64> {
        let own: i128 = (0..ELEMENTS).map(|u| self.0[u][u]).sum();
        let total: i128 = self.0.iter().flatten().sum();
        let k = ELEMENTS as f64;
        (total > 0).then(|| k / (k - 1.0) * ((total - own) as f64 / total as f64))
    }

    fn item_rest(&self, element: Element) -> Option<f64> {
        let row = self.0[element.index()];
        let own = row[element.index()];
        let with_all: i128 = row.iter().sum();
        let total: i128 = self.0.iter().flatten().sum();
        let rest = total - 2 * with_all + own;
        let together = (with_all - own) as f64;
        (own > 0 && rest > 0).then(|| (together / sqrt(own as f64) / sqrt(rest as f64)).clamp(-1.0, 1.0))
    }
}
