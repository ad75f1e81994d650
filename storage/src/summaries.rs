//! The computed summary of an MPP and period, as JSON.

use std::collections::BTreeSet;

use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::live_tallies;
use crate::responses::period;
use crate::schema::summaries;
use crate::upserted::Upserted;

/// A stored document with its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// JSON.
    pub body: String,
    /// SHA-256 of `body`.
    pub sha256: [u8; 32],
}

/// Stores the summary of an MPP and period; inside a write transaction. From then on its figures are frozen, and its live
/// tallies gone.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn put(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    summary: &Document,
) -> Result<Upserted, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Results)?;
    let there = get(connection, mpp, period)?;
    let result = Upserted::compare(there.as_ref(), summary);
    let values = (summaries::body.eq(&summary.body), summaries::sha256.eq(summary.sha256.as_slice()));
    match result {
        Upserted::Unchanged => {}
        Upserted::Updated => {
            let row = summaries::table.find((period.number(), mpp.0));
            diesel::update(row).set(values).execute(&mut connection.inner)?;
        }
        Upserted::Inserted => {
            let key = (summaries::mpp_id.eq(mpp.0), summaries::period.eq(period.number()));
            diesel::insert_into(summaries::table)
                .values((key.0, key.1, values.0, values.1))
                .execute(&mut connection.inner)?;
        }
    }
    live_tallies::forget(connection, mpp, period)?;
    Ok(result)
}

/// The summary of an MPP and period.
///
/// # Errors
/// A failing database.
pub fn get(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Option<Document>, StorageError> {
    let row: Option<(String, Vec<u8>)> = summaries::table
        .find((period.number(), mpp.0))
        .select((summaries::body, summaries::sha256))
        .first(&mut connection.inner)
        .optional()?;
    row.map(|(body, hash)| Ok(Document { body, sha256: sha256(&hash)? })).transpose()
}

/// The summaries of all MPPs in a period.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection, period: Period) -> Result<Vec<(MppId, Document)>, StorageError> {
    let rows: Vec<(i32, String, Vec<u8>)> = summaries::table
        .filter(summaries::period.eq(period.number()))
        .select((summaries::mpp_id, summaries::body, summaries::sha256))
        .order(summaries::mpp_id)
        .load(&mut connection.inner)?;
    rows.into_iter().map(|(mpp, body, hash)| Ok((MppId(mpp), Document { body, sha256: sha256(&hash)? }))).collect()
}

/// The MPPs whose figures of a period are frozen.
///
/// # Errors
/// A failing database.
pub fn frozen(connection: &mut Connection, period: Period) -> Result<BTreeSet<MppId>, StorageError> {
    let of_period = summaries::table.filter(summaries::period.eq(period.number()));
    let mpps: Vec<i32> = of_period.select(summaries::mpp_id).load(&mut connection.inner)?;
    Ok(mpps.into_iter().map(MppId).collect())
}

/// The summaries of an MPP, by period: its trend.
///
/// # Errors
/// A failing database.
pub fn of_mpp(connection: &mut Connection, mpp: MppId) -> Result<Vec<(Period, Document)>, StorageError> {
    let rows: Vec<(i32, String, Vec<u8>)> = summaries::table
        .filter(summaries::mpp_id.eq(mpp.0))
        .select((summaries::period, summaries::body, summaries::sha256))
        .order(summaries::period)
        .load(&mut connection.inner)?;
    rows.into_iter()
        .map(|(number, body, hash)| Ok((period(number)?, Document { body, sha256: sha256(&hash)? })))
        .collect()
}

/// A stored SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> Result<[u8; 32], StorageError> {
    bytes.try_into().map_err(|_| StorageError::corrupt("a SHA-256 of 32 bytes", format!("{} bytes", bytes.len())))
}
