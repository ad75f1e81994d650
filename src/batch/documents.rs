//! Phase 3, for one MPP: charts, PDF, poster and workbook of its report, as a revision with a manifest, and the mails
//! that carry it.

use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_reports::archive::write_atomically;
use suara_reports::charts::Charts;
use suara_reports::{document, workbook};
use suara_storage::mpps::Mpp;
use suara_storage::report_revisions::{self, Revision};
use suara_storage::summaries::{self, Document};
use suara_storage::{Connection, StorageError, outbox, recipients, responses};

use super::Environment;
use super::report::{Content, EditionFacts, Inputs, Live, Sources, hex};
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::summary::{FiguresStatus, MppSummary, SummaryFacts};
use crate::mail::report::message_id;

/// How an MPP came out of phase 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Documents {
    /// No responses, no documents.
    Empty,
    /// The latest revision is right and its files are there.
    Unchanged,
    /// Files were written.
    Rendered,
}

/// What a revision consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// Hashes of what the documents were made from.
    pub(super) inputs: Inputs,
    /// Late responses when it was made.
    pub late: u64,
    /// Withdrawn responses when it was made.
    pub withdrawn: u64,
    /// The report.
    pub pdf: FileEntry,
    /// The annex.
    pub workbook: FileEntry,
    /// The publication poster.
    pub poster: FileEntry,
}

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    /// Path below the data folder.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

impl FileEntry {
    /// Writes a file below the data folder.
    pub(super) fn write(environment: &Environment<'_>, path: String, bytes: &[u8]) -> Result<Self, AppError> {
        write_atomically(&environment.data_dir.join(&path), bytes)?;
        Ok(Self { path, sha256: hex(&Sha256::digest(bytes)), bytes: bytes.len() as u64 })
    }
}

/// Makes a new revision if what it depends on has changed, writes missing files again, and puts mails to recipients
/// who have none into the outbox. Returns how many mails are new.
pub(super) fn issue(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
) -> Result<(Documents, u64), AppError> {
    let Some(frozen) = environment.database.read(|connection| summaries::get(connection, mpp.id, period))? else {
        return Ok((Documents::Empty, 0));
    };
    let summary: MppSummary = serde_json::from_str(&frozen.body).map_err(AppError::output)?;
    if summary.n == 0 {
        return Ok((Documents::Empty, 0));
    }
    let sources = Sources::load(environment, mpp, period, summary, &hex(&frozen.sha256))?;
    let revisions = environment.database.read(|connection| report_revisions::list(connection, mpp.id, period))?;
    let latest = revisions.last().map(manifest_of).transpose()?;
    match (&latest, revisions.last()) {
        (Some(manifest), Some(revision)) if manifest.inputs == sources.inputs => {
            let missing = missing_files(environment, &[&manifest.pdf, &manifest.workbook, &manifest.poster])?;
            if missing {
                let edition = edition_of(revision, &revisions, manifest);
                let again = render(environment, country, mpp, period, &sources, &edition)?;
                if again != *manifest {
                    return Err(AppError::refused(format!(
                        "a file of revision {} is missing or damaged and cannot be made again as it was: restore {}",
                        revision.number, manifest.pdf.path
                    )));
                }
            }
            let queued = enqueue(environment, mpp, period, revision.number, manifest)?;
            Ok((if missing { Documents::Rendered } else { Documents::Unchanged }, queued))
        }
        _ => {
            let queued = new_revision(environment, country, mpp, period, &sources, revisions, latest.as_ref())?;
            Ok((Documents::Rendered, queued))
        }
    }
}

