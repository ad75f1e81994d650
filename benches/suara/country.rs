//! The synthetic country: MPPs and services in a database, responses in a database or in an archive.

use chrono::{DateTime, TimeDelta, Utc};
use suara::app::instrument;
use suara_domain::mpp::{MppCode, regions};
use suara_domain::period::{Period, TimeZone};
use suara_domain::respondent::Channel;
use suara_reports::archive::{Archive, ArchiveKey};
use suara_reports::frame::ArchiveRow;
use suara_storage::mpps::MppDetails;
use suara_storage::responses::{Imported, NewResponse, insert_batch};
use suara_storage::services::ServiceDetails;
use suara_storage::{Database, InstrumentId, MppId, ServiceId, directory, mpps, services};

use crate::Result;
use crate::synthetic::Random;

/// Services of each MPP.
const SERVICES: usize = 20;
/// Rows in one transaction while a database is filled.
const BATCH: u64 = 5_000;

/// The code of the `index`-th MPP.
pub fn mpp_code(index: usize) -> Result<MppCode> {
    Ok(MppCode::parse(&format!("mpp-{index:03}"))?)
}

/// The code of the `index`-th service of every MPP.
pub fn service_code(index: usize) -> String {
    format!("layanan-{index:02}")
}

fn agency_name(service: usize) -> String {
    format!("Instansi {}", service % 5)
}

/// A country in a database.
pub struct Country {
    instrument: InstrumentId,
    mpps: Vec<(MppId, TimeZone, Vec<ServiceId>)>,
}

impl Country {
    /// Registers MPPs, each with the usual number of services, in a migrated database.
    pub fn register(database: &Database, count: usize) -> Result<Self> {
        Self::register_with(database, count, SERVICES)
    }

    /// Registers MPPs, each with so many services, in a migrated database.
    pub fn register_with(database: &Database, count: usize, services: usize) -> Result<Self> {
        let regions = regions().filter(|region| region.code.contains('.')).take(count);
        let details = regions.enumerate().map(|(index, region)| {
            Ok(MppDetails {
                code: mpp_code(index)?,
                name: format!("MPP {}", region.name),
                region_code: region.code.to_owned(),
                province_code: region.province_code.to_owned(),
                time_zone: region.time_zone,
                brand: None,
                soft_launched_on: None,
                inaugurated_on: None,
                address: None,
                organiser: None,
                surveyor: None,
                signatory: None,
                signatory_title: None,
                closed_on: None,
            })
        });
        let details: Vec<MppDetails> = details.collect::<Result<_>>()?;
        let offer: Vec<ServiceDetails> = (0..services).map(service).collect();
        database.write("country", |connection| {
            mpps::upsert(connection, &details)?;
            for mpp in mpps::list(connection)? {
                services::upsert(connection, mpp.id, &offer)?;
            }
            Ok(())
        })?;
        let there = database.read(directory::load)?;
        let services_of =
            |mpp| there.services.iter().filter(|service| service.mpp == mpp).map(|service| service.id).collect();
        let mpps = there.mpps.iter().map(|mpp| (mpp.id, mpp.details.time_zone, services_of(mpp.id))).collect();
        Ok(Self { instrument: instrument::standard(database)?, mpps })
    }

    /// A response of a random MPP at an instant.
    pub fn response(&self, random: &mut Random, filled_at: DateTime<Utc>) -> NewResponse {
        let (mpp, zone, services) = &self.mpps[random.place(self.mpps.len())];
        let mode = random.mode();
        let mut content_hash = [0; 16];
        content_hash[..8].copy_from_slice(&random.bits().to_le_bytes());
        NewResponse {
            id: random.id(u64::try_from(filled_at.timestamp_millis()).unwrap_or_default()),
            mpp: *mpp,
            service: Some(services[random.place(services.len())]),
            counter: None,
            period: Period::containing(filled_at, *zone),
            filled_at,
            received_at: filled_at,
            channel: random.channel(),
            mode,
            answers: random.answers(mode),
            profile: random.profile(),
            duration_s: Some(60),
            language: None,
            verified: false,
            visit: None,
            counter_signed: false,
            device_marker: None,
            flags: 0,
            content_hash,
            instrument: self.instrument,
            comment: random.comment().map(str::to_owned),
        }
    }

