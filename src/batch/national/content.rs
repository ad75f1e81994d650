//! Brings together what the national report says: frozen tallies and comparison, and the follow-up plans.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use chrono::{Days, NaiveDate, TimeDelta};
use suara_domain::change::Verdict;
use suara_domain::index::Index;
use suara_domain::instrument::Instrument;
use suara_domain::monitoring::{Activity, RATE_DAYS, activity};
use suara_domain::period::{Period, TimeZone};
use suara_domain::sample_size;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::national::{NationalMpp, NationalReport, TestedChange};
use suara_reports::report::{Edition, FollowUp, Status};
use suara_storage::mpps::Mpp;
use suara_storage::report_revisions::Revision;
use suara_storage::{MppId, followups, summaries};

use super::super::Environment;
use super::super::report::{fingerprint, follow_up, former_revision};
use crate::app::AppError;
use crate::app::comparison::{MppComparison, PeriodComparison, period_comparison};
use crate::app::country::Country;
use crate::app::summary::{FiguresStatus, MppSummary};
use crate::app::tallies::PeriodTallies;

/// The dimensions the report speaks of.
const DIMENSIONS: [Dimension; 7] = [
    Dimension::Total,
    Dimension::Unflagged,
    Dimension::Agency,
    Dimension::Channel,
    Dimension::Mode,
    Dimension::Verified,
    Dimension::Week,
];

/// What the report says, without its edition.
pub(super) struct Content {
    pub comparison: PeriodComparison,
    period: Period,
    mpps: Vec<NationalMpp>,
}

impl Content {
    pub fn load(environment: &Environment<'_>, country: &Country, period: Period) -> Result<Self, AppError> {
        let database = environment.database;
        let comparison = period_comparison(database, country, period)?;
        let present = PeriodTallies::load(database, country, period, &DIMENSIONS)?;
        let former = PeriodTallies::load(database, country, period.previous(), &[Dimension::Total])?;
        let populations = populations(environment, country, period)?;
        let compared: BTreeMap<&str, &MppComparison> =
            comparison.mpp.iter().map(|mpp| (mpp.code.as_str(), mpp)).collect();
        let mut mpps = Vec::with_capacity(country.mpps().len());
        for mpp in country.mpps() {
            let tallies = present.of(mpp.id);
            let figures = compared.get(mpp.details.code.as_str()).copied();
            let population = populations.get(&mpp.id).copied().flatten();
            mpps.push(NationalMpp {
                code: mpp.details.code.clone(),
                name: mpp.details.name.clone(),
                province_code: mpp.details.province_code.clone(),
                former: former.total(mpp.id),
                population,
                sample_minimum: sample_size::minimum(population).minimum,
                activity: at_end(&tallies, today(environment, period, mpp)),
                closed: present.is_frozen(mpp.id),
                standing: Index::of(&tallies.total()).and_then(|index| figures?.standing(index.to_f64())),
                change: figures.and_then(tested),
                follow_up: plan(environment, mpp, period)?,
                former_follow_up: plan(environment, mpp, period.previous())?,
                tallies,
            });
        }
        Ok(Self { comparison, period, mpps })
    }

    /// Accepted responses of the whole country.
    pub fn responses(&self) -> u64 {
        self.mpps.iter().map(NationalMpp::n).sum()
    }

    pub fn fingerprint(&self) -> String {
        fingerprint(&self.mpps)
    }

    pub fn follow_ups_fingerprint(&self) -> String {
        fingerprint(&self.mpps.iter().map(|mpp| (&mpp.follow_up, &mpp.former_follow_up)).collect::<Vec<_>>())
    }

    /// The report in an edition.
    pub fn report(&self, edition: Edition) -> NationalReport {
        NationalReport {
            period: self.period,
            instrument: Instrument::standard().clone(),
            edition,
            mpps: self.mpps.clone(),
            funnel: self.comparison.funnel.map(Into::into),
            heterogeneity: self.comparison.heterogeneity.map(Into::into),
            tests: self.comparison.tests,
        }
    }

