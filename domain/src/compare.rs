//! Figures over several MPPs: pooled, and as the mean of MPPs (STATISTICS 1, pooling). Only tallies under one rule
//! version may be brought together.

use libm::sqrt;

use crate::element::Element;
use crate::fixed::to_f64;
use crate::index::{Index, nrr};
use crate::precision;
use crate::tally::Tally;

/// Province or nation, in both readings, each with its count.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// All responses added up.
    pub pooled_tally: Tally,
    /// Index of all responses added up; `None` without responses.
    pub pooled: Option<Index>,
    /// Standard error of the pooled index with MPPs as strata, points.
    pub pooled_se: Option<f64>,
    /// Unweighted mean of the exact indices of the MPPs with responses.
    pub mean: Option<Index>,
    /// Standard error of that mean, points; `None` if any MPP has none.
    pub mean_se: Option<f64>,
    /// How many MPPs have responses.
    pub mpps: u64,
}

impl Comparison {
    /// Brings together the tallies of several MPPs (empty ones do not count).
    #[must_use]
    pub fn of<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Self {
        let tallies: Vec<&Tally> = tallies.into_iter().filter(|tally| tally.n() > 0).collect();
        let pooled_tally: Tally = tallies.iter().copied().sum();
        let indices: Vec<Index> = tallies.iter().filter_map(|tally| Index::of(tally)).collect();
        Self {
            pooled: Index::of(&pooled_tally),
            pooled_se: pooled_se(&tallies, &pooled_tally),
            mean: Index::mean(&indices),
            mean_se: mean_se(&tallies),
            mpps: indices.len() as u64,
            pooled_tally,
        }
    }
}

/// `sqrt(Σ_j n_j/(n_j−1) · Σ_i (z_ij − z̄_j)² / n²)` with `z` of the pooled formula; a single respondent counts as the
/// deviation from 0 with factor 1.
fn pooled_se(strata: &[&Tally], pooled: &Tally) -> Option<f64> {
    if pooled.n() < 2 || pooled.used().any(|element| pooled.answered(element) < 2) {
        return None;
    }
    let contributions = Contributions::of(pooled);
    let n = pooled.n() as f64;
    let mut sum = 0.0;
    for tally in strata {
        let (total, squares) = contributions.sums(tally);
        let n_j = tally.n() as f64;
        sum += if tally.n() == 1 { squares } else { n_j / (n_j - 1.0) * (squares - total * total / n_j) };
    }
    Some(sqrt(sum) / n)
}

fn mean_se(tallies: &[&Tally]) -> Option<f64> {
    let mut variance = 0.0;
    for tally in tallies {
        variance += to_f64(&precision::variance(tally)?) / tally.n() as f64;
    }
    (!tallies.is_empty()).then(|| sqrt(variance) / tallies.len() as f64)
}

/// `z_i = Σ_u a_u r_iu (s_iu − m_u)` with the means and factors of a pooled tally.
struct Contributions {
    terms: Vec<(Element, f64, f64)>,
}

impl Contributions {
    fn of(pooled: &Tally) -> Self {
        let used: Vec<Element> = pooled.used().collect();
        let k = used.len() as f64;
        let n = pooled.n() as f64;
        let term = |element: Element| {
            let factor = 25.0 / k * n / pooled.answered(element) as f64;
            nrr(pooled, element).map(|mean| (element, factor, to_f64(&mean)))
        };
        Self { terms: used.into_iter().filter_map(term).collect() }
    }

    /// Σ z and Σ z² over the respondents of one tally.
    fn sums(&self, tally: &Tally) -> (f64, f64) {
        let mut total = 0.0;
        let mut squares = 0.0;
        for (u, factor_u, mean_u) in &self.terms {
            total += factor_u * (tally.score_sum(*u) as f64 - mean_u * tally.answered(*u) as f64);
            for (v, factor_v, mean_v) in &self.terms {
                let product = tally.score_products(*u, *v) as f64
                    - mean_v * tally.score_where_answered(*u, *v) as f64
                    - mean_u * tally.score_where_answered(*v, *u) as f64
                    + mean_u * mean_v * tally.both_answered(*u, *v) as f64;
                squares += factor_u * factor_v * product;
            }
        }
        (total, squares)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::Answers;
    use crate::precision::Precision;

    fn rows(digits: &[[u8; 9]]) -> Vec<Answers> {
        digits.iter().filter_map(|digits| Answers::from_digits(*digits)).collect()
    }

    /// A nation of one MPP has the MPP's own standard error.
    #[test]
    fn one_stratum_is_the_mpp_itself() {
        let rows = rows(&[[4; 9], [3; 9], [3, 3, 2, 4, 3, 3, 3, 3, 0], [1, 2, 3, 4, 1, 2, 3, 4, 1]]);
        let tally: Tally = rows.iter().collect();
        let nation = Comparison::of([&tally]);
        let alone = Precision::of(&tally, None).and_then(|precision| precision.se);
        let difference = nation.pooled_se.zip(alone).map(|(ours, theirs)| (ours - theirs).abs());
        assert!(difference.is_some_and(|difference| difference < 1e-12), "{difference:?}");
        assert_eq!(nation.mean, Index::of(&tally));
    }

    #[test]
    fn pools_respondents_and_averages_mpps() {
        let good: Tally = rows(&[[4; 9], [4; 9], [4; 9]]).iter().collect();
        let bad: Tally = rows(&[[1; 9]]).iter().collect();
        let nation = Comparison::of([&good, &bad, &Tally::default()]);
        assert_eq!(nation.pooled.map(|index| index.rounded().to_string()).as_deref(), Some("81.25"));
        assert_eq!(nation.mean.map(|index| index.rounded().to_string()).as_deref(), Some("62.50"));
        assert_eq!((nation.mpps, nation.mean_se), (2, None));
    }
}
