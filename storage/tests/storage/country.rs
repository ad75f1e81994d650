//! A small country to store responses for.

use chrono::{DateTime, TimeDelta, Utc};
use suara_domain::element::Answers;
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::{Period, TimeZone};
use suara_domain::respondent::{AgeBand, Channel, Mode, Profile, Sex};
use suara_storage::ingest::{Limits, Writer};
use suara_storage::instruments::{self, StoredInstrument};
use suara_storage::mpps::{self, MppDetails};
use suara_storage::responses::{self, Counts, Filter, NewResponse, ResponseRow, State};
use suara_storage::services::{self, ServiceDetails};
use suara_storage::testing::TestDatabase;
use suara_storage::{Database, InstrumentId, MppId, ServiceId, directory};
use uuid::Uuid;

/// Two MPPs in two time zones; the first has two services.
pub struct Country {
    pub database: Database,
    pub kampar: MppId,
    pub konawe: MppId,
    pub ktp: ServiceId,
    pub instrument: InstrumentId,
}

pub fn period() -> Period {
    Period::parse("2026-S1").unwrap()
}

pub fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

pub fn mpp(code: &str, region: &str, time_zone: TimeZone) -> MppDetails {
    MppDetails {
        code: MppCode::parse(code).unwrap(),
        name: format!("MPP {code}"),
        region_code: region.to_owned(),
        province_code: region[..2].to_owned(),
        time_zone,
        brand: None,
        soft_launched_on: None,
        inaugurated_on: chrono::NaiveDate::from_ymd_opt(2024, 12, 12),
        address: None,
        organiser: None,
        surveyor: None,
        signatory: None,
        signatory_title: None,
        closed_on: None,
    }
}

pub fn service(code: &str, agency: &str) -> ServiceDetails {
    ServiceDetails {
        code: code.to_owned(),
        name: format!("Layanan {code}"),
        agency: agency.to_owned(),
        counter: Some("Loket 1".to_owned()),
        channel: Some(Channel::Direct),
        free: Some(true),
    }
}

impl Country {
    pub fn new(database: &TestDatabase) -> Self {
        Self::in_database(database.open())
    }

    pub fn in_database(database: Database) -> Self {
        let all = [mpp("kab-kampar", "14.01", TimeZone::Jakarta), mpp("kab-konawe", "74.02", TimeZone::Makassar)];
        let instrument = StoredInstrument {
            key: "permenpanrb-14-2017".to_owned(),
            rule_version: "1".to_owned(),
            body: "{}".to_owned(),
            sha256: [7; 32],
        };
        let instrument = database
            .write("country", |connection| {
                mpps::upsert(connection, &all)?;
                let kampar = directory::load(connection)?.mpps[0].id;
                services::upsert(connection, kampar, &[service("ktp", "Disdukcapil"), service("sim", "Polres")])?;
                instruments::ensure(connection, &instrument)
            })
            .unwrap();
        let directory = database.read(directory::load).unwrap();
        Self {
            kampar: directory.mpps[0].id,
            konawe: directory.mpps[1].id,
            ktp: directory.services[0].id,
            instrument,
            database,
        }
    }

    /// A response of its own to Kampar's first service, with all columns filled.
    pub fn response(&self) -> NewResponse {
        let id = Uuid::now_v7();
        let mut content_hash = [0; 16];
        content_hash.copy_from_slice(id.as_bytes());
        NewResponse {
            id,
            mpp: self.kampar,
            service: Some(self.ktp),
            counter: None,
            period: period(),
            filled_at: at("2026-03-02T02:15:00.123456Z"),
            received_at: at("2026-03-02T02:15:01Z"),
            channel: Some(Channel::Mobile),
            mode: Mode::Kiosk,
            answers: Answers::from_digits([4, 3, 2, 1, 0, 4, 3, 2, 1]).unwrap(),
            profile: Profile { sex: Some(Sex::Female), age_band: Some(AgeBand::From65), ..Profile::default() },
            duration_s: Some(61),
            language: Some(Language::English),
            verified: true,
            visit: None,
            counter_signed: true,
            device_marker: None,
            flags: 5,
            content_hash,
            instrument: self.instrument,
            comment: None,
        }
    }

    /// `n` responses, a second apart.
    pub fn responses(&self, n: i64) -> Vec<NewResponse> {
        let shifted = |second| {
            let response = self.response();
            NewResponse { filled_at: response.filled_at + TimeDelta::seconds(second), ..response }
        };
        (0..n).map(shifted).collect()
    }

    pub fn writer(&self, limits: Limits) -> Writer {
        Writer::start(&self.database, limits).unwrap()
    }

    /// All that is stored and not withdrawn.
    pub fn stored(&self) -> Vec<ResponseRow> {
        let filter = Filter { mpp: None, period: period(), states: vec![State::Accepted, State::Late], since: None };
        let mut rows = Vec::new();
        self.database
            .read(|connection| {
                responses::for_each(connection, &filter, |row| {
                    rows.push(row);
                    Ok(())
                })
            })
            .unwrap();
        rows
    }

    pub fn counts(&self) -> Vec<Counts> {
        self.database.read(|connection| responses::counts(connection, period())).unwrap()
    }
}