    /// The report before any revision was made.
    pub fn first_report(&self, snapshot: Option<String>) -> NationalReport {
        let status = match self.comparison.status {
            FiguresStatus::Provisional => Status::Provisional,
            FiguresStatus::Final => Status::Final,
        };
        self.report(Edition { status, ..first_edition(self.period, snapshot) })
    }
}

fn first_edition(period: Period, snapshot: Option<String>) -> Edition {
    Edition {
        status: Status::Final,
        revision: 1,
        reason: None,
        former: Vec::new(),
        // A document has no clock: it is dated by the last second of its period (docs/adr/0004).
        generated_at: period.bounds(TimeZone::Jakarta).1 - TimeDelta::seconds(1),
        manifest_sha256: snapshot,
    }
}

/// The edition of a revision.
pub(super) fn edition(period: Period, all: &[Revision], revision: &Revision, snapshot: Option<String>) -> Edition {
    Edition {
        revision: revision.number.unsigned_abs(),
        reason: (!revision.reason.is_empty()).then(|| revision.reason.clone()),
        former: all.iter().filter(|other| other.number < revision.number).map(former_revision).collect(),
        ..first_edition(period, snapshot)
    }
}

/// Users of each MPP: as frozen with its figures, else as counted so far.
fn populations(
    environment: &Environment<'_>,
    country: &Country,
    period: Period,
) -> Result<HashMap<MppId, Option<u64>>, AppError> {
    let frozen = environment.database.read(|connection| summaries::list(connection, period))?;
    let mut populations = HashMap::new();
    for (mpp, document) in frozen {
        let summary: MppSummary = serde_json::from_str(&document.body).map_err(AppError::output)?;
        populations.insert(mpp, summary.population);
    }
    for mpp in country.mpps() {
        if let Entry::Vacant(unknown) = populations.entry(mpp.id) {
            unknown.insert(country.users(environment.database, mpp, period)?.whole);
        }
    }
    Ok(populations)
}

fn plan(environment: &Environment<'_>, mpp: &Mpp, period: Period) -> Result<Vec<FollowUp>, AppError> {
    let steps = environment.database.read(|connection| followups::list(connection, mpp.id, period))?;
    Ok(steps.iter().map(follow_up).collect())
}

/// The day up to which silence is judged: the last one of the period, or the present one while it runs.
fn today(environment: &Environment<'_>, period: Period, mpp: &Mpp) -> NaiveDate {
    period.last_day().min(mpp.details.time_zone.local(environment.clock.now()).date_naive())
}

/// How an MPP behaved on a day, by the weeks of its responses: the day of the last one is frozen no more exactly than
/// that, so the end of its week counts.
fn at_end(tallies: &TallySet, today: NaiveDate) -> Activity {
    let weeks: Vec<(NaiveDate, u64)> = tallies
        .groups(Dimension::Week)
        .filter_map(|(monday, tally)| Some((monday.parse().ok()?, tally.n())))
        .filter(|(_, n)| *n > 0)
        .collect();
    let last = weeks.iter().map(|(monday, _)| *monday + Days::new(6)).max().map(|sunday| sunday.min(today));
    let since = last.map(|last| last - Days::new(RATE_DAYS));
    activity(today, last, weeks.iter().filter(|(monday, _)| Some(*monday) > since).map(|(_, n)| n).sum())
}

fn tested(figures: &MppComparison) -> Option<TestedChange> {
    let verdict = Verdict::from_label(figures.change_verdict.as_deref()?)?;
    let [low, high] = figures.change_ci95?;
    Some(TestedChange {
        difference: figures.change?,
        interval: (low, high),
        adjusted_p: figures.change_p_adjusted?,
        smallest_detectable: figures.change_smallest_detectable?,
        verdict,
    })
}
