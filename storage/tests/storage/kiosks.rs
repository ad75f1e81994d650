//! The last sign of life of each kiosk.

use suara_storage::kiosks::{self, Kiosk};
use suara_storage::testing::TestDatabase;
use suara_storage::{MppId, StorageError};

use crate::country::{Country, at};

both! { the_last_sign_of_life_counts }

fn the_last_sign_of_life_counts(database: &TestDatabase) {
    let country = Country::new(database);
    let put = |kiosk: &Kiosk| country.database.write("heartbeat", |connection| kiosks::put(connection, kiosk));
    let kiosk = |mpp, counter: &str, time: &str, waiting| Kiosk {
        mpp,
        counter: counter.to_owned(),
        last_seen_at: at(time),
        waiting,
        version: "0.1.0".to_owned(),
    };
    let first = kiosk(country.kampar, "Loket 1", "2026-03-02T02:00:00Z", 4);
    let later = Kiosk { version: "0.2.0".to_owned(), ..kiosk(country.kampar, "Loket 1", "2026-03-02T02:01:00.5Z", 0) };
    let nameless = kiosk(country.kampar, "", "2026-03-02T02:00:00Z", u32::MAX);
    let elsewhere = kiosk(country.konawe, "Loket 1", "2026-03-02T02:00:00Z", 1);
    for kiosk in [&first, &elsewhere, &later, &nameless] {
        put(kiosk).unwrap();
    }
    let nameless = Kiosk { waiting: i32::MAX.unsigned_abs(), ..nameless };
    assert_eq!(country.database.read(kiosks::list).unwrap(), [nameless, later, elsewhere]);
    let nowhere = put(&kiosk(MppId(4711), "", "2026-03-02T02:00:00Z", 0));
    assert!(matches!(nowhere, Err(StorageError::Constraint(_))), "{nowhere:?}");
}
