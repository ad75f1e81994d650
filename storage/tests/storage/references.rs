//! What a response points to exists, and stays.

use suara_storage::responses::{NewResponse, insert_batch};
use suara_storage::testing::{self, TestDatabase};
use suara_storage::{CounterId, InstrumentId, MppId, ServiceId, StorageError, directory};

use crate::country::Country;

both! { a_response_points_to_rows_of_its_mpp, what_responses_point_to_cannot_be_deleted }

fn a_response_points_to_rows_of_its_mpp(database: &TestDatabase) {
    let country = Country::new(database);
    let counter = country.database.read(directory::load).unwrap().counters[0].id;
    let good = NewResponse { counter: Some(counter), ..country.response() };
    let nowhere = [
        NewResponse { mpp: MppId(4711), service: None, ..country.response() },
        NewResponse { service: Some(ServiceId(4711)), ..country.response() },
        NewResponse { counter: Some(CounterId(4711)), ..country.response() },
        NewResponse { instrument: InstrumentId(4711), ..country.response() },
        NewResponse { mpp: country.konawe, ..country.response() },
        NewResponse { mpp: country.konawe, service: None, counter: Some(counter), ..country.response() },
    ];
    for bad in nowhere {
        let rows = [good.clone(), bad];
        let result = country.database.write("import", |connection| insert_batch(connection, &rows));
        assert!(matches!(result, Err(StorageError::Constraint(_))), "{result:?} for {:?}", rows[1]);
        assert_eq!(country.stored(), []);
    }
    country.database.write("import", |connection| insert_batch(connection, std::slice::from_ref(&good))).unwrap();
    let elsewhere = format!("UPDATE responses SET mpp_id = {}", country.konawe.0);
    let moved = country.database.write("move", |connection| testing::execute(connection, &elsewhere));
    assert!(matches!(moved, Err(StorageError::Constraint(_))), "{moved:?}");
}

fn what_responses_point_to_cannot_be_deleted(database: &TestDatabase) {
    let country = Country::new(database);
    let delete = |sql: &str| country.database.write("delete", |connection| testing::execute(connection, sql));
    let row = NewResponse {
        counter: Some(country.database.read(directory::load).unwrap().counters[0].id),
        ..country.response()
    };
    country.database.write("import", |connection| insert_batch(connection, std::slice::from_ref(&row))).unwrap();
    for table in ["services", "instruments"] {
        let refused = delete(&format!("DELETE FROM {table}"));
        assert!(matches!(refused, Err(StorageError::Constraint(_))), "{table}: {refused:?}");
    }
    let free = format!("DELETE FROM services WHERE id <> {}", country.ktp.0);
    delete(&free).unwrap();
    assert_eq!(country.database.read(directory::load).unwrap().services.len(), 1, "nothing points to the other one");
}
