//! Who answers, who is quiet, who is overdue: the weekly look at every MPP.

mod alerts;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde::Serialize;
use suara_domain::monitoring::{Activity, RATE_DAYS, activity, is_kiosk_silent};
use suara_domain::period::{Period, TimeZone};
use suara_domain::sample_size;
use suara_storage::kiosks::{self, Kiosk};
use suara_storage::mpps::{self, Mpp};
use suara_storage::responses::{Counts, DayCount};
use suara_storage::{Database, MppId, StorageError, mpp_periods, responses, visitors};

use self::alerts::Alarms;
pub use self::alerts::{HurryStatus, SignalStatus, StraightLineStatus};
use super::AppError;

/// A period that ended this long ago and is not closed is overdue.
const OVERDUE_AFTER_DAYS: i64 = 14;

/// All registered MPPs in one period.
#[derive(Clone, Debug, Serialize)]
pub struct Status {
    /// `2026-S1`.
    pub period: String,
    /// By code.
    pub mpp: Vec<MppStatus>,
}

/// One MPP in one period.
#[derive(Clone, Debug, Serialize)]
pub struct MppStatus {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Accepted responses.
    pub n: u64,
    /// Minimum sample.
    pub target: u64,
    /// Whether the minimum is reached.
    pub target_reached: bool,
    /// The latest response, on the wall clock of the MPP; null if there is none.
    pub last_response: Option<String>,
    /// `active`, `quiet`, `inactive` or `never`; null once the period has ended.
    pub activity: Option<&'static str>,
    /// `running`, `ended` or `closed`.
    pub state: &'static str,
    /// Ended two weeks ago and still not closed.
    pub overdue: bool,
    /// Responses that came after the closing.
    pub late: u64,
    /// Scores that left the usual of the period before; null if that has too few responses or is not closed.
    pub signal: Option<SignalStatus>,
    /// How hastily the web responses were filled in.
    pub hurry: HurryStatus,
    /// Rows of equal responses that chance does not explain, by counter.
    pub straight_lines: Vec<StraightLineStatus>,
    /// Kiosks that were ever heard of, by counter.
    pub kiosks: Vec<KioskStatus>,
}

/// One kiosk.
#[derive(Clone, Debug, Serialize)]
pub struct KioskStatus {
    /// Name of its counter; empty if it named none.
    pub counter: String,
    /// When it was last heard of, on the wall clock of the MPP.
    pub last_seen: String,
    /// Responses that waited on it then.
    pub waiting: u32,
    /// Should be working now and does not.
    #[serde(skip)]
    silent: bool,
}

/// The status of all MPPs in `period`, by default the one that runs in western Indonesia.
///
/// # Errors
/// A failing database.
pub fn status(database: &Database, period: Option<Period>, now: DateTime<Utc>) -> Result<Status, AppError> {
    let period = period.unwrap_or_else(|| Period::containing(now, TimeZone::Jakarta));
    let since = now - TimeDelta::days(i64::try_from(2 * RATE_DAYS).unwrap_or_default());
    let status = database.read(|connection| {
        let mpps = mpps::list(connection)?;
        let counts = responses::counts(connection, period)?;
        let mut days = responses::daily_counts(connection, period.previous(), since)?;
        days.extend(responses::daily_counts(connection, period, since)?);
        let closed: HashSet<MppId> =
            mpp_periods::list(connection, period)?.into_iter().map(|closure| closure.mpp).collect();
        let users = visitors::list(connection, period)?;
        let whole = users.iter().filter(|count| count.service.is_none());
        let population: HashMap<MppId, u64> = whole.map(|count| (count.mpp, count.visitors.into())).collect();
        let all_kiosks = kiosks::list(connection)?;
        let alarms = Alarms::load(connection, &mpps, period)?;
        let counts: HashMap<_, Counts> = counts.into_iter().map(|counts| (counts.mpp, counts)).collect();
        let mut one = |mpp: &Mpp| {
            let counts = counts.get(&mpp.id);
            let last = counts.and_then(|counts| counts.last_filled_at);
            let facts = Facts {
                last: last.map_or_else(|| responses::last_before(connection, mpp.id, period), |last| Ok(Some(last)))?,
                counts,
                days: &days,
                closed: closed.contains(&mpp.id),
                population: population.get(&mpp.id).copied(),
                alarms: &alarms,
                kiosks: all_kiosks.iter().filter(|kiosk| kiosk.mpp == mpp.id).collect(),
            };
            Ok(mpp_status(mpp, period, now, &facts))
        };
        let mpp = mpps.iter().map(&mut one).collect::<Result<_, StorageError>>()?;
        Ok(Status { period: period.to_string(), mpp })
    })?;
    Ok(status)
}

