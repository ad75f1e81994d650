//! The last sign of life of each kiosk.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::connection::{Connection, instant, micros};
use crate::dialect;
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::kiosk_heartbeats;

/// A kiosk as it was last heard of. Two tablets at one counter pass for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kiosk {
    /// MPP.
    pub mpp: MppId,
    /// Name of the counter; empty if it named none, or one that does not exist.
    pub counter: String,
    /// When it was last heard of.
    pub last_seen_at: DateTime<Utc>,
    /// Responses that waited on it then.
    pub waiting: u32,
    /// Version of its page.
    pub version: String,
}

/// Records a sign of life; inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn put(connection: &mut Connection, kiosk: &Kiosk) -> Result<(), StorageError> {
    let waiting = i32::try_from(kiosk.waiting).unwrap_or(i32::MAX);
    let told = (micros(kiosk.last_seen_at), waiting, kiosk.version.as_str());
    Ok(dialect::put_heartbeat(&mut connection.inner, (kiosk.mpp.0, &kiosk.counter), told)?)
}

/// All kiosks that were ever heard of, by MPP and counter.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection) -> Result<Vec<Kiosk>, StorageError> {
    let rows: Vec<(i32, String, i64, i32, String)> = kiosk_heartbeats::table.load(&mut connection.inner)?;
    let mut kiosks = rows
        .into_iter()
        .map(|(mpp, counter, last_seen_at, waiting, version)| {
            let last_seen_at = instant(last_seen_at)?;
            Ok(Kiosk { mpp: MppId(mpp), counter, last_seen_at, waiting: waiting.unsigned_abs(), version })
        })
        .collect::<Result<Vec<Kiosk>, StorageError>>()?;
    // Sorted here: databases order texts each in their own way.
    kiosks.sort_by(|a, b| (a.mpp, &a.counter).cmp(&(b.mpp, &b.counter)));
    Ok(kiosks)
}