    /// Stores `rows` responses, evenly over the time from the start of the first to the end of the last of `periods`.
    pub fn fill(&self, database: &Database, periods: (Period, Period), rows: u64) -> Result<()> {
        // A day of room on both ends, so that every zone sees the same period.
        let start = periods.0.bounds(TimeZone::Jakarta).0 + TimeDelta::days(1);
        let length = periods.1.bounds(TimeZone::Jakarta).1 - TimeDelta::days(1) - start;
        let step = length.num_microseconds().unwrap_or_default() / i64::try_from(rows)?.max(1);
        let mut random = Random::new(rows);
        let mut next = start;
        for done in (0..rows).step_by(usize::try_from(BATCH)?) {
            let batch: Vec<NewResponse> = (0..BATCH.min(rows - done))
                .map(|_| {
                    next += TimeDelta::microseconds(step);
                    self.response(&mut random, next)
                })
                .collect();
            let stored = database.write("fill", |connection| insert_batch(connection, &batch))?;
            if stored.iter().any(|stored| *stored != Imported::Inserted) {
                return Err("a synthetic response was not stored".into());
            }
        }
        Ok(())
    }
}

fn service(index: usize) -> ServiceDetails {
    ServiceDetails {
        code: service_code(index),
        name: format!("Layanan {index}"),
        agency: agency_name(index),
        counter: None,
        channel: Some(Channel::ALL[index % Channel::ALL.len()]),
        free: None,
    }
}

/// Archives `rows` responses over `mpps` MPPs and the given periods, on all processors. Half of the files have three
/// times the rows of the other half.
pub fn archive(archive: &Archive, mpps: usize, periods: &[Period], rows: u64) -> Result<()> {
    let mut keys = Vec::new();
    for period in periods {
        for mpp in 0..mpps {
            keys.push(ArchiveKey { period: *period, mpp: mpp_code(mpp)? });
        }
    }
    let share = rows / keys.len() as u64;
    let workers = crate::accounting::processors();
    std::thread::scope(|scope| {
        let keys = &keys;
        let handles: Vec<_> = (0..workers)
            .map(|worker| {
                scope.spawn(move || -> Result<()> {
                    for (index, key) in keys.iter().enumerate().skip(worker).step_by(workers) {
                        let rows =
                            if (index / workers).is_multiple_of(2) { share + share / 2 } else { share - share / 2 };
                        archive_file(archive, key, rows, index as u64)?;
                    }
                    Ok(())
                })
            })
            .collect();
        handles.into_iter().try_for_each(|handle| handle.join().map_err(|_| "archiving panicked")?)
    })
}

fn archive_file(archive: &Archive, key: &ArchiveKey, rows: u64, seed: u64) -> Result<()> {
    let zone = TimeZone::Jakarta;
    let (start, end) = key.period.bounds(zone);
    let step = (end - start).num_microseconds().unwrap_or_default() / i64::try_from(rows.max(1))?;
    let mut random = Random::new(seed);
    let mut writer = archive.create(key.clone(), zone)?;
    for row in 0..i64::try_from(rows)? {
        let filled_at = start + TimeDelta::microseconds(step * row);
        let service = random.place(SERVICES);
        let mode = random.mode();
        let comment = random.comment().map(str::to_owned);
        let row = ArchiveRow {
            id: random.id(u64::try_from(filled_at.timestamp_millis())?),
            service: Some(service_code(service)),
            agency: Some(agency_name(service)),
            channel: random.channel(),
            counter: Some(format!("Loket {}", service % 17)),
            mode,
            answers: random.answers(mode),
            profile: random.profile(),
            filled_at,
            verified: false,
            counter_signed: false,
            flags: 0,
            language: None,
            duration_s: Some(60),
            server_measured: true,
            free: Some(service.is_multiple_of(2)),
        };
        writer.push(row, comment)?;
    }
    writer.finish()?;
    Ok(())
}
