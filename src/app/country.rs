//! The master data of the country, and its stored responses as the archive keeps them: with the agency of the service
//! and the channel that counts.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::TimeDelta;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_domain::quality::{self, Flags, Inspection, LOOK_BACK_DAYS, Observation};
use suara_reports::frame::ArchiveRow;
use suara_storage::directory::Directory;
use suara_storage::mpps::Mpp;
use suara_storage::responses::{self, Filter, ResponseRow};
use suara_storage::services::Service;
use suara_storage::visitors::{self, VisitorCount};
use suara_storage::{AgencyId, Database, MppId, ServiceId, StorageError};

use super::AppError;

/// The master data of the country, as it was when loaded.
pub struct Country {
    directory: Directory,
    agencies: HashMap<AgencyId, Arc<str>>,
}

impl Country {
    /// Loads it.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(database: &Database) -> Result<Self, AppError> {
        let directory = database.read(suara_storage::directory::load)?;
        let agencies = directory.agencies.iter().map(|agency| (agency.id, agency.name.as_str().into())).collect();
        Ok(Self { directory, agencies })
    }

    /// All MPPs, by code.
    #[must_use]
    pub fn mpps(&self) -> &[Mpp] {
        &self.directory.mpps
    }

    /// The MPP with this code.
    ///
    /// # Errors
    /// There is none.
    pub fn mpp(&self, code: &MppCode) -> Result<&Mpp, AppError> {
        let found = self.mpps().iter().find(|mpp| mpp.details.code == *code);
        found.ok_or_else(|| AppError::refused(format!("there is no MPP \"{code}\"")))
    }

    /// The services of an MPP with the names of their agencies, by code.
    pub fn services(&self, mpp: MppId) -> impl Iterator<Item = (&Service, Arc<str>)> {
        // The directory lists them by MPP: looking through all of them for every MPP would take the square of the time.
        let services = &self.directory.services;
        let first = services.partition_point(|service| service.mpp < mpp);
        let of_mpp = services[first..].iter().take_while(move |service| service.mpp == mpp);
        of_mpp.map(|service| (service, self.agencies.get(&service.agency).cloned().unwrap_or_default()))
    }

    /// Calls `visit` for every accepted response of an MPP and period in the order of the archive, with its quality
    /// flags, and its comment.
    ///
    /// # Errors
    /// Those of `visit`, and a failing database.
    pub fn for_each_row(
        &self,
        database: &Database,
        mpp: &Mpp,
        period: Period,
        mut visit: impl FnMut(ArchiveRow, Option<String>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        let services: HashMap<&str, (&Service, Arc<str>)> =
            self.services(mpp.id).map(|(service, agency)| (service.code.as_str(), (service, agency))).collect();
        for_each_inspected(database, mpp, period, |row, flags| {
            let service = row.service.as_deref().and_then(|code| services.get(code)).cloned();
            let (row, comment) = archive_row(row, service.as_ref(), flags);
            visit(row, comment)
        })
    }
}

/// Calls `visit` for every accepted response of an MPP and period in the order of the archive, with the quality flags
/// that it gets among its neighbours (STATISTICS 8). A row is handed on once its flags are settled, an hour of responses
/// later.
///
/// # Errors
/// Those of `visit`, and a failing database.
pub(super) fn for_each_inspected(
    database: &Database,
    mpp: &Mpp,
    period: Period,
    mut visit: impl FnMut(ResponseRow, Flags) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let zone = mpp.details.time_zone;
    let mut inspection = Inspection::new(zone);
    let mut hand_on = |(row, flags): (Option<ResponseRow>, Flags)| row.map_or(Ok(()), |row| visit(row, flags));
    // The visitor's own error travels beside the storage's.
    let mut failure = None;
    let of = |period, since| Filter { mpp: Some(mpp.id), since, ..Filter::accepted(period) };
    let before = of(period.previous(), Some(period.bounds(zone).0 - LOOK_BACK));
    let read = database.read(|connection| {
        responses::for_each(connection, &before, |row| {
            inspection.push(None, &observation(&row)).for_each(drop);
            Ok(())
        })?;
        responses::for_each(connection, &of(period, None), |row| {
            let observation = observation(&row);
            let settled: Vec<_> = inspection.push(Some(row.clone()), &observation).collect();
            settled.into_iter().try_for_each(&mut hand_on).map_err(|error| {
                failure = Some(error);
                StorageError::Failed("reading was stopped".to_owned())
            })
        })
    });
    match (failure, read) {
        (Some(error), _) => Err(error),
        (None, read) => {
            read?;
            inspection.finish().try_for_each(hand_on)
        }
    }
}

/// How far the rules about bursts look back.
const LOOK_BACK: TimeDelta = TimeDelta::days(LOOK_BACK_DAYS);

/// What the quality rules look at. A row from a file came in long after it was filled in, as one that waited on a phone:
/// only what came at once was measured by the server.
pub(super) fn observation(row: &ResponseRow) -> Observation<'_> {
    let offline_queue = quality::from_offline_queue(row.filled_at, row.received_at);
    Observation {
        filled_at: row.filled_at,
        counter: row.counter.as_deref(),
        mode: row.mode,
        answers: row.answers,
        comment: row.comment.as_deref(),
        duration_s: row.duration_s,
        server_measured: !offline_queue,
        offline_queue,
        stored: Flags::from_bits(u16::try_from(row.flags).unwrap_or(u16::MAX)),
    }
}

fn archive_row(row: ResponseRow, service: Option<&(&Service, Arc<str>)>, flags: Flags) -> (ArchiveRow, Option<String>) {
    let server_measured = observation(&row).server_measured;
    let archived = ArchiveRow {
        id: row.id,
        service: row.service.map(|code| code.to_string()),
        agency: service.map(|(_, agency)| agency.to_string()),
        channel: row.channel.or_else(|| service.and_then(|(service, _)| service.channel)),
        counter: row.counter.map(|name| name.to_string()),
        mode: row.mode,
        answers: row.answers,
        profile: row.profile,
        filled_at: row.filled_at,
        verified: row.verified,
        counter_signed: row.counter_signed,
        flags: flags.bits(),
        language: row.language,
        duration_s: row.duration_s,
        server_measured,
        free: service.and_then(|(service, _)| service.free),
    };
    (archived, row.comment)
}

/// The numbers of users of an MPP in a period, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Users {
    /// Of the whole MPP.
    pub whole: Option<u64>,
    /// By service code.
    pub services: Vec<(String, u64)>,
}

impl Country {
    /// The numbers of users of an MPP in a period.
    ///
    /// # Errors
    /// A failing database.
    pub fn users(&self, database: &Database, mpp: &Mpp, period: Period) -> Result<Users, AppError> {
        let counts = database.read(|connection| visitors::of_mpp(connection, mpp.id, period))?;
        let codes: HashMap<ServiceId, &str> =
            self.services(mpp.id).map(|(service, _)| (service.id, service.code.as_str())).collect();
        let service = |count: &VisitorCount| Some(((*codes.get(&count.service?)?).to_owned(), count.visitors.into()));
        Ok(Users {
            whole: counts.iter().find(|count| count.service.is_none()).map(|count| count.visitors.into()),
            services: counts.iter().filter_map(service).collect(),
        })
    }
}
