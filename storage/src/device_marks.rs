//! Device marks (STATISTICS 8): how often one device answered on one day, without knowing which device it was.
//!
//! The page calls its device by a random marker of the day. It is hashed under a key of the day, and the hash is kept
//! apart from the response. After 48 hours key and hashes are destroyed; then nobody can tell whether two responses came
//! from one device, and all that stays is a flag.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Integer;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use suara_domain::period::Period;
use suara_domain::respondent::Mode;

use crate::codes::Code;
use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::responses::{NewResponse, State, period};
use crate::schema::{device_days, device_marks};
use crate::settings::random_secret;

/// Days that are kept: the present one and the one before. So a key is destroyed when it is 48 hours old.
const DAYS_KEPT: i32 = 2;

/// What makes a device conspicuous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The bit that its responses get in `flags`.
    pub flag: i32,
    /// Responses of one day that are nothing special.
    pub most: u32,
}

/// The hashed marker of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    pub day: i32,
    pub marker: [u8; 16],
}

/// The keys of days that were asked for. Those of a transaction that was rolled back must not be used again.
#[derive(Clone, Default)]
pub(crate) struct DayKeys(Vec<(i32, [u8; 32])>);

impl DayKeys {
    /// The mark of a response that is to be inserted. Kiosks and tablets of officers are used by many and have none.
    pub(crate) fn mark(
        &mut self,
        connection: &mut Connection,
        row: &NewResponse,
        state: State,
    ) -> Result<Option<Mark>, StorageError> {
        let counts = state == State::Accepted && row.mode == Mode::Web;
        let Some(marker) = row.device_marker.as_deref().filter(|_| counts) else { return Ok(None) };
        let day = day(row.received_at);
        let mut block = [0; 64];
        // HMAC fills a shorter key with zeros to a whole block, so this is the same key.
        block[..32].copy_from_slice(&self.key(connection, day)?);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(marker.as_bytes());
        let mut hashed = [0; 16];
        hashed.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        Ok(Some(Mark { day, marker: hashed }))
    }

    /// The key of the latest day alone: all that is of use for later.
    pub(crate) fn latest(self) -> Self {
        Self(self.0.into_iter().max_by_key(|(day, _)| *day).into_iter().collect())
    }

    fn key(&mut self, connection: &mut Connection, day: i32) -> Result<[u8; 32], StorageError> {
        if let Some((_, key)) = self.0.iter().find(|(known, _)| *known == day) {
            return Ok(*key);
        }
        let row = device_days::table.find(day).select(device_days::key);
        let there: Option<Vec<u8>> = row.first(&mut connection.inner).optional()?;
        let stored = if let Some(key) = there {
            key
        } else {
            dialect::make_day_key(&mut connection.inner, day, &random_secret())?;
            row.first(&mut connection.inner)?
        };
        let key = stored.try_into().map_err(|_| StorageError::corrupt("a key of 32 bytes", day))?;
        self.0.push((day, key));
        Ok(key)
    }
}

/// Days since 1970-01-01 UTC.
fn day(instant: DateTime<Utc>) -> i32 {
    i32::try_from(instant.timestamp().div_euclid(86_400)).unwrap_or_default()
}

#[derive(QueryableByName)]
struct PeriodNumber {
    #[diesel(sql_type = Integer)]
    period: i32,
}

/// The periods in which responses of conspicuous devices have no flag yet.
///
/// # Errors
/// A failing database.
pub fn periods_to_flag(connection: &mut Connection, rule: Rule) -> Result<Vec<Period>, StorageError> {
    let sql = format!("SELECT DISTINCT period FROM responses WHERE {} ORDER BY period", to_flag(rule));
    let rows: Vec<PeriodNumber> = diesel::sql_query(sql).load(&mut connection.inner)?;
    rows.iter().map(|row| period(row.period)).collect()
}

/// Flags the responses of conspicuous devices in these periods, as far as they are open; inside a write transaction.
/// Returns how many were flagged now.
///
/// # Errors
/// A failing database.
pub fn flag(connection: &mut Connection, rule: Rule, periods: &[Period]) -> Result<usize, StorageError> {
    let mut numbers = Vec::with_capacity(periods.len());
    for period in periods {
        // Whoever closes the period waits for this transaction, or this transaction sees it closed.
        dialect::lock(&mut connection.inner, Lock::AddTo(*period))?;
        numbers.push(period.number().to_string());
    }
    if numbers.is_empty() {
        return Ok(0);
    }
    // The plus keeps SQLite from reading all rows of the periods: the few numbers of rows are looked up instead.
    let sql = format!(
        "UPDATE responses SET flags = flags | {} WHERE +period IN ({}) AND {}",
        rule.flag,
        numbers.join(", "),
        to_flag(rule)
    );
    Ok(diesel::sql_query(sql).execute(&mut connection.inner)?)
}

/// The condition on rows of `responses`. All that is written into the text are numbers.
fn to_flag(rule: Rule) -> String {
    format!(
        "state = {} AND (flags & {}) = 0 \
         AND seq IN (SELECT marks.response_seq FROM device_marks AS marks \
             JOIN (SELECT day, marker FROM device_marks GROUP BY day, marker HAVING COUNT(*) > {}) AS many \
             ON many.day = marks.day AND many.marker = marks.marker) \
         AND NOT EXISTS (SELECT 1 FROM mpp_periods \
             WHERE mpp_periods.period = responses.period AND mpp_periods.mpp_id = responses.mpp_id)",
        State::Accepted.code(),
        rule.flag,
        rule.most
    )
}

/// Whether there are keys or marks that must be destroyed.
///
/// # Errors
/// A failing database.
pub fn has_expired(connection: &mut Connection, now: DateTime<Utc>) -> Result<bool, StorageError> {
    let oldest_key: Option<i32> =
        device_days::table.select(device_days::day).order(device_days::day).first(&mut connection.inner).optional()?;
    let oldest_mark: Option<i32> = device_marks::table
        .select(device_marks::day)
        .order(device_marks::day)
        .first(&mut connection.inner)
        .optional()?;
    let first_kept = day(now) - DAYS_KEPT + 1;
    Ok([oldest_key, oldest_mark].into_iter().flatten().any(|day| day < first_kept))
}

/// Destroys the keys and marks of days that ended long enough ago; inside a write transaction.
///
/// # Errors
/// A failing database.
pub fn destroy_expired(connection: &mut Connection, now: DateTime<Utc>) -> Result<(), StorageError> {
    let first_kept = day(now) - DAYS_KEPT + 1;
    dialect::overwrite_deleted(&mut connection.inner)?;
    diesel::delete(device_days::table.filter(device_days::day.lt(first_kept))).execute(&mut connection.inner)?;
    diesel::delete(device_marks::table.filter(device_marks::day.lt(first_kept))).execute(&mut connection.inner)?;
    Ok(())
}
