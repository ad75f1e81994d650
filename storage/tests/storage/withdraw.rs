//! Taking a response back.

use suara_storage::responses::{NewResponse, Withdrawal, insert_batch, withdraw};
use suara_storage::testing::{self, TestDatabase};
use suara_storage::{Database, mpp_periods};
use uuid::Uuid;

use crate::country::{Country, at, period};

both! { nothing_but_the_id_is_left, a_closed_period_keeps_its_rows }

fn take_back(database: &Database, id: Uuid) -> Withdrawal {
    database.write("withdraw", |connection| withdraw(connection, id, at("2026-03-05T00:00:00Z"))).unwrap()
}

fn nothing_but_the_id_is_left(database: &TestDatabase) {
    let country = Country::new(database);
    let rows: Vec<NewResponse> = country
        .responses(2)
        .into_iter()
        .map(|row| NewResponse { comment: Some("jangan simpan".to_owned()), ..row })
        .collect();
    country.database.write("store", |connection| insert_batch(connection, &rows)).unwrap();
    assert_eq!(take_back(&country.database, rows[0].id), Withdrawal::Withdrawn);
    assert_eq!(take_back(&country.database, rows[0].id), Withdrawal::AlreadyWithdrawn);
    assert_eq!(take_back(&country.database, Uuid::nil()), Withdrawal::Unknown);

    let stored = country.stored();
    assert_eq!(stored.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[1].id], "the neighbour stays");
    assert!(stored[0].comment.is_some());
    let counts = country.counts();
    assert_eq!((counts[0].accepted, counts[0].withdrawn), (1, 1));

    // Of all columns these alone may say anything about a withdrawn response.
    let left = "CAST(mpp_id AS TEXT) || ' ' || CAST(period AS TEXT) || ' ' || CAST(flags AS TEXT)";
    let emptied = "service_id IS NULL AND counter_id IS NULL AND channel IS NULL AND mode IS NULL AND persyaratan IS NULL \
         AND prosedur IS NULL AND waktu IS NULL AND biaya IS NULL AND produk IS NULL AND kompetensi IS NULL \
         AND perilaku IS NULL AND sarana IS NULL AND pengaduan IS NULL AND sex IS NULL AND age_band IS NULL \
         AND education IS NULL AND occupation IS NULL AND disability IS NULL AND duration_s IS NULL \
         AND language IS NULL AND NOT verified AND NOT counter_signed AND content_hash IS NULL AND filled_at = received_at";
    let sql = format!("SELECT {left} AS value FROM responses WHERE state = 3 AND {emptied}");
    let tombstones = country.database.read(|connection| testing::values(connection, &sql)).unwrap();
    assert_eq!(tombstones, [format!("{} 20261 0", country.kampar.0)]);
    let comments =
        country.database.read(|connection| testing::values(connection, "SELECT body AS value FROM comments"));
    assert_eq!(comments.unwrap().len(), 1);
}

fn a_closed_period_keeps_its_rows(database: &TestDatabase) {
    let country = Country::new(database);
    let rows = country.responses(1);
    country.database.write("store", |connection| insert_batch(connection, &rows)).unwrap();
    let close =
        |connection: &mut _| mpp_periods::close(connection, country.kampar, period(), at("2026-07-15T00:00:00Z"));
    country.database.write("close", close).unwrap();
    assert_eq!(take_back(&country.database, rows[0].id), Withdrawal::PeriodClosed);
    assert_eq!(country.stored().len(), 1);
}
