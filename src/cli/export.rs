//! `suara export`.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

use super::{CliError, Context, Outcome};
use crate::app;
use crate::app::export::{ExportFormat, ExportRequest, ExportWhat};
use crate::clock::{Clock, RealClock};

/// Writes responses or figures, of any period, also beside a running server. It is the operator's: unsuppressed,
/// unless --public is given. Nothing is capped.
#[derive(clap::Args)]
pub(crate) struct Export {
    /// What to write
    #[arg(value_enum)]
    what: ExportWhat,
    /// Period, like 2026-S1
    #[arg(long, value_name = "P", value_parser = Period::parse)]
    period: Period,
    /// Only this MPP; may be given several times
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse)]
    mpp: Vec<MppCode>,
    /// Format
    #[arg(long, value_enum)]
    format: ExportFormat,
    /// File to write; standard output if absent
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Applies the rules for publication: small cells hidden, counts rounded
    #[arg(long)]
    public: bool,
}

impl Export {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        let request = ExportRequest {
            what: self.what,
            period: self.period,
            mpps: self.mpp.clone(),
            format: self.format,
            public: self.public,
            now: RealClock.now(),
        };
        if let Some(path) = &self.out {
            app::files::write_to(path, |mut file| app::export::export(&database, &request, &mut file))?;
        } else {
            let mut stdout = BufWriter::new(std::io::stdout().lock());
            app::export::export(&database, &request, &mut stdout)?;
            stdout.flush()?;
        }
        Ok(Outcome::Done)
    }
}
