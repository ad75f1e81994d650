//! How well an index is known: standard error, interval, class certainty and the precision flag (STATISTICS 2 and 3).
//!
//! All of it describes the precision of the group that was measured; that respondents choose themselves is not in it.

use std::collections::BTreeSet;

use libm::{exp, log, sqrt};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use crate::cluster::Clustered;
use crate::distribution::{Z95, student_cdf, student_quantile};
use crate::element::Element;
use crate::fixed::{ratio, to_f64};
use crate::index::{Index, Mutu};
use crate::tally::Tally;

/// Below this many answers to the least answered element an MPP is not to be compared.
pub const COMPARABLE_FROM: u64 = 30;
/// Below this many responses no class certainty is given.
pub const CERTAINTY_FROM: u64 = 10;

/// The reader's flag on a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrecisionFlag {
    /// Good enough to use as it stands.
    Baik,
    /// Use with care.
    HatiHati,
    /// Not to be compared with others.
    TidakUntukDibandingkan,
}

impl PrecisionFlag {
    /// The words shown and exported.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Baik => "baik",
            Self::HatiHati => "hati-hati",
            Self::TidakUntukDibandingkan => "tidak untuk dibandingkan",
        }
    }
}

/// Everything STATISTICS 2 and 3 say about one index. Points on the 25..100 scale unless said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// Sampling fraction `f = n / N`, 0 where the number of users N is unknown or smaller than n.
    pub sampling_fraction: f64,
    /// n is larger than the known N: the number of users must be checked ("jumlah pengguna perlu diperiksa").
    pub population_exceeded: bool,
    /// Standard error with the finite-population correction; `None` if n < 2 or a used element has fewer than 2.
    pub se: Option<f64>,
    /// Standard error with f = 0.
    pub se_uncorrected: Option<f64>,
    /// 95 % interval, lower and upper end.
    pub interval: Option<(f64, f64)>,
    /// Probability of A, B, C and D given this group's data alone.
    pub class_probability: Option<[f64; 4]>,
    /// The reader's flag.
    pub flag: PrecisionFlag,
    /// By how many points lower than the others those who did not answer would have to rate for the class to fall;
    /// `None` where N is unknown, everybody answered, or the class is the lowest.
    pub points_to_lower_class: Option<f64>,
    /// The same upwards; `None` where the class is the highest, too.
    pub points_to_higher_class: Option<f64>,
}

/// The numbers both the whole index and a single element are judged by.
struct Sample {
    index: f64,
    mutu: Mutu,
    n: u64,
    least_answered: u64,
    /// s² of the respondents' contributions z, exact; `None` where it is not defined.
    variance: Option<BigRational>,
    population: Option<u64>,
}

impl Precision {
    /// Precision of the IKM of a group whose number of users in the period is `population`; `None` if n = 0.
    #[must_use]
    pub fn of(tally: &Tally, population: Option<u64>) -> Option<Self> {
        Some(Sample::of(tally, &Index::of(tally)?, population)?.judge_with_class())
    }

    /// [`Precision::of`] for a cell of a table, whose index is known and of whose class no certainty is told.
    #[must_use]
    pub fn of_cell(tally: &Tally, index: &Index, population: Option<u64>) -> Option<Self> {
        Some(Sample::of(tally, index, population)?.judge())
    }

    /// [`Precision::of`], its flag judged by the clusters of the same responses where their design effect is above
    /// [`crate::cluster::DECISIVE_DEFF`] (STATISTICS 2, annex). Everything else stays as it is.
    #[must_use]
    pub fn with_clusters(tally: &Tally, population: Option<u64>, clustered: Option<&Clustered>) -> Option<Self> {
        let precision = Self::of(tally, population)?;
        let Some(clustered) = clustered.filter(|clustered| clustered.is_decisive()) else { return Some(precision) };
        let index = Index::of(tally)?;
        let least_answered = tally.used().map(|element| tally.answered(element)).min()?;
        let interval = precision.interval.map(|_| clustered.interval(&index));
        Some(Self { flag: flag(interval, index.to_f64(), tally.n(), least_answered), ..precision })
    }

