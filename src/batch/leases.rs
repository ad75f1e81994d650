//! Exclusive work: each MPP's step is done by whoever holds its lease.

use chrono::TimeDelta;
use suara_storage::leases;

use super::Environment;
use crate::app::AppError;

/// A step takes seconds; a holder that died is replaced after this.
const LEASE_MINUTES: i64 = 5;

/// Runs `work` under the lease of `key`; `None` if somebody else holds it.
pub(super) fn with_lease<T>(
    environment: &Environment<'_>,
    key: &str,
    work: impl FnOnce() -> Result<T, AppError>,
) -> Result<Option<T>, AppError> {
    let now = environment.clock.now();
    let until = now + TimeDelta::minutes(LEASE_MINUTES);
    let claim = environment
        .database
        .write("claim lease", |connection| leases::claim(connection, key, &environment.owner, now, until))?;
    let Some(token) = claim else { return Ok(None) };
    let result = work();
    // A lease that cannot be given back runs out by itself; the result of the work is what counts.
    let released = environment.database.write("release lease", |connection| leases::release(connection, key, token));
    if let Err(error) = released {
        tracing::warn!(lease.key = key, error = %error, "lease could not be given back");
    }
    result.map(Some)
}
