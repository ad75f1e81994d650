//! The PDF documents: the semester report, the national report, the publication poster and the QR posters, set by
//! Typst in process.
//!
//! Templates are the files of `templates/`, their prose that of `texts/`, one catalogue for each language; what they
//! print comes to them as one JSON file, so that a text from outside is a string for Typst, never markup. Files are
//! PDF/A-2a and PDF/UA-1: tagged, with their language, fonts embedded. The same input gives the same bytes.

mod counter_poster;
mod national;
mod poster;
mod qr;
mod view;
mod world;

use serde::Serialize;
use suara_domain::language::Language;
use suara_domain::period::Period;

pub use counter_poster::{Format, Mall, QrPoster, QrPosterError, Subject, qr_poster, qr_posters};

use crate::charts::{Chart, Charts};
use crate::national::NationalReport;
use crate::report::{Edition, SemesterReport};
use crate::voice::Voice;
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

/// The semester report as PDF, A4. `charts` are those of the same report and language. Bahasa Indonesia is the official
/// one; English says that it is a translation.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn semester(report: &SemesterReport, charts: &Charts, language: Language) -> Result<Vec<u8>, DocumentError> {
    let drawing = |chart: &Chart| (format!("/charts/{}.svg", chart.name), chart.svg.clone().into_bytes());
    let drawings = charts.iter().map(drawing).collect();
    let view = view::SemesterView::of(report, charts, Voice::of(language));
    let paper = Paper::of(report, "semester report", "/semester.typ");
    paper.set(&view, drawings, Job::pdf)
}

/// The national report as PDF, A4. `charts` are those of the same report and language. It may be published: small cells
/// are hidden. Bahasa Indonesia is the official one; English says that it is a translation.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn national(report: &NationalReport, charts: &Charts, language: Language) -> Result<Vec<u8>, DocumentError> {
    let drawing = |chart: &Chart| (format!("/charts/{}.svg", chart.name), chart.svg.clone().into_bytes());
    let drawings = charts.iter().map(drawing).collect();
    let (period, edition) = (report.period, &report.edition);
    let paper = Paper { subject: "nasional", period, edition, document: "national report", main: "/national.typ" };
    paper.set(&national::NationalView::of(report, charts, Voice::of(language)), drawings, Job::pdf)
}

/// The poster on which the index is published (not a QR poster, see [`qr_posters`]), A4, one page. With fewer than ten
/// responses it says so instead of a figure.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn poster(report: &SemesterReport, language: Language) -> Result<Vec<u8>, DocumentError> {
    let view = poster::PosterView::of(report, Voice::of(language));
    Paper::of(report, "poster", "/poster.typ").set(&view, Vec::new(), Job::pdf)
}

/// The same publication as a picture for social media: PNG, 1080 × 1350 pixels.
///
/// # Errors
/// Typst refuses, which no input should bring about.
pub fn poster_picture(report: &SemesterReport, language: Language) -> Result<Vec<u8>, DocumentError> {
    let view = poster::PosterView::of(report, Voice::of(language));
    Paper::of(report, "picture", "/picture.typ").set(&view, Vec::new(), Job::png)
}

/// A document of a report.
struct Paper<'a> {
    subject: &'a str,
    period: Period,
    edition: &'a Edition,
    document: &'static str,
    main: &'static str,
}

impl<'a> Paper<'a> {
    fn of(report: &'a SemesterReport, document: &'static str, main: &'static str) -> Self {
        Self { subject: report.mpp.code.as_str(), period: report.period, edition: &report.edition, document, main }
    }

    fn set(
        &self,
        view: &impl Serialize,
        mut files: Vec<(String, Vec<u8>)>,
        export: impl Fn(Job) -> Result<Vec<u8>, Vec<String>>,
    ) -> Result<Vec<u8>, DocumentError> {
        let (subject, period, document) = (self.subject, self.period, self.document);
        let error = |diagnostics| DocumentError { subject: subject.to_owned(), period, document, diagnostics };
        let data = serde_json::to_vec(view).map_err(|problem| error(vec![problem.to_string()]))?;
        files.push((world::DATA.to_owned(), data));
        let ident = format!("{document}/{subject}/{period}/{}", self.edition.revision);
        export(Job { main: self.main, files, ident, timestamp: self.edition.generated_at }).map_err(error)
    }
}
