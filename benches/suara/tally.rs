//! Our half of the summaries, in a process of its own so that its peak memory is its own.

use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use serde_json::json;
use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::precision::Precision;
use suara_domain::tally::Tally;
use suara_reports::archive::{Archive, ArchiveKey};
use suara_reports::tallies;

use crate::{Result, accounting};

/// Computes the tally, the index and its precision of every MPP and period of an archive.
#[derive(clap::Args)]
pub struct TallyRun {
    /// The data folder
    #[arg(long)]
    data: PathBuf,
    /// Periods
    #[arg(long, value_delimiter = ',', value_parser = Period::parse)]
    periods: Vec<Period>,
    /// How often
    #[arg(long)]
    repeats: u32,
    /// Where the integers are written
    #[arg(long)]
    out: PathBuf,
}

impl TallyRun {
    /// Prints the seconds of every repetition and the peak memory as JSON.
    pub fn run(&self) -> Result<()> {
        let archive = Archive::new(&self.data);
        let mut seconds = Vec::new();
        let mut last = Vec::new();
        for _ in 0..self.repeats {
            let started = Instant::now();
            let tallies = tallies::national(&archive, &self.periods)?;
            let figures: Vec<_> =
                tallies.iter().map(|(_, tally)| (Index::of(tally), Precision::of(tally, None))).collect();
            seconds.push(started.elapsed().as_secs_f64());
            if figures.iter().any(|(index, precision)| index.is_none() || precision.is_none()) {
                return Err("an MPP has no index".into());
            }
            last = tallies;
        }
        let peak = accounting::peak_memory(std::process::id());
        self.write(&last)?;
        writeln!(std::io::stdout(), "{}", json!({ "seconds": seconds, "peak_memory": peak }))?;
        Ok(())
    }

    /// The integers in the order of the reference's columns, sorted by period and MPP.
    fn write(&self, tallies: &[(ArchiveKey, Tally)]) -> Result<()> {
        let mut out = std::io::BufWriter::new(std::fs::File::create(&self.out)?);
        for (key, tally) in tallies {
            write!(out, "{},{},{}", key.period, key.mpp, tally.n())?;
            for count in Element::ALL.into_iter().flat_map(|element| tally.counts(element)) {
                write!(out, ",{count}")?;
            }
            for (place, u) in Element::ALL.into_iter().enumerate() {
                for v in Element::ALL.into_iter().skip(place) {
                    write!(out, ",{},{}", tally.both_answered(u, v), tally.score_products(u, v))?;
                }
                for v in Element::ALL {
                    write!(out, ",{}", tally.score_where_answered(u, v))?;
                }
            }
            writeln!(out)?;
        }
        Ok(out.flush()?)
    }
}
