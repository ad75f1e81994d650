//! `suara open-data`.

use std::path::PathBuf;

use suara_domain::period::Period;

use super::{CliError, Context, Outcome, output};
use crate::app;
use crate::app::open_data::Terms;

/// Writes what is published of a period into a folder: tables as CSV, JSON and Parquet, codebook.csv with the meaning
/// of every column, and catalog.jsonld (DCAT) with sizes and checksums. Small groups are hidden as everywhere in public.
/// The same figures give the same bytes.
#[derive(clap::Args)]
pub(crate) struct OpenData {
    /// Period, like 2026-S1; at least one MPP must be closed
    #[arg(long, value_name = "P", value_parser = Period::parse)]
    period: Period,
    /// Folder to write; made if there is none, files of former runs are replaced
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Who publishes the data
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Address of the licence; Creative Commons Attribution 4.0 if absent
    #[arg(long, value_name = "URL")]
    licence: Option<String>,
}

impl OpenData {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        let terms = Terms::new(self.publisher.as_deref(), self.licence.as_deref());
        for path in app::open_data::package(&database, self.period, &terms, &self.out)? {
            output::say(&path.display().to_string());
        }
        Ok(Outcome::Done)
    }
}