fn new_revision(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
    sources: &Sources,
    former: Vec<Revision>,
    latest: Option<&Manifest>,
) -> Result<u64, AppError> {
    let counts = environment.database.read(|connection| responses::counts_of(connection, mpp.id, period))?;
    let reason = latest.map(|latest| reason(&latest.inputs, &sources.inputs));
    let edition = EditionFacts {
        revision: former.last().map_or(1, |revision| revision.number.unsigned_abs() + 1),
        reason: reason.map(str::to_owned),
        former,
        late: counts.as_ref().map_or(0, |counts| counts.late),
        withdrawn: counts.as_ref().map_or(0, |counts| counts.withdrawn),
    };
    let manifest = render(environment, country, mpp, period, sources, &edition)?;
    let body = serde_json::to_string(&manifest).map_err(AppError::output)?;
    let document = Document { sha256: Sha256::digest(body.as_bytes()).into(), body };
    let now = environment.clock.now();
    let number = environment.database.write("add revision", |connection| {
        let reason = reason.unwrap_or_default();
        report_revisions::add(connection, (mpp.id, period), reason, &document, now)
    })?;
    enqueue(environment, mpp, period, number, &manifest)
}

/// Why a revision follows another, in the words of the document.
fn reason(before: &Inputs, after: &Inputs) -> &'static str {
    if before.follow_ups != after.follow_ups {
        "rencana tindak lanjut diperbarui"
    } else if before.snapshot != after.snapshot {
        "perbandingan nasional tersedia"
    } else if before.history != after.history {
        "hasil periode terdahulu dilengkapi"
    } else {
        "koreksi"
    }
}

fn edition_of(revision: &Revision, all: &[Revision], manifest: &Manifest) -> EditionFacts {
    EditionFacts {
        revision: revision.number.unsigned_abs(),
        reason: (!revision.reason.is_empty()).then(|| revision.reason.clone()),
        former: all.iter().filter(|other| other.number < revision.number).cloned().collect(),
        late: manifest.late,
        withdrawn: manifest.withdrawn,
    }
}

fn render(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
    sources: &Sources,
    edition: &EditionFacts,
) -> Result<Manifest, AppError> {
    let content = sources.of_closed(environment, country, mpp, period, edition)?;
    let suffix = if edition.revision == 1 { String::new() } else { format!("-rev{}", edition.revision) };
    let files = write_files(environment, &mpp.details.code, period, &suffix, &content)?;
    let [pdf, workbook, poster] = files;
    Ok(Manifest {
        inputs: sources.inputs.clone(),
        late: edition.late,
        withdrawn: edition.withdrawn,
        pdf,
        workbook,
        poster,
    })
}

/// Renders the three files and writes them below `reports/{period}/{mpp}/`.
fn write_files(
    environment: &Environment<'_>,
    code: &MppCode,
    period: Period,
    suffix: &str,
    content: &Content,
) -> Result<[FileEntry; 3], AppError> {
    let report = &content.report;
    let charts = Charts::draw(report, Language::Indonesian)?;
    let write = |name: &str, extension: &str, bytes: Vec<u8>| {
        let path = format!("reports/{period}/{code}/{name}-{code}-{period}{suffix}.{extension}");
        FileEntry::write(environment, path, &bytes)
    };
    Ok([
        write("laporan-skm", "pdf", document::semester(report, &charts, Language::Indonesian)?)?,
        write("lampiran-skm", "xlsx", workbook::semester(report, content.answers.iter().copied())?)?,
        write("publikasi-ikm", "pdf", document::poster(report, Language::Indonesian)?)?,
    ])
}

/// A document of one MPP in a language: the frozen figures of a closed period, else the present ones marked SEMENTARA.
///
/// # Errors
/// No such MPP, or something it needs cannot be read.
pub fn render_report(
    environment: &Environment<'_>,
    code: &MppCode,
    period: Period,
    kind: Kind,
    language: Language,
) -> Result<Vec<u8>, AppError> {
    let content = content_of(environment, code, period)?;
    let report = &content.report;
    Ok(match kind {
        Kind::Report => document::semester(report, &Charts::draw(report, language)?, language)?,
        Kind::Poster => document::poster(report, language)?,
        Kind::Picture => document::poster_picture(report, language)?,
    })
}

/// What is rendered by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The semester report, PDF.
    Report,
    /// The publication of the index, PDF.
    Poster,
    /// The same publication as a picture, PNG.
    Picture,
}

