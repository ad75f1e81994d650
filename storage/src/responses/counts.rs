//! How many responses there are, per MPP and per day.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Integer, Nullable, SmallInt};
use suara_domain::period::{Period, TimeZone};

use crate::codes::Code;
use crate::connection::{Connection, instant, micros};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::responses::State;

/// The responses of one MPP in one period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// MPP.
    pub mpp: MppId,
    /// Those that count.
    pub accepted: u64,
    /// Those that came after the closing.
    pub late: u64,
    /// Those that were taken back.
    pub withdrawn: u64,
    /// The latest `filled_at` of an accepted one.
    pub last_filled_at: Option<DateTime<Utc>>,
}

/// The accepted responses of one MPP on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayCount {
    /// MPP.
    pub mpp: MppId,
    /// The day on the wall clock of the MPP.
    pub day: NaiveDate,
    /// How many.
    pub n: u64,
}

#[derive(QueryableByName)]
struct StateCount {
    #[diesel(sql_type = Integer)]
    mpp_id: i32,
    #[diesel(sql_type = SmallInt)]
    state: i16,
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    last: Option<i64>,
}

/// The counts of every MPP that has any response in the period, by MPP.
///
/// # Errors
/// A failing database.
pub fn counts(connection: &mut Connection, period: Period) -> Result<Vec<Counts>, StorageError> {
    count(connection, &format!("period = {}", period.number()))
}

/// The counts of one MPP in the period, without a look at the rows of others; `None` if it has no response.
///
/// # Errors
/// A failing database.
pub fn counts_of(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Option<Counts>, StorageError> {
    Ok(count(connection, &format!("period = {} AND mpp_id = {}", period.number(), mpp.0))?.pop())
}

fn count(connection: &mut Connection, condition: &str) -> Result<Vec<Counts>, StorageError> {
    let rows: Vec<StateCount> = diesel::sql_query(format!(
        "SELECT mpp_id, state, COUNT(*) AS n, MAX(filled_at) AS last FROM responses WHERE {condition} \
         GROUP BY mpp_id, state ORDER BY mpp_id, state"
    ))
    .load(&mut connection.inner)?;
    let mut all: Vec<Counts> = Vec::new();
    for row in rows {
        let mpp = MppId(row.mpp_id);
        if all.last().is_none_or(|counts| counts.mpp != mpp) {
            all.push(Counts { mpp, accepted: 0, late: 0, withdrawn: 0, last_filled_at: None });
        }
        let Some(counts) = all.last_mut() else { continue };
        match State::from_code(row.state)? {
            State::Accepted => {
                counts.accepted = row.n.unsigned_abs();
                counts.last_filled_at = row.last.map(instant).transpose()?;
            }
            State::Late => counts.late = row.n.unsigned_abs(),
            State::Withdrawn => counts.withdrawn = row.n.unsigned_abs(),
        }
    }
    Ok(all)
}

/// Periods before another that are looked through for a sign of life: five years.
const LOOKED_BACK: usize = 10;

/// The last accepted response of an MPP in the periods before this one; `None` if it had none for five years.
///
/// # Errors
/// A failing database.
pub fn last_before(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
) -> Result<Option<DateTime<Utc>>, StorageError> {
    for former in std::iter::successors(Some(period.previous()), |period| Some(period.previous())).take(LOOKED_BACK) {
        // Period by period, because the index begins with it.
        let last = counts_of(connection, mpp, former)?.and_then(|counts| counts.last_filled_at);
        if last.is_some() {
            return Ok(last);
        }
    }
    Ok(None)
}

#[derive(QueryableByName)]
struct LocalDay {
    #[diesel(sql_type = Integer)]
    mpp_id: i32,
    #[diesel(sql_type = BigInt)]
    day: i64,
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// The accepted responses of a period per MPP and local day from `since` on, by MPP and day; days without any are
/// left out.
///
/// # Errors
/// A failing database.
pub fn daily_counts(
    connection: &mut Connection,
    period: Period,
    since: DateTime<Utc>,
) -> Result<Vec<DayCount>, StorageError> {
    const DAY: i64 = 86_400_000_000;
    let mut counts = Vec::new();
    for zone in TimeZone::ALL {
        let offset = i64::from(zone.local(since).offset().local_minus_utc()) * 1_000_000;
        // All that is written into the text are numbers and the fixed name of the zone.
        let rows: Vec<LocalDay> = diesel::sql_query(format!(
            "SELECT mpp_id, (filled_at + {offset}) / {DAY} AS day, COUNT(*) AS n FROM responses \
             WHERE period = {} AND state = {} AND filled_at >= {} \
             AND mpp_id IN (SELECT id FROM mpps WHERE time_zone = '{}') \
             GROUP BY 1, 2",
            period.number(),
            State::Accepted.code(),
            micros(since),
            zone.key()
        ))
        .load(&mut connection.inner)?;
        for row in rows {
            let day = instant(row.day * DAY)?.date_naive();
            counts.push(DayCount { mpp: MppId(row.mpp_id), day, n: row.n.unsigned_abs() });
        }
    }
    counts.sort_unstable_by_key(|count| (count.mpp, count.day));
    Ok(counts)
}
