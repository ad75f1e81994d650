//! What the semester run stores.

use suara_domain::element::Answers;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_storage::Upserted::{Inserted, Unchanged, Updated};
use suara_storage::mpp_periods::{self, Archive};
use suara_storage::summaries::{self, Document};
use suara_storage::testing::TestDatabase;
use suara_storage::{StorageError, national_revisions, report_revisions, report_runs, snapshots, tallies};

use crate::country::{Country, at, period};

both! {
    tallies_are_replaced_as_a_whole,
    summaries_and_snapshots,
    a_closed_period_stays_closed,
    revisions_count_up,
    national_revisions_count_up,
    runs_remember_attempts_and_errors,
}

fn document(body: &str) -> Document {
    Document { body: body.to_owned(), sha256: [u8::try_from(body.len()).unwrap(); 32] }
}

fn tallies_are_replaced_as_a_whole(database: &TestDatabase) {
    let country = Country::new(database);
    let replace = |set: &TallySet| {
        country
            .database
            .write("tallies", |connection| tallies::replace(connection, country.kampar, period(), set))
            .unwrap();
    };
    let load = |mpp| country.database.read(|connection| tallies::load(connection, mpp, period())).unwrap();
    let mut set = TallySet::default();
    let answers = Answers::from_digits([4, 3, 2, 1, 0, 4, 3, 2, 1]).unwrap();
    set.entry(Dimension::Total, "").add(&answers, 1_000_000);
    set.entry(Dimension::Service, "ktp").add(&answers, 3);
    set.entry(Dimension::Service, "").add(&answers, 200);
    replace(&set);
    assert_eq!(load(country.kampar), Some(set.clone()));
    let mut smaller = TallySet::default();
    smaller.entry(Dimension::Total, "").add(&answers, 2);
    replace(&smaller);
    assert_eq!(load(country.kampar), Some(smaller));
    assert_eq!(load(country.konawe), None);
    replace(&set);
    let by_service = |connection: &mut _| tallies::load_dimension(connection, period(), Dimension::Service);
    let by_service = country.database.read(by_service).unwrap();
    assert_eq!(by_service[&country.kampar]["ktp"].n(), 3);
    assert_eq!(by_service[&country.kampar].len(), 2);
}

fn summaries_and_snapshots(database: &TestDatabase) {
    let country = Country::new(database);
    let (first, second) = (document("{\"ikm\":\"91.48\"}"), document("{}"));
    let put = |summary| {
        let put = |connection: &mut _| summaries::put(connection, country.kampar, period(), summary);
        country.database.write("summary", put).unwrap()
    };
    assert_eq!((put(&first), put(&first), put(&second)), (Inserted, Unchanged, Updated));
    let list = country.database.read(|connection| summaries::list(connection, period())).unwrap();
    assert_eq!(list, [(country.kampar, second.clone())]);
    let trend = country.database.read(|connection| summaries::of_mpp(connection, country.kampar)).unwrap();
    assert_eq!(trend, [(period(), second)]);

    let (made, again) = (at("2026-07-15T00:00:00Z"), at("2026-07-16T00:00:00Z"));
    let put = |snapshot, time| {
        country.database.write("snapshot", |connection| snapshots::put(connection, period(), snapshot, time)).unwrap()
    };
    let get = || country.database.read(|connection| snapshots::get(connection, period())).unwrap();
    assert_eq!(get(), None);
    assert_eq!((put(&first, made), put(&first, again)), (Inserted, Unchanged));
    assert_eq!(get(), Some((first, made)), "an equal one keeps its time");
}

