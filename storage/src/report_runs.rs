//! How far the semester run has come with an MPP and period.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::{Connection, instant, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::report_runs;

/// The state of the run of one MPP and period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRun {
    /// MPP.
    pub mpp: MppId,
    /// Period.
    pub period: Period,
    /// The step it is at or that was done last; the batch gives the names.
    pub step: String,
    /// How often a step was begun.
    pub attempts: u32,
    /// Why the last attempt failed; `None` if it did not.
    pub last_error: Option<String>,
    /// When this was written.
    pub updated_at: DateTime<Utc>,
}

/// Records that a step begins: one more attempt, no error yet. Inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn begin(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    step: &str,
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    dialect::lock(&mut connection.inner, Lock::Results)?;
    let changed = diesel::update(report_runs::table.find((period.number(), mpp.0)))
        .set((
            report_runs::step.eq(step),
            report_runs::attempts.eq(report_runs::attempts + 1),
            report_runs::last_error.eq(None::<String>),
            report_runs::updated_at.eq(micros(at)),
        ))
        .execute(&mut connection.inner)?;
    if changed == 0 {
        diesel::insert_into(report_runs::table)
            .values((
                report_runs::mpp_id.eq(mpp.0),
                report_runs::period.eq(period.number()),
                report_runs::step.eq(step),
                report_runs::attempts.eq(1),
                report_runs::updated_at.eq(micros(at)),
            ))
            .execute(&mut connection.inner)?;
    }
    Ok(())
}

/// Records why the step that began last has failed; inside a write transaction.
///
/// # Errors
/// A failing database.
pub fn fail(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    error: &str,
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::update(report_runs::table.find((period.number(), mpp.0)))
        .set((report_runs::last_error.eq(error), report_runs::updated_at.eq(micros(at))))
        .execute(&mut connection.inner)?;
    Ok(())
}

/// The runs of a period.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection, period: Period) -> Result<Vec<ReportRun>, StorageError> {
    type Row = (i32, String, i32, Option<String>, i64);
    let rows: Vec<Row> = report_runs::table
        .filter(report_runs::period.eq(period.number()))
        .select((
            report_runs::mpp_id,
            report_runs::step,
            report_runs::attempts,
            report_runs::last_error,
            report_runs::updated_at,
        ))
        .order(report_runs::mpp_id)
        .load(&mut connection.inner)?;
    rows.into_iter()
        .map(|(mpp, step, attempts, last_error, updated_at)| {
            let updated_at = instant(updated_at)?;
            Ok(ReportRun { mpp: MppId(mpp), period, step, attempts: attempts.unsigned_abs(), last_error, updated_at })
        })
        .collect()
}
