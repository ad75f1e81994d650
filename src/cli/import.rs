//! `suara import`.

use std::fs::File;
use std::path::PathBuf;

use super::{CliError, Context, Outcome, output, progress};
use crate::app;
use crate::app::import::mapping::Mapping;
use crate::app::import::{ImportKind, Importer, Reject};
use crate::clock::{Clock, RealClock};

const EXAMPLES: &str = "\
Answers to a Google form, downloaded as CSV:
  suara import responses jawaban.csv --mapping google-forms --set mpp=kab-kampar

A table of answers U1 to U9. The law numbers the last two elements in two ways: opd-kuesioner is for
the order of the questionnaire (U8 facilities, U9 complaints), opd-definisi for that of the definitions
(U8 complaints, U9 facilities). Look at the headings of the table before you choose:
  suara import responses olah.csv --mapping opd-kuesioner --set mpp=kab-kampar --set filled_at=2026-03-31

Mappings of your own: see docs/import.md.";

/// Reads a CSV file (UTF-8, header line; comma, semicolon or tab). Importing a file again changes nothing. Rows that
/// cannot be used are named with line, column and reason, the others are kept.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Import {
    /// What the file holds
    #[arg(value_enum)]
    kind: ImportKind,
    /// The file
    #[arg(value_name = "FILE.csv")]
    file: PathBuf,
    /// Writes the rejected rows' line, column, code and reason to this file (CSV)
    #[arg(long, value_name = "FILE")]
    rejects: Option<PathBuf>,
    /// Which of the file's columns means what, for responses and history in a layout of others: google-forms,
    /// opd-kuesioner, opd-definisi, rekap-ikm, or a file
    #[arg(long, value_name = "MAPPING")]
    mapping: Option<String>,
    /// With a mapping: the same value for every row; may be given several times
    #[arg(long, value_name = "COLUMN=VALUE", requires = "mapping", value_parser = column_and_value)]
    set: Vec<(String, String)>,
}

fn column_and_value(given: &str) -> Result<(String, String), String> {
    let (column, value) = given.split_once('=').ok_or("write COLUMN=VALUE, like mpp=kab-kampar")?;
    Ok((column.trim().to_owned(), value.trim().to_owned()))
}

/// With a rejects file, the terminal shows this many and leaves the rest to the file.
const SHOWN_BESIDE_FILE: u64 = 20;

impl Import {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let mapping = self.mapping.as_ref().map(|name| Mapping::load(name, self.kind, &self.set));
        let mapping = mapping.transpose().map_err(app::AppError::from)?;
        let database = app::open::database(&context.storage)?;
        let length = std::fs::metadata(&self.file).map_or(0, |metadata| metadata.len());
        let bar = progress::bar(length, self.kind.noun());
        let mut rejects = Rejects::open(self.rejects.as_ref())?;
        let importer = Importer { database: &database, now: RealClock.now() };
        let mut rejected = |reject: &Reject| rejects.add(reject);
        let mut progress = |bytes| bar.set_position(bytes);
        let counts = match &mapping {
            Some(mapping) => importer.import_mapped(mapping, &self.file, &mut rejected, &mut progress),
            None => importer.import(self.kind, &self.file, &mut rejected, &mut progress),
        };
        bar.finish_and_clear();
        let counts = counts?;
        rejects.close()?;
        for column in &counts.ignored_columns {
            output::complain(&format!("warning: the column {column} means nothing here and was ignored"));
        }
        output::say(&format!(
            "imported {}, unchanged {}, rejected {}",
            counts.imported, counts.unchanged, counts.rejected
        ));
        Ok(if counts.rejected == 0 { Outcome::Done } else { Outcome::SomeRejected })
    }
}

/// Shows rejected rows, and writes them to a file if there is one.
struct Rejects {
    file: Option<csv::Writer<File>>,
    count: u64,
    failure: Option<csv::Error>,
}

impl Rejects {
    fn open(path: Option<&PathBuf>) -> Result<Self, CliError> {
        let Some(path) = path else { return Ok(Self { file: None, count: 0, failure: None }) };
        let named = |error: std::io::Error| CliError::new(format!("cannot write {}: {error}", path.display()));
        let mut writer = csv::Writer::from_writer(File::create(path).map_err(named)?);
        writer.write_record(["line", "column", "code", "reason"]).map_err(|error| named(error.into()))?;
        Ok(Self { file: Some(writer), count: 0, failure: None })
    }

    fn add(&mut self, reject: &Reject) {
        self.count += 1;
        let place = if reject.column.is_empty() { String::new() } else { format!(", {}", reject.column) };
        if self.file.is_none() || self.count <= SHOWN_BESIDE_FILE {
            output::complain(&format!("line {}{place}: {} ({})", reject.line, reject.reason, reject.code));
        }
        if let Some(writer) = &mut self.file {
            let line = reject.line.to_string();
            let written = writer.write_record([line.as_str(), &reject.column, reject.code, &reject.reason]);
            self.failure = self.failure.take().or(written.err());
        }
    }

    fn close(mut self) -> Result<(), CliError> {
        let flushed = self.file.as_mut().map_or(Ok(()), csv::Writer::flush);
        let failure = self.failure.map(|error| error.to_string()).or(flushed.err().map(|error| error.to_string()));
        failure.map_or(Ok(()), |error| Err(CliError::new(format!("the rejects file is incomplete: {error}"))))
    }
}
