//! The run over all MPPs: who is in it, in what order, on all processors, each MPP under its lease.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use chrono::{DateTime, TimeDelta, Utc};
use suara_domain::period::{Period, TimeZone};
use suara_storage::mpps::Mpp;
use suara_storage::{StorageError, report_runs, responses};

use super::documents::{self, Documents};
use super::event::{BatchReport, Event};
use super::figures::{self, Figures};
use super::leases::{WAIT_FOR_OTHERS, when_free, with_lease};
use super::{BatchRequest, BatchScope, Environment, national, snapshot};
use crate::app::country::Country;
use crate::app::{AppError, outbox, quality};

/// `--due` looks this many semesters back for what was left undone.
const DUE_PERIODS: usize = 8;

/// Does what is missing. `show` is told what goes on.
///
/// # Errors
/// The period has not ended, an MPP does not exist, or the database fails. What concerns one MPP alone does not stop
/// the others and is listed in the report.
pub fn run(
    environment: &Environment<'_>,
    request: &BatchRequest,
    show: &mut dyn FnMut(Event),
) -> Result<BatchReport, AppError> {
    // What is closed is frozen: the last answers get their flags first.
    quality::refresh_device_flags(environment.database, environment.clock.now())?;
    let country = Country::load(environment.database)?;
    let selected = selection(&country, request)?;
    let periods = match request.scope {
        BatchScope::Period(period) => vec![period],
        BatchScope::Due(days) => due_periods(environment, days)?,
    };
    let mut report = BatchReport::default();
    for period in periods {
        report.periods.push(period.to_string());
        if request.provisional {
            provisional(environment, &country, &selected, period, &mut report, show)?;
        } else {
            refuse_running(environment.clock.now(), period, &selected)?;
            close(environment, &country, &selected, period, request, &mut report, show)?;
        }
    }
    if request.send_mail && !request.provisional {
        let drained = outbox::send(environment.database, &environment.data_dir, &environment.mail, environment.clock)?;
        report.sent = drained.sent;
        report.failed = drained.failed;
    }
    Ok(report)
}

fn selection<'a>(country: &'a Country, request: &BatchRequest) -> Result<Vec<&'a Mpp>, AppError> {
    if request.mpps.is_empty() {
        return Ok(country.mpps().iter().collect());
    }
    request.mpps.iter().map(|code| country.mpp(code)).collect()
}

/// Ended at least `days` ago, with responses, newest last.
fn due_periods(environment: &Environment<'_>, days: u32) -> Result<Vec<Period>, AppError> {
    let latest = environment.clock.now() - TimeDelta::days(days.into());
    let running = Period::containing(latest, TimeZone::Jakarta);
    let candidates = std::iter::successors(Some(running.previous()), |period| Some(period.previous()));
    let mut due = Vec::new();
    for period in candidates.take(DUE_PERIODS) {
        let counts = environment.database.read(|connection| responses::counts(connection, period))?;
        if counts.iter().any(|counts| counts.accepted > 0) {
            due.push(period);
        }
    }
    due.reverse();
    Ok(due)
}

fn refuse_running(now: DateTime<Utc>, period: Period, selected: &[&Mpp]) -> Result<(), AppError> {
    let running = selected.iter().find(|mpp| !period.has_ended(now, mpp.details.time_zone));
    running.map_or(Ok(()), |mpp| {
        let zone = mpp.details.time_zone;
        Err(AppError::refused(format!(
            "the period {period} has not ended: it ends on {} at 24:00 {} (--provisional renders it as it stands)",
            period.last_day(),
            zone.abbreviation()
        )))
    })
}

fn close(
    environment: &Environment<'_>,
    country: &Country,
    selected: &[&Mpp],
    period: Period,
    request: &BatchRequest,
    report: &mut BatchReport,
    show: &mut dyn FnMut(Event),
) -> Result<(), AppError> {
    show(Event::Phase { name: format!("{period} figures"), steps: selected.len() as u64 });
    let before = report.rejected.len();
    let freeze = |mpp: &Mpp| figures::freeze(environment, country, mpp, period);
    for_each_mpp(environment, selected, ("figures", period), freeze, &mut |mpp, result| {
        let outcome = match result {
            Ok(Figures::Unchanged) => {
                report.unchanged += 1;
                "unchanged"
            }
            Ok(Figures::ClosedNow(n)) => {
                report.closed += 1;
                report.empty += u64::from(n == 0);
                "closed"
            }
            Err(error) => return reject(report, show, mpp, &error),
        };
        show(Event::Step { mpp: mpp.details.code.to_string(), outcome });
    })?;
    // The national snapshot is for whole periods; a run for single MPPs uses the one there is.
    if request.mpps.is_empty() && report.rejected.len() == before {
        // Another run that freezes at this moment is waited for: no document may be made before, to be made again after.
        let freeze = || snapshot::freeze(environment, country, period);
        report.snapshots += u64::from(when_free(environment, &format!("snapshot/{period}"), freeze)?);
        let issue = || national::issue(environment, country, period);
        let (national, queued) = when_free(environment, &format!("national/{period}"), issue)?;
        report.national += u64::from(national == Documents::Rendered);
        report.queued += queued;
    }
    show(Event::Phase { name: format!("{period} documents"), steps: selected.len() as u64 });
    let issue = |mpp: &Mpp| documents::issue(environment, country, mpp, period);
    for_each_mpp(environment, selected, ("documents", period), issue, &mut |mpp, result| {
        let outcome = match result {
            Ok((documents, queued)) => {
                report.queued += queued;
                counted(documents, report)
            }
            Err(error) => return reject(report, show, mpp, &error),
        };
        show(Event::Step { mpp: mpp.details.code.to_string(), outcome });
    })
}

