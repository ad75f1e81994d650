//! Taking out what is withdrawn, dropping what is frozen, and counting all over again.

use diesel::prelude::*;
use suara_domain::period::Period;

use super::groups::{self, Groups, Zones};
use super::mark;
use crate::codes::Code;
use crate::connection::Connection;
use crate::dialect::{self, Lock, StoredResponse};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::responses::{State, period as stored_period};
use crate::schema::{live_tallies, responses, summaries};

/// What counting all over again found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recounted {
    /// The live tallies are those of the responses.
    Right,
    /// They were not; they are now.
    Repaired,
}

/// Counts the responses of an MPP and period up to the mark one by one and puts the result in place of live tallies that
/// differ; inside a write transaction. Nobody can withdraw or count meanwhile, a few seconds for a million responses.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn recount(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Recounted, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Live)?;
    let up_to = mark(connection)?;
    let zones = Zones::load(connection)?;
    let key = (mpp.0, period.number());
    let mut counted = Groups::default();
    if !is_frozen(connection, mpp, period)? {
        let accepted = [State::Accepted.code()];
        dialect::for_each_response(&mut connection.inner, key, (&accepted, i64::MIN), |response, _| {
            if response.seq <= up_to { counted.add(&zones, key, &response) } else { Ok(()) }
        })?;
    }
    // Tallies that cannot even be read are repaired like wrong ones.
    match groups::stored(connection, mpp, period) {
        Ok(there) if there == counted.0 => return Ok(Recounted::Right),
        Ok(_) | Err(StorageError::Corrupt { .. }) => {}
        Err(error) => return Err(error),
    }
    delete(connection, mpp, period)?;
    counted.store(connection)?;
    tracing::warn!(mpp = mpp.0, period = %period, "live tallies were counted all over again");
    Ok(Recounted::Repaired)
}

/// Counts an MPP all over again in every period, after its time zone has changed; inside a write transaction.
pub(crate) fn recount_weeks(connection: &mut Connection, mpp: MppId) -> Result<(), StorageError> {
    dialect::lock(&mut connection.inner, Lock::Live)?;
    let periods: Vec<i32> = live_tallies::table
        .filter(live_tallies::mpp_id.eq(mpp.0))
        .select(live_tallies::period)
        .distinct()
        .load(&mut connection.inner)?;
    for number in periods {
        recount(connection, mpp, stored_period(number)?)?;
    }
    Ok(())
}

/// Takes a response that is about to lose its content out of the live tallies, if it is in them; inside the transaction
/// that withdraws it. `false` if the tallies do not hold it, though they should: [`recount`] when it is gone.
pub(crate) fn take_out(connection: &mut Connection, seq: i64) -> Result<bool, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Live)?;
    if seq > mark(connection)? {
        return Ok(true);
    }
    let (mpp, period, response): (i32, i32, StoredResponse) = responses::table
        .find(seq)
        .select((responses::mpp_id, responses::period, StoredResponse::as_select()))
        .first(&mut connection.inner)?;
    if State::from_code(response.state)? != State::Accepted {
        return Ok(true);
    }
    let zones = Zones::load(connection)?;
    let mut groups = Groups::default();
    groups.add(&zones, (mpp, period), &response)?;
    match groups.take_out(connection) {
        Err(StorageError::Corrupt { .. }) => Ok(false),
        result => result,
    }
}

/// Drops the live tallies of an MPP and period whose summary is being stored; inside that transaction.
pub(crate) fn forget(connection: &mut Connection, mpp: MppId, period: Period) -> Result<(), StorageError> {
    dialect::lock(&mut connection.inner, Lock::Live)?;
    delete(connection, mpp, period)
}

fn delete(connection: &mut Connection, mpp: MppId, period: Period) -> Result<(), StorageError> {
    let there = live_tallies::table
        .filter(live_tallies::period.eq(period.number()))
        .filter(live_tallies::dimension.eq_any(groups::DIMENSIONS))
        .filter(live_tallies::mpp_id.eq(mpp.0));
    diesel::delete(there).execute(&mut connection.inner)?;
    Ok(())
}

fn is_frozen(connection: &mut Connection, mpp: MppId, period: Period) -> Result<bool, StorageError> {
    let summary = summaries::table.find((period.number(), mpp.0)).select(summaries::mpp_id);
    Ok(summary.first::<i32>(&mut connection.inner).optional()?.is_some())
}
