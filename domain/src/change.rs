//! What changed between two semesters, and whether it can be told from chance (STATISTICS 6).
//!
//! Only tallies under one rule version may be compared. Both semesters are taken as samples of what the MPP does at any
//! time, so nothing is corrected for the number of users (f = 0).

use libm::{fabs, sqrt};
use num_rational::BigRational;

use crate::distribution::{student_cdf, student_quantile};
use crate::element::Element;
use crate::fixed::{Fixed, to_f64};
use crate::index::Index;
use crate::precision::{COMPARABLE_FROM, Precision};
use crate::tally::Tally;

/// An adjusted p of at most this much is a change.
pub const SIGNIFICANT_AT: f64 = 0.05;
/// Standard errors a change must have to be found with a probability of 80 %: `Φ⁻¹(0.975) + Φ⁻¹(0.8)`.
const DETECTABLE: f64 = 2.801_585_218;

/// A later index less an earlier one, with Welch's test. Points on the 25..100 scale.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    exact: BigRational,
    /// Standard error of the difference; exactly 0 where the respondents of each semester all answered alike.
    pub se: f64,
    /// Degrees of freedom after Welch and Satterthwaite; `None`, as all below, where the standard error is 0: no test.
    pub df: Option<f64>,
    /// Two-sided p of this change alone. A verdict needs it adjusted, see [`adjusted`].
    pub p: Option<f64>,
    /// 95 % interval of the difference, not corrected for other tests ("tanpa koreksi uji berganda").
    pub interval: Option<(f64, f64)>,
    /// Smallest change that would be found four times in five.
    pub smallest_detectable: Option<f64>,
}

impl Change {
    /// The change of the IKM; `None` if either semester has fewer than 30 responses or no standard error.
    #[must_use]
    pub fn between(before: &Tally, after: &Tally) -> Option<Self> {
        let side = |tally: &Tally| Side::of(tally.n(), Index::of(tally)?, &Precision::of(tally, None)?);
        Some(Self::of(&side(before)?, &side(after)?))
    }

    /// The change of one element's index, from its own answers; `None` if either semester has fewer than 30 of them.
    #[must_use]
    pub fn of_element(before: &Tally, after: &Tally, element: Element) -> Option<Self> {
        let side = |tally: &Tally| {
            let precision = Precision::of_element(tally, element, None)?;
            Side::of(tally.answered(element), Index::of_element(tally, element)?, &precision)
        };
        Some(Self::of(&side(before)?, &side(after)?))
    }

    /// The difference, from the exact indices.
    #[must_use]
    pub fn difference(&self) -> f64 {
        to_f64(&self.exact)
    }

    /// The difference for print: rounded once, from the exact indices, so that it may differ by 0.01 from that of the
    /// two rounded ones.
    #[must_use]
    pub fn rounded(&self) -> Fixed<2> {
        Fixed::round(&self.exact)
    }

    fn of(before: &Side, after: &Side) -> Self {
        let exact = after.index.exact() - before.index.exact();
        let (v1, v2) = (before.variance, after.variance);
        let se = sqrt(v1 + v2);
        if se == 0.0 {
            return Self { exact, se, df: None, p: None, interval: None, smallest_detectable: None };
        }
        let df = (v1 + v2) * (v1 + v2) / (v1 * v1 / (before.n - 1.0) + v2 * v2 / (after.n - 1.0));
        let difference = to_f64(&exact);
        let half = student_quantile(0.975, df) * se;
        Self {
            exact,
            se,
            df: Some(df),
            p: Some(2.0 * student_cdf(-fabs(difference / se), df)),
            interval: Some((difference - half, difference + half)),
            smallest_detectable: Some(DETECTABLE * se),
        }
    }
}

/// One semester.
struct Side {
    n: f64,
    index: Index,
    /// Squared standard error.
    variance: f64,
}

impl Side {
    fn of(n: u64, index: Index, precision: &Precision) -> Option<Self> {
        let se = precision.se_uncorrected?;
        (n >= COMPARABLE_FROM).then_some(Self { n: n as f64, index, variance: se * se })
    }
}

/// The p values of several tests, in their order, adjusted so that on average at most as large a share of the changes
/// found is none as the limit says (Benjamini and Hochberg 1995; R's `p.adjust(method = "BH")`).
#[must_use]
pub fn adjusted(p: &[f64]) -> Vec<f64> {
    let tests = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|a, b| p[*a].total_cmp(&p[*b]));
    let mut adjusted = vec![1.0; p.len()];
    let mut smallest = 1.0_f64;
    for (below, test) in order.into_iter().enumerate().rev() {
        let place = below as f64 + 1.0;
        smallest = smallest.min(tests / place * p[test]);
        adjusted[test] = smallest;
    }
    adjusted
}

/// What is said about a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It rose.
    Naik,
    /// It fell.
    Turun,
    /// What is seen may be chance; not a proof that nothing changed.
    TidakBerubahNyata,
}

impl Verdict {
    /// The verdict on a difference whose p was adjusted over all tests of its family; `None` where there was no test.
    #[must_use]
    pub fn of(difference: f64, adjusted_p: Option<f64>) -> Self {
        match adjusted_p {
            Some(p) if p <= SIGNIFICANT_AT && difference > 0.0 => Self::Naik,
            Some(p) if p <= SIGNIFICANT_AT && difference < 0.0 => Self::Turun,
            _ => Self::TidakBerubahNyata,
        }
    }

    /// The verdict with these words, as they are exported.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        [Self::Naik, Self::Turun, Self::TidakBerubahNyata].into_iter().find(|verdict| verdict.label() == label)
    }

    /// The words shown and exported.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Naik => "naik",
            Self::Turun => "turun",
            Self::TidakBerubahNyata => "tidak berubah nyata",
        }
    }
}
