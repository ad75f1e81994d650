//! Clusters: people who came to the same counter on the same day resemble each other, so together they say less about the
//! group than as many people who came apart (STATISTICS 2, annex).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use libm::sqrt;

use crate::element::{Answers, ELEMENTS, Element};
use crate::fixed::to_f64;
use crate::index::Index;
use crate::precision::{interval_by_logit, variance};
use crate::tally::Tally;

/// From a design effect above this on, the reader's flag rests on the clustered standard error.
pub const DECISIVE_DEFF: f64 = 1.5;

/// What the answers of one cluster add up to, by [`Element::index`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    /// How many answered each element, `Σ r_u`.
    pub answered: [u64; ELEMENTS],
    /// Sum of the scores of each element, `Σ s_u`.
    pub scores: [u64; ELEMENTS],
}

impl Cluster {
    /// Counts `times` respondents who all gave these answers.
    pub fn add(&mut self, answers: &Answers, times: u64) {
        for (place, digit) in answers.digits().into_iter().enumerate() {
            self.answered[place] += times * u64::from(digit > 0);
            self.scores[place] += times * u64::from(digit);
        }
    }
}

/// Integer sums per cluster. A cluster is a local day at a counter; all responses of a day without a counter are one,
/// under the name "". The sums of a union are the sums of the parts, whatever the order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClusterSums {
    clusters: BTreeMap<(NaiveDate, String), Cluster>,
}

impl ClusterSums {
    /// Counts `times` respondents who all gave these answers on the local date `day`. Answers without a single score
    /// count for nothing, as in [`Tally::add`].
    pub fn add(&mut self, day: NaiveDate, counter: &str, answers: &Answers, times: u64) {
        if answers.answered() == 0 || times == 0 {
            return;
        }
        self.clusters.entry((day, counter.to_owned())).or_default().add(answers, times);
    }

    /// Adds sums that were kept elsewhere.
    pub fn add_cluster(&mut self, day: NaiveDate, counter: &str, sums: &Cluster) {
        let cluster = self.clusters.entry((day, counter.to_owned())).or_default();
        for place in 0..ELEMENTS {
            cluster.answered[place] += sums.answered[place];
            cluster.scores[place] += sums.scores[place];
        }
    }

    /// Adds the clusters of another part.
    pub fn merge(&mut self, other: &Self) {
        for (day, counter, cluster) in other.iter() {
            self.add_cluster(day, counter, cluster);
        }
    }

    /// Number of clusters with responses, G.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.clusters.len() as u64
    }

    /// Whether there is no response at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clusters.is_empty()
    }

    /// Every cluster with its local date and its counter, by date.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDate, &str, &Cluster)> {
        self.clusters.iter().map(|((day, counter), cluster)| (*day, counter.as_str(), cluster))
    }

    /// Whether the clusters add up to the tally.
    fn are_of(&self, tally: &Tally) -> bool {
        Element::ALL.into_iter().all(|element| {
            let sum = |sums: fn(&Cluster) -> &[u64; ELEMENTS]| -> u64 {
                self.clusters.values().map(|cluster| sums(cluster)[element.index()]).sum()
            };
            sum(|cluster| &cluster.answered) == tally.answered(element)
                && sum(|cluster| &cluster.scores) == tally.score_sum(element)
        })
    }
}

/// The index of an MPP with its clusters taken into account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clustered {
    /// Number of clusters, G.
    pub clusters: u64,
    /// Standard error in points: `V = G/(G−1) · Σ_g (Σ_{i∈g} z_i)² / n²`, with f = 0.
    pub se: f64,
    /// Design effect: V by the variance of the same responses without clusters and with f = 0.
    pub deff: f64,
}

impl Clustered {
    /// Judges the responses of `tally` by the clusters they came in, which must be clusters of the same responses.
    ///
    /// `None` with fewer than two clusters, where the index has no standard error (n < 2 or a used element with fewer
    /// than two answers), where nobody deviates from the others, or if the clusters do not add up to the tally.
    #[must_use]
    pub fn of(sums: &ClusterSums, tally: &Tally) -> Option<Self> {
        let uncorrected = to_f64(&variance(tally)?) / tally.n() as f64;
        if sums.len() < 2 || uncorrected == 0.0 || !sums.are_of(tally) {
            return None;
        }
        let terms: Vec<Term> = tally.used().map(|element| Term::of(tally, element)).collect();
        let scale = 25.0 / terms.len() as f64;
        let squares: f64 = sums
            .clusters
            .values()
            .map(|cluster| scale * terms.iter().map(|term| term.deviation(cluster)).sum::<f64>())
            .map(|deviation| deviation * deviation)
            .sum();
        let clusters = sums.len() as f64;
        let variance = clusters / (clusters - 1.0) * squares;
        Some(Self { clusters: sums.len(), se: sqrt(variance), deff: variance / uncorrected })
    }

    /// Whether the clusters matter so much that the reader's flag rests on them.
    #[must_use]
    pub fn is_decisive(&self) -> bool {
        self.deff > DECISIVE_DEFF
    }

    /// 95 % interval of the index on the logit scale (STATISTICS 2), with the clustered standard error and Student's t
    /// of G − 1 degrees of freedom: clusters are what was drawn.
    #[must_use]
    pub fn interval(&self, index: &Index) -> (f64, f64) {
        interval_by_logit(index.to_f64(), self.se, self.clusters as f64 - 1.0)
    }
}

/// One element of a tally, to weigh clusters by.
struct Term {
    place: usize,
    answered: i128,
    score_sum: i128,
}

impl Term {
    fn of(tally: &Tally, element: Element) -> Self {
        Self {
            place: element.index(),
            answered: i128::from(tally.answered(element)),
            score_sum: i128::from(tally.score_sum(element)),
        }
    }

    /// `Σ_{i∈g} r_iu (s_iu − NRR_u) / n_u`, with an exact numerator: nothing is lost where it is close to 0.
    fn deviation(&self, cluster: &Cluster) -> f64 {
        let (answered, scores) = (cluster.answered[self.place], cluster.scores[self.place]);
        let numerator = i128::from(scores) * self.answered - self.score_sum * i128::from(answered);
        numerator as f64 / (self.answered * self.answered) as f64
    }
}
