//! The quality page (STATISTICS 11): how the figures came about and what they rest on.

use serde::Serialize;
use suara_domain::element::ELEMENTS;
use suara_domain::index::Index;
use suara_domain::respondent::Mode;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use crate::cells;
use crate::fonts::breakable;
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

/// A mode whose share moved by more points than this breaks the series.
const SHIFT: u64 = 20;

#[derive(Serialize)]
pub(super) struct QualityView {
    response_rate: Option<String>,
    population: Option<String>,
    n: String,
    /// Share of the questions that were left blank.
    blank: String,
    channels: Vec<MixView>,
    modes: Vec<MixView>,
    verified: Vec<MixView>,
    flags: Vec<FlagView>,
    flagged: String,
    flagged_share: String,
    ikm: Option<String>,
    ikm_unflagged: Option<String>,
    /// Where the latter would tell of fewer than ten: whether it differs noticeably.
    moved: Option<bool>,
    n_unflagged: String,
    late: String,
    withdrawn: String,
    /// Semesters whose results were made by another questionnaire, rule or weight.
    broken: Vec<String>,
    /// How people answered has shifted since this semester.
    shifted_since: Option<String>,
    /// Whether it has cannot be told: the semester before is not recorded.
    shift_unknown: bool,
    rule_version: String,
    weight_version: String,
    software: &'static str,
}

/// A difference between the index with and without flagged answers that is named even if they are few, points.
const MOVED_FROM: f64 = 0.5;

#[derive(Serialize)]
struct MixView {
    label: String,
    share: String,
}

#[derive(Serialize)]
struct FlagView {
    key: &'static str,
    /// `None` where no response could be judged.
    n: Option<String>,
}

impl QualityView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let unflagged = report.tallies.get(Dimension::Unflagged, "").cloned().unwrap_or_default();
        let flagged = total.n().saturating_sub(unflagged.n());
        let index = |tally| Index::of(tally).map(|index| voice.fixed(index.rounded()));
        // The difference between the two indices tells what those with a flag said.
        let tells_of_few = [flagged, unflagged.n()].into_iter().any(|n| (1..PUBLIC_FROM).contains(&n));
        let moved = Index::of(&total).zip(Index::of(&unflagged));
        let moved = moved.map(|(with, without)| (with.to_f64() - without.to_f64()).abs());
        let asked = total.n() * ELEMENTS as u64;
        let answered: u64 = total.used().map(|element| total.answered(element)).sum();
        let instrument = &report.instrument;
        let former = report.former.as_ref();
        let shift = former.map(|former| (former.period, shifted(&former.tallies, &report.tallies)));
        let broken = report.history.iter().filter(|former| !report.is_comparable(former));
        let incomparable = broken.clone().any(|former| former.period == report.period.previous());
        Self {
            response_rate: report.population.filter(|all| *all >= total.n()).map(|all| percent::share(total.n(), all)),
            population: report.population.map(|population| voice.count(population)),
            n: voice.count(total.n()),
            blank: percent::share(asked - answered, asked),
            channels: mix(report, Dimension::Channel, voice),
            modes: mix(report, Dimension::Mode, voice),
            verified: mix(report, Dimension::Verified, voice),
            flags: flags(report, voice),
            flagged: voice.count(flagged),
            flagged_share: percent::share(flagged, total.n()),
            ikm: index(&total),
            ikm_unflagged: index(&unflagged).filter(|_| !tells_of_few),
            moved: moved.filter(|_| tells_of_few).map(|moved| moved >= MOVED_FROM),
            n_unflagged: voice.count(unflagged.n()),
            late: voice.count(report.quality.late),
            withdrawn: voice.count(report.quality.withdrawn),
            broken: broken.map(|former| voice.short_period(former.period)).collect(),
            shifted_since: shift.filter(|(_, shift)| *shift == Some(true)).map(|(period, _)| voice.period(period)),
            shift_unknown: shift.is_none_or(|(_, shift)| shift.is_none()) && !incomparable,
            rule_version: instrument.rule_version.clone(),
            weight_version: instrument.weight_version.clone(),
            software: concat!("Suara ", env!("CARGO_PKG_VERSION")),
        }
    }
}

/// Shares in whole percent of the groups that have any response.
fn mix(report: &SemesterReport, dimension: Dimension, voice: Voice) -> Vec<MixView> {
    let n = report.tallies.total().n();
    let cells = cells::margin_of(report, dimension, voice).into_iter().filter(|cell| cell.tally.n() > 0);
    let share = |cell: &cells::Cell| {
        let share = || percent::share(rounded_count(cell.tally.n()).min(n), n);
        cell.veil.words(voice).map_or_else(share, str::to_owned)
    };
    // A share stays on the line of its label.
    let mix = |cell: cells::Cell| MixView { share: share(&cell).replace(' ', "\u{a0}"), label: breakable(&cell.label) };
    cells.map(mix).collect()
}

/// Whether the share of a mode moved by more than [`SHIFT`] points; `None` if one of the semesters is empty.
fn shifted(before: &TallySet, after: &TallySet) -> Option<bool> {
    let (whole_before, whole_after) = (before.total().n(), after.total().n());
    if whole_before == 0 || whole_after == 0 {
        return None;
    }
    let n = |set: &TallySet, mode: Mode| set.get(Dimension::Mode, mode.key()).map_or(0, Tally::n);
    let moved = |mode: &Mode| {
        let (before, after) = (n(before, *mode) * whole_after, n(after, *mode) * whole_before);
        100 * before.abs_diff(after) > SHIFT * whole_before * whole_after
    };
    Some(Mode::ALL.iter().any(moved))
}

fn flags(report: &SemesterReport, voice: Voice) -> Vec<FlagView> {
    let quality = &report.quality;
    let paper = report.tallies.get(Dimension::Mode, Mode::Paper.key()).map_or(0, Tally::n);
    // What an officer typed in from paper tells nothing about devices, hours and haste.
    let on_devices = report.tallies.total().n() - paper;
    let flag = |(key, n, judged): (_, u64, bool)| FlagView { key, n: (judged || n > 0).then(|| voice.count(n)) };
    [
        ("too_fast", quality.too_fast, quality.timed >= PUBLIC_FROM),
        ("repeated", quality.repeated, on_devices > 0),
        ("burst", quality.burst, on_devices > 0),
        ("device", quality.device, on_devices > 0),
        ("clock", quality.clock, on_devices > 0),
    ]
    .map(flag)
    .into()
}
