//! Master data: what is entered about MPPs, and that entering it again changes nothing.

use suara_domain::element::Element;
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_storage::Upserted::{Inserted, Unchanged, Updated};
use suara_storage::followups::{self, Followup};
use suara_storage::history::{self, PastResult};
use suara_storage::instruments::{self, StoredInstrument};
use suara_storage::mpps::{self, MppDetails};
use suara_storage::recipients::{self, Recipient};
use suara_storage::services::{self, ServiceDetails};
use suara_storage::testing::TestDatabase;
use suara_storage::visitors::{self, VisitorCount};
use suara_storage::{MppId, StorageError, directory, settings};

use crate::country::{Country, period, service};

both! {
    mpps_and_services_make_a_directory,
    visitors_of_services_and_of_the_whole,
    recipients_of_mpps_and_of_the_ministry,
    followups_by_element_and_step,
    history_by_period,
    an_instrument_never_changes,
    a_secret_is_made_once,
}

fn mpps_and_services_make_a_directory(database: &TestDatabase) {
    let country = Country::new(database);
    let write = &country.database;
    let before = write.read(directory::load).unwrap();
    assert_eq!((before.mpps.len(), before.agencies.len(), before.counters.len(), before.services.len()), (2, 2, 2, 2));

    let same: Vec<MppDetails> = before.mpps.iter().map(|mpp| mpp.details.clone()).collect();
    assert_eq!(write.write("mpps", |connection| mpps::upsert(connection, &same)).unwrap(), [Unchanged; 2]);
    let services = [service("ktp", "Disdukcapil"), service("sim", "Polres")];
    let upsert = |all: &[ServiceDetails]| {
        write.write("services", |connection| services::upsert(connection, country.kampar, all)).unwrap()
    };
    assert_eq!(upsert(&services), [Unchanged; 2]);
    assert_eq!(write.read(directory::version).unwrap(), before.version, "nothing has changed");

    let moved = ServiceDetails { agency: "DPMPTSP".to_owned(), counter: None, free: None, ..service("ktp", "") };
    assert_eq!(upsert(&[service("sim", "Polres"), moved, service("skck", "Polres")]), [Unchanged, Updated, Inserted]);
    let brand = MppDetails { brand: Some("Balai Kota".to_owned()), inaugurated_on: None, ..same[0].clone() };
    assert_eq!(
        write.write("mpps", |connection| mpps::upsert(connection, std::slice::from_ref(&brand))).unwrap(),
        [Updated]
    );

    let after = write.read(directory::load).unwrap();
    assert!(after.version > before.version);
    assert_eq!(after.mpps[0].details, brand, "a value can be taken back");
    let ktp = after.services.iter().find(|service| service.code == "ktp").unwrap();
    assert_eq!((ktp.id, ktp.counter, ktp.free), (country.ktp, None, None), "the row stays the same row");
    let agency = after.agencies.iter().find(|agency| agency.id == ktp.agency).unwrap();
    assert_eq!(agency.name, "DPMPTSP");

    let nobody = write.write("services", |connection| services::upsert(connection, MppId(4711), &services));
    assert!(matches!(nobody, Err(StorageError::Constraint(_))), "{nobody:?}");
}

fn visitors_of_services_and_of_the_whole(database: &TestDatabase) {
    let country = Country::new(database);
    let whole = VisitorCount { mpp: country.kampar, service: None, period: period(), visitors: 12_000 };
    let of_service = VisitorCount { service: Some(country.ktp), visitors: 700, ..whole };
    let later = VisitorCount { period: period().next(), ..whole };
    let upsert = |all: &[VisitorCount]| {
        country.database.write("visitors", |connection| visitors::upsert(connection, all)).unwrap()
    };
    assert_eq!(upsert(&[whole, of_service, later, whole]), [Inserted, Inserted, Inserted, Unchanged]);
    let more = VisitorCount { visitors: 12_001, ..whole };
    assert_eq!(upsert(&[more, of_service]), [Updated, Unchanged]);
    let stored = country.database.read(|connection| visitors::list(connection, period())).unwrap();
    assert_eq!(stored, [more, of_service]);
}

fn recipients_of_mpps_and_of_the_ministry(database: &TestDatabase) {
    let country = Country::new(database);
    let ministry = Recipient {
        mpp: None,
        email: "mpp@contoh.go.id".to_owned(),
        name: "Deputi Pelayanan Publik".to_owned(),
        language: Language::Indonesian,
    };
    let manager = Recipient { mpp: Some(country.kampar), ..ministry.clone() };
    let upsert = |all: &[Recipient]| {
        country.database.write("recipients", |connection| recipients::upsert(connection, all)).unwrap()
    };
    assert_eq!(upsert(&[ministry.clone(), manager.clone(), ministry.clone()]), [Inserted, Inserted, Unchanged]);
    let english = Recipient { language: Language::English, ..ministry };
    let renamed = Recipient { name: "Manajer MPP".to_owned(), ..manager };
    assert_eq!(upsert(&[english.clone(), renamed.clone()]), [Updated, Updated]);
    let stored = country.database.read(recipients::list).unwrap();
    assert_eq!(stored, [english, renamed]);
}

