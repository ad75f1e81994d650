//! The PDF documents: the semester report, the publication poster and the QR posters, set by Typst in process.
//!
//! Templates are the files of `templates/`; what they print comes to them as one JSON file, so that a text from outside
//! is a string for Typst, never markup. Files are PDF/A-2a and PDF/UA-1: tagged, in Indonesian, fonts embedded. The same
//! input gives the same bytes.

mod counter_poster;
mod poster;
mod qr;
mod view;
mod world;

use serde::Serialize;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

pub use counter_poster::{Format, Mall, QrPoster, QrPosterError, Subject, qr_poster, qr_posters};

use crate::charts::{Chart, Charts};
use crate::report::SemesterReport;
use world::Job;

/// A document cannot be set.
#[derive(Debug, thiserror::Error)]
#[error("{document} of {mpp} for {period} cannot be set: {}", diagnostics.join(" | "))]
pub struct DocumentError {
    /// Whose document.
    pub mpp: MppCode,
    /// Of which period.
    pub period: Period,
    /// Which document.
    pub document: &'static str,
    /// What Typst says, one text for each problem.
    pub diagnostics: Vec<String>,
}

/// The semester report as PDF, A4. `charts` are those of the same report.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn semester(report: &SemesterReport, charts: &Charts) -> Result<Vec<u8>, DocumentError> {
    let drawing = |chart: &Chart| (format!("/charts/{}.svg", chart.name), chart.svg.clone().into_bytes());
    let drawings = charts.iter().map(drawing);
    set(report, "semester report", "/semester.typ", &view::SemesterView::of(report, charts), drawings.collect())
}

/// The poster on which the index is published (not a QR poster, see [`qr_posters`]), A4, one page. With fewer than ten responses it says so instead of a
/// figure.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn poster(report: &SemesterReport) -> Result<Vec<u8>, DocumentError> {
    set(report, "poster", "/poster.typ", &poster::PosterView::of(report), Vec::new())
}

fn set(
    report: &SemesterReport,
    document: &'static str,
    main: &'static str,
    view: &impl Serialize,
    mut files: Vec<(String, Vec<u8>)>,
) -> Result<Vec<u8>, DocumentError> {
    let (mpp, period) = (&report.mpp.code, report.period);
    let error = |diagnostics| DocumentError { mpp: mpp.clone(), period, document, diagnostics };
    let data = serde_json::to_vec(view).map_err(|problem| error(vec![problem.to_string()]))?;
    files.push((world::DATA.to_owned(), data));
    let ident = format!("{document}/{mpp}/{period}/{}", report.edition.revision);
    Job { main, files, ident, timestamp: report.edition.generated_at }.run().map_err(error)
}
