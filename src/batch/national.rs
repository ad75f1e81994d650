//! The national report of a period, after its comparison is frozen: PDF, workbook and table as a revision with a
//! manifest, and the mails that bring it to the ministry.

mod content;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_reports::charts::Charts;
use suara_reports::national::NationalReport;
use suara_reports::{document, workbook};
use suara_storage::report_revisions::Revision;
use suara_storage::summaries::Document;
use suara_storage::{Connection, StorageError, national_revisions, outbox, recipients, snapshots};

use self::content::{Content, edition};
use super::Environment;
use super::documents::{Documents, FileEntry, missing_files};
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::export::{ExportFormat, comparison_table, write_comparison};
use crate::mail::national::message_id;

/// What a revision consists of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    inputs: Inputs,
    pdf: FileEntry,
    workbook: FileEntry,
    table: FileEntry,
}

/// What the report depends on: another hash, another revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Inputs {
    /// Hash of the frozen snapshot.
    snapshot: String,
    /// Hash of all plans of this period and the former one.
    follow_ups: String,
    /// Hash of everything the report says.
    content: String,
}

/// Makes a new revision if what the report says has changed, writes missing files again, and puts mails to those at
/// the ministry who have none into the outbox. Nothing before the comparison is frozen, and nothing of a period without
/// a single response. Returns how many mails are new.
pub(super) fn issue(
    environment: &Environment<'_>,
    country: &Country,
    period: Period,
) -> Result<(Documents, u64), AppError> {
    let content = Content::load(environment, country, period)?;
    let Some(snapshot) = content.comparison.snapshot.clone().filter(|_| content.responses() > 0) else {
        return Ok((Documents::Empty, 0));
    };
    let inputs = Inputs { snapshot, follow_ups: content.follow_ups_fingerprint(), content: content.fingerprint() };
    let revisions = environment.database.read(|connection| national_revisions::list(connection, period))?;
    let latest = revisions.last().map(|revision| Ok::<_, AppError>((revision, manifest_of(revision)?))).transpose()?;
    match latest {
        Some((revision, manifest)) if manifest.inputs == inputs => {
            let files = [&manifest.pdf, &manifest.workbook, &manifest.table];
            let missing = missing_files(environment, &files)?;
            if missing && render(environment, period, &content, inputs, &revisions, revision)? != manifest {
                return Err(AppError::refused(format!(
                    "a file of revision {} of the national report is missing or damaged and cannot be made again as it \
                     was: restore {}",
                    revision.number, manifest.pdf.path
                )));
            }
            let queued = enqueue(environment, period, revision.number, &manifest)?;
            Ok((if missing { Documents::Rendered } else { Documents::Unchanged }, queued))
        }
        latest => {
            let reason = latest.map_or("", |(_, before)| reason(&before.inputs, &inputs));
            let queued = new_revision(environment, period, &content, inputs, &revisions, reason)?;
            Ok((Documents::Rendered, queued))
        }
    }
}

/// Why a revision follows another, in the words of the document.
fn reason(before: &Inputs, after: &Inputs) -> &'static str {
    if before.snapshot == after.snapshot && before.follow_ups != after.follow_ups {
        "rencana tindak lanjut diperbarui"
    } else {
        "koreksi"
    }
}

fn new_revision(
    environment: &Environment<'_>,
    period: Period,
    content: &Content,
    inputs: Inputs,
    former: &[Revision],
    reason: &str,
) -> Result<u64, AppError> {
    let now = environment.clock.now();
    let next = Revision {
        number: former.last().map_or(1, |latest| latest.number + 1),
        reason: reason.to_owned(),
        manifest: Document { body: String::new(), sha256: [0; 32] },
        created_at: now,
    };
    let manifest = render(environment, period, content, inputs, former, &next)?;
    let body = serde_json::to_string(&manifest).map_err(AppError::output)?;
    let document = Document { sha256: Sha256::digest(body.as_bytes()).into(), body };
    let number = environment.database.write("add national revision", |connection| {
        national_revisions::add(connection, period, reason, &document, now)
    })?;
    enqueue(environment, period, number, &manifest)
}

