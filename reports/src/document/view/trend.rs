//! 4.3: the results of all semesters, the change since the last one, the country.

use serde::Serialize;
use suara_domain::change::{Change, Verdict};
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, Mutu};
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM, rounded_count};
use suara_domain::tally::Tally;

use super::untested::Untested;
use crate::fonts::breakable;
use crate::report::{National, NationalIndex, SemesterReport};
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct TrendView {
    rows: Vec<RowView>,
    several_rules: bool,
    /// Since the latest former result.
    change: Option<SinceView>,
    /// The latest former result, if it was made by another questionnaire, rule or weight: nothing is said of a change.
    incomparable: Option<String>,
    national: Option<NationalView>,
}

impl TrendView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let rows = rows(report, &total, voice);
        Self {
            several_rules: report.history.iter().any(|former| !report.is_comparable(former)),
            incomparable: report
                .history
                .last()
                .filter(|former| !report.is_comparable(former))
                .map(|former| voice.period(former.period)),
            rows,
            change: SinceView::of(report, &total, voice),
            national: report.national.as_ref().map(|national| NationalView::of(national, report, voice)),
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
    /// The questionnaire, where it is not that of this report.
    questionnaire: Option<String>,
    current: bool,
}

/// The former results and this one. A class is told only under the rule it was computed by.
fn rows(report: &SemesterReport, total: &Tally, voice: Voice) -> Vec<RowView> {
    let instrument = &report.instrument;
    let weight = |weight: &str| breakable(weight).replace('.', voice.say(",", "."));
    let mut rows: Vec<RowView> = report
        .history
        .iter()
        .map(|former| {
            let open = former.n.is_none_or(|n| n >= PUBLIC_FROM);
            let same_rule = former.rule_version == instrument.rule_version;
            RowView {
                period: voice.period(former.period),
                ikm: if open { voice.fixed(former.ikm) } else { "–".to_owned() },
                mutu: (open && same_rule).then(|| Mutu::of(former.ikm).letter()),
                ranked: former.n.is_none_or(|n| n >= RANKED_FROM),
                n: former.n.map(|n| if open { voice.count(n) } else { "n < 10".to_owned() }),
                interval: former.interval.filter(|_| open).map(|ends| voice.interval(ends)),
                rule: breakable(&former.rule_version),
                weight: weight(&former.weight_version),
                questionnaire: (former.instrument != instrument.id).then(|| breakable(&former.instrument)),
                current: false,
            }
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
            interval: precision.and_then(|precision| precision.interval).map(|ends| voice.interval(ends)),
            rule: breakable(&instrument.rule_version),
            weight: weight(&instrument.weight_version),
            questionnaire: None,
            current: true,
        });
    }
    rows
}

/// This result beside the latest former one, if that may be compared with it.
#[derive(Serialize)]
struct SinceView {
    period: String,
    before: String,
    difference: String,
    /// `None` where there is nothing to test with.
    test: Option<ChangeView>,
    /// Why not, if so.
    untested: Option<Untested>,
}

impl SinceView {
    fn of(report: &SemesterReport, total: &Tally, voice: Voice) -> Option<Self> {
        let former = report.history.last().filter(|former| report.is_comparable(former))?;
        if former.n.is_some_and(|n| n < PUBLIC_FROM) {
            return None;
        }
        let now = Index::of(total)?.rounded();
        let tallies = report.former.as_ref().filter(|tallies| tallies.period == former.period);
        let test = tallies.and_then(|former| ChangeView::of(&former.tallies.total(), total, report.verdict, voice));
        Some(Self {
            untested: test.is_none().then(|| Untested::why(report, former.period, Tally::n)),
            period: voice.period(former.period),
            before: voice.fixed(former.ikm),
            difference: signed(&voice.fixed(Fixed::<2>::from_units(now.units() - former.ikm.units()))),
            test,
        })
    }
}

