//! `suara batch run`.

use std::io::IsTerminal;

use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

use super::{CliError, Context, Outcome, output, progress};
use crate::app;
use crate::batch::{BatchRequest, BatchScope, Event};
use crate::clock::RealClock;
use crate::config::{BatchFlags, BatchSettings, MailFlags, MailSettings};

/// The semester run.
#[derive(clap::Args)]
pub(crate) struct Batch {
    #[command(subcommand)]
    command: BatchCommand,
}

#[derive(clap::Subcommand)]
enum BatchCommand {
    /// Looks at what is missing and does it: close, archive, compute, render, mail. May be killed and started again,
    /// twice at once and on two machines; the result is the same, once
    Run(Run),
}

#[derive(clap::Args)]
struct Run {
    /// Period, like 2026-S1. One that has not ended is refused
    #[arg(long, value_name = "P", value_parser = Period::parse, required_unless_present = "due")]
    period: Option<Period>,
    /// Every period that ended long enough ago (see --close-after-days) and is not done
    #[arg(long, conflicts_with_all = ["period", "provisional"])]
    due: bool,
    /// Only this MPP; may be given several times
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse)]
    mpp: Vec<MppCode>,
    /// Leaves the mails in the outbox
    #[arg(long)]
    no_mail: bool,
    /// Computes and renders a running period, marked SEMENTARA; closes, archives and mails nothing
    #[arg(long)]
    provisional: bool,
    #[command(flatten)]
    batch: BatchFlags,
    #[command(flatten)]
    mail: MailFlags,
}

impl Batch {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let BatchCommand::Run(run) = &self.command;
        let scope = match run.period {
            Some(period) => BatchScope::Period(period),
            None => BatchScope::Due(BatchSettings::resolve(&run.batch, &context.file).close_after_days),
        };
        let request =
            BatchRequest { scope, mpps: run.mpp.clone(), send_mail: !run.no_mail, provisional: run.provisional };
        let database = app::open::database(&context.storage)?;
        let mail = MailSettings::resolve(&run.mail, &context.file);
        let environment = crate::batch::Environment::new(&database, &context.storage.data_dir, mail, &RealClock);
        let report = crate::batch::run(&environment, &request, &mut show())?;
        for line in report.lines() {
            output::say(&line);
        }
        Ok(if report.rejected.is_empty() { Outcome::Done } else { Outcome::SomeRejected })
    }
}

/// A bar on a terminal, a JSON line per step otherwise.
fn show() -> impl FnMut(Event) {
    let terminal = std::io::stderr().is_terminal();
    let mut bar = None;
    move |event: Event| match &event {
        Event::Phase { name, steps } if terminal => bar = Some(progress::bar(*steps, name)),
        Event::Step { .. } if terminal => {
            if let Some(bar) = &bar {
                bar.inc(1);
            }
        }
        _ => output::complain(&event.to_json()),
    }
}
