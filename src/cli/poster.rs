//! `suara poster`.

use std::path::PathBuf;

use suara_domain::mpp::MppCode;

use super::{CliError, Context, Outcome, output};
use crate::app::poster::PosterRequest;
use crate::app::{self, AppError};
use crate::config::AddressFlags;

const EXAMPLES: &str = "\
Everything for one MPP, every page A4: the entrance, each counter, each agency, and for each
counter a tent that is folded along its middle and stands on the table:
  suara poster --mpp kab-kampar --public-url https://suara.example.go.id --out poster.pdf

Two counters again, with poster and tent:
  suara poster --mpp kab-kampar --counter 'Loket 3' --counter 'Loket 4' --out loket.pdf

Print at 100 % on matt paper, tents on card of 160 g or more. The public address is in every
code: try one with a phone before you print them all.";

/// QR posters of one MPP as PDF, in Indonesian and English.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Poster {
    /// Code of the MPP
    #[arg(long, value_name = "CODE", value_parser = MppCode::parse)]
    mpp: MppCode,
    /// File to write
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// Only the posters of this counter; may be given several times
    #[arg(long, value_name = "NAME")]
    counter: Vec<String>,
    #[command(flatten)]
    address: AddressFlags,
}

impl Poster {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        let request = PosterRequest {
            mpp: self.mpp.clone(),
            public_url: self.address.resolve(&context.file),
            counters: self.counter.clone(),
        };
        let pdf = app::poster::poster(&database, &request)?;
        app::files::write_to(&self.out, |file| file.write_all(&pdf).map_err(AppError::output))?;
        output::say(&self.out.display().to_string());
        Ok(Outcome::Done)
    }
}
