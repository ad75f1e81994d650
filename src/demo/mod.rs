//! The demonstration: a complete believable country of invented answers in one folder, made by the same imports and the
//! same semester run as a real one.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use suara_domain::period::{Period, TimeZone};
use suara_storage::Database;

use crate::app::import::{ImportKind, Importer, Reject};
use crate::app::synth::{SynthOrder, synth};
use crate::app::{AppError, open};
use crate::batch::{self, BatchRequest, BatchScope, Environment, Event};
use crate::clock::Clock;
use crate::config::{MailFlags, MailSettings, StorageSettings};

/// Responses of one semester over the whole country; the running one has as many as fit its age.
const RESPONSES: u64 = 60_000;
/// Every MPP that public sources name (data/mpp.csv).
const MPPS: usize = 143;
const SEED: u64 = 17;
/// Says in the folder what it is and whether it is complete.
const MARKER: &str = "demo.json";

#[derive(Serialize, Deserialize)]
struct Marker {
    complete: bool,
    /// The semester that was running when the country was made.
    running: String,
}

/// Tells what goes on: the step, how much of it is done, how much there is.
pub type Progress<'a> = &'a mut dyn FnMut(&str, u64, u64);

/// The country in `dir`: one that is complete is used as it is, one that was left half done is made anew.
///
/// # Errors
/// The folder holds something else, or something cannot be written.
pub fn prepare(dir: &Path, clock: &dyn Clock, progress: Progress<'_>) -> Result<StorageSettings, AppError> {
    let settings = StorageSettings {
        database_url: format!("sqlite://{}", dir.join("suara.db").display()),
        data_dir: dir.to_owned(),
    };
    let running = Period::containing(clock.now(), TimeZone::Jakarta);
    match marker(dir)? {
        Some(marker) if marker.complete => return Ok(settings),
        Some(_) => fs::remove_dir_all(dir).map_err(AppError::output)?,
        None if is_empty(dir) => {}
        None => {
            return Err(AppError::refused(format!(
                "the folder {} holds something that is not a demonstration: give another one by --dir",
                dir.display()
            )));
        }
    }
    fs::create_dir_all(dir).map_err(|error| AppError::refused(format!("cannot make {}: {error}", dir.display())))?;
    mark(dir, running, false)?;
    let database = open::database(&settings)?;
    fill(&database, dir, clock, running, progress)?;
    mark(dir, running, true)?;
    Ok(settings)
}

/// Where to look, once it is served at `address`.
#[must_use]
pub fn guide(settings: &StorageSettings, address: &str) -> Vec<String> {
    let folder = settings.data_dir.display();
    vec![
        format!("Suara demonstration in {folder} (every answer is invented)"),
        format!("  survey of one MPP      {address}/s/kab-kampar"),
        format!("  all MPPs and results   {address}/"),
        format!("  results of one MPP     {address}/hasil/kab-kampar"),
        format!("  the same as data       {address}/api/v1/mpp"),
        format!("  semester reports       {folder}/reports/"),
        format!("  mails as sent          {folder}/mail/"),
        "  the API, described     ".to_owned() + address + "/openapi.json",
    ]
}

fn fill(
    database: &Database,
    dir: &Path,
    clock: &dyn Clock,
    running: Period,
    progress: Progress<'_>,
) -> Result<(), AppError> {
    let ended = [running.previous().previous(), running.previous()];
    for period in [ended[0], ended[1], running] {
        let files = dir.join("csv").join(period.to_string());
        let order = SynthOrder { malls: MPPS, responses: RESPONSES, period, seed: SEED, folder: files.clone() };
        let step = format!("{period} answers");
        synth(&order, &mut |done| progress(&step, done, RESPONSES))?;
        import(database, &files, clock, progress, &format!("{period} import"))?;
    }
    for period in ended {
        run_semester(database, dir, clock, period, progress)?;
    }
    Ok(())
}

fn import(
    database: &Database,
    files: &Path,
    clock: &dyn Clock,
    progress: Progress<'_>,
    step: &str,
) -> Result<(), AppError> {
    let kinds = [
        (ImportKind::Mpp, "mpp.csv"),
        (ImportKind::Services, "services.csv"),
        (ImportKind::Visitors, "visitors.csv"),
        (ImportKind::Recipients, "recipients.csv"),
        (ImportKind::Followups, "followups.csv"),
        (ImportKind::History, "history.csv"),
        (ImportKind::Responses, "responses.csv"),
    ];
    let importer = Importer { database, now: clock.now() };
    for (kind, file) in kinds {
        let path = files.join(file);
        let length = fs::metadata(&path).map_err(AppError::output)?.len();
        let mut first: Option<Reject> = None;
        let mut rejected = |reject: &Reject| {
            // Of the running semester only what lies before now is taken.
            if reject.code != "in_future" {
                first.get_or_insert_with(|| reject.clone());
            }
        };
        importer.import(kind, &path, &mut rejected, &mut |bytes| progress(step, bytes, length))?;
        if let Some(reject) = first {
            return Err(AppError::refused(format!(
                "the demonstration is wrong: {}, line {}, {}: {}",
                path.display(),
                reject.line,
                reject.column,
                reject.reason
            )));
        }
    }
    Ok(())
}

fn run_semester(
    database: &Database,
    dir: &Path,
    clock: &dyn Clock,
    period: Period,
    progress: Progress<'_>,
) -> Result<(), AppError> {
    let mail = MailSettings::resolve(&MailFlags::default(), &crate::config::ConfigFile::default());
    let environment = Environment::new(database, dir, mail, clock);
    let request =
        BatchRequest { scope: BatchScope::Period(period), mpps: Vec::new(), send_mail: true, provisional: false };
    let (mut phase, mut done, mut steps) = (String::new(), 0, 0);
    let report = batch::run(&environment, &request, &mut |event| match event {
        Event::Phase { name, steps: new } => (phase, done, steps) = (name, 0, new),
        Event::Step { .. } | Event::Rejected { .. } => {
            done += 1;
            progress(&phase, done, steps);
        }
    })?;
    match report.rejected.first() {
        None => Ok(()),
        Some((mpp, reason)) => Err(AppError::refused(format!("the demonstration is wrong: {mpp}: {reason}"))),
    }
}

fn marker(dir: &Path) -> Result<Option<Marker>, AppError> {
    match fs::read(dir.join(MARKER)) {
        Ok(json) => Ok(serde_json::from_slice(&json).ok()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(AppError::refused(format!("cannot read {}: {error}", dir.join(MARKER).display()))),
    }
}

fn mark(dir: &Path, running: Period, complete: bool) -> Result<(), AppError> {
    let json = serde_json::to_vec(&Marker { complete, running: running.to_string() }).map_err(AppError::output)?;
    fs::write(dir.join(MARKER), json).map_err(AppError::output)
}

fn is_empty(dir: &Path) -> bool {
    fs::read_dir(dir).map_or(true, |mut entries| entries.next().is_none())
}
