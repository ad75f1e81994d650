//! The PDF documents: the semester report, the publication poster and the QR posters, set by Typst in process.
//!
//! Templates are the files of `templates/`, their prose that of `texts/`, one catalogue for each language; what they
//! print comes to them as one JSON file, so that a text from outside is a string for Typst, never markup. Files are
//! PDF/A-2a and PDF/UA-1: tagged, with their language, fonts embedded. The same input gives the same bytes.

mod counter_poster;
mod poster;
mod qr;
mod view;
mod world;

use serde::Serialize;
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

pub use counter_poster::{Format, Mall, QrPoster, QrPosterError, Subject, qr_poster, qr_posters};

use crate::charts::{Chart, Charts};
use crate::report::SemesterReport;
use crate::voice::Voice;
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

/// The semester report as PDF, A4. `charts` are those of the same report and language. Bahasa Indonesia is the official
/// one; English says that it is a translation.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn semester(report: &SemesterReport, charts: &Charts, language: Language) -> Result<Vec<u8>, DocumentError> {
    let drawing = |chart: &Chart| (format!("/charts/{}.svg", chart.name), chart.svg.clone().into_bytes());
    let drawings = charts.iter().map(drawing).collect();
    let view = view::SemesterView::of(report, charts, Voice::of(language));
    let paper = Paper { report, document: "semester report", main: "/semester.typ" };
    paper.set(&view, drawings, Job::pdf)
}

/// The poster on which the index is published (not a QR poster, see [`qr_posters`]), A4, one page. With fewer than ten
/// responses it says so instead of a figure.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn poster(report: &SemesterReport, language: Language) -> Result<Vec<u8>, DocumentError> {
    let view = poster::PosterView::of(report, Voice::of(language));
    Paper { report, document: "poster", main: "/poster.typ" }.set(&view, Vec::new(), Job::pdf)
}

/// The same publication as a picture for social media: PNG, 1080 × 1350 pixels.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn poster_picture(report: &SemesterReport, language: Language) -> Result<Vec<u8>, DocumentError> {
    let view = poster::PosterView::of(report, Voice::of(language));
    Paper { report, document: "picture", main: "/picture.typ" }.set(&view, Vec::new(), Job::png)
}

/// A document of a report.
struct Paper<'a> {
    report: &'a SemesterReport,
    document: &'static str,
    main: &'static str,
}

impl Paper<'_> {
    fn set(
        &self,
        view: &impl Serialize,
        mut files: Vec<(String, Vec<u8>)>,
        export: impl Fn(Job) -> Result<Vec<u8>, Vec<String>>,
    ) -> Result<Vec<u8>, DocumentError> {
        let (mpp, period, document) = (&self.report.mpp.code, self.report.period, self.document);
        let error = |diagnostics| DocumentError { mpp: mpp.clone(), period, document, diagnostics };
        let data = serde_json::to_vec(view).map_err(|problem| error(vec![problem.to_string()]))?;
        files.push((world::DATA.to_owned(), data));
        let edition = &self.report.edition;
        let ident = format!("{document}/{mpp}/{period}/{}", edition.revision);
        export(Job { main: self.main, files, ident, timestamp: edition.generated_at }).map_err(error)
    }
}
