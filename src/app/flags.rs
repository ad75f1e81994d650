//! The bits of a response's quality flags (STATISTICS 8). A flag never refuses or removes a response.

/// The device's clock could not be believed; the time of receipt was taken.
pub const CLOCK: u16 = 1;
