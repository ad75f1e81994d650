//! The closed world in which Typst sets a document: embedded templates and fonts, the data of one job, nothing else.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, Datelike, Timelike, Utc};
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::ecow::EcoVec;
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, WorldExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

use crate::{design, fonts};

/// Path of the data in a job's world.
pub(super) const DATA: &str = "/data.json";

/// Looking through all memoised results takes as long as a twentieth of a document: it is done after so many of them.
const TIDIED_AFTER: usize = 8;

/// Pictures are drawn at this scale: a page of 540 pt becomes 1080 pixels wide.
const PIXELS_PER_POINT: f64 = 2.0;

const TEMPLATES: [(&str, &str); 42] = [
    ("/semester.typ", include_str!("../../templates/semester.typ")),
    ("/national.typ", include_str!("../../templates/national.typ")),
    ("/national/compact.typ", include_str!("../../templates/national/compact.typ")),
    ("/national/cover.typ", include_str!("../../templates/national/cover.typ")),
    ("/national/summary.typ", include_str!("../../templates/national/summary.typ")),
    ("/national/standings.typ", include_str!("../../templates/national/standings.typ")),
    ("/national/elements.typ", include_str!("../../templates/national/elements.typ")),
    ("/national/listing.typ", include_str!("../../templates/national/listing.typ")),
    ("/national/method.typ", include_str!("../../templates/national/method.typ")),
    ("/poster.typ", include_str!("../../templates/poster.typ")),
    ("/qr_poster.typ", include_str!("../../templates/qr_poster.typ")),
    ("/qr_poster/pictures.typ", include_str!("../../templates/qr_poster/pictures.typ")),
    ("/style.typ", include_str!("../../templates/style.typ")),
    ("/picture.typ", include_str!("../../templates/picture.typ")),
    ("/semester/cover.typ", include_str!("../../templates/semester/cover.typ")),
    ("/semester/summary.typ", include_str!("../../templates/semester/summary.typ")),
    ("/semester/collection.typ", include_str!("../../templates/semester/collection.typ")),
    ("/semester/results.typ", include_str!("../../templates/semester/results.typ")),
    ("/semester/analysis.typ", include_str!("../../templates/semester/analysis.typ")),
    ("/semester/follow_up.typ", include_str!("../../templates/semester/follow_up.typ")),
    ("/semester/trend.typ", include_str!("../../templates/semester/trend.typ")),
    ("/semester/annex.typ", include_str!("../../templates/semester/annex.typ")),
    ("/semester/quality.typ", include_str!("../../templates/semester/quality.typ")),
    ("/semester/method.typ", include_str!("../../templates/semester/method.typ")),
    ("/texts/id.typ", include_str!("../../texts/id.typ")),
    ("/texts/id/report.typ", include_str!("../../texts/id/report.typ")),
    ("/texts/id/analysis.typ", include_str!("../../texts/id/analysis.typ")),
    ("/texts/id/annex.typ", include_str!("../../texts/id/annex.typ")),
    ("/texts/id/poster.typ", include_str!("../../texts/id/poster.typ")),
    ("/texts/id/national.typ", include_str!("../../texts/id/national.typ")),
    ("/texts/id/national/report.typ", include_str!("../../texts/id/national/report.typ")),
    ("/texts/id/national/comparison.typ", include_str!("../../texts/id/national/comparison.typ")),
    ("/texts/id/national/annex.typ", include_str!("../../texts/id/national/annex.typ")),
    ("/texts/en.typ", include_str!("../../texts/en.typ")),
    ("/texts/en/report.typ", include_str!("../../texts/en/report.typ")),
    ("/texts/en/analysis.typ", include_str!("../../texts/en/analysis.typ")),
    ("/texts/en/annex.typ", include_str!("../../texts/en/annex.typ")),
    ("/texts/en/poster.typ", include_str!("../../texts/en/poster.typ")),
    ("/texts/en/national.typ", include_str!("../../texts/en/national.typ")),
    ("/texts/en/national/report.typ", include_str!("../../texts/en/national/report.typ")),
    ("/texts/en/national/comparison.typ", include_str!("../../texts/en/national/comparison.typ")),
    ("/texts/en/national/annex.typ", include_str!("../../texts/en/national/annex.typ")),
];

