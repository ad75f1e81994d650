//! Phase 1, for one MPP: close the period, archive its responses, count them twice, freeze the figures.

use sha2::{Digest, Sha256};
use suara_domain::instrument::Instrument;
use suara_domain::period::Period;
use suara_domain::quality::EqualAnswers;
use suara_domain::suppression::Crossing;
use suara_reports::archive::{self, ArchiveError, ArchiveKey, Manifest};
use suara_reports::tallies::Counted;
use suara_storage::mpp_periods::{self, Closure};
use suara_storage::mpps::Mpp;
use suara_storage::summaries::{self, Document};
use suara_storage::tallies as stored_tallies;

use super::Environment;
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::summary::{FiguresStatus, MppSummary, SummaryFacts};

/// How an MPP came out of phase 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Figures {
    /// Closed by this run, with so many responses.
    ClosedNow(u64),
    /// Everything was there.
    Unchanged,
}

/// Does whatever is missing of phase 1. Each step may be repeated.
pub(super) fn freeze(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
) -> Result<Figures, AppError> {
    let now = environment.clock.now();
    let closure =
        environment.database.write("close period", |connection| mpp_periods::close(connection, mpp.id, period, now))?;
    let key = ArchiveKey { period, mpp: mpp.details.code.clone() };
    let manifest = archived(environment, country, mpp, &key, &closure)?;
    if environment.database.read(|connection| summaries::get(connection, mpp.id, period))?.is_some() {
        return Ok(Figures::Unchanged);
    }
    let summary = compute(environment, country, mpp, &key, manifest.responses.rows)?;
    Ok(Figures::ClosedNow(summary.n))
}

/// The manifest of a whole archive: written now, found intact, or written again from the rows and found to be the same.
fn archived(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    key: &ArchiveKey,
    closure: &Closure,
) -> Result<Manifest, AppError> {
    let Some(recorded) = &closure.archive else { return write_archive(environment, country, mpp, key) };
    let manifest: Manifest = serde_json::from_str(&recorded.manifest)
        .map_err(|error| AppError::refused(format!("the manifest of {} is damaged: {error}", key.mpp)))?;
    let intact = |manifest: &Manifest| -> Result<(), ArchiveError> {
        environment.archive.verify(&manifest.responses)?;
        environment.archive.read_manifest(key).map(drop)
    };
    match intact(&manifest) {
        Ok(()) => Ok(manifest),
        Err(damage) => {
            tracing::warn!(mpp = %key.mpp, damage = %damage, "archive is written again from the database");
            let rewritten = write_archive(environment, country, mpp, key)?;
            if rewritten.responses.sha256 == manifest.responses.sha256 {
                Ok(rewritten)
            } else {
                Err(AppError::refused(format!(
                    "{damage}; written again from the database it has the hash {} instead of {}: restore it from a backup",
                    rewritten.responses.sha256, manifest.responses.sha256
                )))
            }
        }
    }
}

fn write_archive(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    key: &ArchiveKey,
) -> Result<Manifest, AppError> {
    let mut writer = environment.archive.create(key.clone(), mpp.details.time_zone)?;
    country.for_each_row(environment.database, mpp, key.period, |row, comment| Ok(writer.push(row, comment)?))?;
    let files = writer.finish()?;
    let instrument = Instrument::standard();
    let manifest = Manifest {
        mpp: key.mpp.to_string(),
        period: key.period.to_string(),
        instrument: instrument.id.clone(),
        rule_version: instrument.rule_version.clone(),
        weight_version: instrument.weight_version.clone(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        responses: files.responses,
        comments: files.comments,
    };
    environment.archive.write_manifest(key, &manifest)?;
    let body = serde_json::to_string(&manifest).map_err(AppError::output)?;
    let recorded = mpp_periods::Archive {
        sha256: Sha256::digest(body.as_bytes()).into(),
        rows: manifest.responses.rows,
        manifest: body,
    };
    environment
        .database
        .write("record archive", |connection| mpp_periods::set_archive(connection, mpp.id, key.period, &recorded))?;
    Ok(manifest)
}

/// Counts the archive by polars and again row by row, and freezes the figures if both agree.
fn compute(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    key: &ArchiveKey,
    archived_rows: u64,
) -> Result<MppSummary, AppError> {
    let path = environment.archive.responses_path(key);
    let zone = mpp.details.time_zone;
    let counted = Counted::of_file(&path, zone)?;
    let (mut recounted, mut equal, mut crossing) = (Counted::default(), EqualAnswers::default(), Crossing::default());
    for batch in archive::responses(&path)? {
        for row in batch? {
            recounted.add(&row, zone);
            equal.count(row.mode, &row.answers, 1);
            crossing.add(row.crossing(), 1);
        }
    }
    if counted != recounted || counted.groups.total().n() != archived_rows {
        return Err(AppError::refused(format!(
            "the figures of {} do not agree with counting its responses one by one; nothing was frozen",
            key.mpp
        )));
    }
    let users = country.users(environment.database, mpp, key.period)?;
    let facts = SummaryFacts {
        code: key.mpp.as_str(),
        population: users.whole,
        service_users: &users.services,
        equal: Some(&equal),
        crossing: Some(&crossing),
    };
    let summary = MppSummary::of(&counted, &facts, FiguresStatus::Final);
    let body = serde_json::to_string(&summary).map_err(AppError::output)?;
    let document = Document { sha256: Sha256::digest(body.as_bytes()).into(), body };
    environment.database.write("freeze figures", |connection| {
        stored_tallies::replace(connection, mpp.id, key.period, &counted.groups)?;
        summaries::put(connection, mpp.id, key.period, &document)
    })?;
    Ok(summary)
}