fn a_closed_period_stays_closed(database: &TestDatabase) {
    let country = Country::new(database);
    let archive = Archive { manifest: "{}".to_owned(), sha256: [3; 32], rows: 5_000_000_000 };
    let set = |connection: &mut _| mpp_periods::set_archive(connection, country.kampar, period(), &archive);
    let open = country.database.write("archive", set).unwrap_err();
    assert!(matches!(open, StorageError::Constraint(_)) && open.to_string().contains("2026-S1"), "{open}");

    let first = at("2026-07-15T00:00:00.000001Z");
    let close = |time| {
        country
            .database
            .write("close", |connection| mpp_periods::close(connection, country.kampar, period(), time))
            .unwrap()
    };
    assert_eq!(close(first).closed_at, first);
    country.database.write("archive", set).unwrap();
    let again = close(at("2026-08-01T00:00:00Z"));
    assert_eq!((again.closed_at, again.archive.as_ref()), (first, Some(&archive)));
    let list = country.database.read(|connection| mpp_periods::list(connection, period())).unwrap();
    assert_eq!(list, [again]);
    assert_eq!(country.database.read(mpp_periods::periods).unwrap(), [period()]);
    let other = |connection: &mut _| mpp_periods::get(connection, country.konawe, period());
    assert_eq!(country.database.read(other).unwrap(), None);
}

fn revisions_count_up(database: &TestDatabase) {
    let country = Country::new(database);
    let key = (country.kampar, period());
    let add = |reason, manifest: &Document| {
        let time = at("2026-07-15T00:00:00Z");
        country.database.write("revision", |connection| report_revisions::add(connection, key, reason, manifest, time))
    };
    let (first, second) = (document("{\"a\":1}"), document("{\"a\":1, \"b\":2}"));
    assert_eq!(add("laporan semester", &first).unwrap(), 1);
    assert_eq!(add("laporan semester", &first).unwrap(), 1, "the same files are the same revision");
    assert_eq!(add("rencana tindak lanjut", &second).unwrap(), 2);
    assert_eq!(add("koreksi", &first).unwrap(), 3);
    let list = |connection: &mut _| report_revisions::list(connection, key.0, key.1);
    let list = country.database.read(list).unwrap();
    assert_eq!(list.iter().map(|revision| revision.number).collect::<Vec<_>>(), [1, 2, 3]);
    let latest = |connection: &mut _| report_revisions::latest(connection, key.0, key.1);
    assert_eq!(country.database.read(latest).unwrap().unwrap(), list[2]);
}

fn national_revisions_count_up(database: &TestDatabase) {
    let country = Country::new(database);
    let add = |reason, manifest: &Document| {
        let time = at("2026-07-15T00:00:00Z");
        let add = |connection: &mut _| national_revisions::add(connection, period(), reason, manifest, time);
        country.database.write("national revision", add).unwrap()
    };
    let (first, second) = (document("{\"a\":1}"), document("{\"a\":1, \"b\":2}"));
    assert_eq!([add("", &first), add("", &first), add("koreksi", &second)], [1, 1, 2]);
    let list = |period| country.database.read(|connection| national_revisions::list(connection, period)).unwrap();
    let stored: Vec<(i32, String)> = list(period()).into_iter().map(|it| (it.number, it.reason)).collect();
    assert_eq!(stored, [(1, String::new()), (2, "koreksi".to_owned())]);
    assert!(list(period().previous()).is_empty());
}

fn runs_remember_attempts_and_errors(database: &TestDatabase) {
    let country = Country::new(database);
    let time = at("2026-07-15T00:00:00Z");
    let begin = |step| {
        let begin = |connection: &mut _| report_runs::begin(connection, country.kampar, period(), step, time);
        country.database.write("begin", begin).unwrap();
    };
    let run = || country.database.read(|connection| report_runs::list(connection, period())).unwrap().remove(0);
    begin("archive");
    let fail = |connection: &mut _| report_runs::fail(connection, country.kampar, period(), "disk full", time);
    country.database.write("fail", fail).unwrap();
    assert_eq!((run().attempts, run().last_error.as_deref()), (1, Some("disk full")));
    begin("archive");
    assert_eq!((run().step.as_str(), run().attempts, run().last_error), ("archive", 2, None));
}