    /// Precision of one element's index, from its own answers only; `None` if nobody answered it.
    #[must_use]
    pub fn of_element(tally: &Tally, element: Element, population: Option<u64>) -> Option<Self> {
        let index = Index::of_element(tally, element)?;
        let n = tally.answered(element);
        let sample = Sample {
            index: index.to_f64(),
            mutu: index.mutu(),
            n,
            least_answered: n,
            variance: element_variance(tally, element),
            population,
        };
        Some(sample.judge_with_class())
    }
}

impl Sample {
    fn of(tally: &Tally, index: &Index, population: Option<u64>) -> Option<Self> {
        Some(Self {
            index: index.to_f64(),
            mutu: index.mutu(),
            n: tally.n(),
            least_answered: tally.used().map(|element| tally.answered(element)).min()?,
            variance: variance(tally),
            population,
        })
    }

    fn judge_with_class(&self) -> Precision {
        let precision = self.judge();
        Precision { class_probability: precision.se.and_then(|se| self.class_probability(se)), ..precision }
    }

    /// Everything but the class certainty.
    fn judge(&self) -> Precision {
        let n = self.n as f64;
        let known = self.population.filter(|population| self.n <= *population && *population > 0);
        let silent = known.filter(|population| *population > self.n);
        let f = known.map_or(0.0, |population| n / population as f64);
        let variance = self.variance.as_ref().map(to_f64);
        let se_uncorrected = variance.map(|variance| sqrt(variance / n));
        let se = variance.map(|variance| sqrt((1.0 - f) * variance / n));
        let interval = se.map(|se| {
            if self.is_constant() { self.wilson_interval() } else { interval_by_logit(self.index, se, n - 1.0) }
        });
        Precision {
            sampling_fraction: f,
            population_exceeded: self.population.is_some_and(|population| self.n > population),
            se,
            se_uncorrected,
            interval,
            class_probability: None,
            flag: flag(interval, self.index, self.n, self.least_answered),
            points_to_lower_class: silent.and(self.mutu.lower_limit()).map(|limit| (self.index - limit) / (1.0 - f)),
            points_to_higher_class: silent
                .and(self.mutu.better().and_then(Mutu::lower_limit))
                .map(|limit| (limit - self.index) / (1.0 - f)),
        }
    }

    /// Everybody answered alike.
    fn is_constant(&self) -> bool {
        self.variance.as_ref().is_some_and(Zero::is_zero)
    }

    fn share(&self) -> f64 {
        (self.index - 25.0) / 75.0
    }

    /// Wilson's score interval, for a group that answered all alike.
    fn wilson_interval(&self) -> (f64, f64) {
        let (n, p) = (self.n as f64, self.share());
        let z2 = Z95 * Z95;
        let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z95 / (1.0 + z2 / n) * sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
        let end = |share: f64| (25.0 + 75.0 * share).clamp(25.0, 100.0);
        (end(centre - half), end(centre + half))
    }

    fn class_probability(&self, se: f64) -> Option<[f64; 4]> {
        if self.n < CERTAINTY_FROM || self.is_constant() {
            return None;
        }
        if se == 0.0 {
            return Some(Mutu::ALL.map(|mutu| f64::from(u8::from(mutu == self.mutu))));
        }
        let p = self.share();
        let se = logit_se(p, se);
        let below = |limit: f64| student_cdf((logit((limit - 25.0) / 75.0) - logit(p)) / se, self.n as f64 - 1.0);
        let mut upper = 1.0;
        Some(Mutu::ALL.map(|mutu| {
            let lower = mutu.lower_limit().map_or(0.0, below);
            let probability = upper - lower;
            upper = lower;
            probability
        }))
    }
}

/// The flag, its conditions in the order in which they are tested.
fn flag(interval: Option<(f64, f64)>, index: f64, n: u64, least_answered: u64) -> PrecisionFlag {
    let Some((lower, upper)) = interval else { return PrecisionFlag::TidakUntukDibandingkan };
    let half = (upper - lower) / 2.0;
    if half > 4.0 || least_answered < COMPARABLE_FROM {
        PrecisionFlag::TidakUntukDibandingkan
    } else if half > 2.0 || (index >= 97.0 && n < 120) {
        PrecisionFlag::HatiHati
    } else {
        PrecisionFlag::Baik
    }
}

