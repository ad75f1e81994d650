//! 4.3: the results of all semesters, the change since the last one, the country.

use serde::Serialize;
use suara_domain::change::{Change, Verdict};
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, Mutu};
use suara_domain::precision::Precision;
use suara_domain::suppression::RANKED_FROM;
use suara_domain::tally::Tally;

use super::interval;
use crate::fonts::breakable;
use crate::report::SemesterReport;
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct TrendView {
    rows: Vec<RowView>,
    several_rules: bool,
    /// Since the latest former result under the same rule and weight.
    change: Option<SinceView>,
    national: Option<NationalView>,
}

impl TrendView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let rows = rows(report, &total, voice);
        Self {
            several_rules: rows.iter().any(|row| row.rule != rows[0].rule || row.weight != rows[0].weight),
            rows,
            change: SinceView::of(report, &total, voice),
            national: report.national.as_ref().map(|national| NationalView {
                pooled: voice.fixed(national.pooled),
                mean: voice.fixed(national.mean),
                mpps: voice.count(national.mpps),
                n: voice.count(national.n),
                snapshot: breakable(&national.snapshot),
            }),
        }
    }
}

#[derive(Serialize)]
struct RowView {
    period: String,
    ikm: String,
    mutu: Option<&'static str>,
    /// Enough respondents to colour the class; the benefit of the doubt where nobody wrote down how many.
    ranked: bool,
    n: Option<String>,
    interval: Option<String>,
    rule: String,
    weight: String,
    current: bool,
}

/// The former results and this one. A class is told only under the rule it was computed by.
fn rows(report: &SemesterReport, total: &Tally, voice: Voice) -> Vec<RowView> {
    let instrument = &report.instrument;
    let weight = |weight: &str| breakable(weight).replace('.', voice.say(",", "."));
    let mut rows: Vec<RowView> = report
        .history
        .iter()
        .map(|former| RowView {
            period: voice.period(former.period),
            ikm: voice.fixed(former.ikm),
            mutu: (former.rule_version == instrument.rule_version).then(|| Mutu::of(former.ikm).letter()),
            ranked: former.n.is_none_or(|n| n >= RANKED_FROM),
            n: former.n.map(|n| voice.count(n)),
            interval: former.interval.map(|ends| interval(ends, voice)),
            rule: breakable(&former.rule_version),
            weight: weight(&former.weight_version),
            current: false,
        })
        .collect();
    if let Some(index) = Index::of(total) {
        let precision = Precision::of(total, report.population);
        rows.push(RowView {
            period: voice.period(report.period),
            ikm: voice.fixed(index.rounded()),
            mutu: Some(index.mutu().letter()),
            ranked: total.n() >= RANKED_FROM,
            n: Some(voice.count(total.n())),
            interval: precision.and_then(|precision| precision.interval).map(|ends| interval(ends, voice)),
            rule: breakable(&instrument.rule_version),
            weight: weight(&instrument.weight_version),
            current: true,
        });
    }
    rows
}

/// This result beside the latest former one of the same rule and weight.
#[derive(Serialize)]
struct SinceView {
    period: String,
    before: String,
    difference: String,
    /// `None` where there is nothing to test with.
    test: Option<ChangeView>,
}

impl SinceView {
    fn of(report: &SemesterReport, total: &Tally, voice: Voice) -> Option<Self> {
        let instrument = &report.instrument;
        let former = report.history.last().filter(|former| {
            former.rule_version == instrument.rule_version && former.weight_version == instrument.weight_version
        })?;
        let now = Index::of(total)?.rounded();
        let tallies = report.former.as_ref().filter(|tallies| tallies.period == former.period);
        Some(Self {
            period: voice.period(former.period),
            before: voice.fixed(former.ikm),
            difference: signed(&voice.fixed(Fixed::<2>::from_units(now.units() - former.ikm.units()))),
            test: tallies.and_then(|former| ChangeView::of(&former.tallies.total(), total, voice)),
        })
    }
}

/// A tested change between two semesters (STATISTICS 6), one test at a time.
#[derive(Serialize)]
pub(super) struct ChangeView {
    /// `up`, `down` or `same`: the last unless the change is significant.
    verdict: &'static str,
    difference: String,
    lower: String,
    upper: String,
    /// Smallest change that would probably have been seen.
    detectable: String,
}

impl ChangeView {
    /// Of the whole index; `None` where no test is possible.
    pub fn of(before: &Tally, after: &Tally, voice: Voice) -> Option<Self> {
        Self::told(&Change::between(before, after)?, voice)
    }

    /// Of one element.
    pub fn of_element(before: &Tally, after: &Tally, element: Element, voice: Voice) -> Option<Self> {
        Self::told(&Change::of_element(before, after, element)?, voice)
    }

    fn told(change: &Change, voice: Voice) -> Option<Self> {
        let (lower, upper) = change.interval?;
        Some(Self {
            verdict: match Verdict::of(change.difference(), change.p) {
                Verdict::Naik => "up",
                Verdict::Turun => "down",
                Verdict::TidakBerubahNyata => "same",
            },
            difference: signed(&voice.fixed(change.rounded())),
            lower: signed(&voice.decimal(lower, 1)),
            upper: signed(&voice.decimal(upper, 1)),
            detectable: voice.decimal(change.smallest_detectable?, 1),
        })
    }
}

/// A difference with its sign; a true minus is as wide as a plus.
fn signed(difference: &str) -> String {
    match difference.strip_prefix('-') {
        Some(size) => format!("−{size}"),
        None => format!("+{difference}"),
    }
}

#[derive(Serialize)]
struct NationalView {
    pooled: String,
    mean: String,
    mpps: String,
    n: String,
    snapshot: String,
}