/// What never changes between documents.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    sources: HashMap<FileId, Source>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let templates = TEMPLATES.map(|(path, text)| (path, text.to_owned()));
    let tokens = ("/tokens.typ", design::typst());
    let source = |(path, text)| file_id(path).map(|id| (id, Source::new(id, text)));
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(fonts::book()),
        sources: templates.into_iter().chain([tokens]).filter_map(source).collect(),
    }
});

/// One document to set.
pub(super) struct Job {
    /// Path of the main template.
    pub main: &'static str,
    /// Files it may read, by path.
    pub files: Vec<(String, Vec<u8>)>,
    /// Stable identity of the document.
    pub ident: String,
    /// Creation date of the document.
    pub timestamp: DateTime<Utc>,
}

impl Job {
    /// Sets the document as PDF/A-2a and PDF/UA-1; what Typst says about it if it cannot.
    pub fn pdf(self) -> Result<Vec<u8>, Vec<String>> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
        let standards = standards.map_err(|error| vec![error.message().to_string()])?;
        let options = PdfOptions {
            ident: Smart::Custom(self.ident.clone()),
            creator: Smart::Custom(Some(concat!("Suara ", env!("CARGO_PKG_VERSION")).to_owned())),
            timestamp: timestamp(self.timestamp),
            standards,
            ..PdfOptions::default()
        };
        let (world, document) = self.set()?;
        let pdf = typst_pdf::pdf(&document, &options);
        tidy();
        pdf.map_err(|diagnostics| messages(&world, &diagnostics))
    }

    /// Sets the document and draws its only page as PNG, [`PIXELS_PER_POINT`].
    pub fn png(self) -> Result<Vec<u8>, Vec<String>> {
        let main = self.main;
        let (_, document) = self.set()?;
        let options = RenderOptions { pixel_per_pt: PIXELS_PER_POINT.into(), ..RenderOptions::default() };
        let page = document.pages().first().ok_or_else(|| vec![format!("{main} has no page")])?;
        let picture = typst_render::render(page, &options).encode_png();
        tidy();
        picture.map_err(|error| vec![error.to_string()])
    }

    fn set(self) -> Result<(Desk, PagedDocument), Vec<String>> {
        let missing = || vec![format!("there is no template {}", self.main)];
        let main = file_id(self.main).ok_or_else(missing)?;
        let files = self.files.into_iter().filter_map(|(path, bytes)| Some((file_id(&path)?, Bytes::new(bytes))));
        let world = Desk { main, files: files.collect() };
        let Warned { output, .. } = typst::compile::<PagedDocument>(&world);
        match output {
            Ok(document) => Ok((world, document)),
            Err(diagnostics) => Err(messages(&world, &diagnostics)),
        }
    }
}

/// Drops memoised results that nobody used since the last time but one; what the templates share stays.
fn tidy() {
    static SET: AtomicUsize = AtomicUsize::new(1);
    if SET.fetch_add(1, Ordering::Relaxed).is_multiple_of(TIDIED_AFTER) {
        comemo::evict(1);
    }
}

/// The [`World`] of one job.
struct Desk {
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        SHARED.sources.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::all().get(index).cloned()
    }

    /// There is no today: dates are part of the data.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}

fn timestamp(instant: DateTime<Utc>) -> Option<Timestamp> {
    let small = |part: u32| u8::try_from(part).ok();
    let datetime = Datetime::from_ymd_hms(
        instant.year(),
        small(instant.month())?,
        small(instant.day())?,
        small(instant.hour())?,
        small(instant.minute())?,
        small(instant.second())?,
    )?;
    Some(Timestamp::new_utc(datetime))
}

/// "path:line: message; hint" for each diagnostic.
fn messages(world: &Desk, diagnostics: &EcoVec<SourceDiagnostic>) -> Vec<String> {
    let place = |diagnostic: &SourceDiagnostic| {
        let id = diagnostic.span.id()?;
        let source = SHARED.sources.get(&id)?;
        let line = source.lines().byte_to_line(world.range(diagnostic.span)?.start)? + 1;
        Some(format!("{}:{line}: ", id.get().vpath().get_without_slash()))
    };
    diagnostics
        .iter()
        .map(|diagnostic| {
            let hints = diagnostic.hints.iter().map(|hint| format!("; {}", hint.v));
            format!("{}{}{}", place(diagnostic).unwrap_or_default(), diagnostic.message, hints.collect::<String>())
        })
        .collect()
}
