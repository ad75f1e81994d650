//! The subcommands, one file each, thin: read flags, call the use case, print the result.
//!
//! Results go to stdout, logs and progress to stderr. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some
//! rows or MPPs were rejected (each is named).

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::{ConfigError, ConfigFile, ConfigFlags, StorageFlags, StorageSettings};

mod batch;
mod demo;
mod export;
mod import;
mod mail;
mod migrate;
mod open_data;
mod output;
mod poster;
mod progress;
mod recount;
mod report;
mod serve;
mod status;
mod synth;
mod token;

const EXAMPLES: &str = "\
A first look, with a whole country of invented answers:
  suara demo

A real start, with files of your own (columns: see docs/operations.md):
  suara import mpp mpp.csv
  suara import services services.csv
  suara serve --listen 127.0.0.1:8080
  suara poster --mpp kab-kampar --out poster.pdf

After the semester:
  suara batch run --period 2026-S1
  suara export summaries --period 2026-S1 --format json
  suara open-data --period 2026-S1 --out open-data-2026-S1

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done but some rows or MPPs were rejected.";

#[derive(Parser)]
#[command(name = "suara", version, about, after_help = EXAMPLES, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    config: ConfigFlags,
    #[command(flatten)]
    storage: StorageFlags,
    /// What to log: error, warn, info, debug, or a filter like suara=debug,warn
    #[arg(
        long,
        value_name = "FILTER",
        env = "SUARA_LOG",
        default_value = "info",
        global = true,
        hide_env_values = true
    )]
    log: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// A complete believable country in a folder, computed, reported and served
    Demo(demo::Demo),
    /// The web service: survey pages, API, published results
    Serve(serve::Serve),
    /// Brings the database to the form this version needs
    Migrate(migrate::Migrate),
    /// Reads master data and responses from CSV files
    Import(import::Import),
    /// Makes a synthetic country as CSV files, with the true figures beside it
    Synth(synth::Synth),
    /// The semester run: close, archive, compute, render, mail
    Batch(batch::Batch),
    /// Who is answered, who is quiet, who is overdue
    Status(status::Status),
    /// Sends what waits in the outbox, or shows the ledger
    Mail(mail::Mail),
    /// Responses or figures as CSV, JSON, XLSX or Parquet
    Export(export::Export),
    /// The published figures of a period as a folder with codebook and catalogue
    OpenData(open_data::OpenData),
    /// Checks the figures of a running period against its responses
    Recount(recount::Recount),
    /// Renders the semester report of one MPP, or the national report
    Report(report::Report),
    /// Visit tokens, for queue machines and queue systems
    Token(token::Token),
    /// QR posters for the walls and tables of one MPP
    Poster(poster::Poster),
}

/// How a command ended, short of failing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything was done.
    Done,
    /// Some rows or MPPs were rejected; each was named.
    SomeRejected,
}

/// Why a command failed: the text for the person in front of it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct CliError(String);

impl CliError {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

macro_rules! fails_with {
    ($($error:ty),+ $(,)?) => {
        $(impl From<$error> for CliError {
            fn from(error: $error) -> Self {
                Self(error.to_string())
            }
        })+
    };
}

fails_with!(ConfigError, std::io::Error, crate::app::AppError);

/// What every command is given beside its own flags.
pub(crate) struct Context {
    pub(crate) file: ConfigFile,
    pub(crate) storage: StorageSettings,
}

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    crate::telemetry::start(&cli.log);
    match execute(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeRejected) => ExitCode::from(3),
        Err(error) => {
            output::complain(&format!("suara: {error}"));
            ExitCode::from(1)
        }
    }
}

fn execute(cli: Cli) -> Result<Outcome, CliError> {
    let file = ConfigFile::load(&cli.config)?;
    let storage = StorageSettings::resolve(&cli.storage, &file);
    let context = Context { file, storage };
    match cli.command {
        Command::Demo(command) => command.run(),
        Command::Serve(command) => command.run(&context),
        Command::Migrate(command) => command.run(&context),
        Command::Import(command) => command.run(&context),
        Command::Synth(command) => command.run(),
        Command::Batch(command) => command.run(&context),
        Command::Status(command) => command.run(&context),
        Command::Mail(command) => command.run(&context),
        Command::Export(command) => command.run(&context),
        Command::OpenData(command) => command.run(&context),
        Command::Recount(command) => command.run(&context),
        Command::Report(command) => command.run(&context),
        Command::Token(command) => command.run(&context),
        Command::Poster(command) => command.run(&context),
    }
}
