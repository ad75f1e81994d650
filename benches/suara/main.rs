//! The measurements of `make bench`: ingest over HTTP, official summaries, live figures, reports, exports and the survey
//! page, each beside a reference that does the bare minimum or is known to be fast. What the figures mean is in docs/benchmarks.md.

mod accounting;
mod analyse;
mod bare;
mod child;
mod country;
mod export;
mod figures;
mod http;
mod ingest;
mod live;
mod load;
mod page;
mod reports;
mod requests;
mod scale;
mod statistics;
mod stored;
mod summaries;
mod synthetic;
mod table;
mod tally;
mod writer;

use std::error::Error;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::figures::Figures;
use crate::scale::Scale;

/// What can go wrong here ends the run; nobody handles it.
type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measures everything, or only the named sections
    Run(Run),
    /// Serves one canned answer and does nothing else: the reference of the ingest
    Bare(bare::Bare),
    /// Computes the summaries of an archive in a process of its own
    Tally(tally::TallyRun),
    /// Computes all statistics of a semester in a process of its own
    Analyse(analyse::AnalyseRun),
}

#[derive(Args)]
struct Run {
    /// How much is measured
    #[arg(long, value_enum, default_value_t = ScaleName::Full)]
    scale: ScaleName,
    /// Folder for databases and files, emptied before and after
    #[arg(long)]
    work: PathBuf,
    /// Where the figures are written as JSON
    #[arg(long)]
    json: PathBuf,
    /// A Python with duckdb
    #[arg(long)]
    python: PathBuf,
    /// The script that runs DuckDB
    #[arg(long)]
    duckdb_script: PathBuf,
    /// Sections to measure; all if none is named
    #[arg(value_enum)]
    sections: Vec<Section>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ScaleName {
    Small,
    Full,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Section {
    Ingest,
    Summaries,
    Statistics,
    Stored,
    Live,
    Reports,
    Export,
    Page,
}

/// What a section needs to know.
struct Context {
    scale: Scale,
    work: PathBuf,
    python: PathBuf,
    duckdb_script: PathBuf,
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Run(run) => measure(run),
        Command::Bare(bare) => bare.serve(),
        Command::Tally(tally) => tally.run(),
        Command::Analyse(analyse) => analyse.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            note(&format!("bench: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn measure(run: Run) -> Result<()> {
    let scale = match run.scale {
        ScaleName::Small => Scale::SMALL,
        ScaleName::Full => Scale::FULL,
    };
    let context = Context { scale, work: run.work, python: run.python, duckdb_script: run.duckdb_script };
    empty(&context.work)?;
    let mut figures = Figures::default();
    for (section, name, work) in SECTIONS {
        if run.sections.is_empty() || run.sections.contains(&section) {
            note(&format!("== {name}"));
            // One section that cannot be measured must not take the figures of the others along.
            if let Err(error) = work(&context, &mut figures) {
                note(&format!("bench: {name}: {error}"));
                figures.failed(name, &error.to_string());
            }
        }
    }
    empty(&context.work)?;
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(table::render(&figures).as_bytes())?;
    std::fs::write(&run.json, serde_json::to_vec_pretty(&figures.to_json(scale.name))?)?;
    writeln!(stdout, "\nwritten to {}", run.json.display())?;
    Ok(())
}

type Measure = fn(&Context, &mut Figures) -> Result<()>;

const SECTIONS: [(Section, &str, Measure); 8] = [
    (Section::Ingest, "ingest", ingest::measure),
    (Section::Summaries, "summaries", summaries::measure),
    (Section::Statistics, "statistics", statistics::measure),
    (Section::Stored, "stored", stored::measure),
    (Section::Live, "live", live::measure),
    (Section::Reports, "reports", reports::measure),
    (Section::Export, "export", export::measure),
    (Section::Page, "page", page::measure),
];

/// The middle of several times: neither the cold first nor a lucky one.
fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied().unwrap_or_default()
}

/// Makes sure a folder is there and holds nothing.
fn empty(folder: &std::path::Path) -> Result<()> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(std::fs::create_dir_all(folder)?)
}

/// A line for whoever waits.
fn note(text: &str) {
    // Whoever closed stderr does not want to know.
    let _ = writeln!(std::io::stderr(), "{text}");
}
