//! `suara recount`.

use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

use super::{CliError, Context, Outcome, output};
use crate::app;

/// Counts the responses of a period that is not closed yet one by one, compares them with the figures that the service
/// keeps up to date, and repairs those that differ. Beside a running service; nobody can withdraw a response meanwhile.
#[derive(clap::Args)]
pub(crate) struct Recount {
    /// Period, like 2026-S1
    #[arg(long, value_name = "P", value_parser = Period::parse)]
    period: Period,
    /// Only these MPPs
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse)]
    mpp: Vec<MppCode>,
}

impl Recount {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        let (checked, repaired) = app::live::recount_all(&database, self.period, &self.mpp)?;
        for code in &repaired {
            output::say(&format!("{code} was repaired"));
        }
        output::say(&format!("checked {checked}, repaired {}", repaired.len()));
        Ok(Outcome::Done)
    }
}
