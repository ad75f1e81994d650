//! Official summaries of an archive of millions of responses, against DuckDB on the same files.

use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use suara_domain::period::Period;
use suara_reports::archive::Archive;

use crate::figures::{Figures, Wanted};
use crate::{Context, Result, accounting, child, country, median, note};

const SECTION: &str = "summaries";
const MEBI: f64 = 1_048_576.0;

/// What a process tells about its repetitions.
#[derive(Deserialize)]
struct Measured {
    seconds: Vec<f64>,
    peak_memory: u64,
}

impl Measured {
    fn median(&self) -> f64 {
        median(self.seconds.clone())
    }
}

/// Measures everything, then a half and a quarter of it.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let data = context.work.join("summaries");
    let last = Period::parse("2025-S2")?;
    let mut periods = vec![last.previous().previous().previous(), last.previous().previous(), last.previous(), last];
    note("   archiving synthetic responses");
    country::archive(&Archive::new(&data), context.scale.mpps, &periods, context.scale.archived_rows)?;
    let rows = |periods: usize| context.scale.archived_rows * periods as u64 / 4;

    note("   computing summaries");
    let whole = ours(context, &data, &periods)?;
    let reference = duckdb(context, &data, &periods, "full")?;
    compare(&context.work.join("ours.csv"), &context.work.join("duckdb-full.csv"), usize::MAX)?;
    let index_only = duckdb(context, &data, &periods, "index")?;
    compare(&context.work.join("ours.csv"), &context.work.join("duckdb-index.csv"), INDEX_COLUMNS)?;

    let count = format!("{} rows, {} files", millions(rows(4)), context.scale.mpps * 4);
    figures
        .add(SECTION, format!("{count}: tally, index, precision"), "s", whole.median())
        .against("DuckDB, same integers", reference.median())
        .wanted(Wanted::RatioAtMost(1.2));
    figures
        .add(SECTION, format!("{count}: the same"), "s", whole.median())
        .against("DuckDB, counts alone", index_only.median())
        .wanted(Wanted::RatioAtMost(1.2));
    figures
        .add(SECTION, "peak memory", "MiB", whole.peak_memory as f64 / MEBI)
        .against("DuckDB, same integers", reference.peak_memory as f64 / MEBI)
        .wanted(Wanted::AtMost(1536.0));
    for parts in [2, 1] {
        periods.drain(..periods.len() - parts);
        note(&format!("   computing summaries of {parts} of 4 periods"));
        let part = ours(context, &data, &periods)?;
        let reference = duckdb(context, &data, &periods, "full")?;
        figures
            .add(SECTION, format!("{} rows", millions(rows(parts))), "s", part.median())
            .against("DuckDB, same integers", reference.median());
        let per_row = (whole.median() / rows(4) as f64) / (part.median() / rows(parts) as f64);
        figures
            .add(
                SECTION,
                format!("time per row, {} against {} rows", millions(rows(4)), millions(rows(parts))),
                "times",
                per_row,
            )
            .wanted(Wanted::AtMost(1.1));
    }
    Ok(std::fs::remove_dir_all(&data)?)
}

/// Period, MPP, n and 36 counts.
const INDEX_COLUMNS: usize = 39;

fn ours(context: &Context, data: &Path, periods: &[Period]) -> Result<Measured> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("tally").arg("--out").arg(context.work.join("ours.csv"));
    run(&mut command, context, data, periods)
}

fn duckdb(context: &Context, data: &Path, periods: &[Period], variant: &str) -> Result<Measured> {
    let mut command = Command::new(&context.python);
    command.arg(&context.duckdb_script).args(["--variant", variant, "--threads"]);
    command.arg(accounting::processors().to_string());
    command.arg("--out").arg(context.work.join(format!("duckdb-{variant}.csv")));
    run(&mut command, context, data, periods)
}

fn run(command: &mut Command, context: &Context, data: &Path, periods: &[Period]) -> Result<Measured> {
    let names: Vec<String> = periods.iter().map(Period::to_string).collect();
    command.arg("--data").arg(data).args(["--periods", &names.join(",")]);
    command.args(["--repeats", &context.scale.repeats.to_string()]);
    let measured: Measured = serde_json::from_str(&child::output(command)?)?;
    note(&format!("   {}: {:.3?} s", command.get_program().display(), measured.seconds));
    Ok(measured)
}

/// Fails unless both computed the same integers, in the first `columns` columns.
fn compare(ours: &Path, reference: &Path, columns: usize) -> Result<()> {
    let (ours, reference) = (std::fs::read_to_string(ours)?, std::fs::read_to_string(reference)?);
    let cut = |line: &str| line.split(',').take(columns).collect::<Vec<_>>().join(",");
    if ours.lines().count() != reference.lines().count() {
        return Err("DuckDB has another number of groups".into());
    }
    match ours.lines().zip(reference.lines()).find(|(ours, reference)| cut(ours) != cut(reference)) {
        None => Ok(()),
        Some((ours, reference)) => Err(format!("DuckDB computed {reference}\nand we {ours}").into()),
    }
}

fn millions(rows: u64) -> String {
    format!("{} M", rows as f64 / 1e6)
}