/// Renders the three files of a revision and writes them below `reports/{period}/nasional/`, in Bahasa Indonesia as those
/// of the MPPs. The workbook and the table are the ministry's: unsuppressed.
fn render(
    environment: &Environment<'_>,
    period: Period,
    content: &Content,
    inputs: Inputs,
    revisions: &[Revision],
    revision: &Revision,
) -> Result<Manifest, AppError> {
    let suffix = if revision.number == 1 { String::new() } else { format!("-rev{}", revision.number) };
    let write = |name: &str, extension: &str, bytes: &[u8]| {
        let path = format!("reports/{period}/nasional/{name}-{period}{suffix}.{extension}");
        FileEntry::write(environment, path, bytes)
    };
    let report = content.report(edition(period, revisions, revision, content.comparison.snapshot.clone()));
    let (columns, rows) = comparison_table(&content.comparison);
    let mut table = Vec::new();
    write_comparison(&content.comparison, ExportFormat::Csv, &mut table)?;
    let book = workbook::national(&report, &columns, &rows).map_err(AppError::output)?;
    Ok(Manifest {
        inputs,
        pdf: write("laporan-nasional", "pdf", &pdf(&report, Language::Indonesian)?)?,
        workbook: write("perbandingan-nasional", "xlsx", &book)?,
        table: write("perbandingan-nasional", "csv", &table)?,
    })
}

fn pdf(report: &NationalReport, language: Language) -> Result<Vec<u8>, AppError> {
    Ok(document::national(report, &Charts::draw_national(report, language)?, language)?)
}

/// The national report as PDF in a language: the latest revision of a frozen comparison, else what there is, marked
/// SEMENTARA.
///
/// # Errors
/// Something it needs cannot be read.
pub fn render_national(environment: &Environment<'_>, period: Period, language: Language) -> Result<Vec<u8>, AppError> {
    let country = Country::load(environment.database)?;
    let content = Content::load(environment, &country, period)?;
    let revisions = environment.database.read(|connection| national_revisions::list(connection, period))?;
    let snapshot = content.comparison.snapshot.clone();
    let report = match revisions.last() {
        Some(latest) => content.report(edition(period, &revisions, latest, snapshot)),
        None => content.first_report(snapshot),
    };
    pdf(&report, language)
}

/// Renders a period whose snapshot is not frozen into a file whose name says that it is provisional.
pub(super) fn render_provisional(
    environment: &Environment<'_>,
    country: &Country,
    period: Period,
) -> Result<Documents, AppError> {
    if environment.database.read(|connection| snapshots::get(connection, period))?.is_some() {
        return Ok(Documents::Unchanged);
    }
    let content = Content::load(environment, country, period)?;
    let report = content.first_report(content.comparison.snapshot.clone());
    let path = format!("reports/{period}/nasional/laporan-nasional-{period}-sementara.pdf");
    FileEntry::write(environment, path, &pdf(&report, Language::Indonesian)?)?;
    Ok(Documents::Rendered)
}

fn manifest_of(revision: &Revision) -> Result<Manifest, AppError> {
    serde_json::from_str(&revision.manifest.body).map_err(|error| {
        AppError::refused(format!(
            "the manifest of revision {} of the national report is damaged: {error}",
            revision.number
        ))
    })
}

/// Puts a mail to everybody at the ministry into the outbox, once per period: later revisions only bring plans, and are
/// found in the folder.
fn enqueue(environment: &Environment<'_>, period: Period, revision: i32, manifest: &Manifest) -> Result<u64, AppError> {
    let attachments = serde_json::to_string(&[&manifest.pdf, &manifest.workbook]).map_err(AppError::output)?;
    let now = environment.clock.now();
    let queue = |connection: &mut Connection| -> Result<u64, StorageError> {
        let mut new = 0;
        for recipient in recipients::list(connection)?.into_iter().filter(|it| it.mpp.is_none()) {
            if outbox::has_national(connection, period, &recipient.email)? {
                continue;
            }
            let mail = outbox::NewMail {
                mpp: None,
                period,
                revision,
                message_id: message_id(period, &recipient.email, &environment.mail.public_url),
                email: recipient.email,
                name: recipient.name,
                language: recipient.language,
                attachments: attachments.clone(),
            };
            new += u64::from(outbox::enqueue(connection, &mail, now)?);
        }
        Ok(new)
    };
    Ok(environment.database.write("queue national mails", queue)?)
}
