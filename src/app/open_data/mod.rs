//! Open data: the published figures of a period as a folder that explains itself, and the catalogue of what the service
//! offers. Nothing in it depends on when it was made: dates are those of the data.

mod catalogue;
mod codebook;
mod offered;
mod tables;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use suara_domain::period::Period;
use suara_reports::archive::write_atomically;
use suara_storage::{Database, mpp_periods};

use self::catalogue::{Described, Distribution};
use self::tables::Form;
use super::AppError;
use super::published::{self, PublishedError};
use super::service;

pub use self::catalogue::Terms;
pub use self::offered::offered;

/// Name of the catalogue in the folder.
const CATALOGUE: &str = "catalog.jsonld";
/// Name of the codebook in the folder.
const CODEBOOK: &str = "codebook.csv";

/// Writes the published figures of a period into a folder: every table as CSV, JSON and Parquet, what each column means
/// (`codebook.csv`), and the catalogue (`catalog.jsonld`, DCAT). The same figures give the same bytes. Returns the
/// files, in the order in which they were written; the catalogue is the last.
///
/// # Errors
/// No MPP is closed for the period, the database fails, or the folder cannot be written.
pub fn package(database: &Database, period: Period, terms: &Terms, folder: &Path) -> Result<Vec<PathBuf>, AppError> {
    let issued = last_closed(database, period)?;
    let (_, directory) = service::load(database)?;
    let figures = published::of_period(database, &directory, period)?;
    let national = published::national_of(database, &directory, period)?;
    let tables = tables::all(&figures, &national, &directory);
    let unwritable = |path: &Path, error| AppError::output(format!("{}: {error}", path.display()));
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    let mut paths = Vec::new();
    let mut write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        write_atomically(&path, bytes).map_err(AppError::output)?;
        paths.push(path);
        Ok::<(), AppError>(())
    };
    let mut described = Vec::new();
    for table in &tables {
        let mut distributions = Vec::new();
        for form in Form::ALL {
            let (name, bytes) = (format!("{}.{}", table.name, form.ending()), table.bytes(form)?);
            write(&name, &bytes)?;
            distributions.push(distribution(name, form.media_type(), &bytes));
        }
        described.push(Described { table, distributions });
    }
    write(CODEBOOK, codebook::TEXT.as_bytes())?;
    let codebook = distribution(CODEBOOK.to_owned(), Form::Csv.media_type(), codebook::TEXT.as_bytes());
    let catalogue = catalogue::of_package(period, issued, terms, &described, &codebook)?;
    let catalogue = serde_json::to_string_pretty(&catalogue).map_err(AppError::output)?;
    write(CATALOGUE, format!("{catalogue}\n").as_bytes())?;
    Ok(paths)
}

/// When the last of the MPPs was closed: from then on the figures stand as they are.
fn last_closed(database: &Database, period: Period) -> Result<DateTime<Utc>, AppError> {
    let closures = database.read(|connection| mpp_periods::list(connection, period))?;
    let last = closures.iter().map(|closure| closure.closed_at).max();
    Ok(last.ok_or(PublishedError::NotPublished(period))?)
}

fn distribution(name: String, media_type: &'static str, bytes: &[u8]) -> Distribution {
    Distribution { name, media_type, size: bytes.len(), sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)) }
}

#[cfg(test)]
mod tests {
    use suara_reports::table::CellKind;

    use super::*;

    fn kind(kind: CellKind) -> &'static str {
        match kind {
            CellKind::Text => "text",
            CellKind::Integer => "integer",
            CellKind::Number => "number",
        }
    }

    /// The columns that tables have and those that the codebook explains are the same, with the same types.
    #[test]
    fn the_codebook_explains_every_column() {
        let made: Vec<(&str, &str, &str)> = tables::columns()
            .flat_map(|(table, columns)| columns.into_iter().map(move |it| (table, it.name, kind(it.kind))))
            .collect();
        let entries = codebook::entries().unwrap();
        let explained: Vec<(&str, &str, &str)> =
            entries.iter().map(|entry| (entry.table.as_str(), entry.column.as_str(), entry.kind.as_str())).collect();
        assert_eq!(made, explained);
        for entry in &entries {
            let texts = [&entry.concept, &entry.meaning_id, &entry.meaning_en, &entry.source];
            assert!(texts.iter().all(|text| !text.is_empty()), "{}.{}", entry.table, entry.column);
        }
    }
}
