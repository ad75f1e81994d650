//! `suara status`.

use suara_domain::period::Period;

use super::{CliError, Context, Outcome, output};
use crate::app;
use crate::clock::{Clock, RealClock};

/// Per MPP: responses against the minimum sample, the last response, whether scores left the usual, and what else has
/// to be looked at: quiet, inactive, overdue, hasty answers, straight lines.
#[derive(clap::Args)]
pub(crate) struct Status {
    /// Period, like 2026-S1 [default: the running one]
    #[arg(long, value_name = "P", value_parser = Period::parse)]
    period: Option<Period>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = StatusFormat::Text)]
    format: StatusFormat,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum StatusFormat {
    /// A table
    Text,
    /// JSON
    Json,
}

impl Status {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        let status = app::status::status(&database, self.period, RealClock.now())?;
        match self.format {
            StatusFormat::Text => status.lines().iter().for_each(|line| output::say(line)),
            StatusFormat::Json => output::say(&status.to_json()),
        }
        Ok(Outcome::Done)
    }
}
