//! The quality page (STATISTICS 11): how the figures came about and what they rest on.

use serde::Serialize;
use suara_domain::index::Index;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally_set::Dimension;

use crate::cells;
use crate::indonesian::{count, fixed, percent};
use crate::report::SemesterReport;

#[derive(Serialize)]
pub(super) struct QualityView {
    response_rate: Option<String>,
    population: Option<String>,
    n: String,
    channels: Vec<MixView>,
    modes: Vec<MixView>,
    verified: Vec<MixView>,
    flags: Vec<CountView>,
    flagged: String,
    flagged_share: String,
    ikm: Option<String>,
    ikm_unflagged: Option<String>,
    n_unflagged: String,
    late: String,
    withdrawn: String,
    rule_version: String,
    weight_version: String,
    software: &'static str,
}

#[derive(Serialize)]
struct MixView {
    label: String,
    share: String,
}

#[derive(Serialize)]
struct CountView {
    label: &'static str,
    n: String,
}

impl QualityView {
    pub fn of(report: &SemesterReport) -> Self {
        let total = report.tallies.total();
        let unflagged = report.tallies.get(Dimension::Unflagged, "").cloned().unwrap_or_default();
        let flagged = total.n().saturating_sub(unflagged.n());
        let index = |tally| Index::of(tally).map(|index| fixed(index.rounded()));
        Self {
            response_rate: report.population.filter(|all| *all >= total.n()).map(|all| percent(total.n(), all)),
            population: report.population.map(count),
            n: count(total.n()),
            channels: mix(report, Dimension::Channel),
            modes: mix(report, Dimension::Mode),
            verified: mix(report, Dimension::Verified),
            flags: flags(report),
            flagged: count(flagged),
            flagged_share: percent(flagged, total.n()),
            ikm: index(&total),
            ikm_unflagged: index(&unflagged).filter(|_| unflagged.n() >= PUBLIC_FROM),
            n_unflagged: count(unflagged.n()),
            late: count(report.quality.late),
            withdrawn: count(report.quality.withdrawn),
            rule_version: report.instrument.rule_version.clone(),
            weight_version: report.instrument.weight_version.clone(),
            software: concat!("Suara ", env!("CARGO_PKG_VERSION")),
        }
    }
}

/// Shares in whole percent of the groups that have any response.
fn mix(report: &SemesterReport, dimension: Dimension) -> Vec<MixView> {
    let n = report.tallies.total().n();
    let cells = cells::margin(&report.tallies, dimension).into_iter().filter(|cell| cell.tally.n() > 0);
    let share = |cell: &cells::Cell| {
        if cell.is_open() { percent(rounded_count(cell.tally.n()), n) } else { "n < 10".to_owned() }
    };
    cells.map(|cell| MixView { share: share(&cell), label: cell.label }).collect()
}

fn flags(report: &SemesterReport) -> Vec<CountView> {
    let quality = &report.quality;
    let flag = |(label, n)| CountView { label, n: count(n) };
    [
        ("Diisi terlalu cepat", quality.too_fast),
        ("Jawaban dan komentar berulang", quality.repeated),
        ("Lonjakan di satu loket", quality.burst),
        ("Banyak isian dari satu gawai", quality.device),
        ("Jam gawai jauh meleset", quality.clock),
    ]
    .map(flag)
    .into()
}