fn provisional(
    environment: &Environment<'_>,
    country: &Country,
    selected: &[&Mpp],
    period: Period,
    report: &mut BatchReport,
    show: &mut dyn FnMut(Event),
) -> Result<(), AppError> {
    show(Event::Phase { name: format!("{period} provisional"), steps: selected.len() as u64 });
    if selected.len() == country.mpps().len() {
        let national = national::render_provisional(environment, country, period)?;
        report.national += u64::from(national == Documents::Rendered);
    }
    let render = |mpp: &Mpp| documents::render_provisional(environment, country, mpp, period);
    for_each_mpp(environment, selected, ("provisional", period), render, &mut |mpp, result| match result {
        Ok(documents) => {
            let outcome = counted(documents, report);
            show(Event::Step { mpp: mpp.details.code.to_string(), outcome });
        }
        Err(error) => reject(report, show, mpp, &error),
    })
}

fn counted(documents: Documents, report: &mut BatchReport) -> &'static str {
    match documents {
        Documents::Empty => "empty",
        Documents::Unchanged => "unchanged",
        Documents::Rendered => {
            report.rendered += 1;
            "rendered"
        }
    }
}

fn reject(report: &mut BatchReport, show: &mut dyn FnMut(Event), mpp: &Mpp, error: &AppError) {
    let code = mpp.details.code.to_string();
    let reason = error.to_string();
    // An MPP that failed in one phase fails in the next one for the same reason; it is named once.
    if report.rejected.iter().all(|(rejected, _)| *rejected != code) {
        report.rejected.push((code.clone(), reason.clone()));
    }
    show(Event::Rejected { mpp: code, reason });
}

/// Runs `work` for every MPP on all processors, each under the lease of its step, and hands the results to `take` as
/// they come. What another run holds is asked for again until it is free; being done by then costs next to nothing.
fn for_each_mpp<T: Send>(
    environment: &Environment<'_>,
    selected: &[&Mpp],
    (step, period): (&'static str, Period),
    work: impl Fn(&Mpp) -> Result<T, AppError> + Sync,
    take: &mut dyn FnMut(&Mpp, Result<T, AppError>),
) -> Result<(), AppError> {
    let queue: Mutex<VecDeque<&Mpp>> = Mutex::new(selected.iter().copied().collect());
    let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let later = |mpp| queue.lock().unwrap_or_else(PoisonError::into_inner).push_back(mpp);
    let (results, arrivals) = mpsc::channel();
    let worker = |results: mpsc::Sender<_>| {
        while let Some(mpp) = next() {
            let key = format!("{step}/{period}/{}", mpp.details.code);
            let result = with_lease(environment, &key, || attempt(environment, mpp, period, step, &work)).transpose();
            let Some(result) = result else {
                thread::sleep(WAIT_FOR_OTHERS);
                later(mpp);
                continue;
            };
            if results.send((mpp, result)).is_err() {
                return;
            }
        }
    };
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(selected.len());
    thread::scope(|scope| {
        for _ in 0..workers {
            let results = results.clone();
            scope.spawn(|| worker(results));
        }
        drop(results);
        for (mpp, result) in arrivals {
            match result {
                // Without a database nothing can go on; returning drops the receiver, which ends the workers.
                Err(error @ AppError::Storage(StorageError::Unreachable(_))) => return Err(error),
                result => take(mpp, result),
            }
        }
        Ok(())
    })
}

/// One attempt, with its failure noted for whoever looks at the database.
fn attempt<T>(
    environment: &Environment<'_>,
    mpp: &Mpp,
    period: Period,
    step: &str,
    work: impl Fn(&Mpp) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let now = environment.clock.now();
    environment.database.write("begin step", |connection| report_runs::begin(connection, mpp.id, period, step, now))?;
    work(mpp).inspect_err(|error| {
        let noted = environment
            .database
            .write("note failure", |connection| report_runs::fail(connection, mpp.id, period, &error.to_string(), now));
        if let Err(unnoted) = noted {
            tracing::warn!(mpp = %mpp.details.code, error = %unnoted, "failure could not be noted");
        }
    })
}
