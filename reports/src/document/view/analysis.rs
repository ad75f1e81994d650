//! 4.1: strengths and weaknesses, precision in plain words.

use serde::Serialize;
use suara_domain::case_mix::CaseCell;
use suara_domain::element::Element;
use suara_domain::index::{self, Index, Mutu};
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use super::comments::CommentsView;
use super::{code, name};
use crate::cells::{self, Veil};
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

/// How many elements have priority in the follow-up plan.
const PRIORITIES: usize = 3;

#[derive(Serialize)]
pub(super) struct AnalysisView {
    /// Empty below ten responses, as `strongest`.
    weakest: Vec<RankedView>,
    strongest: Vec<RankedView>,
    /// What the element of cost is called, if it is among the strongest while most answers concern free services: "free
    /// of charge" is the only true answer there.
    cost_is_free: Option<String>,
    precision: Option<PrecisionView>,
    comments: CommentsView,
}

impl AnalysisView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let veils = cells::veils_of_elements(&total);
        let mut order = if total.n() >= PUBLIC_FROM { index::by_weakness(&total) } else { Vec::new() };
        order.retain(|element| veils[element.index()] == Veil::Open);
        let ranked = |element: &Element| RankedView::of(report, &total, *element, voice);
        // With few elements answered, none is both strong and weak.
        let strongest: Vec<Element> = order.iter().skip(PRIORITIES).rev().take(PRIORITIES).copied().collect();
        let cost_is_free = strongest.contains(&Element::Biaya) && mostly_free(&report.tallies);
        Self {
            weakest: order.iter().take(PRIORITIES).map(ranked).collect(),
            strongest: strongest.iter().map(ranked).collect(),
            cost_is_free: cost_is_free.then(|| name(report, Element::Biaya, voice)),
            precision: PrecisionView::of(report, &total, voice),
            comments: CommentsView::of(report, voice),
        }
    }
}

/// Whether most responses are known to concern a service that costs nothing.
fn mostly_free(tallies: &TallySet) -> bool {
    let free = |key: &str| CaseCell::from_key(key).is_some_and(|cell| cell.free == Some(true));
    let groups = tallies.groups(Dimension::CaseMix).filter(|(key, _)| free(key));
    2 * groups.map(|(_, tally)| tally.n()).sum::<u64>() > tallies.total().n()
}

#[derive(Serialize)]
struct RankedView {
    code: String,
    name: String,
    nrr: Option<String>,
    ikm: Option<String>,
    mutu: Option<&'static str>,
    /// Enough answers to colour the class.
    ranked: bool,
    n: String,
    /// Share of scores 1 and 2.
    low: String,
}

impl RankedView {
    fn of(report: &SemesterReport, total: &Tally, element: Element, voice: Voice) -> Self {
        let index = Index::of_element(total, element);
        let [one, two, ..] = total.counts(element);
        Self {
            code: code(element),
            name: name(report, element, voice),
            nrr: index::nrr_rounded(total, element).map(|nrr| voice.fixed(nrr)),
            mutu: index.as_ref().map(|index| index.mutu().letter()),
            ikm: index.map(|index| voice.fixed(index.rounded())),
            ranked: total.answered(element) >= RANKED_FROM,
            n: voice.count(total.answered(element)),
            low: percent::share(one + two, total.answered(element)),
        }
    }
}

#[derive(Serialize)]
struct PrecisionView {
    interval: Option<String>,
    lower: Option<String>,
    upper: Option<String>,
    se: Option<String>,
    se_uncorrected: Option<String>,
    sampling_fraction: Option<String>,
    /// `good`, `care` or `unfit`.
    flag: &'static str,
    /// Probability of each class, A first.
    classes: Option<Vec<ClassView>>,
    /// Probability of the official class.
    certainty: Option<String>,
    /// Limits of classes that lie within the interval, the highest first, and the other classes it reaches.
    crossed: Vec<String>,
    possible: Vec<&'static str>,
    /// Points by which those who did not answer would have to rate lower or higher for the class to fall or rise; `None`
    /// where no answers could bring that about.
    points_to_lower_class: Option<String>,
    points_to_higher_class: Option<String>,
}

#[derive(Serialize)]
struct ClassView {
    mutu: &'static str,
    probability: String,
}

impl PrecisionView {
    fn of(report: &SemesterReport, total: &Tally, voice: Voice) -> Option<Self> {
        let index = Index::of(total)?;
        let (official, value) = (index.mutu(), index.to_f64());
        let precision = Precision::with_clusters(total, report.population, report.clusters.as_ref())?;
        let ends = precision.interval;
        let reached: Vec<Mutu> = ends.into_iter().flat_map(Mutu::reached).collect();
        let limits = reached.iter().rev().skip(1).rev().filter_map(|mutu| mutu.least());
        let classes = precision.class_probability.map(|values| Mutu::ALL.into_iter().zip(values));
        let class =
            |(mutu, value): (Mutu, f64)| ClassView { mutu: mutu.letter(), probability: percent::probability(value) };
        Some(Self {
            interval: ends.map(|ends| voice.interval(ends)),
            lower: ends.map(|(lower, _)| voice.decimal(lower, 1)),
            upper: ends.map(|(_, upper)| voice.decimal(upper, 1)),
            se: precision.se.map(|se| voice.decimal(se, 2)),
            se_uncorrected: precision.se_uncorrected.map(|se| voice.decimal(se, 2)),
            sampling_fraction: (precision.sampling_fraction > 0.0)
                .then(|| voice.decimal(precision.sampling_fraction * 100.0, 1)),
            flag: flag(precision.flag),
            certainty: classes
                .clone()
                .and_then(|mut classes| classes.find(|(mutu, _)| *mutu == official))
                .map(|(_, value)| percent::probability(value)),
            classes: classes.map(|classes| classes.map(class).collect()),
            crossed: limits.map(|limit| voice.fixed(limit)).collect(),
            possible: reached.iter().filter(|mutu| **mutu != official).map(|mutu| mutu.letter()).collect(),
            points_to_lower_class: points(precision.points_to_lower_class, value - 25.0, voice),
            points_to_higher_class: points(precision.points_to_higher_class, 100.0 - value, voice),
        })
    }
}

/// A distance that the scale has room for.
fn points(points: Option<f64>, room: f64, voice: Voice) -> Option<String> {
    points.filter(|points| *points <= room).map(|points| voice.decimal(points, 1))
}

const fn flag(flag: PrecisionFlag) -> &'static str {
    match flag {
        PrecisionFlag::Baik => "good",
        PrecisionFlag::HatiHati => "care",
        PrecisionFlag::TidakUntukDibandingkan => "unfit",
    }
}
