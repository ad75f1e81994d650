//! The official figures of one MPP and period in the form they are exported and frozen in (DESIGN 3.4).

mod annex;
mod crossing;

use serde::{Deserialize, Serialize};
use suara_domain::cluster::Clustered;
use suara_domain::element::Element;
use suara_domain::index::{Index, Mutu, ikm_weight_011, nrr_rounded};
use suara_domain::monitoring::Baseline;
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::quality::EqualAnswers;
use suara_domain::sample_size;
use suara_domain::suppression::Crossing;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::tallies::Counted;

pub use self::annex::{Annex, ClusteredSummary, EqualSums, ReliabilitySummary, ScoreSums, WeightedSummary};
pub use self::crossing::CrossingCell;

/// Whether figures can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FiguresStatus {
    /// Computed live; the period of this MPP is not closed.
    Provisional,
    /// Frozen at closing.
    Final,
}

/// `export summaries` of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodSummary {
    /// `2026-S1`.
    pub period: String,
    /// Final only if every MPP is.
    pub status: FiguresStatus,
    /// Instrument.
    pub instrument: String,
    /// Every registered MPP, by code, also without responses.
    pub mpp: Vec<MppSummary>,
}

/// The official figures of one MPP. Official decimals are strings with fixed places, statistics plain numbers; every
/// key is always there, null if unknown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MppSummary {
    /// Code of the MPP.
    pub code: String,
    /// Whether the figures can still change.
    pub status: FiguresStatus,
    /// Accepted responses.
    pub n: u64,
    /// Users of the whole MPP in the period, if known.
    pub population: Option<u64>,
    /// Minimum sample after Krejcie and Morgan.
    pub sample_minimum: u64,
    /// The nine elements in the order of the form.
    pub elements: Vec<ElementSummary>,
    /// IKM, two decimals.
    pub ikm: Option<String>,
    /// Class.
    pub mutu: Option<String>,
    /// Class in words.
    pub kinerja: Option<String>,
    /// The figure under the truncated weight 0.11 of older reports.
    pub ikm_weight_011: Option<String>,
    /// Standard error, points.
    pub se: Option<f64>,
    /// 95 % interval.
    pub ci95: Option<[f64; 2]>,
    /// Probability of each class.
    pub class_probability: Option<ClassProbability>,
    /// Precision flag.
    pub precision: String,
    /// By service; null is the MPP as a whole.
    pub services: Vec<ServiceSummary>,
    /// By channel; null is unknown.
    pub channels: Vec<ChannelSummary>,
    /// By mode.
    pub modes: Vec<ModeSummary>,
    /// Responses by agency, service and channel at once, never published; null in figures that were frozen before they
    /// were counted.
    #[serde(default)]
    pub crossing: Option<Vec<CrossingCell>>,
    /// The index without flagged responses.
    pub flagged: FlaggedSummary,
    /// Figures of the annex; null in figures that were frozen before there were any.
    #[serde(default)]
    pub annex: Option<Annex>,
}

/// One element.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ElementSummary {
    /// Key of the element.
    pub key: String,
    /// How many answered it.
    pub n: u64,
    /// NRR, three decimals.
    pub nrr: Option<String>,
    /// 25 · NRR, two decimals.
    pub ikm: Option<String>,
    /// Class.
    pub mutu: Option<String>,
}

/// The probabilities of the four classes, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub struct ClassProbability {
    /// Sangat baik.
    pub a: f64,
    /// Baik.
    pub b: f64,
    /// Kurang baik.
    pub c: f64,
    /// Tidak baik.
    pub d: f64,
}

/// The figures of a group of responses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupSummary {
    /// Accepted responses.
    pub n: u64,
    /// IKM, two decimals.
    pub ikm: Option<String>,
    /// Class.
    pub mutu: Option<String>,
    /// Standard error, points.
    pub se: Option<f64>,
    /// 95 % interval.
    pub ci95: Option<[f64; 2]>,
    /// Precision flag.
    pub precision: String,
}

/// A service's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceSummary {
    /// Code, null for the MPP as a whole.
    pub service: Option<String>,
    /// Figures.
    #[serde(flatten)]
    pub figures: GroupSummary,
}

/// A channel's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChannelSummary {
    /// Key, null for unknown.
    pub channel: Option<String>,
    /// Figures.
    #[serde(flatten)]
    pub figures: GroupSummary,
}

/// A mode's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModeSummary {
    /// Key.
    pub mode: Option<String>,
    /// Figures.
    #[serde(flatten)]
    pub figures: GroupSummary,
}

/// What the flagged responses do to the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlaggedSummary {
    /// Flagged responses.
    pub n: u64,
    /// IKM without them; null if nothing else is left.
    pub ikm_without: Option<String>,
}

/// What the figures need beside the tallies.
#[derive(Clone, Debug, Default)]
pub struct SummaryFacts<'a> {
    /// Code of the MPP.
    pub code: &'a str,
    /// Users of the whole MPP in the period.
    pub population: Option<u64>,
    /// Users per service, where known.
    pub service_users: &'a [(String, u64)],
    /// Responses whose answers are all equal, where they were counted.
    pub equal: Option<&'a EqualAnswers>,
    /// Responses by agency, service and channel, where they were counted.
    pub crossing: Option<&'a Crossing>,
}

