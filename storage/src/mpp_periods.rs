//! Closed periods. A period of an MPP without a row here is open; closing cannot be taken back.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::{Connection, instant, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::mpp_periods;

/// A closed period of an MPP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closure {
    /// MPP.
    pub mpp: MppId,
    /// Period.
    pub period: Period,
    /// When it was closed.
    pub closed_at: DateTime<Utc>,
    /// Its archive, once written.
    pub archive: Option<Archive>,
}

/// The archive of a closed period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    /// The manifest, JSON.
    pub manifest: String,
    /// SHA-256 of the manifest.
    pub sha256: [u8; 32],
    /// Rows archived.
    pub rows: u64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = mpp_periods)]
struct Row {
    mpp_id: i32,
    closed_at: i64,
    archive_manifest: Option<String>,
    archive_sha256: Option<Vec<u8>>,
    archive_rows: Option<i64>,
}

/// Closes a period of an MPP, inside a write transaction; one that is closed already stays as it is. It waits for
/// every transaction that is adding responses to the period, so that none of them slips in behind it.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn close(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    at: DateTime<Utc>,
) -> Result<Closure, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Close(period))?;
    if let Some(closure) = get(connection, mpp, period)? {
        return Ok(closure);
    }
    diesel::insert_into(mpp_periods::table)
        .values((
            mpp_periods::mpp_id.eq(mpp.0),
            mpp_periods::period.eq(period.number()),
            mpp_periods::closed_at.eq(micros(at)),
        ))
        .execute(&mut connection.inner)?;
    Ok(Closure { mpp, period, closed_at: instant(micros(at))?, archive: None })
}

/// Records the archive of a closed period; inside a write transaction.
///
/// # Errors
/// The period is not closed, or a failing database.
pub fn set_archive(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    archive: &Archive,
) -> Result<(), StorageError> {
    let changed = diesel::update(mpp_periods::table.find((period.number(), mpp.0)))
        .set((
            mpp_periods::archive_manifest.eq(&archive.manifest),
            mpp_periods::archive_sha256.eq(archive.sha256.as_slice()),
            mpp_periods::archive_rows.eq(i64::try_from(archive.rows).unwrap_or(i64::MAX)),
        ))
        .execute(&mut connection.inner)?;
    if changed == 0 {
        return Err(StorageError::Constraint(format!("the period {period} of MPP {} is not closed", mpp.0)));
    }
    Ok(())
}

/// The closure of a period of an MPP; `None` while it is open.
///
/// # Errors
/// A failing database.
pub fn get(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Option<Closure>, StorageError> {
    let row: Option<Row> = mpp_periods::table
        .find((period.number(), mpp.0))
        .select(Row::as_select())
        .first(&mut connection.inner)
        .optional()?;
    row.map(|row| row.closure(period)).transpose()
}

/// The MPPs for which a period is closed.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection, period: Period) -> Result<Vec<Closure>, StorageError> {
    let rows: Vec<Row> = mpp_periods::table
        .filter(mpp_periods::period.eq(period.number()))
        .select(Row::as_select())
        .order(mpp_periods::mpp_id)
        .load(&mut connection.inner)?;
    rows.into_iter().map(|row| row.closure(period)).collect()
}

/// The periods that are closed for at least one MPP, ascending.
///
/// # Errors
/// A failing database.
pub fn periods(connection: &mut Connection) -> Result<Vec<Period>, StorageError> {
    let numbers: Vec<i32> = mpp_periods::table
        .select(mpp_periods::period)
        .distinct()
        .order(mpp_periods::period)
        .load(&mut connection.inner)?;
    numbers.into_iter().map(crate::responses::period).collect()
}

/// Only the MPPs of [`list`]: asked for every batch of responses.
pub(crate) fn closed_mpps(connection: &mut Connection, period: Period) -> Result<Vec<MppId>, StorageError> {
    let mpps: Vec<i32> = mpp_periods::table
        .filter(mpp_periods::period.eq(period.number()))
        .select(mpp_periods::mpp_id)
        .load(&mut connection.inner)?;
    Ok(mpps.into_iter().map(MppId).collect())
}

impl Row {
    fn closure(self, period: Period) -> Result<Closure, StorageError> {
        let archive = match (self.archive_manifest, self.archive_sha256, self.archive_rows) {
            (Some(manifest), Some(sha256), Some(rows)) => {
                Some(Archive { manifest, sha256: crate::summaries::sha256(&sha256)?, rows: rows.unsigned_abs() })
            }
            _ => None,
        };
        Ok(Closure { mpp: MppId(self.mpp_id), period, closed_at: instant(self.closed_at)?, archive })
    }
}
