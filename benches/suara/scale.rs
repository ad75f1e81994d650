//! How much is measured.

use std::time::Duration;

/// The amounts of one run.
#[derive(Clone, Copy)]
pub struct Scale {
    /// Its name in the results.
    pub name: &'static str,
    /// MPPs of the country.
    pub mpps: usize,
    /// How long load is applied before and while it is measured.
    pub warm_up: Duration,
    /// See `warm_up`.
    pub load: Duration,
    /// Rows stored before ingest is measured again.
    pub stored_rows: u64,
    /// Responses in the archive whose summaries are computed.
    pub archived_rows: u64,
    /// Responses of the semester of which everything is computed.
    pub analysed_rows: u64,
    /// Responses of one MPP in the running semester; the figures of a hundredth of them are measured too.
    pub live_rows: u64,
    /// Responses of the semester whose reports are made.
    pub reported_rows: u64,
    /// Rows that are exported.
    pub exported_rows: u64,
    /// How often a computation is repeated in one process.
    pub repeats: u32,
}

impl Scale {
    /// What the figures of docs/benchmarks.md are measured with.
    pub const FULL: Self = Self {
        name: "full",
        mpps: 514,
        warm_up: Duration::from_secs(3),
        load: Duration::from_secs(10),
        stored_rows: 5_000_000,
        archived_rows: 10_000_000,
        analysed_rows: 6_500_000,
        live_rows: 1_000_000,
        reported_rows: 250_000,
        exported_rows: 1_000_000,
        repeats: 5,
    };

    /// A miniature of everything, to try it out.
    pub const SMALL: Self = Self {
        name: "small",
        mpps: 24,
        warm_up: Duration::from_secs(1),
        load: Duration::from_secs(2),
        stored_rows: 100_000,
        archived_rows: 200_000,
        analysed_rows: 150_000,
        live_rows: 60_000,
        reported_rows: 5_000,
        exported_rows: 50_000,
        repeats: 3,
    };
}
