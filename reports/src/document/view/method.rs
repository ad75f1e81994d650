//! The annex on method: figures beside the official one, always named as such.

use serde::Serialize;
use suara_domain::cluster::Clustered;
use suara_domain::element::Element;
use suara_domain::precision::Precision;
use suara_domain::reliability::Reliability;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;
use suara_domain::weighted::{PostStratified, Stratum};

use super::code;
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct MethodView {
    /// The standard errors that the report prints, each with what it is for.
    errors: Vec<ErrorView>,
    /// Sampling by clusters of day and counter.
    clusters: Option<ClustersView>,
    /// Cronbach's alpha of complete answers.
    reliability: Option<ReliabilityView>,
    /// The index weighted to users per service.
    weighted: Option<WeightedView>,
}

#[derive(Serialize)]
struct ErrorView {
    /// Key of the catalogue: `official`, `uncorrected`, `clustered` or `weighted`.
    key: &'static str,
    se: String,
}

#[derive(Serialize)]
struct ClustersView {
    count: String,
    se: String,
    deff: String,
    /// The precision flag was judged with clusters.
    used: bool,
}

impl ClustersView {
    fn of(clusters: &Clustered, voice: Voice) -> Self {
        Self {
            count: voice.count(clusters.clusters),
            se: voice.decimal(clusters.se, 2),
            deff: voice.decimal(clusters.deff, 2),
            used: clusters.is_decisive(),
        }
    }
}

#[derive(Serialize)]
struct ReliabilityView {
    n: String,
    alpha: String,
    items: Vec<ItemView>,
}

impl ReliabilityView {
    /// `None` below ten complete answers.
    fn of(report: &SemesterReport, voice: Voice) -> Option<Self> {
        let complete = report.tallies.get(Dimension::Complete, "").filter(|complete| complete.n() >= PUBLIC_FROM)?;
        let reliability = Reliability::of(complete)?;
        let item = |element: &Element| {
            let correlation = reliability.item_rest[element.index()]?;
            Some(ItemView { code: code(*element), correlation: voice.decimal(correlation, 2).replace('-', "−") })
        };
        Some(Self {
            n: voice.count(reliability.n),
            alpha: voice.decimal(reliability.alpha?, 2).replace('-', "−"),
            items: Element::ALL.iter().filter_map(item).collect(),
        })
    }
}

#[derive(Serialize)]
struct ItemView {
    code: String,
    correlation: String,
}

#[derive(Serialize)]
struct WeightedView {
    ikm: String,
    se: Option<String>,
    /// Share of all users whose service has answers.
    covered: String,
}

impl WeightedView {
    fn of(report: &SemesterReport, voice: Voice) -> Option<Self> {
        let tallies = &report.tallies;
        let strata = report.services.iter().filter_map(|service| {
            Some(Stratum { tally: tallies.get(Dimension::Service, &service.code)?, users: service.visitors? })
        });
        let weighted = PostStratified::of(strata)?;
        // Below one half it speaks for the few services that have answers.
        (weighted.covered >= 0.5).then(|| Self {
            ikm: voice.decimal(weighted.ikm, 1),
            se: weighted.se.map(|se| voice.decimal(se, 2)),
            covered: percent::probability(weighted.covered),
        })
    }
}

impl MethodView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let public = total.n() >= PUBLIC_FROM;
        let clusters = report.clusters.as_ref().filter(|_| public).map(|clusters| ClustersView::of(clusters, voice));
        let weighted = WeightedView::of(report, voice).filter(|_| public);
        let precision = Precision::of(&total, report.population);
        let corrected = precision.as_ref().filter(|it| it.sampling_fraction > 0.0);
        let errors = [
            ("official", precision.as_ref().and_then(|it| it.se).map(|se| voice.decimal(se, 2))),
            ("uncorrected", corrected.and_then(|it| it.se_uncorrected).map(|se| voice.decimal(se, 2))),
            ("clustered", clusters.as_ref().map(|it| it.se.clone())),
            ("weighted", weighted.as_ref().and_then(|it| it.se.clone())),
        ];
        let error = |(key, se): (_, Option<String>)| Some(ErrorView { key, se: se? });
        let errors = errors.into_iter().filter_map(error).collect();
        Self { errors, clusters, reliability: ReliabilityView::of(report, voice), weighted }
    }
}
