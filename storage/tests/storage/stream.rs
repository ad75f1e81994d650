//! Reading responses one by one.

use std::ops::ControlFlow;

use chrono::TimeDelta;
use suara_domain::element::Answers;
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_domain::respondent::{Channel, Mode};
use suara_storage::responses::{self, Filter, NewResponse, State, insert_batch};
use suara_storage::testing::TestDatabase;
use suara_storage::{Database, StorageError, directory};

use crate::country::{Country, at, period};

both! {
    every_column_comes_back,
    rows_come_in_the_order_of_mpp_time_and_id,
    a_visitor_can_stop,
    ids_come_until_enough,
    counts_and_days,
}

fn store(database: &Database, rows: &[NewResponse]) {
    let results = database.write("store", |connection| insert_batch(connection, rows)).unwrap();
    assert!(results.iter().all(|result| *result == responses::Imported::Inserted), "{results:?}");
}

fn every_column_comes_back(database: &TestDatabase) {
    let country = Country::new(database);
    let counter = country.database.read(directory::load).unwrap().counters[0].id;
    let comment = "Petugas ramah \u{1f642}\nantre 'lama' \"sekali\"; DROP TABLE";
    let full = NewResponse { counter: Some(counter), comment: Some(comment.to_owned()), ..country.response() };
    let bare = NewResponse {
        mpp: country.konawe,
        service: None,
        channel: None,
        mode: Mode::Paper,
        answers: Answers::from_digits([0, 0, 0, 0, 0, 0, 0, 0, 1]).unwrap(),
        profile: suara_domain::respondent::Profile::default(),
        duration_s: None,
        language: None,
        verified: false,
        counter_signed: false,
        flags: 0,
        ..country.response()
    };
    store(&country.database, &[full.clone(), bare.clone()]);
    let rows = country.stored();
    let [row, other] = &rows[..] else { panic!("{rows:?}") };
    assert_eq!((row.id, row.mpp, row.service_id, row.counter_id), (full.id, full.mpp, full.service, full.counter));
    assert_eq!((row.service.as_deref(), row.counter.as_deref()), (Some("ktp"), Some("Loket 1")));
    assert_eq!((row.filled_at, row.received_at), (full.filled_at, full.received_at), "to the microsecond");
    assert_eq!((row.channel, row.mode, row.language), (Some(Channel::Mobile), Mode::Kiosk, Some(Language::English)));
    assert_eq!((row.answers, row.profile, row.duration_s), (full.answers, full.profile, Some(61)));
    assert_eq!((row.verified, row.flags, row.state, row.instrument), (true, 5, State::Accepted, country.instrument));
    assert_eq!((row.comment.as_deref(), row.period), (Some(comment), period()));
    assert_eq!((other.answers, other.profile, other.channel), (bare.answers, bare.profile, None));
    assert_eq!((other.service.as_deref(), other.comment.as_deref(), other.duration_s), (None, None, None));
    assert!(row.counter_signed && !other.counter_signed);
    assert!(other.seq > row.seq && !other.verified);
}

fn rows_come_in_the_order_of_mpp_time_and_id(database: &TestDatabase) {
    let country = Country::new(database);
    let mut rows: Vec<NewResponse> = (0..900)
        .map(|n: i64| {
            let response = country.response();
            let mpp = if n % 3 == 0 { country.konawe } else { country.kampar };
            let service = (mpp == country.kampar).then_some(country.ktp);
            // Many share an instant, and a random id decides.
            let filled_at = response.filled_at + TimeDelta::microseconds(n * 7919 % 100);
            let comment = (n % 10 == 0).then(|| format!("komentar {n}"));
            NewResponse { id: uuid::Uuid::new_v4(), mpp, service, filled_at, comment, ..response }
        })
        .collect();
    for chunk in rows.chunks(250) {
        store(&country.database, chunk);
    }
    rows.sort_by_key(|row| (row.mpp != country.kampar, row.filled_at, row.id));
    let expected: Vec<_> = rows.iter().map(|row| (row.id, row.comment.clone())).collect();
    let stored: Vec<_> = country.stored().into_iter().map(|row| (row.id, row.comment)).collect();
    assert_eq!(stored, expected);

    let mut of_konawe = 0;
    let filter = Filter { mpp: Some(country.konawe), ..Filter::accepted(period()) };
    let count = |row: responses::ResponseRow| {
        assert_eq!(row.mpp, country.konawe);
        of_konawe += 1;
        Ok(())
    };
    country.database.read(|connection| responses::for_each(connection, &filter, count)).unwrap();
    assert_eq!(of_konawe, 300);
    let other = Filter::accepted(Period::parse("2026-S2").unwrap());
    let none = |_| -> Result<(), StorageError> { panic!("nothing is stored there") };
    country.database.read(|connection| responses::for_each(connection, &other, none)).unwrap();
}

