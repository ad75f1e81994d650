//! All MPPs with their agencies, counters and services at once, for a server to keep in memory.

use crate::connection::Connection;
use crate::error::StorageError;
use crate::mpps::{self, Mpp};
use crate::services::{self, Agency, Counter, Service};
use crate::settings;
use crate::upserted::Upserted;

const VERSION: &str = "directory.version";

/// The master data of a country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// Grows with every change; see [`version`].
    pub version: u64,
    /// By code.
    pub mpps: Vec<Mpp>,
    /// By MPP and name.
    pub agencies: Vec<Agency>,
    /// By MPP and name.
    pub counters: Vec<Counter>,
    /// By MPP and code.
    pub services: Vec<Service>,
}

/// Loads everything.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn load(connection: &mut Connection) -> Result<Directory, StorageError> {
    Ok(Directory {
        version: version(connection)?,
        mpps: mpps::list(connection)?,
        agencies: services::agencies(connection)?,
        counters: services::counters(connection)?,
        services: services::list(connection)?,
    })
}

/// A number that grows whenever an MPP or a service changes: what was loaded under the same number is still right.
///
/// # Errors
/// A failing database.
pub fn version(connection: &mut Connection) -> Result<u64, StorageError> {
    settings::counter(connection, VERSION)
}

/// Lets the version grow if anything changed; under the lock of the directory.
pub(crate) fn changed(connection: &mut Connection, results: &[Upserted]) -> Result<(), StorageError> {
    if results.iter().any(|result| *result != Upserted::Unchanged) {
        settings::increment(connection, VERSION)?;
    }
    Ok(())
}
