//! `suara synth`.

use std::path::PathBuf;

use suara_domain::period::Period;

use super::{CliError, Outcome, output, progress};
use crate::app::synth::{self, SynthOrder};

/// Makes a synthetic country: master data, visitors, plans and responses as CSV files, and truth.json with the figures
/// they must give. The same seed gives the same bytes.
#[derive(clap::Args)]
pub(crate) struct Synth {
    /// Number of MPPs, at most 514
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=514))]
    mpp: u32,
    /// Number of responses in all
    #[arg(long, value_name = "N")]
    responses: u64,
    /// Period, like 2026-S1
    #[arg(long, value_name = "P", value_parser = Period::parse)]
    period: Period,
    /// Seed of the generator
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Folder for the files; made if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Writes the responses as a Parquet archive too
    #[arg(long)]
    parquet: bool,
}

impl Synth {
    pub(crate) fn run(&self) -> Result<Outcome, CliError> {
        let bar = progress::bar(self.responses, "responses");
        let order = SynthOrder {
            malls: self.mpp as usize,
            responses: self.responses,
            period: self.period,
            seed: self.seed,
            folder: self.out.clone(),
        };
        synth::synth(&order, &mut |done| bar.set_position(done))?;
        if self.parquet {
            bar.set_message("archive");
            synth::synth_archive(&order, &mut |done| bar.set_position(done))?;
        }
        bar.finish_and_clear();
        output::say(&format!("{} responses of {} MPPs in {}", self.responses, self.mpp, self.out.display()));
        Ok(Outcome::Done)
    }
}
