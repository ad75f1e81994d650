//! The bits of a response's quality flags (STATISTICS 8). A flag never refuses or removes a response.

/// The device's clock could not be believed; the time of receipt was taken.
pub const CLOCK: u16 = 1;
/// Filled in faster than anybody reads.
pub const TOO_FAST: u16 = 2;
/// The same answers and comment several times within an hour.
pub const REPETITION: u16 = 4;
/// Far more responses at one counter within ten minutes than it has visitors.
pub const BURST: u16 = 8;
/// More than five responses of one device on one day.
pub const DEVICE: u16 = 16;
