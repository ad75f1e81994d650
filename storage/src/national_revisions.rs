//! Revisions of the national report of a period. Each stays as it was; the figures are those of the snapshot.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::{Connection, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::report_revisions::{Revision, Row};
use crate::schema::national_revisions;
use crate::summaries::Document;

/// Adds a revision and returns its number; inside a write transaction. If the latest one has the same manifest, that
/// one is meant and nothing is added.
///
/// # Errors
/// A failing database.
pub fn add(
    connection: &mut Connection,
    period: Period,
    reason: &str,
    manifest: &Document,
    at: DateTime<Utc>,
) -> Result<i32, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Results)?;
    let latest = list(connection, period)?.pop();
    if let Some(latest) = &latest
        && latest.manifest == *manifest
    {
        return Ok(latest.number);
    }
    let number = latest.map_or(1, |latest| latest.number + 1);
    diesel::insert_into(national_revisions::table)
        .values((
            national_revisions::period.eq(period.number()),
            national_revisions::revision.eq(number),
            national_revisions::reason.eq(reason),
            national_revisions::manifest.eq(&manifest.body),
            national_revisions::sha256.eq(manifest.sha256.as_slice()),
            national_revisions::created_at.eq(micros(at)),
        ))
        .execute(&mut connection.inner)?;
    Ok(number)
}

/// All revisions, the first one first.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection, period: Period) -> Result<Vec<Revision>, StorageError> {
    let rows: Vec<Row> = national_revisions::table
        .filter(national_revisions::period.eq(period.number()))
        .select((
            national_revisions::revision,
            national_revisions::reason,
            national_revisions::manifest,
            national_revisions::sha256,
            national_revisions::created_at,
        ))
        .order(national_revisions::revision)
        .load(&mut connection.inner)?;
    rows.into_iter().map(Revision::of).collect()
}
