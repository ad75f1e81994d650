//! `suara mail`.

use chrono::SecondsFormat;

use super::{CliError, Context, Outcome, output};
use crate::app;
use crate::clock::RealClock;
use crate::config::{MailFlags, MailSettings};

/// The outbox of reports.
#[derive(clap::Args)]
pub(crate) struct Mail {
    #[command(subcommand)]
    command: MailCommand,
}

#[derive(clap::Subcommand)]
enum MailCommand {
    /// Sends what is due, with retries and back-off
    Send {
        #[command(flatten)]
        mail: MailFlags,
    },
    /// Shows the ledger: to whom, when, how often tried, what came back
    List {
        /// Only what failed for good
        #[arg(long)]
        failed: bool,
    },
}

impl Mail {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        match &self.command {
            MailCommand::Send { mail } => {
                let settings = MailSettings::resolve(mail, &context.file);
                let drained = app::outbox::send(&database, &context.storage.data_dir, &settings, &RealClock)?;
                let (waiting, next) = app::outbox::backlog(&database)?;
                output::say(&format!("sent {}, waiting {waiting}, failed {}", drained.sent, drained.failed));
                if let Some(next) = next {
                    output::say(&format!("next attempt from {} on", next.to_rfc3339_opts(SecondsFormat::Secs, true)));
                }
                Ok(if drained.failed == 0 { Outcome::Done } else { Outcome::SomeRejected })
            }
            MailCommand::List { failed } => {
                app::outbox::ledger(&database, *failed)?.iter().for_each(|line| output::say(line));
                Ok(Outcome::Done)
            }
        }
    }
}