/// A tested change between two semesters (STATISTICS 6).
#[derive(Serialize)]
pub(super) struct ChangeView {
    /// `up`, `down` or `same`: the last unless the change is significant among all that were tested; `pending` while
    /// those are not known.
    verdict: &'static str,
    /// With its sign, like its interval.
    difference: String,
    lower: String,
    upper: String,
    /// The same without signs, for "turun 1,96 poin (0,4 sampai 3,5)": the smaller end first.
    size: String,
    least: String,
    most: String,
    /// Smallest change that would probably have been seen.
    detectable: String,
}

impl ChangeView {
    /// Of the whole index; `None` where no test is possible.
    fn of(before: &Tally, after: &Tally, verdict: Option<Verdict>, voice: Voice) -> Option<Self> {
        Self::told(&Change::between(before, after)?, verdict, voice)
    }

    /// A change with the verdict on it.
    pub fn told(change: &Change, verdict: Option<Verdict>, voice: Voice) -> Option<Self> {
        let (lower, upper) = change.interval?;
        let size = |value: f64| voice.decimal(value.abs(), 1);
        let (least, most) = if upper < 0.0 { (upper, lower) } else { (lower, upper) };
        Some(Self {
            verdict: match verdict {
                Some(Verdict::Naik) => "up",
                Some(Verdict::Turun) => "down",
                Some(Verdict::TidakBerubahNyata) => "same",
                None => "pending",
            },
            difference: signed(&voice.fixed(change.rounded())),
            lower: signed(&voice.decimal(lower, 1)),
            upper: signed(&voice.decimal(upper, 1)),
            size: voice.fixed(change.rounded()).trim_start_matches('-').to_owned(),
            least: size(least),
            most: size(most),
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
    /// `None` where a small MPP could be computed from it.
    pooled: Option<String>,
    mean: Option<String>,
    mpps: String,
    n: String,
    snapshot: String,
    /// Where the MPP stands beside all respondents of the country; `None` if it has no index or is alone.
    standing: Option<StandingView>,
}

impl NationalView {
    fn of(national: &National, report: &SemesterReport, voice: Voice) -> Self {
        let (pooled, mean, n) = match national.index {
            NationalIndex::Exact { pooled, mean } => (Some(voice.fixed(pooled)), Some(voice.fixed(mean)), national.n),
            NationalIndex::Rounded(pooled) => (Some(voice.fixed(pooled)), None, rounded_count(national.n)),
            NationalIndex::Hidden => (None, None, rounded_count(national.n)),
        };
        Self {
            pooled,
            mean,
            mpps: voice.count(national.mpps),
            n: voice.count(n),
            snapshot: breakable(&national.snapshot),
            standing: (national.mpps > 1).then(|| StandingView::of(national, report, voice)).flatten(),
        }
    }
}

#[derive(Serialize)]
struct StandingView {
    /// `above`, `below`, `same` (cannot be told apart) or `unfit` (must not be compared).
    verdict: &'static str,
    interval: String,
}

impl StandingView {
    /// By the interval without finite-population correction, as MPPs are compared (STATISTICS 7).
    fn of(national: &National, report: &SemesterReport, voice: Voice) -> Option<Self> {
        let total = report.tallies.total();
        let official = Precision::with_clusters(&total, report.population, report.clusters.as_ref())?;
        let (lower, upper) = Precision::of(&total, None)?.interval?;
        let nation = match national.index {
            NationalIndex::Exact { pooled, .. } => pooled.to_f64(),
            NationalIndex::Rounded(pooled) => pooled.to_f64(),
            NationalIndex::Hidden => return None,
        };
        let verdict = match official.flag {
            PrecisionFlag::TidakUntukDibandingkan => "unfit",
            _ if lower > nation => "above",
            _ if upper < nation => "below",
            _ => "same",
        };
        Some(Self { verdict, interval: voice.interval((lower, upper)) })
    }
}
