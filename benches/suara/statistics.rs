//! All statistics of one semester of the whole country, from Parquet to the comparison, without documents.

use std::process::Command;

use serde::Deserialize;
use suara_domain::period::Period;
use suara_reports::archive::Archive;

use crate::figures::{Figures, Wanted};
use crate::{Context, Result, child, country, median, note};

const SECTION: &str = "statistics";
const MEBI: f64 = 1_048_576.0;

/// What the process tells.
#[derive(Deserialize)]
struct Measured {
    seconds: Vec<f64>,
    within: Vec<f64>,
    peak_memory: u64,
}

/// Archives a semester and a smaller one before it, and computes everything.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let data = context.work.join("statistics");
    let period = Period::parse("2025-S2")?;
    note("   archiving synthetic responses");
    let (archive, mpps, rows) = (Archive::new(&data), context.scale.mpps, context.scale.analysed_rows);
    country::archive(&archive, mpps, &[period], rows)?;
    country::archive(&archive, mpps, &[period.previous()], rows / 10)?;
    note("   computing");
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("analyse").arg("--data").arg(&data).args(["--period", &period.to_string()]);
    command.args(["--repeats", &context.scale.repeats.to_string()]);
    let measured: Measured = serde_json::from_str(&child::output(&mut command)?)?;
    note(&format!("   {:.3?} s, of which within the MPPs {:.3?} s", measured.seconds, measured.within));
    let (whole, within) = (median(measured.seconds), median(measured.within));
    let count = format!("{} M responses, {mpps} MPPs", rows as f64 / 1e6);
    figures.add(SECTION, format!("{count}: everything"), "s", whole).wanted(Wanted::AtMost(10.0));
    figures.add(SECTION, "of it: counting and judging every MPP", "s", within);
    figures.add(SECTION, "of it: comparing the MPPs", "s", whole - within);
    figures.add(SECTION, "peak memory", "MiB", measured.peak_memory as f64 / MEBI).wanted(Wanted::AtMost(1024.0));
    Ok(std::fs::remove_dir_all(&data)?)
}