/// The frozen figures of a closed period, else the present ones.
fn content_of(environment: &Environment<'_>, code: &MppCode, period: Period) -> Result<Content, AppError> {
    let country = Country::load(environment.database)?;
    let mpp = country.mpp(code)?;
    let frozen = environment.database.read(|connection| summaries::get(connection, mpp.id, period))?;
    match frozen {
        None => running_content(environment, &country, mpp, period),
        Some(frozen) => {
            let summary: MppSummary = serde_json::from_str(&frozen.body).map_err(AppError::output)?;
            let sources = Sources::load(environment, mpp, period, summary, &hex(&frozen.sha256))?;
            let revisions =
                environment.database.read(|connection| report_revisions::list(connection, mpp.id, period))?;
            let edition = match revisions.last() {
                Some(latest) => edition_of(latest, &revisions, &manifest_of(latest)?),
                None => EditionFacts { revision: 1, reason: None, former: Vec::new(), late: 0, withdrawn: 0 },
            };
            sources.of_closed(environment, &country, mpp, period, &edition)
        }
    }
}

/// Renders a period that is not closed into files whose names say that they are provisional.
pub(super) fn render_provisional(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
) -> Result<Documents, AppError> {
    if environment.database.read(|connection| summaries::get(connection, mpp.id, period))?.is_some() {
        return Ok(Documents::Unchanged);
    }
    let content = running_content(environment, country, mpp, period)?;
    if content.answers.is_empty() {
        return Ok(Documents::Empty);
    }
    write_files(environment, &mpp.details.code, period, "-sementara", &content)?;
    Ok(Documents::Rendered)
}

fn running_content(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
) -> Result<Content, AppError> {
    let live = Live::read(environment, country, mpp, period)?;
    let users = country.users(environment.database, mpp, period)?;
    let facts = SummaryFacts {
        code: mpp.details.code.as_str(),
        population: users.whole,
        service_users: &users.services,
        equal: Some(live.equal()),
        crossing: Some(live.crossing()),
    };
    let summary = MppSummary::of(&live.counted, &facts, FiguresStatus::Provisional);
    let sources = Sources::load(environment, mpp, period, summary, "")?;
    sources.of_running(environment, country, mpp, period, live)
}

/// The manifest of a revision.
pub(crate) fn manifest_of(revision: &Revision) -> Result<Manifest, AppError> {
    serde_json::from_str(&revision.manifest.body)
        .map_err(|error| AppError::refused(format!("the manifest of revision {} is damaged: {error}", revision.number)))
}

/// Whether a file of a revision is gone or not what it was.
pub(super) fn missing_files(environment: &Environment<'_>, files: &[&FileEntry]) -> Result<bool, AppError> {
    for file in files {
        let path: PathBuf = environment.data_dir.join(&file.path);
        match fs::read(&path) {
            Ok(bytes) if hex(&Sha256::digest(&bytes)) == file.sha256 => {}
            Ok(_) => {
                tracing::warn!(file = file.path, "report file was changed and is made again");
                return Ok(true);
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(true),
            Err(error) => return Err(AppError::refused(format!("cannot read {}: {error}", path.display()))),
        }
    }
    Ok(false)
}

/// Puts a mail to every recipient of the MPP into the outbox, once per revision.
fn enqueue(
    environment: &Environment<'_>,
    mpp: &Mpp,
    period: Period,
    revision: i32,
    manifest: &Manifest,
) -> Result<u64, AppError> {
    let attachments = serde_json::to_string(&[&manifest.pdf, &manifest.workbook]).map_err(AppError::output)?;
    let now = environment.clock.now();
    let queue = |connection: &mut Connection| -> Result<u64, StorageError> {
        let mut new = 0;
        for recipient in recipients::list(connection)?.into_iter().filter(|it| it.mpp == Some(mpp.id)) {
            let mail = outbox::NewMail {
                mpp: Some(mpp.id),
                period,
                revision,
                message_id: message_id(
                    &mpp.details.code,
                    period,
                    revision.unsigned_abs(),
                    &recipient.email,
                    &environment.mail.public_url,
                ),
                email: recipient.email,
                name: recipient.name,
                language: recipient.language,
                attachments: attachments.clone(),
            };
            new += u64::from(outbox::enqueue(connection, &mail, now)?);
        }
        Ok(new)
    };
    Ok(environment.database.write("queue mails", queue)?)
}
