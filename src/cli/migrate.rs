//! `suara migrate`.

use super::{CliError, Context, Outcome, output};
use crate::app;

/// Applies the migrations this version needs. Take a backup first; older versions may not read the database afterwards.
#[derive(clap::Args)]
pub(crate) struct Migrate {
    /// Only tells what would be applied (exit 1 if anything would)
    #[arg(long)]
    check: bool,
}

impl Migrate {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let pending = if self.check {
            app::open::pending_migrations(&context.storage)?
        } else {
            app::open::migrate(&context.storage)?
        };
        match (self.check, pending.as_slice()) {
            (_, []) => output::say("the database is up to date"),
            (true, pending) => {
                output::say(&format!("pending: {}", pending.join(", ")));
                return Err(CliError::new("the database needs `suara migrate`"));
            }
            (false, applied) => output::say(&format!("applied: {}", applied.join(", "))),
        }
        Ok(Outcome::Done)
    }
}
