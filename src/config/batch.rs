//! When the semester run does what.

use super::ConfigFile;

/// When the semester run does what, as flags.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct BatchFlags {
    /// Days after the end of a period when --due closes it [default: 14]
    #[arg(long, value_name = "DAYS", env = "SUARA_CLOSE_AFTER_DAYS")]
    pub close_after_days: Option<u32>,
}

/// When the semester run does what.
#[derive(Clone, Copy, Debug)]
pub struct BatchSettings {
    /// Days between the end of a period and the day `--due` closes it (`SUARA_CLOSE_AFTER_DAYS`, default 14): time for
    /// answers that wait offline and for paper forms.
    pub close_after_days: u32,
}

impl BatchSettings {
    /// Flag or environment, then file, then default.
    #[must_use]
    pub fn resolve(flags: &BatchFlags, file: &ConfigFile) -> Self {
        Self { close_after_days: flags.close_after_days.or(file.close_after_days).unwrap_or(14) }
    }
}
