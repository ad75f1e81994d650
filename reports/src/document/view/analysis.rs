//! Chapters IV and V: strengths and weaknesses, precision in plain words, follow-up, trend, the country.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::{self, Index, Mutu};
use suara_domain::language::Language;
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};
use suara_domain::tally::Tally;

use super::results::interval;
use super::text;
use crate::fonts::breakable;
use crate::indonesian::{self, count, decimal, fixed, percent, probability};
use crate::report::{FollowUp, SemesterReport};

/// How many elements have priority in the follow-up plan.
const PRIORITIES: usize = 3;

#[derive(Serialize)]
pub(super) struct AnalysisView {
    /// Empty below ten responses, as `strongest`.
    weakest: Vec<RankedView>,
    strongest: Vec<RankedView>,
    precision: Option<PrecisionView>,
    comments: CommentsView,
    plan: Vec<StepView>,
    former_plan: Vec<StepView>,
    former_period: String,
    trend: Vec<TrendView>,
    change: Option<String>,
    several_rules: bool,
    national: Option<NationalView>,
}

impl AnalysisView {
    pub fn of(report: &SemesterReport) -> Self {
        let total = report.tallies.total();
        let order = if total.n() >= PUBLIC_FROM { index::by_weakness(&total) } else { Vec::new() };
        let ranked = |element: &Element| RankedView::of(report, &total, *element);
        let trend = trend(report, &total);
        Self {
            weakest: order.iter().take(PRIORITIES).map(ranked).collect(),
            strongest: order.iter().rev().take(PRIORITIES).map(ranked).collect(),
            precision: PrecisionView::of(report, &total),
            comments: CommentsView {
                total: count(report.comments.total),
                excerpts: report.comments.excerpts.iter().map(|excerpt| breakable(excerpt)).collect(),
            },
            plan: report.follow_up.iter().map(|step| StepView::of(report, step)).collect(),
            former_plan: report.former_follow_up.iter().map(|step| StepView::of(report, step)).collect(),
            former_period: indonesian::period(report.period.previous()),
            several_rules: trend.iter().any(|row| row.rule != trend[0].rule),
            trend,
            change: change(report, &total),
            national: report.national.as_ref().map(|national| NationalView {
                pooled: fixed(national.pooled),
                mean: fixed(national.mean),
                mpps: count(national.mpps),
                n: count(national.n),
                snapshot: breakable(&national.snapshot),
            }),
        }
    }
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
    low: String,
}

