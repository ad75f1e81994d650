//! Figures of running periods: responses are counted a few seconds after they were stored, and figures read from what is
//! counted, at a cost that does not depend on how many there are.

mod figures;
mod regions;

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_domain::tally_set::TallySet;
use suara_storage::live_tallies::{self, Recounted};
use suara_storage::{Database, MppId, StorageError, tallies};

use super::country::Country;
use super::summary::FiguresStatus;
use super::{App, AppError};

pub use figures::{LiveFigures, WeekSummary};
pub use regions::current_totals;

/// How long a transaction that adds responses is waited for; after that, counting is tried again in the next round.
const PATIENCE: Duration = Duration::from_secs(2);
/// Steps of counting at most before the caller is heard again; a service that is told to stop must not wait for long.
const STEPS: usize = 20;
/// How long a step should keep the database: in SQLite there is one writer at a time, and citizens wait for it.
const STEP_TAKES: Duration = Duration::from_millis(10);
/// Responses of the first step, and of the longest.
const FIRST_STEP: u32 = 64;
const LONGEST_STEP: u32 = 4096;
/// How long counting pauses after a step, in lengths of that step: with and without responses that wait to be stored.
const PAUSE_WHEN_BUSY: u32 = 9;
const PAUSE: u32 = 1;

/// How far counting has come, as this process knows it.
#[derive(Debug, Default)]
pub struct Progress {
    behind: AtomicU64,
    caught_up_at: AtomicI64,
}

/// A look at [`Progress`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lag {
    /// Places in the order of storing that were left uncounted when counting last ended.
    pub behind: u64,
    /// When everything that was stored had been counted, seconds since 1970; 0 if it never had.
    pub caught_up_at: i64,
}

impl App {
    /// Counts what was stored since the last time; `false` if more could be counted at once. Any number of nodes may do this at any
    /// time. Blocks: call it off the workers.
    ///
    /// # Errors
    /// The database fails; the next call goes on where this one ended.
    pub fn count_responses(&self) -> Result<bool, StorageError> {
        let now = self.clock().now().timestamp();
        let left = self.count_in_steps()?;
        if let Some(left) = left {
            self.counting().behind.store(left, Ordering::Relaxed);
        }
        if left == Some(0) {
            self.counting().caught_up_at.store(now, Ordering::Relaxed);
        }
        Ok(left.is_none_or(|left| left == 0))
    }

    /// How many places are left after some steps; `None` if somebody has been adding responses for so long that nothing
    /// could be counted.
    fn count_in_steps(&self) -> Result<Option<u64>, StorageError> {
        let Some(horizon) = live_tallies::horizon(self.database(), PATIENCE)? else { return Ok(None) };
        let (mut left, mut rows) = (None, FIRST_STEP);
        for _ in 0..STEPS {
            let (step, took) = self.database().write("count responses", |connection| {
                // Without the wait for the writer before it.
                let started = Instant::now();
                Ok((live_tallies::step(connection, horizon, rows)?, started.elapsed()))
            })?;
            left = Some(step.left);
            if step.left == 0 {
                break;
            }
            rows = rows_after(rows, took);
            std::thread::sleep(took * if self.waiting() > 0 { PAUSE_WHEN_BUSY } else { PAUSE });
        }
        Ok(left)
    }

    /// How far counting is behind.
    #[must_use]
    pub fn lag(&self) -> Lag {
        let Progress { behind, caught_up_at } = self.counting();
        Lag { behind: behind.load(Ordering::Relaxed), caught_up_at: caught_up_at.load(Ordering::Relaxed) }
    }
}

/// Responses for the step after one that took so long.
fn rows_after(rows: u32, took: Duration) -> u32 {
    match took {
        took if took > STEP_TAKES => (rows / 2).max(FIRST_STEP),
        took if took < STEP_TAKES / 2 => (rows * 2).min(LONGEST_STEP),
        _ => rows,
    }
}

/// The tallies of an MPP and period, and whether they are frozen: final ones where there are any, otherwise total,
/// service, channel, mode and week of what is counted. Tallies that do not add up are counted anew first.
///
/// # Errors
/// The database fails.
pub fn current_tallies(
    database: &Database,
    mpp: MppId,
    period: Period,
) -> Result<(TallySet, FiguresStatus), StorageError> {
    let read = || {
        database.read(|connection| match tallies::load(connection, mpp, period)? {
            Some(frozen) => Ok((frozen, FiguresStatus::Final)),
            None => Ok((live_tallies::load(connection, mpp, period)?, FiguresStatus::Provisional)),
        })
    };
    match read() {
        Err(error @ StorageError::Corrupt { .. }) => {
            tracing::error!(error = %error, "live figures are counted anew");
            recount(database, mpp, period)?;
            read()
        }
        result => result,
    }
}

/// Counts the responses of an MPP and period one by one and repairs live tallies that are not the same.
///
/// # Errors
/// The database fails.
pub fn recount(database: &Database, mpp: MppId, period: Period) -> Result<Recounted, StorageError> {
    database.write("recount", |connection| live_tallies::recount(connection, mpp, period))
}

/// Recounts some MPPs, all if none is named; returns how many were looked at, and the codes of those that were repaired.
///
/// # Errors
/// There is no such MPP, or the database fails.
pub fn recount_all(database: &Database, period: Period, wanted: &[MppCode]) -> Result<(usize, Vec<MppCode>), AppError> {
    let country = Country::load(database)?;
    let mpps = match wanted {
        [] => country.mpps().iter().collect(),
        wanted => wanted.iter().map(|code| country.mpp(code)).collect::<Result<Vec<_>, _>>()?,
    };
    let mut repaired = Vec::new();
    for mpp in &mpps {
        if recount(database, mpp.id, period)? == Recounted::Repaired {
            repaired.push(mpp.details.code.clone());
        }
    }
    Ok((mpps.len(), repaired))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_grow_while_they_are_short_and_shrink_when_they_are_long() {
        let after = |rows, ms| rows_after(rows, Duration::from_millis(ms));
        assert_eq!((after(64, 1), after(128, 7), after(128, 11)), (128, 128, 64));
        assert_eq!((after(LONGEST_STEP, 1), after(FIRST_STEP, 500)), (LONGEST_STEP, FIRST_STEP));
    }
}
