//! Revisions of the report of an MPP and period. Each stays as it was; the figures are those of the closing.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::{Connection, instant, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::report_revisions;
use crate::summaries::{Document, sha256};

/// One revision of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Number, 1 for the first.
    pub number: i32,
    /// Why it was made.
    pub reason: String,
    /// Its manifest, JSON: the files with their hashes.
    pub manifest: Document,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// Number, reason, manifest and its hash, and the moment, as they are stored.
pub(crate) type Row = (i32, String, String, Vec<u8>, i64);

impl Revision {
    pub(crate) fn of((number, reason, body, hash, created_at): Row) -> Result<Self, StorageError> {
        let manifest = Document { body, sha256: sha256(&hash)? };
        Ok(Self { number, reason, manifest, created_at: instant(created_at)? })
    }
}

/// Adds a revision and returns its number; inside a write transaction. If the latest one has the same manifest, that
/// one is meant and nothing is added.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn add(
    connection: &mut Connection,
    (mpp, period): (MppId, Period),
    reason: &str,
    manifest: &Document,
    at: DateTime<Utc>,
) -> Result<i32, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Results)?;
    let latest = latest(connection, mpp, period)?;
    if let Some(latest) = &latest
        && latest.manifest == *manifest
    {
        return Ok(latest.number);
    }
    let number = latest.map_or(1, |latest| latest.number + 1);
    diesel::insert_into(report_revisions::table)
        .values((
            report_revisions::mpp_id.eq(mpp.0),
            report_revisions::period.eq(period.number()),
            report_revisions::revision.eq(number),
            report_revisions::reason.eq(reason),
            report_revisions::manifest.eq(&manifest.body),
            report_revisions::sha256.eq(manifest.sha256.as_slice()),
            report_revisions::created_at.eq(micros(at)),
        ))
        .execute(&mut connection.inner)?;
    Ok(number)
}

/// The latest revision.
///
/// # Errors
/// A failing database.
pub fn latest(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Option<Revision>, StorageError> {
    Ok(list(connection, mpp, period)?.pop())
}

/// All revisions, the first one first.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Vec<Revision>, StorageError> {
    let rows: Vec<Row> = report_revisions::table
        .filter(report_revisions::period.eq(period.number()))
        .filter(report_revisions::mpp_id.eq(mpp.0))
        .select((
            report_revisions::revision,
            report_revisions::reason,
            report_revisions::manifest,
            report_revisions::sha256,
            report_revisions::created_at,
        ))
        .order(report_revisions::revision)
        .load(&mut connection.inner)?;
    rows.into_iter().map(Revision::of).collect()
}
