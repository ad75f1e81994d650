//! What was noticed in the answers and days of the whole mall (STATISTICS 8 and 10): haste, equal answers, straight
//! lines, scores that left the usual.

use chrono::NaiveDate;
use serde::Serialize;
use suara_domain::monitoring::Signal;
use suara_domain::quality::{Share, StraightLine};
use suara_domain::respondent::Mode;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;

use crate::fonts::breakable;
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;
use crate::{cells, report};

#[derive(Serialize)]
pub(super) struct AlertsView {
    hurry: HurryView,
    /// Modes that may be shown.
    equal: Vec<EqualView>,
    lines: Vec<LineView>,
    /// `None` if the former semester gives no measure of what is usual.
    signals: Option<Vec<SignalView>>,
}

#[derive(Serialize)]
struct HurryView {
    /// `None` below ten measured responses.
    share: Option<String>,
    measured: String,
    alert: bool,
}

#[derive(Serialize)]
struct EqualView {
    label: String,
    share: String,
    /// "–" where the nation's is not known.
    nation: String,
}

#[derive(Serialize)]
struct LineView {
    counter: Option<String>,
    count: String,
    since: String,
}

/// Signals of one direction, one after another.
#[derive(Serialize)]
struct SignalView {
    /// `below` or `above`.
    direction: &'static str,
    first: String,
    /// `None` if there was one only.
    last: Option<String>,
    count: String,
}

impl AlertsView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let quality = &report.quality;
        Self {
            hurry: hurry(quality, voice),
            equal: equal(report, voice),
            lines: quality.straight_lines.iter().map(|line| LineView::of(line, report, voice)).collect(),
            signals: quality.signals.as_ref().map(|signals| runs(signals, voice)),
        }
    }
}

fn hurry(quality: &report::Quality, voice: Voice) -> HurryView {
    let hurry = quality.hurry;
    let public = hurry.measured >= PUBLIC_FROM;
    HurryView {
        share: public.then(|| percent::share(hurry.hasty, hurry.measured)),
        measured: voice.count(hurry.measured),
        alert: public && hurry.is_alert(),
    }
}

fn equal(report: &SemesterReport, voice: Voice) -> Vec<EqualView> {
    let open = cells::margin_of(report, Dimension::Mode, voice).into_iter().filter(cells::Cell::is_open);
    let view = |cell: cells::Cell| {
        let mode = Mode::from_key(&cell.key)?;
        let here = report.quality.equal.of(mode);
        let nation = report.national.as_ref().map(|nation| nation.equal.of(mode)).unwrap_or_default();
        (here.responses >= PUBLIC_FROM).then(|| EqualView {
            label: breakable(&cell.label),
            share: written(here),
            nation: written(if nation.responses >= PUBLIC_FROM { nation } else { Share::default() }),
        })
    };
    open.filter_map(view).collect()
}

fn written(share: Share) -> String {
    percent::share(share.equal, share.responses).replace(' ', "\u{a0}")
}

impl LineView {
    fn of(line: &StraightLine, report: &SemesterReport, voice: Voice) -> Self {
        let since = report.mpp.time_zone.local(line.since).date_naive();
        Self {
            counter: (!line.counter.is_empty()).then(|| breakable(&line.counter)),
            count: voice.count(line.length),
            since: voice.date(since),
        }
    }
}

/// A shift that lasts gives a signal every few days: they are told as one.
fn runs(signals: &[(NaiveDate, Signal)], voice: Voice) -> Vec<SignalView> {
    let same = |run: &[(NaiveDate, Signal)]| {
        let ((first, signal), (last, _)) = run.first().zip(run.last())?;
        Some(SignalView {
            direction: signal.key(),
            first: voice.date(*first),
            last: (run.len() > 1).then(|| voice.date(*last)),
            count: voice.count(run.len() as u64),
        })
    };
    signals.chunk_by(|(_, one), (_, next)| one == next).filter_map(same).collect()
}
