//! Exclusive work: each MPP's step is done by whoever holds its lease.

use std::thread;
use std::time::Duration;

use chrono::TimeDelta;
use suara_storage::leases;

use super::Environment;
use crate::app::AppError;

/// A step takes seconds; a holder that died is replaced after this.
const LEASE_MINUTES: i64 = 5;
/// How long one waits before asking again for what another run holds.
pub(super) const WAIT_FOR_OTHERS: Duration = Duration::from_millis(200);

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

/// The same for a step that everything after it stands on: waits until the lease is free. What another run did meanwhile
/// is for `work` to find.
pub(super) fn when_free<T>(
    environment: &Environment<'_>,
    key: &str,
    work: impl Fn() -> Result<T, AppError>,
) -> Result<T, AppError> {
    loop {
        if let Some(done) = with_lease(environment, key, &work)? {
            return Ok(done);
        }
        thread::sleep(WAIT_FOR_OTHERS);
    }
}
