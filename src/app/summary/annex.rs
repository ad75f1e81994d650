//! What stands beside the official figures in the annex: labelled as ours, never in place of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use suara_domain::cluster::Clustered;
use suara_domain::element::Element;
use suara_domain::monitoring::DayScores;
use suara_domain::reliability::Reliability;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_domain::weighted::{PostStratified, Stratum};
use suara_reports::tallies::Counted;

use super::SummaryFacts;

/// The figures of the annex (STATISTICS 2, 9 and 10); null where the data do not give them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Annex {
    /// Standard error with clusters of day × counter.
    pub clustered: Option<ClusteredSummary>,
    /// How the elements hang together.
    pub reliability: Option<ReliabilitySummary>,
    /// The index weighted by the users of the services; not official.
    pub weighted: Option<WeightedSummary>,
    /// Integer sums of the respondents' mean scores: what the next period is monitored against.
    pub scores: ScoreSums,
}

/// Standard error with clusters.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClusteredSummary {
    /// Number of clusters.
    pub clusters: u64,
    /// Standard error, points.
    pub se: f64,
    /// Design effect.
    pub deff: f64,
}

/// Cronbach's α and the corrected item–rest correlations of the complete answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReliabilitySummary {
    /// Complete answers.
    pub n: u64,
    /// Cronbach's α.
    pub alpha: Option<f64>,
    /// Correlation of each element with the sum of the others, by key.
    pub item_rest: BTreeMap<String, Option<f64>>,
}

/// The index weighted by the users of the services.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct WeightedSummary {
    /// Points.
    pub ikm: f64,
    /// Standard error, points.
    pub se: Option<f64>,
    /// Share of the counted users whose service has responses.
    pub covered: f64,
    /// Services it rests on.
    pub services: u64,
    /// Responses it rests on.
    pub responses: u64,
}

/// See [`DayScores`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreSums {
    /// Respondents.
    pub n: u64,
    /// Sum of 2520 times a respondent's mean score.
    pub sum: u64,
    /// Sum of the squares of that.
    pub squares: u64,
}

impl Annex {
    pub(super) fn of(counted: &Counted, clustered: Option<&Clustered>, facts: &SummaryFacts<'_>) -> Self {
        let DayScores { n, sum, squares } = counted.finer.scores();
        Self {
            clustered: clustered.map(|it| ClusteredSummary { clusters: it.clusters, se: it.se, deff: it.deff }),
            reliability: reliability(&counted.groups),
            weighted: weighted(&counted.groups, facts),
            scores: ScoreSums { n, sum, squares },
        }
    }
}

impl From<ScoreSums> for DayScores {
    fn from(ScoreSums { n, sum, squares }: ScoreSums) -> Self {
        Self { n, sum, squares }
    }
}

fn reliability(groups: &TallySet) -> Option<ReliabilitySummary> {
    let Reliability { n, alpha, item_rest } = Reliability::of(groups.get(Dimension::Complete, "")?)?;
    let item_rest = Element::ALL.into_iter().map(|element| (element.key().to_owned(), item_rest[element.index()]));
    Some(ReliabilitySummary { n, alpha, item_rest: item_rest.collect() })
}

fn weighted(groups: &TallySet, facts: &SummaryFacts<'_>) -> Option<WeightedSummary> {
    let nobody = suara_domain::tally::Tally::default();
    let stratum = |(service, users): &(String, u64)| Stratum {
        tally: groups.get(Dimension::Service, service).unwrap_or(&nobody),
        users: *users,
    };
    let PostStratified { ikm, se, covered, services, responses } =
        PostStratified::of(facts.service_users.iter().map(stratum))?;
    Some(WeightedSummary { ikm, se, covered, services, responses })
}
