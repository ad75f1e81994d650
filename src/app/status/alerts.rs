//! What has to be looked at in one MPP: haste, straight lines, scores that leave the usual.

use std::collections::HashMap;

use chrono::SecondsFormat;
use serde::Serialize;
use suara_domain::monitoring::Baseline;
use suara_domain::period::{Period, TimeZone};
use suara_domain::quality::{Hurry, StraightLine};
use suara_storage::mpps::Mpp;
use suara_storage::responses::{self, Filter};
use suara_storage::{Connection, MppId, StorageError, summaries};

use super::super::country::observation;
use super::super::summary::MppSummary;
use super::super::watch::Watch;

/// The last time the scores of an MPP left the usual of the period before (STATISTICS 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignalStatus {
    /// `below`, `above` or `none`.
    pub direction: &'static str,
    /// The local day of the last signal, `2026-03-02`; null without one.
    pub on: Option<String>,
}

/// How hastily the web responses of an MPP were filled in (STATISTICS 8).
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct HurryStatus {
    /// Web responses whose duration the server measured.
    pub measured: u64,
    /// Those that took less than two seconds per answer.
    pub hasty: u64,
    /// Their share, 0 to 1; null if none was measured.
    pub share: Option<f64>,
    /// More than 5 %.
    pub alert: bool,
}

/// A row of equal responses at one counter that chance does not explain (STATISTICS 8).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StraightLineStatus {
    /// Name of the counter; empty for what came without one.
    pub counter: String,
    /// Responses in the row.
    pub responses: u64,
    /// When its first response was filled in, on the wall clock of the MPP.
    pub since: String,
    /// Share of these answers among all responses of the MPP, 0 to 1.
    pub share: f64,
}

/// What the responses of all MPPs tell, each read once.
pub(super) struct Alarms {
    watches: HashMap<MppId, Watch>,
    usual: HashMap<MppId, Baseline>,
}

impl Alarms {
    /// Reads the accepted responses of a period, and what was usual in the period before.
    pub(super) fn load(connection: &mut Connection, mpps: &[Mpp], period: Period) -> Result<Self, StorageError> {
        let zones: HashMap<MppId, TimeZone> = mpps.iter().map(|mpp| (mpp.id, mpp.details.time_zone)).collect();
        let mut watches: HashMap<MppId, Watch> = HashMap::new();
        responses::for_each(connection, &Filter::accepted(period), |row| {
            let zone = zones.get(&row.mpp).copied().unwrap_or(TimeZone::Jakarta);
            watches.entry(row.mpp).or_default().add(&observation(&row), zone);
            Ok(())
        })?;
        let mut usual = HashMap::new();
        for (mpp, document) in summaries::list(connection, period.previous())? {
            let summary: MppSummary = serde_json::from_str(&document.body)
                .map_err(|error| StorageError::Failed(format!("a stored summary cannot be read: {error}")))?;
            usual.extend(summary.usual().map(|usual| (mpp, usual)));
        }
        Ok(Self { watches, usual })
    }

    pub(super) fn hurry(&self, mpp: MppId) -> HurryStatus {
        let hurry = self.watches.get(&mpp).map_or_else(Hurry::default, Watch::hurry);
        HurryStatus { measured: hurry.measured, hasty: hurry.hasty, share: hurry.share(), alert: hurry.is_alert() }
    }

    pub(super) fn straight_lines(&self, mpp: MppId, zone: TimeZone) -> Vec<StraightLineStatus> {
        let status = |line: StraightLine| StraightLineStatus {
            counter: line.counter,
            responses: line.length,
            since: zone.local(line.since).to_rfc3339_opts(SecondsFormat::Secs, false),
            share: line.share,
        };
        self.watches.get(&mpp).into_iter().flat_map(Watch::straight_lines).map(status).collect()
    }

    /// `None` if the period before gives no measure of what is usual.
    pub(super) fn signal(&self, mpp: MppId) -> Option<SignalStatus> {
        let usual = *self.usual.get(&mpp)?;
        let last = self.watches.get(&mpp).and_then(|watch| watch.signals(usual).pop());
        Some(SignalStatus {
            direction: last.map_or("none", |(_, signal)| signal.key()),
            on: last.map(|(day, _)| day.to_string()),
        })
    }
}

impl SignalStatus {
    /// As one cell of a table.
    pub(super) fn cell(&self) -> String {
        self.on.as_ref().map_or_else(|| self.direction.to_owned(), |day| format!("{} {day}", self.direction))
    }
}

impl HurryStatus {
    /// The alert in words.
    pub(super) fn note(&self) -> Option<String> {
        self.alert.then(|| format!("hasty {} of {}", self.hasty, self.measured))
    }
}

impl StraightLineStatus {
    /// The alert in words; names of counters are what people wrote.
    pub(super) fn note(&self) -> String {
        let day = self.since.get(..10).unwrap_or_default();
        let counter = if self.counter.is_empty() { "no counter".to_owned() } else { format!("{:?}", self.counter) };
        format!("straight line at {counter}: {} since {day}", self.responses)
    }
}
