//! `suara import`.

use std::fs::File;
use std::path::PathBuf;

use super::{CliError, Context, Outcome, output, progress};
use crate::app;
use crate::app::import::{ImportKind, Importer, Reject};
use crate::clock::{Clock, RealClock};

/// Reads a CSV file (UTF-8, header line; comma, semicolon or tab). Importing a file again changes nothing. Rows that
/// cannot be used are named with line, column and reason, the others are kept.
#[derive(clap::Args)]
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
}

/// With a rejects file, the terminal shows this many and leaves the rest to the file.
const SHOWN_BESIDE_FILE: u64 = 20;

impl Import {
    pub(crate) fn run(&self, context: &Context) -> Result<Outcome, CliError> {
        let database = app::open::database(&context.storage)?;
        let length = std::fs::metadata(&self.file).map_or(0, |metadata| metadata.len());
        let bar = progress::bar(length, self.kind.noun());
        let mut rejects = Rejects::open(self.rejects.as_ref())?;
        let importer = Importer { database: &database, now: RealClock.now() };
        let counts = importer
            .import(self.kind, &self.file, &mut |reject| rejects.add(reject), &mut |bytes| bar.set_position(bytes));
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
