//! Counting what was stored since the mark.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use diesel::dsl::max;
use diesel::prelude::*;

use super::groups::{Groups, Zones};
use super::{MARK, mark};
use crate::codes::Code;
use crate::connection::Connection;
use crate::database::Database;
use crate::dialect::{self, Lock, StoredResponse};
use crate::error::StorageError;
use crate::responses::State;
use crate::schema::{live_marks, responses, summaries};

/// When those who were adding responses are asked for again: soon, because the web stores in milliseconds, then ever
/// less often, because files take longer.
const ASK_FIRST: Duration = Duration::from_millis(2);
const ASK_LAST: Duration = Duration::from_millis(100);

/// A place in the order of storing up to which everything is committed and nothing more will appear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon(i64);

/// What one step did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Responses counted.
    pub counted: u64,
    /// Places in the order of storing that are left up to the horizon; 0 when all is done.
    pub left: u64,
}

/// The present horizon; `None` if somebody has been adding responses for longer than `patience`.
///
/// Places are taken under the shared lock of a period, which ends with the transaction. So whatever is not committed up to
/// the last place that can be seen belongs to a transaction that holds such a lock now, and once those have ended,
/// everything up to that place can be seen. Nobody who adds responses waits for this, or notices it.
///
/// # Errors
/// A failing database.
pub fn horizon(database: &Database, patience: Duration) -> Result<Option<Horizon>, StorageError> {
    // The order matters: first the place, then those who may still hold one before it.
    let (last, mut before_us) = database.read(|connection| {
        let last: Option<i64> = responses::table.select(max(responses::seq)).first(&mut connection.inner)?;
        let last = last.unwrap_or_default();
        let is_done = mark(connection)? >= last;
        let before_us = if is_done { Vec::new() } else { dialect::adders(&mut connection.inner)? };
        Ok((last, before_us))
    })?;
    let (started, mut pause) = (Instant::now(), ASK_FIRST);
    while !before_us.is_empty() {
        if started.elapsed() > patience {
            return Ok(None);
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(ASK_LAST);
        let present = database.read(|connection| Ok(dialect::adders(&mut connection.inner)?))?;
        before_us.retain(|transaction| present.contains(transaction));
    }
    Ok(Some(Horizon(last)))
}

/// Counts the next responses between mark and horizon, `rows` of them at most, and moves the mark past them; inside a
/// write transaction. Of several at once, each counts what the former has left.
///
/// # Errors
/// A failing database, or a stored value that makes no sense; nothing of the transaction must be kept then.
pub fn step(connection: &mut Connection, horizon: Horizon, rows: u32) -> Result<Step, StorageError> {
    type Row = (i32, i32, StoredResponse);
    dialect::lock(&mut connection.inner, Lock::Live)?;
    let from = mark(connection)?;
    if from >= horizon.0 {
        return Ok(Step { counted: 0, left: 0 });
    }
    let most = usize::try_from(rows).unwrap_or(usize::MAX);
    let rows: Vec<Row> = responses::table
        .filter(responses::seq.gt(from))
        .filter(responses::seq.le(horizon.0))
        .filter(responses::state.eq(State::Accepted.code()))
        .order(responses::seq)
        .limit(i64::from(rows))
        .select((responses::mpp_id, responses::period, StoredResponse::as_select()))
        .load(&mut connection.inner)?;
    let is_full = rows.len() >= most;
    let to = rows.last().filter(|_| is_full).map_or(horizon.0, |(_, _, response)| response.seq);
    let counted = count(connection, &rows)?;
    diesel::update(live_marks::table.find(MARK)).set(live_marks::seq.eq(to)).execute(&mut connection.inner)?;
    Ok(Step { counted, left: horizon.0.abs_diff(to) })
}

/// Adds responses to the tallies; returns how many, without those whose figures are frozen.
fn count(connection: &mut Connection, rows: &[(i32, i32, StoredResponse)]) -> Result<u64, StorageError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let periods: BTreeSet<i32> = rows.iter().map(|(_, period, _)| *period).collect();
    let frozen: Vec<(i32, i32)> = summaries::table
        .filter(summaries::period.eq_any(periods))
        .select((summaries::mpp_id, summaries::period))
        .load(&mut connection.inner)?;
    let frozen: BTreeSet<(i32, i32)> = frozen.into_iter().collect();
    let zones = Zones::load(connection)?;
    let mut groups = Groups::default();
    let mut counted = 0;
    for (mpp, period, response) in rows {
        if !frozen.contains(&(*mpp, *period)) {
            groups.add(&zones, (*mpp, *period), response)?;
            counted += 1;
        }
    }
    groups.store(connection)?;
    Ok(counted)
}
