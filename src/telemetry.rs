//! Logs: readable lines on a terminal, JSON lines otherwise; always on stderr, results alone go to stdout.
//!
//! A log line never carries answers, comments, receipts, addresses of people or anything a citizen sent.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// Starts logging. `filter` is a level (`info`) or a `tracing` filter (`suara=debug,warn`).
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false);
    // A second start (tests) finds the first one in place.
    let _already_started = if std::io::stderr().is_terminal() {
        builder.compact().try_init()
    } else {
        builder.json().flatten_event(true).try_init()
    };
}