impl MppSummary {
    /// The figures of one MPP.
    #[must_use]
    pub fn of(counted: &Counted, facts: &SummaryFacts<'_>, status: FiguresStatus) -> Self {
        let tallies = &counted.groups;
        let total = tallies.total();
        let clustered = Clustered::of(&counted.finer.clusters, &total);
        let precision = Precision::with_clusters(&total, facts.population, clustered.as_ref());
        let class_probability = precision.as_ref().and_then(|known| known.class_probability);
        let figures = GroupSummary::judged(&total, Index::of(&total), precision);
        Self {
            code: facts.code.to_owned(),
            status,
            n: total.n(),
            population: facts.population,
            sample_minimum: sample_size::minimum(facts.population).minimum,
            elements: Element::ALL.iter().map(|element| ElementSummary::of(&total, *element)).collect(),
            kinerja: Index::of(&total).map(|index| index.mutu().kinerja().to_owned()),
            ikm_weight_011: ikm_weight_011(&total).map(|ikm| ikm.to_string()),
            class_probability: class_probability.map(|[a, b, c, d]| ClassProbability { a, b, c, d }),
            services: services(tallies, facts),
            channels: groups(tallies, Dimension::Channel, |channel, figures| ChannelSummary { channel, figures }),
            modes: groups(tallies, Dimension::Mode, |mode, figures| ModeSummary { mode, figures }),
            crossing: facts.crossing.map(CrossingCell::all),
            flagged: flagged(tallies, &total),
            annex: Some(Annex::of(counted, clustered.as_ref(), facts)),
            ikm: figures.ikm,
            mutu: figures.mutu,
            se: figures.se,
            ci95: figures.ci95,
            precision: figures.precision,
        }
    }

    /// What is usual at the MPP: the measure of the next period (STATISTICS 10). `None` with fewer than 300 responses.
    #[must_use]
    pub fn usual(&self) -> Option<Baseline> {
        Baseline::of(&self.annex.as_ref()?.scores.into())
    }
}

impl ElementSummary {
    /// The figures of one element.
    #[must_use]
    pub fn of(tally: &Tally, element: Element) -> Self {
        let index = Index::of_element(tally, element);
        Self {
            key: element.key().to_owned(),
            n: tally.answered(element),
            nrr: nrr_rounded(tally, element).map(|nrr| nrr.to_string()),
            ikm: index.as_ref().map(|index| index.rounded().to_string()),
            mutu: index.map(|index| letter(index.mutu())),
        }
    }
}

impl GroupSummary {
    /// The figures of one group whose number of users is `population`.
    #[must_use]
    pub fn of(tally: &Tally, population: Option<u64>) -> Self {
        let index = Index::of(tally);
        let precision = index.as_ref().and_then(|index| Precision::of_cell(tally, index, population));
        Self::judged(tally, index, precision)
    }

    fn judged(tally: &Tally, index: Option<Index>, precision: Option<Precision>) -> Self {
        let flag = precision.as_ref().map_or(PrecisionFlag::TidakUntukDibandingkan, |precision| precision.flag);
        Self {
            n: tally.n(),
            ikm: index.as_ref().map(|index| index.rounded().to_string()),
            mutu: index.map(|index| letter(index.mutu())),
            se: precision.as_ref().and_then(|precision| precision.se),
            ci95: precision.and_then(|precision| precision.interval).map(|(lower, upper)| [lower, upper]),
            precision: flag.label().to_owned(),
        }
    }
}

fn letter(mutu: Mutu) -> String {
    mutu.letter().to_owned()
}

fn known(key: &str) -> Option<String> {
    (!key.is_empty()).then(|| key.to_owned())
}

/// The figures of every service.
pub(super) fn services(tallies: &TallySet, facts: &SummaryFacts<'_>) -> Vec<ServiceSummary> {
    let users = |code: &str| facts.service_users.iter().find(|(service, _)| service == code).map(|(_, users)| *users);
    let summary = |(code, tally): (&str, &Tally)| ServiceSummary {
        service: known(code),
        figures: GroupSummary::of(tally, users(code)),
    };
    tallies.groups(Dimension::Service).map(summary).collect()
}

/// The figures of every group of a dimension whose users are not known.
pub(super) fn groups<T>(
    tallies: &TallySet,
    dimension: Dimension,
    make: impl Fn(Option<String>, GroupSummary) -> T,
) -> Vec<T> {
    tallies.groups(dimension).map(|(key, tally)| make(known(key), GroupSummary::of(tally, None))).collect()
}

fn flagged(tallies: &TallySet, total: &Tally) -> FlaggedSummary {
    let unflagged = tallies.get(Dimension::Unflagged, "").cloned().unwrap_or_default();
    FlaggedSummary {
        n: total.n() - unflagged.n(),
        ikm_without: Index::of(&unflagged).map(|index| index.rounded().to_string()),
    }
}
