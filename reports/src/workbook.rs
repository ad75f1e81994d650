//! The XLSX annexes of a semester, for one MPP and for the nation: typed cells, formulas that recompute the official figures, a fixed creation date.
//!
//! It goes to the MPP and the ministry, so cells of groups follow the rule for managers (shown from five responses on).
//! Rows of respondents carry the nine scores and nothing else, sorted by them: neither order nor profile leads back to a
//! person. Decimal separators are those of the reader's spreadsheet.

mod national;
mod overview;
mod processing;
mod sheet;
mod tables;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use suara_domain::element::Answers;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

use crate::fonts::printable;
use crate::indonesian;
use crate::report::SemesterReport;
pub use national::national;
use sheet::{Formats, Sheet};

/// A workbook cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("workbook of {mpp} for {period} cannot be written: {source}")]
pub struct WorkbookError {
    /// Whose workbook.
    pub mpp: MppCode,
    /// Of which period.
    pub period: Period,
    /// What the writer says.
    pub source: XlsxError,
}

/// The workbook of a semester as XLSX. `respondents` are the accepted responses of the period in any order.
///
/// # Errors
/// More rows than a sheet holds (1 048 576), or the writer fails.
pub fn semester(
    report: &SemesterReport,
    respondents: impl IntoIterator<Item = Answers>,
) -> Result<Vec<u8>, WorkbookError> {
    let mut rows: Vec<[u8; 9]> = respondents.into_iter().map(|answers| answers.digits()).collect();
    rows.sort_unstable();
    write(report, &rows).map_err(|source| WorkbookError { mpp: report.mpp.code.clone(), period: report.period, source })
}

fn write(report: &SemesterReport, rows: &[[u8; 9]]) -> Result<Vec<u8>, XlsxError> {
    let formats = Formats::new();
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(report.edition.generated_at.timestamp())?;
    let title = format!("SKM {}, {}", printable(&report.mpp.name), indonesian::period(report.period));
    let properties = DocProperties::new().set_title(title).set_author("Suara").set_creation_datetime(&created);
    workbook.set_properties(&properties);
    overview::summary(&mut Sheet::add(&mut workbook, &formats, "Ringkasan")?, report)?;
    tables::elements(&mut Sheet::add(&mut workbook, &formats, "Unsur")?, report)?;
    tables::services(&mut Sheet::add(&mut workbook, &formats, "Layanan")?, report)?;
    processing::respondents(&mut Sheet::add(&mut workbook, &formats, "Pengolahan")?, report, rows)?;
    tables::groups(&mut Sheet::add(&mut workbook, &formats, "Profil")?, report)?;
    overview::quality(&mut Sheet::add(&mut workbook, &formats, "Mutu data")?, report)?;
    workbook.save_to_buffer()
}
