//! The quadrant: how an element is judged against how closely its judgement goes with that of the others. The second says
//! nothing about what matters to citizens, and is never called so (STATISTICS 9).

use libm::sqrt;
use num_bigint::BigInt;
use num_rational::BigRational;

use super::{FOLDS, Reliability};
use crate::distribution::student_quantile;
use crate::element::{ELEMENTS, Element};
use crate::fixed::to_f64;
use crate::index::nrr;
use crate::keyed::keyed;
use crate::tally::Tally;
use crate::tally_set::{Dimension, TallySet};

/// With fewer complete answers there is no quadrant.
pub const QUADRANT_FROM: u64 = 100;

keyed! {
    /// Where an element stands against the means of all elements. On a mean counts as above.
    Quadrant {
        /// NRR and correlation at or above their means.
        HighStrong = "high_strong",
        /// NRR below its mean, correlation at or above.
        LowStrong = "low_strong",
        /// NRR at or above its mean, correlation below.
        HighWeak = "high_weak",
        /// NRR and correlation below their means.
        LowWeak = "low_weak",
    }
}

impl Quadrant {
    /// What the horizontal axis shows in documents and charts.
    pub const NRR_AXIS: &'static str = "nilai rata-rata unsur (NRR)";
    /// What the vertical axis shows; a correlation is not an importance.
    pub const CORRELATION_AXIS: &'static str = "keterkaitan dengan unsur lain";

    /// The words shown.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::HighStrong => "nilai tinggi, keterkaitan kuat",
            Self::LowStrong => "nilai rendah, keterkaitan kuat",
            Self::HighWeak => "nilai tinggi, keterkaitan lemah",
            Self::LowWeak => "nilai rendah, keterkaitan lemah",
        }
    }

    const fn of(high: bool, strong: bool) -> Self {
        match (high, strong) {
            (true, true) => Self::HighStrong,
            (false, true) => Self::LowStrong,
            (true, false) => Self::HighWeak,
            (false, false) => Self::LowWeak,
        }
    }
}

/// One element in the plane of NRR and correlation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuadrantPoint {
    /// The element.
    pub element: Element,
    /// Its NRR over all who answered it, 1 to 4.
    pub nrr: f64,
    /// Its corrected item–rest correlation over complete answers, −1 to 1.
    pub correlation: f64,
    /// 95 % interval of the correlation by delete-a-group jackknife; `None` if a correlation is not defined without one
    /// of the groups.
    pub interval: Option<(f64, f64)>,
    /// Where it stands.
    pub quadrant: Quadrant,
}

/// The quadrant of one group of respondents.
#[derive(Clone, Debug, PartialEq)]
pub struct Quadrants {
    /// Number of complete answers the correlations rest on.
    pub n: u64,
    /// Unweighted mean of the NRR of the points: the vertical split.
    pub nrr_mean: f64,
    /// Unweighted mean of the correlations: the horizontal split.
    pub correlation_mean: f64,
    /// The elements in the order of the questionnaire. One whose answers do not vary is missing.
    pub points: Vec<QuadrantPoint>,
}

impl Quadrants {
    /// The quadrant of an MPP from [`Dimension::Total`], [`Dimension::Complete`] and [`Dimension::Fold`].
    #[must_use]
    pub fn of_set(set: &TallySet) -> Option<Self> {
        let complete = set.get(Dimension::Complete, "")?;
        let folds: Vec<&Tally> = set.groups(Dimension::Fold).map(|(_, tally)| tally).collect();
        Self::of(&set.total(), complete, &folds)
    }

    /// The quadrant of the responses of `total`, of which `complete` has the complete ones and `folds` the same in up to
    /// twenty groups; a fold without responses may be left out. `None` with fewer than [`QUADRANT_FROM`] complete
    /// answers, or if no element varies together with others.
    #[must_use]
    pub fn of(total: &Tally, complete: &Tally, folds: &[&Tally]) -> Option<Self> {
        let reliability = Reliability::of(complete).filter(|reliability| reliability.n >= QUADRANT_FROM)?;
        let placed: Vec<(Element, BigRational, f64)> = Element::ALL
            .into_iter()
            .filter_map(|element| Some((element, nrr(total, element)?, reliability.item_rest[element.index()]?)))
            .collect();
        if placed.is_empty() {
            return None;
        }
        let nrr_mean = placed.iter().map(|(_, nrr, _)| nrr).sum::<BigRational>() / BigInt::from(placed.len());
        let correlation_mean = placed.iter().map(|(_, _, correlation)| correlation).sum::<f64>() / placed.len() as f64;
        let intervals = intervals(&reliability, complete, folds);
        let point = |(element, nrr, correlation): &(Element, BigRational, f64)| QuadrantPoint {
            element: *element,
            nrr: to_f64(nrr),
            correlation: *correlation,
            interval: intervals[element.index()],
            quadrant: Quadrant::of(*nrr >= nrr_mean, *correlation >= correlation_mean),
        };
        Some(Self {
            n: reliability.n,
            nrr_mean: to_f64(&nrr_mean),
            correlation_mean,
            points: placed.iter().map(point).collect(),
        })
    }
}

/// Delete-a-group jackknife (Kott 2001): `V = (G−1)/G · Σ_g (r_(g) − r)²`, `r_(g)` without the g-th of G = 20 groups,
/// and `r ± t_{G−1} √V`, cut at −1 and 1. All `None` if the folds are not those of the complete answers.
fn intervals(all: &Reliability, complete: &Tally, folds: &[&Tally]) -> [Option<(f64, f64)>; ELEMENTS] {
    let groups = f64::from(FOLDS);
    if folds.len() > usize::from(FOLDS) || folds.iter().copied().sum::<Tally>() != *complete {
        return [None; ELEMENTS];
    }
    // A group without responses changes nothing when it is left out, and counts among the twenty.
    let replicates: Vec<Option<Reliability>> =
        (0..folds.len()).map(|left_out| Reliability::of(&without(folds, left_out))).collect();
    Element::ALL.map(|element| {
        let correlation = all.item_rest[element.index()]?;
        let mut squares = 0.0;
        for replicate in &replicates {
            let deviation = replicate.as_ref()?.item_rest[element.index()]? - correlation;
            squares += deviation * deviation;
        }
        let half = student_quantile(0.975, groups - 1.0) * sqrt((groups - 1.0) / groups * squares);
        Some(((correlation - half).max(-1.0), (correlation + half).min(1.0)))
    })
}

fn without(folds: &[&Tally], left_out: usize) -> Tally {
    folds.iter().enumerate().filter(|(fold, _)| *fold != left_out).map(|(_, tally)| *tally).sum()
}