struct Facts<'a> {
    /// The last response up to the end of the period, also one of a former period.
    last: Option<DateTime<Utc>>,
    counts: Option<&'a Counts>,
    days: &'a [DayCount],
    closed: bool,
    population: Option<u64>,
    alarms: &'a Alarms,
    kiosks: Vec<&'a Kiosk>,
}

fn mpp_status(mpp: &Mpp, period: Period, now: DateTime<Utc>, facts: &Facts<'_>) -> MppStatus {
    let zone = mpp.details.time_zone;
    let ended = period.has_ended(now, zone);
    let n = facts.counts.map_or(0, |counts| counts.accepted);
    let target = sample_size::minimum(facts.population).minimum;
    let last = facts.last;
    let own_days = || facts.days.iter().filter(|day| day.mpp == mpp.id);
    let last_day = own_days().map(|day| day.day).max().or_else(|| last.map(|last| zone.local(last).date_naive()));
    let today = zone.local(now).date_naive();
    MppStatus {
        code: mpp.details.code.to_string(),
        name: mpp.details.name.clone(),
        n,
        target,
        target_reached: n > 0 && n >= target,
        last_response: last.map(|last| zone.local(last).to_rfc3339_opts(SecondsFormat::Secs, false)),
        activity: (!ended).then(|| activity(today, last_day, in_window(own_days(), last_day)).key()),
        state: match (facts.closed, ended) {
            (true, _) => "closed",
            (false, true) => "ended",
            (false, false) => "running",
        },
        overdue: ended && !facts.closed && now - period.bounds(zone).1 > TimeDelta::days(OVERDUE_AFTER_DAYS),
        late: facts.counts.map_or(0, |counts| counts.late),
        signal: facts.alarms.signal(mpp.id),
        hurry: facts.alarms.hurry(mpp.id),
        straight_lines: facts.alarms.straight_lines(mpp.id, zone),
        kiosks: facts.kiosks.iter().map(|kiosk| kiosk_status(kiosk, zone, now)).collect(),
    }
}

fn kiosk_status(kiosk: &Kiosk, zone: TimeZone, now: DateTime<Utc>) -> KioskStatus {
    let last_seen = zone.local(kiosk.last_seen_at);
    KioskStatus {
        counter: kiosk.counter.clone(),
        last_seen: last_seen.to_rfc3339_opts(SecondsFormat::Secs, false),
        waiting: kiosk.waiting,
        silent: is_kiosk_silent(zone.local(now).naive_local(), last_seen.naive_local()),
    }
}

/// Responses of the 56 days that end with the last one.
fn in_window<'a>(days: impl Iterator<Item = &'a DayCount>, last: Option<NaiveDate>) -> u64 {
    let Some(last) = last else { return 0 };
    days.filter(|day| day.day > last - Days::new(RATE_DAYS) && day.day <= last).map(|day| day.n).sum()
}

impl Status {
    /// As a table for a terminal.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let width = self.mpp.iter().map(|mpp| mpp.code.len()).max().unwrap_or_default().max(4);
        let header = format!(
            "{:width$}  {:>7}  {:>6}  {:25}  {:8}  {:16}  note",
            self.period, "n", "target", "last response", "state", "signal"
        );
        std::iter::once(header).chain(self.mpp.iter().map(|mpp| mpp.line(width))).collect()
    }

    /// As JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl MppStatus {
    fn line(&self, width: usize) -> String {
        let quiet = self.activity.filter(|activity| *activity != Activity::Active.key());
        let notes = [
            quiet,
            self.overdue.then_some("overdue"),
            (!self.target_reached && self.state != "running").then_some("sample not reached"),
            (self.late > 0).then_some("has late responses"),
            self.kiosks.iter().any(|kiosk| kiosk.silent).then_some("kiosk silent"),
        ];
        let alerts = self.hurry.note().into_iter().chain(self.straight_lines.iter().map(StraightLineStatus::note));
        let note: Vec<String> = notes.into_iter().flatten().map(str::to_owned).chain(alerts).collect();
        let line = format!(
            "{:width$}  {:>7}  {:>6}  {:25}  {:8}  {:16}  {}",
            self.code,
            self.n,
            self.target,
            self.last_response.as_deref().unwrap_or("-"),
            self.state,
            self.signal.as_ref().map_or_else(|| "-".to_owned(), SignalStatus::cell),
            note.join(", ")
        );
        line.trim_end().to_owned()
    }
}
