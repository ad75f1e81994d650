//! Import of the CSV files of DESIGN 3.2. All imports are idempotent; a row that cannot be used is named and the rest
//! goes on.

mod followups;
mod history;
pub mod mapping;
mod mpps;
mod names;
mod recipients;
mod responses;
mod services;
pub mod table;
mod visitors;

use std::collections::HashMap;
use std::path::Path;

use chrono::{DateTime, NaiveDate, Utc};
use suara_storage::{Database, Upserted};

use super::AppError;
use mapping::{Mapping, Translator};
pub use table::Reject;
use table::{Columns, Row, Table};

/// Rows that are brought in by one transaction.
const BATCH: usize = 2_000;

/// What a file holds.
#[expect(clippy::doc_markdown, reason = "the comments are the help text of the command line")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ImportKind {
    /// MPPs: code,name,region_code
    Mpp,
    /// Services of MPPs: mpp,agency,counter,service,service_name,channel,free
    Services,
    /// Numbers of users: mpp,service,period,visitors
    Visitors,
    /// Responses, from paper or another system
    Responses,
    /// Who receives the reports: mpp,email,name,language
    Recipients,
    /// Follow-up plans: mpp,period,element,step,owner,due_on,status,evidence
    Followups,
    /// Results from before Suara: mpp,period,ikm,n,rule,weight
    History,
}

impl ImportKind {
    /// What the rows are.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Mpp => "MPPs",
            Self::Services => "services",
            Self::Visitors => "visitors",
            Self::Responses => "responses",
            Self::Recipients => "recipients",
            Self::Followups => "follow-ups",
            Self::History => "history",
        }
    }

    const fn columns(self) -> Columns {
        match self {
            Self::Mpp => mpps::COLUMNS,
            Self::Services => services::COLUMNS,
            Self::Visitors => visitors::COLUMNS,
            Self::Responses => responses::COLUMNS,
            Self::Recipients => recipients::COLUMNS,
            Self::Followups => followups::COLUMNS,
            Self::History => history::COLUMNS,
        }
    }
}

/// What became of the rows of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    /// New or changed.
    pub imported: u64,
    /// There already, just so.
    pub unchanged: u64,
    /// Not usable.
    pub rejected: u64,
    /// Columns that mean nothing here.
    pub ignored_columns: Vec<String>,
}

/// What became of one usable row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Imported,
    Unchanged,
}

impl From<Upserted> for Kept {
    fn from(upserted: Upserted) -> Self {
        match upserted {
            Upserted::Inserted | Upserted::Updated => Self::Imported,
            Upserted::Unchanged => Self::Unchanged,
        }
    }
}

/// Imports files into a database.
pub struct Importer<'a> {
    /// The database.
    pub database: &'a Database,
    /// The present instant; nothing may have been filled in after it.
    pub now: DateTime<Utc>,
}

