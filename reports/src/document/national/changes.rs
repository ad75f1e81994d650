//! What changed since the former semester: only what stays significant after the correction for all tests.

use serde::Serialize;
use suara_domain::change::Verdict;

use super::names::{by_name, official, short, signed};
use crate::national::{NationalMpp, NationalReport};
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct ChangesView {
    tests: String,
    /// The same as a number.
    any: bool,
    risen: Vec<ChangeView>,
    fallen: Vec<ChangeView>,
    unclear: usize,
    /// Half of the tested MPPs would have noticed a change of this many points.
    detectable: Option<String>,
}

#[derive(Serialize)]
struct ChangeView {
    name: String,
    /// Responses of the former semester and of this one.
    n: String,
    ikm: String,
    difference: String,
    interval: String,
}

impl ChangesView {
    pub fn of(report: &NationalReport, voice: Voice) -> Self {
        let all = by_name(report);
        let with = |verdict| all.iter().filter(move |mpp| mpp.change.is_some_and(|change| change.verdict == verdict));
        let rows = |verdict| with(verdict).filter_map(|mpp| ChangeView::of(mpp, voice)).collect();
        let mut detectable: Vec<f64> =
            all.iter().filter_map(|mpp| mpp.change).map(|change| change.smallest_detectable).collect();
        detectable.sort_by(f64::total_cmp);
        Self {
            tests: voice.count(report.tests),
            any: report.tests > 0,
            risen: rows(Verdict::Naik),
            fallen: rows(Verdict::Turun),
            unclear: with(Verdict::TidakBerubahNyata).count(),
            detectable: detectable.get(detectable.len() / 2).map(|points| voice.decimal(*points, 1)),
        }
    }
}

impl ChangeView {
    fn of(mpp: &NationalMpp, voice: Voice) -> Option<Self> {
        let change = mpp.change?;
        let sign = |value: f64| signed(value, 1, voice);
        Some(Self {
            name: short(&mpp.name),
            n: format!("{} / {}", voice.count(mpp.former.n()), voice.count(mpp.n())),
            ikm: official(mpp, voice),
            difference: sign(change.difference),
            interval: format!("{} – {}", sign(change.interval.0), sign(change.interval.1)),
        })
    }
}
