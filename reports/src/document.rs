//! The PDF documents: the semester report, the national report, the publication poster and the QR posters, set by Typst in process.
//!
//! Templates are the files of `templates/`; what they print comes to them as one JSON file, so that a text from outside
//! is a string for Typst, never markup. Files are PDF/A-2a and PDF/UA-1: tagged, in Indonesian, fonts embedded. The same
//! input gives the same bytes.

mod counter_poster;
mod national;
mod poster;
mod qr;
mod view;
mod world;

use serde::Serialize;
use suara_domain::period::Period;

pub use counter_poster::{Format, Mall, QrPoster, QrPosterError, Subject, qr_poster, qr_posters};

use crate::charts::{Chart, Charts};
use crate::national::NationalReport;
use crate::report::{Edition, SemesterReport};
use world::Job;

/// A document cannot be set.
#[derive(Debug, thiserror::Error)]
#[error("{document} of {subject} for {period} cannot be set: {}", diagnostics.join(" | "))]
pub struct DocumentError {
    /// Whose document: the code of an MPP, or `nasional`.
    pub subject: String,
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
    let subject = (report.mpp.code.as_str(), report.period, &report.edition);
    set(subject, "semester report", "/semester.typ", &view::SemesterView::of(report, charts), drawings.collect())
}

/// The national report as PDF, A4. `charts` are those of the same report. It may be published: small cells are hidden.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn national(report: &NationalReport, charts: &Charts) -> Result<Vec<u8>, DocumentError> {
    let drawing = |chart: &Chart| (format!("/charts/{}.svg", chart.name), chart.svg.clone().into_bytes());
    let drawings = charts.iter().map(drawing);
    let subject = ("nasional", report.period, &report.edition);
    set(subject, "national report", "/national.typ", &national::NationalView::of(report, charts), drawings.collect())
}

/// The poster on which the index is published (not a QR poster, see [`qr_posters`]), A4, one page. With fewer than ten responses it says so instead of a
/// figure.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn poster(report: &SemesterReport) -> Result<Vec<u8>, DocumentError> {
    let subject = (report.mpp.code.as_str(), report.period, &report.edition);
    set(subject, "poster", "/poster.typ", &poster::PosterView::of(report), Vec::new())
}

fn set(
    (subject, period, edition): (&str, Period, &Edition),
    document: &'static str,
    main: &'static str,
    view: &impl Serialize,
    mut files: Vec<(String, Vec<u8>)>,
) -> Result<Vec<u8>, DocumentError> {
    let error = |diagnostics| DocumentError { subject: subject.to_owned(), period, document, diagnostics };
    let data = serde_json::to_vec(view).map_err(|problem| error(vec![problem.to_string()]))?;
    files.push((world::DATA.to_owned(), data));
    let ident = format!("{document}/{subject}/{period}/{}", edition.revision);
    Job { main, files, ident, timestamp: edition.generated_at }.run().map_err(error)
}
