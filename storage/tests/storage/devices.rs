//! Device marks: counted for a day, flagged, forgotten.

use chrono::{DateTime, Utc};
use suara_domain::respondent::Mode;
use suara_storage::device_marks::{self, Rule};
use suara_storage::ingest::{Limits, Outcome};
use suara_storage::responses::{NewResponse, insert_batch, withdraw};
use suara_storage::testing::{self, TestDatabase};
use suara_storage::{ServiceId, mpp_periods};

use crate::country::{Country, at, period};

both! {
    only_new_responses_of_own_devices_leave_a_mark,
    marks_are_hashed_under_a_key_of_the_day,
    nodes_share_the_key_of_a_day,
    more_than_the_usual_is_flagged_in_open_periods,
    keys_and_marks_are_destroyed_after_two_days,
    a_withdrawn_response_takes_its_mark_along,
}

const RULE: Rule = Rule { flag: 16, most: 5 };

/// A response from a phone that calls itself so.
fn phone(country: &Country, marker: &str, received_at: &str) -> NewResponse {
    let device_marker = Some(marker.to_owned());
    NewResponse { mode: Mode::Web, device_marker, received_at: at(received_at), flags: 1, ..country.response() }
}

fn store(country: &Country, rows: &[NewResponse]) {
    country.database.write("store", |connection| insert_batch(connection, rows)).unwrap();
}

fn values(country: &Country, sql: &str) -> Vec<String> {
    country.database.read(|connection| testing::values(connection, sql)).unwrap()
}

/// Day and number of responses of every marker, sorted.
fn marks(country: &Country) -> Vec<String> {
    let sql =
        "SELECT CAST(day AS TEXT) || ' ' || CAST(COUNT(*) AS TEXT) AS value FROM device_marks GROUP BY day, marker";
    let mut marks = values(country, sql);
    marks.sort();
    marks
}

fn days(country: &Country) -> Vec<String> {
    values(country, "SELECT CAST(day AS TEXT) AS value FROM device_days ORDER BY day")
}

/// What the background work does, as one step. Returns how many responses were flagged.
fn refresh(country: &Country, now: DateTime<Utc>) -> usize {
    let periods = country.database.read(|connection| device_marks::periods_to_flag(connection, RULE)).unwrap();
    country
        .database
        .write("refresh", |connection| {
            let flagged = device_marks::flag(connection, RULE, &periods)?;
            device_marks::destroy_expired(connection, now)?;
            Ok(flagged)
        })
        .unwrap()
}

const DAY: &str = "20514";

fn only_new_responses_of_own_devices_leave_a_mark(database: &TestDatabase) {
    let country = Country::new(database);
    let here = |marker| phone(&country, marker, "2026-03-02T02:15:01Z");
    let repeated = here("a");
    let rows = [
        repeated.clone(),
        repeated,
        here("a"),
        here("b"),
        NewResponse { mode: Mode::Kiosk, ..here("c") },
        NewResponse { mode: Mode::Assisted, ..here("d") },
        NewResponse { device_marker: None, ..here("e") },
        NewResponse { comment: Some("dengan saran".to_owned()), ..here("f") },
    ];
    store(&country, &rows);
    store(&country, &rows);
    assert_eq!(marks(&country), [format!("{DAY} 1"), format!("{DAY} 1"), format!("{DAY} 2")]);
    let with_comment = "SELECT comments.body AS value FROM comments JOIN device_marks USING (response_seq)";
    assert_eq!(values(&country, with_comment), ["dengan saran"]);

    let close =
        |connection: &mut _| mpp_periods::close(connection, country.kampar, period(), at("2026-07-15T00:00:00Z"));
    country.database.write("close", close).unwrap();
    let writer = country.writer(Limits::default());
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(writer.submit(here("g"))), Ok(Outcome::Late));
    assert_eq!(marks(&country).len(), 3, "a late response counts nowhere");
}

fn marks_are_hashed_under_a_key_of_the_day(database: &TestDatabase) {
    let country = Country::new(database);
    let (before, after) = ("2026-03-02T23:59:59Z", "2026-03-03T00:00:00Z");
    store(&country, &[phone(&country, "a", before), phone(&country, "a", after), phone(&country, "a", before)]);
    assert_eq!(marks(&country), [format!("{DAY} 2"), "20515 1".to_owned()], "a new day, a new name");
    assert_eq!(days(&country), [DAY, "20515"]);
    let lengths = values(&country, "SELECT CAST(length(key) AS TEXT) AS value FROM device_days");
    assert_eq!(lengths, ["32", "32"]);
    let hashes = "SELECT CAST(COUNT(DISTINCT marker) AS TEXT) AS value FROM device_marks";
    assert_eq!(values(&country, hashes), ["2"], "one marker has another hash on another day");
}