fn followups_by_element_and_step(database: &TestDatabase) {
    let country = Country::new(database);
    let followup = Followup {
        mpp: country.kampar,
        period: period(),
        element: Element::Sarana,
        step: "Menambah kursi".to_owned(),
        owner: "Bagian Umum".to_owned(),
        due_on: chrono::NaiveDate::from_ymd_opt(2026, 9, 30),
        status: "direncanakan".to_owned(),
        evidence: String::new(),
    };
    let done = Followup { status: "selesai".to_owned(), due_on: None, ..followup.clone() };
    let other = Followup { element: Element::Waktu, ..followup.clone() };
    let upsert = |all: &[Followup]| {
        country.database.write("followups", |connection| followups::upsert(connection, all)).unwrap()
    };
    assert_eq!(upsert(&[followup.clone(), other.clone(), followup]), [Inserted, Inserted, Unchanged]);
    assert_eq!(upsert(std::slice::from_ref(&done)), [Updated]);
    let list = |mpp| country.database.read(|connection| followups::list(connection, mpp, period())).unwrap();
    assert_eq!(list(country.kampar), [done, other]);
    assert_eq!(list(country.konawe), []);
}

fn history_by_period(database: &TestDatabase) {
    let country = Country::new(database);
    let past = PastResult {
        mpp: country.kampar,
        period: Period::parse("2024-S2").unwrap(),
        ikm: "88,31".to_owned(),
        n: None,
        rule: "permenpanrb-14-2017".to_owned(),
        weight: "0.11".to_owned(),
    };
    let corrected = PastResult { n: Some(381), ..past.clone() };
    let upsert =
        |all: &[PastResult]| country.database.write("history", |connection| history::upsert(connection, all)).unwrap();
    assert_eq!(upsert(&[past.clone(), past]), [Inserted, Unchanged]);
    assert_eq!(upsert(std::slice::from_ref(&corrected)), [Updated]);
    let list = |mpp| country.database.read(|connection| history::list(connection, mpp)).unwrap();
    assert_eq!(list(Some(country.kampar)), std::slice::from_ref(&corrected));
    assert_eq!((list(None), list(Some(country.konawe))), (vec![corrected], vec![]));
}

fn an_instrument_never_changes(database: &TestDatabase) {
    let country = Country::new(database);
    let same = StoredInstrument {
        key: "permenpanrb-14-2017".to_owned(),
        rule_version: "1".to_owned(),
        body: "{}".to_owned(),
        sha256: [7; 32],
    };
    let ensure = |instrument: &StoredInstrument| {
        country.database.write("instrument", |connection| instruments::ensure(connection, instrument))
    };
    assert_eq!(ensure(&same).unwrap(), country.instrument);
    let changed = ensure(&StoredInstrument { sha256: [8; 32], ..same.clone() }).unwrap_err();
    assert!(changed.to_string().contains("permenpanrb-14-2017"), "{changed}");
    let other = ensure(&StoredInstrument { key: "lain".to_owned(), ..same }).unwrap();
    let list = country.database.read(instruments::list).unwrap();
    assert_eq!(list, [(country.instrument, "permenpanrb-14-2017".to_owned()), (other, "lain".to_owned())]);
}

fn a_secret_is_made_once(database: &TestDatabase) {
    let nodes: Vec<_> = (0..6).map(|_| database.open()).collect();
    let secrets: Vec<[u8; 32]> = std::thread::scope(|scope| {
        let threads: Vec<_> = nodes
            .iter()
            .map(|node| scope.spawn(|| node.write("secret", |connection| settings::secret(connection, "receipt"))))
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap().unwrap()).collect()
    });
    assert!(secrets.iter().all(|secret| *secret == secrets[0] && *secret != [0; 32]));
    let other = nodes[0].write("secret", |connection| settings::secret(connection, "token")).unwrap();
    assert_ne!(other, secrets[0]);
    nodes[0].write("set", |connection| settings::set(connection, "zone", b"x")).unwrap();
    nodes[0].write("set", |connection| settings::set(connection, "zone", b"yz")).unwrap();
    assert_eq!(nodes[0].read(|connection| settings::get(connection, "zone")).unwrap().as_deref(), Some(&b"yz"[..]));
    assert_eq!(nodes[0].read(|connection| settings::get(connection, "none")).unwrap(), None);
}