impl Importer<'_> {
    /// Imports a file. `rejected` is told every row that cannot be used, `progress` how many bytes are read.
    ///
    /// # Errors
    /// The file cannot be read as a whole, or the database fails; what was imported before stays.
    pub fn import(
        &self,
        kind: ImportKind,
        path: &Path,
        rejected: &mut dyn FnMut(&Reject),
        progress: &mut dyn FnMut(u64),
    ) -> Result<ImportCounts, AppError> {
        self.read(kind, Table::open(path, kind.columns())?, Ok, rejected, progress)
    }

    /// Imports a file in a layout of others, as [`Importer::import`]. Rows without an id get one from what stands in them.
    ///
    /// # Errors
    /// Those of [`Importer::import`], and a column that the mapping names is missing.
    pub fn import_mapped(
        &self,
        mapping: &Mapping,
        path: &Path,
        rejected: &mut dyn FnMut(&Reject),
        progress: &mut dyn FnMut(u64),
    ) -> Result<ImportCounts, AppError> {
        let table = Table::open_with(path, &mapping.expected(), |header| mapping.layout(path, header))?;
        let names = names::Names::load(self.database)?;
        let headings: HashMap<&'static str, String> = table.headings().collect();
        let mut translator = Translator::new(mapping, &headings);
        // Who looks for the cell knows the file's headings, not ours.
        let mut rejected = |reject: &Reject| {
            let column = headings.get(reject.column.as_str()).unwrap_or(&reject.column).clone();
            rejected(&Reject { column, ..reject.clone() });
        };
        self.read(mapping.kind(), table, |row| translator.row(&names, row), &mut rejected, progress)
    }

    fn read(
        &self,
        kind: ImportKind,
        mut table: Table,
        mut translate: impl FnMut(Row) -> Result<Row, Reject>,
        rejected: &mut dyn FnMut(&Reject),
        progress: &mut dyn FnMut(u64),
    ) -> Result<ImportCounts, AppError> {
        let mut counts = ImportCounts { ignored_columns: table.ignored(), ..ImportCounts::default() };
        let mut names = names::Names::load(self.database)?;
        loop {
            let mut rows = Vec::with_capacity(BATCH);
            let mut rejects = Vec::new();
            while rows.len() + rejects.len() < BATCH {
                let Some(row) = table.next_row()? else { break };
                match row.and_then(&mut translate) {
                    Ok(row) => rows.push(row),
                    Err(reject) => rejects.push(reject),
                }
            }
            if rows.is_empty() && rejects.is_empty() {
                return Ok(counts);
            }
            for kept in self.batch(kind, &mut names, &rows)? {
                match kept {
                    Ok(Kept::Imported) => counts.imported += 1,
                    Ok(Kept::Unchanged) => counts.unchanged += 1,
                    Err(reject) => rejects.push(reject),
                }
            }
            rejects.sort_by_key(|reject| reject.line);
            counts.rejected += rejects.len() as u64;
            rejects.iter().for_each(&mut *rejected);
            progress(table.bytes_read());
        }
    }

    fn batch(
        &self,
        kind: ImportKind,
        names: &mut names::Names,
        rows: &[Row],
    ) -> Result<Vec<Result<Kept, Reject>>, AppError> {
        match kind {
            ImportKind::Mpp => mpps::import(self.database, rows),
            ImportKind::Services => services::import(self.database, names, rows),
            ImportKind::Visitors => visitors::import(self.database, names, rows),
            ImportKind::Responses => responses::import(self.database, names, rows, self.now),
            ImportKind::Recipients => recipients::import(self.database, names, rows),
            ImportKind::Followups => followups::import(self.database, names, rows),
            ImportKind::History => history::import(self.database, names, rows),
        }
    }
}

/// Parses every row, writes the parsed ones together, and gives each row its result in order.
fn parse_then_write<T>(
    rows: &[Row],
    parse: impl Fn(&Row) -> Result<T, Reject>,
    write: impl FnOnce(&[T]) -> Result<Vec<Upserted>, AppError>,
) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let parsed: Vec<Result<T, Reject>> = rows.iter().map(parse).collect();
    let mut rejects = Vec::with_capacity(parsed.len());
    let mut usable = Vec::with_capacity(parsed.len());
    for row in parsed {
        rejects.push(match row {
            Ok(details) => {
                usable.push(details);
                None
            }
            Err(reject) => Some(reject),
        });
    }
    let mut written = write(&usable)?.into_iter();
    let results = rejects.into_iter().map(|reject| match reject {
        Some(reject) => Err(reject),
        None => Ok(written.next().map_or(Kept::Unchanged, Kept::from)),
    });
    Ok(results.collect())
}

/// The field, which must not be empty.
fn required<'a>(row: &'a Row, column: &str) -> Result<&'a str, Reject> {
    row.get(column).ok_or_else(|| row.reject(column, "required", "is required"))
}

/// The field as a date, if there is one.
fn date(row: &Row, column: &str) -> Result<Option<NaiveDate>, Reject> {
    let parse = |text: &str| {
        NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .map_err(|_| row.reject(column, "not_a_date", format!("\"{text}\" is not a date like 2026-06-30")))
    };
    row.get(column).map(parse).transpose()
}

/// The field as it is, if there is one.
fn text(row: &Row, column: &str) -> Option<String> {
    row.get(column).map(str::to_owned)
}

/// The field as a period.
fn period(row: &Row) -> Result<suara_domain::period::Period, Reject> {
    let given = required(row, "period")?;
    suara_domain::period::Period::parse(given).map_err(|error| row.reject("period", "not_a_period", error.to_string()))
}
