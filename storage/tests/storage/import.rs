//! Rows of a file.

use suara_storage::responses::Imported::{Conflict, Inserted, PeriodClosed, Unchanged, Withdrawn};
use suara_storage::responses::{NewResponse, insert_batch, withdraw};
use suara_storage::testing::TestDatabase;
use suara_storage::{ServiceId, StorageError, mpp_periods};

use crate::country::{Country, at, period};

both! { each_row_is_told_what_became_of_it, a_bad_row_leaves_nothing_half_done }

fn each_row_is_told_what_became_of_it(database: &TestDatabase) {
    let country = Country::new(database);
    let import =
        |rows: &[NewResponse]| country.database.write("import", |connection| insert_batch(connection, rows)).unwrap();
    let mut rows = country.responses(4);
    rows[1].comment = Some("Antrean panjang".to_owned());
    assert_eq!(import(&rows), [Inserted; 4]);
    assert_eq!(import(&rows), [Unchanged; 4]);

    country
        .database
        .write("withdraw", |connection| withdraw(connection, rows[3].id, at("2026-03-03T00:00:00Z")))
        .unwrap();
    rows[2].content_hash = [1; 16];
    let new = country.response();
    let twisted = NewResponse { content_hash: [2; 16], ..new.clone() };
    let mixed = [rows.clone(), vec![new.clone(), new, twisted]].concat();
    let results = import(&mixed);
    assert_eq!(results, [Unchanged, Unchanged, Conflict, Withdrawn, Inserted, Unchanged, Conflict]);

    let close =
        |connection: &mut _| mpp_periods::close(connection, country.kampar, period(), at("2026-07-15T00:00:00Z"));
    country.database.write("close", close).unwrap();
    let elsewhere = NewResponse { mpp: country.konawe, service: None, ..country.response() };
    let after = [rows[0].clone(), country.response(), elsewhere];
    assert_eq!(import(&after), [Unchanged, PeriodClosed, Inserted]);
    assert_eq!(country.stored().len(), 5);
}

fn a_bad_row_leaves_nothing_half_done(database: &TestDatabase) {
    let country = Country::new(database);
    let mut rows = country.responses(5);
    rows[3].service = Some(ServiceId(4711));
    let result = country.database.write("import", |connection| insert_batch(connection, &rows));
    assert!(matches!(result, Err(StorageError::Constraint(_))), "{result:?}");
    assert_eq!(country.stored(), []);
    // A service of another MPP is as wrong as one that does not exist.
    rows[3] = NewResponse { mpp: country.konawe, ..country.response() };
    let result = country.database.write("import", |connection| insert_batch(connection, &rows));
    assert!(matches!(result, Err(StorageError::Constraint(_))), "{result:?}");
    assert_eq!(country.stored(), []);
}
