//! The national snapshot of a period.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::{Connection, instant, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::schema::snapshots;
use crate::summaries::{Document, sha256};
use crate::upserted::Upserted;

/// Stores the snapshot of a period; inside a write transaction. An equal one keeps its time.
///
/// # Errors
/// A failing database.
pub fn put(
    connection: &mut Connection,
    period: Period,
    snapshot: &Document,
    at: DateTime<Utc>,
) -> Result<Upserted, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Results)?;
    let there = get(connection, period)?.map(|(document, _)| document);
    let result = Upserted::compare(there.as_ref(), snapshot);
    if result != Upserted::Unchanged {
        diesel::delete(snapshots::table.find(period.number())).execute(&mut connection.inner)?;
        diesel::insert_into(snapshots::table)
            .values((
                snapshots::period.eq(period.number()),
                snapshots::body.eq(&snapshot.body),
                snapshots::sha256.eq(snapshot.sha256.as_slice()),
                snapshots::created_at.eq(micros(at)),
            ))
            .execute(&mut connection.inner)?;
    }
    Ok(result)
}

/// The snapshot of a period and when it was made.
///
/// # Errors
/// A failing database.
pub fn get(connection: &mut Connection, period: Period) -> Result<Option<(Document, DateTime<Utc>)>, StorageError> {
    let row: Option<(String, Vec<u8>, i64)> = snapshots::table
        .find(period.number())
        .select((snapshots::body, snapshots::sha256, snapshots::created_at))
        .first(&mut connection.inner)
        .optional()?;
    row.map(|(body, hash, at)| Ok((Document { body, sha256: sha256(&hash)? }, instant(at)?))).transpose()
}