/// 95 % interval of an index strictly between 25 and 100, symmetric on the logit scale: `se` in points, `df` degrees of
/// freedom.
pub(crate) fn interval_by_logit(index: f64, se: f64, df: f64) -> (f64, f64) {
    let p = (index - 25.0) / 75.0;
    let half = student_quantile(0.975, df) * logit_se(p, se);
    let end = |x: f64| 25.0 + 75.0 * expit(x);
    (end(logit(p) - half), end(logit(p) + half))
}

/// s² of `z_i = (25/k) Σ_u r_iu (s_iu − NRR_u) · n/n_u`, exact: the quadratic form
/// `Σ_u Σ_v [ΣSS − m_v Σ s_u r_v − m_u Σ s_v r_u + m_u m_v Σ r_u r_v] · n²/(n_u n_v)`, brought to one denominator.
/// `None` if n < 2 or a used element has fewer than two answers.
pub(crate) fn variance(tally: &Tally) -> Option<BigRational> {
    let used: Vec<Element> = tally.used().collect();
    if tally.n() < 2 || used.iter().any(|element| tally.answered(*element) < 2) {
        return None;
    }
    let counts = used.iter().map(|element| tally.answered(*element));
    // Any common multiple does; looking for the least one would take longer than everything it saves.
    let scale: BigInt = counts.clone().collect::<BTreeSet<u64>>().into_iter().map(BigInt::from).product();
    let weights: Vec<BigInt> = counts.map(|count| (&scale / count).pow(2)).collect();
    let is_complete = weights.iter().all(One::is_one);
    let (mut sum, mut unweighted) = (BigInt::zero(), 0_i128);
    for (place, (u, weight_u)) in used.iter().zip(&weights).enumerate() {
        let mut row = BigInt::zero();
        // The form is symmetric: what is beside the diagonal counts twice.
        for (v, weight_v) in used.iter().zip(&weights).take(place + 1) {
            let product = centred_product(tally, *u, *v) * if u == v { 1 } else { 2 };
            if is_complete {
                unweighted += product;
            } else {
                row += weight_v * product;
            }
        }
        sum += row * weight_u;
    }
    let n = BigInt::from(tally.n());
    let k = BigInt::from(used.len());
    let numerator = (sum + unweighted) * 625 * &n * &n;
    let denominator = &k * &k * (n - 1) * scale.pow(4);
    // Nobody asks for the lowest terms, and finding them takes longer than all of the above.
    Some(BigRational::new_raw(numerator, denominator))
}

/// `n_u n_v Σ ss − S_v n_u Σ s_u r_v − S_u n_v Σ s_v r_u + S_u S_v Σ r r`: an integer, `n_u² n_v²` times the centred
/// product of the two elements divided by `n_u n_v`.
fn centred_product(tally: &Tally, u: Element, v: Element) -> i128 {
    let wide = |count: u64| i128::from(count);
    let (n_u, n_v) = (wide(tally.answered(u)), wide(tally.answered(v)));
    let (s_u, s_v) = (wide(tally.score_sum(u)), wide(tally.score_sum(v)));
    n_u * n_v * wide(tally.score_products(u, v))
        - s_v * n_u * wide(tally.score_where_answered(u, v))
        - s_u * n_v * wide(tally.score_where_answered(v, u))
        + s_u * s_v * wide(tally.both_answered(u, v))
}

/// s² of `z_i = 25 (s_iu − NRR_u)` over those who answered the element, exact.
fn element_variance(tally: &Tally, element: Element) -> Option<BigRational> {
    let n = tally.answered(element);
    if n < 2 {
        return None;
    }
    let sum = ratio(tally.score_sum(element), 1);
    let squares = ratio(tally.score_products(element, element), 1);
    let deviations = squares - &sum * &sum / BigInt::from(n);
    Some(deviations * BigInt::from(625) / BigInt::from(n - 1))
}

fn logit(p: f64) -> f64 {
    log(p / (1.0 - p))
}

fn expit(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// Standard error on the logit scale of a share `p` whose index has the standard error `se`.
fn logit_se(p: f64, se: f64) -> f64 {
    se / 75.0 / (p * (1.0 - p))
}