fn nodes_share_the_key_of_a_day(database: &TestDatabase) {
    let country = Country::new(database);
    let writers = [(); 2].map(|()| country.writer(Limits::default()));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    // A batch that fails must not leave a key in a node's memory that the database does not have.
    let bad = NewResponse { service: Some(ServiceId(4711)), ..phone(&country, "a", "2026-03-02T02:15:01Z") };
    assert!(runtime.block_on(writers[0].submit(bad)).is_err());
    assert_eq!(days(&country), [] as [&str; 0]);
    for round in 0..3 {
        for writer in &writers {
            let response = phone(&country, "a", "2026-03-02T02:15:01Z");
            assert_eq!(runtime.block_on(writer.submit(response)), Ok(Outcome::Recorded), "{round}");
        }
    }
    assert_eq!(marks(&country), [format!("{DAY} 6")]);
}

fn more_than_the_usual_is_flagged_in_open_periods(database: &TestDatabase) {
    let country = Country::new(database);
    let of = |marker: &str, count: usize| vec![phone(&country, marker, "2026-03-02T02:15:01Z"); count];
    let fresh = |rows: Vec<NewResponse>| -> Vec<NewResponse> {
        rows.into_iter().map(|row| NewResponse { id: country.response().id, ..row }).collect()
    };
    let konawe = |rows: Vec<NewResponse>| -> Vec<NewResponse> {
        rows.into_iter().map(|row| NewResponse { mpp: country.konawe, service: None, ..row }).collect()
    };
    store(&country, &fresh(of("five", 5)));
    store(&country, &fresh([of("six", 4), konawe(of("six", 2))].concat()));
    store(&country, &konawe(fresh(of("closed", 7))));
    let now = at("2026-03-02T03:00:00Z");
    let close = |connection: &mut _| mpp_periods::close(connection, country.konawe, period(), now);
    country.database.write("close", close).unwrap();
    assert_eq!(refresh(&country, now), 4, "those of six that lie in an open period");
    assert_eq!(refresh(&country, now), 0, "once is enough");
    let mut flags: Vec<(bool, i32)> =
        country.stored().iter().map(|row| (row.mpp == country.kampar, row.flags)).collect();
    flags.sort_unstable();
    let expected = [vec![(false, 1); 9], vec![(true, 1); 5], vec![(true, 17); 4]].concat();
    assert_eq!(flags, expected, "other flags stay");
    store(&country, &fresh(of("six", 1)));
    assert_eq!(refresh(&country, now), 1, "the seventh one too");
}

fn keys_and_marks_are_destroyed_after_two_days(database: &TestDatabase) {
    let country = Country::new(database);
    store(&country, &[phone(&country, "a", "2026-03-02T00:00:00Z"), phone(&country, "a", "2026-03-03T12:00:00Z")]);
    let expired = |now| country.database.read(|connection| device_marks::has_expired(connection, now)).unwrap();
    let last = at("2026-03-03T23:59:59Z");
    assert!(!expired(last));
    refresh(&country, last);
    assert_eq!(days(&country), [DAY, "20515"]);
    let after = at("2026-03-04T00:00:00Z");
    assert!(expired(after));
    refresh(&country, after);
    assert!(!expired(after));
    assert_eq!((days(&country), marks(&country)), (vec!["20515".to_owned()], vec!["20515 1".to_owned()]));
    refresh(&country, at("2026-06-01T00:00:00Z"));
    assert!(days(&country).is_empty() && marks(&country).is_empty());
    assert_eq!(country.stored().len(), 2, "the answers stay");
}

fn a_withdrawn_response_takes_its_mark_along(database: &TestDatabase) {
    let country = Country::new(database);
    let rows = [phone(&country, "a", "2026-03-02T02:15:01Z"), phone(&country, "a", "2026-03-02T02:15:01Z")];
    store(&country, &rows);
    let at = at("2026-03-02T05:00:00Z");
    country.database.write("withdraw", |connection| withdraw(connection, rows[0].id, at)).unwrap();
    assert_eq!(marks(&country), [format!("{DAY} 1")]);
}