impl RankedView {
    fn of(report: &SemesterReport, total: &Tally, element: Element) -> Self {
        let index = Index::of_element(total, element);
        let [one, two, ..] = total.counts(element);
        Self {
            code: format!("U{}", element.index() + 1),
            name: report.instrument.question(element).name.get(Language::Indonesian).to_owned(),
            nrr: index::nrr_rounded(total, element).map(fixed),
            mutu: index.as_ref().map(|index| index.mutu().letter()),
            ikm: index.map(|index| fixed(index.rounded())),
            ranked: total.answered(element) >= RANKED_FROM,
            n: count(total.answered(element)),
            low: percent(one + two, total.answered(element)),
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
    flag: &'static str,
    advice: &'static str,
    /// Probability of each class, A first.
    classes: Option<Vec<ClassView>>,
    /// Points by which those who did not answer would have to differ for the class to fall.
    points_to_lower_class: Option<String>,
}

#[derive(Serialize)]
struct ClassView {
    mutu: &'static str,
    probability: String,
}

impl PrecisionView {
    fn of(report: &SemesterReport, total: &Tally) -> Option<Self> {
        let precision = Precision::of(total, report.population)?;
        let ends = precision.interval;
        let class = |(mutu, value): (&Mutu, f64)| ClassView { mutu: mutu.letter(), probability: probability(value) };
        Some(Self {
            interval: ends.map(interval),
            lower: ends.map(|(lower, _)| decimal(lower, 1)),
            upper: ends.map(|(_, upper)| decimal(upper, 1)),
            se: precision.se.map(|se| decimal(se, 2)),
            se_uncorrected: precision.se_uncorrected.map(|se| decimal(se, 2)),
            sampling_fraction: (precision.sampling_fraction > 0.0)
                .then(|| format!("{} %", decimal(precision.sampling_fraction * 100.0, 1))),
            flag: precision.flag.label(),
            advice: advice(precision.flag),
            classes: precision.class_probability.map(|values| Mutu::ALL.iter().zip(values).map(class).collect()),
            points_to_lower_class: precision.points_to_lower_class.map(|points| decimal(points, 1)),
        })
    }
}

const fn advice(flag: PrecisionFlag) -> &'static str {
    match flag {
        PrecisionFlag::Baik => "Angka ini cukup teliti untuk dipakai sebagaimana adanya.",
        PrecisionFlag::HatiHati => "Angka ini dipakai dengan hati-hati: perbedaan beberapa poin belum tentu berarti.",
        PrecisionFlag::TidakUntukDibandingkan => {
            "Angka ini belum cukup teliti untuk dibandingkan dengan MPP lain atau periode lain."
        }
    }
}

#[derive(Serialize)]
struct CommentsView {
    total: String,
    excerpts: Vec<String>,
}

#[derive(Serialize)]
struct StepView {
    element: String,
    step: String,
    owner: Option<String>,
    /// Quarter in which it is due, 1 to 4; `None` without a date or outside the years of the plan.
    quarter: Option<u32>,
    due: Option<String>,
    status: Option<String>,
    evidence: Option<String>,
}

impl StepView {
    fn of(report: &SemesterReport, step: &FollowUp) -> Self {
        use chrono::Datelike;
        Self {
            element: report.instrument.question(step.element).name.get(Language::Indonesian).to_owned(),
            step: breakable(&step.step),
            owner: text(step.owner.as_ref()),
            quarter: step.due_on.map(|due| due.month0() / 3 + 1),
            due: step.due_on.map(indonesian::date),
            status: text(step.status.as_ref()),
            evidence: text(step.evidence.as_ref()),
        }
    }
}

#[derive(Serialize)]
struct TrendView {
    period: String,
    ikm: String,
    mutu: Option<&'static str>,
    n: Option<String>,
    interval: Option<String>,
    rule: String,
    current: bool,
}

/// The former results and this one. A class is told only under the rule it was computed by.
fn trend(report: &SemesterReport, total: &Tally) -> Vec<TrendView> {
    let instrument = &report.instrument;
    let rule = |rule: &str, weight: &str| format!("{}, bobot {}", breakable(rule), breakable(weight).replace('.', ","));
    let mut rows: Vec<TrendView> = report
        .history
        .iter()
        .map(|former| TrendView {
            period: indonesian::period(former.period),
            ikm: fixed(former.ikm),
            mutu: (former.rule_version == instrument.rule_version).then(|| Mutu::of(former.ikm).letter()),
            n: former.n.map(count),
            interval: former.interval.map(interval),
            rule: rule(&former.rule_version, &former.weight_version),
            current: false,
        })
        .collect();
    if let Some(index) = Index::of(total) {
        rows.push(TrendView {
            period: indonesian::period(report.period),
            ikm: fixed(index.rounded()),
            mutu: Some(index.mutu().letter()),
            n: Some(count(total.n())),
            interval: Precision::of(total, report.population).and_then(|precision| precision.interval).map(interval),
            rule: rule(&instrument.rule_version, &instrument.weight_version),
            current: true,
        });
    }
    rows
}

/// The difference to the latest former result of the same rule and weight. Whether it is real is not decided here.
fn change(report: &SemesterReport, total: &Tally) -> Option<String> {
    let instrument = &report.instrument;
    let former = report.history.last().filter(|former| {
        former.rule_version == instrument.rule_version && former.weight_version == instrument.weight_version
    })?;
    let now = Index::of(total)?.rounded();
    let difference = Fixed::<2>::from_units(now.units() - former.ikm.units());
    let sign = if difference.units() > 0 { "+" } else { "" };
    Some(format!(
        "Dibandingkan dengan {} ({}), nilai periode ini berselisih {sign}{} poin.",
        indonesian::period(former.period),
        fixed(former.ikm),
        fixed(difference).replace('-', "−")
    ))
}

#[derive(Serialize)]
struct NationalView {
    pooled: String,
    mean: String,
    mpps: String,
    n: String,
    snapshot: String,
}
