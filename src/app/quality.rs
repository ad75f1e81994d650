//! Quality flags that are known only after a while (STATISTICS 8). They never refuse or remove a response.

use chrono::{DateTime, Utc};
use suara_domain::quality::Flag;
use suara_storage::Database;
use suara_storage::device_marks::{self, Rule};

use super::{App, AppError};

/// Responses that one device may send on one day: a family shares a phone.
const MOST_OF_ONE_DEVICE: u32 = 5;

/// Flags all responses of devices that sent more than five on one day, as far as their periods are open, and destroys
/// the keys and marks of days that ended 24 hours ago or earlier. Nothing is written if there is nothing to do.
///
/// # Errors
/// The database fails.
pub fn refresh_device_flags(database: &Database, now: DateTime<Utc>) -> Result<(), AppError> {
    let rule = Rule { flag: Flag::Device.bit().into(), most: MOST_OF_ONE_DEVICE };
    let (periods, has_expired) = database.read(|connection| {
        Ok((device_marks::periods_to_flag(connection, rule)?, device_marks::has_expired(connection, now)?))
    })?;
    if periods.is_empty() && !has_expired {
        return Ok(());
    }
    let flagged = database.write("device flags", |connection| {
        let flagged = device_marks::flag(connection, rule, &periods)?;
        device_marks::destroy_expired(connection, now)?;
        Ok(flagged)
    })?;
    if flagged > 0 {
        tracing::info!(quality.responses = flagged, "responses of devices that sent many were flagged");
    }
    Ok(())
}

impl App {
    /// As [`refresh_device_flags`], now. Blocks.
    ///
    /// # Errors
    /// The database fails.
    pub fn refresh_device_flags(&self) -> Result<(), AppError> {
        refresh_device_flags(self.database(), self.clock().now())
    }
}