fn a_visitor_can_stop(database: &TestDatabase) {
    let country = Country::new(database);
    store(&country.database, &country.responses(50));
    let mut seen = 0;
    let result = country.database.read(|connection| {
        responses::for_each(connection, &Filter::accepted(period()), |_| {
            seen += 1;
            if seen == 10 { Err(StorageError::Failed("the reader has gone".to_owned())) } else { Ok(()) }
        })
    });
    assert!(matches!(result, Err(StorageError::Failed(_))), "{result:?}");
    assert_eq!((seen, country.stored().len()), (10, 50), "the connection is as good as before");
}

fn ids_come_until_enough(database: &TestDatabase) {
    let country = Country::new(database);
    let rows = country.responses(40);
    store(&country.database, &rows);
    let collect = |limit: usize| {
        let mut ids = Vec::new();
        let visit = |id| {
            ids.push(id);
            if ids.len() < limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        country.database.read(|connection| responses::ids(connection, country.kampar, period(), visit)).unwrap();
        ids.sort_unstable();
        ids
    };
    let mut all: Vec<_> = rows.iter().map(|row| row.id).collect();
    all.sort_unstable();
    assert_eq!(collect(usize::MAX), all);
    assert_eq!(collect(3).len(), 3);
}

fn counts_and_days(database: &TestDatabase) {
    let country = Country::new(database);
    let on = |mpp, time: &str| {
        let service = (mpp == country.kampar).then_some(country.ktp);
        NewResponse { mpp, service, filled_at: at(time), ..country.response() }
    };
    // 16:30 UTC is before midnight in Kampar (WIB) and after it in Konawe (WITA).
    store(
        &country.database,
        &[
            on(country.kampar, "2026-03-01T16:30:00Z"),
            on(country.kampar, "2026-03-01T17:00:00Z"),
            on(country.konawe, "2026-03-01T16:30:00Z"),
            on(country.konawe, "2026-02-01T16:30:00Z"),
        ],
    );
    let counts = country.counts();
    assert_eq!((counts[0].mpp, counts[0].accepted, counts[0].late), (country.kampar, 2, 0));
    assert_eq!(counts[0].last_filled_at, Some(at("2026-03-01T17:00:00Z")));
    assert_eq!((counts[1].accepted, counts[1].withdrawn), (2, 0));
    let of = |mpp, period| country.database.read(|connection| responses::counts_of(connection, mpp, period)).unwrap();
    assert_eq!([of(country.kampar, period()), of(country.konawe, period())], [Some(counts[0]), Some(counts[1])]);
    assert_eq!(of(country.kampar, period().next()), None);

    let since = at("2026-02-15T00:00:00Z");
    let days = country.database.read(|connection| responses::daily_counts(connection, period(), since)).unwrap();
    let days: Vec<_> = days.iter().map(|count| (count.mpp, count.day.to_string(), count.n)).collect();
    let expected = [
        (country.kampar, "2026-03-01".to_owned(), 1),
        (country.kampar, "2026-03-02".to_owned(), 1),
        (country.konawe, "2026-03-02".to_owned(), 1),
    ];
    assert_eq!(days, expected);
}
