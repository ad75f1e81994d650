//! PostgreSQL killed in the middle of the load and started again.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use suara_storage::ingest::{IngestError, Limits, Outcome};
use suara_storage::testing::Cluster;
use suara_storage::{Database, StorageError};
use uuid::Uuid;

use crate::country::Country;

/// Acknowledged ⊆ stored, each once; meanwhile the answer is "unavailable", afterwards it goes on by itself.
#[test]
fn what_was_acknowledged_survives_a_killed_server() {
    let cluster = Cluster::start();
    let database = Database::open(&cluster.create_database("crash", None)).unwrap();
    database.migrate().unwrap();
    let country = Arc::new(Country::in_database(database));
    let writer = Arc::new(country.writer(Limits::default()));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();

    let clients: Vec<_> = (0..16)
        .map(|_| {
            let (country, writer) = (Arc::clone(&country), Arc::clone(&writer));
            runtime.spawn(async move {
                let (mut acknowledged, mut failures) = (Vec::new(), 0);
                for response in country.responses(150) {
                    // A client sends the same response again until it is told that it was stored.
                    loop {
                        match writer.submit(response.clone()).await {
                            Ok(Outcome::Recorded | Outcome::AlreadyRecorded { .. }) => {
                                break acknowledged.push(response.id);
                            }
                            Err(IngestError::Unavailable(_) | IngestError::Busy) => failures += 1,
                            other => panic!("{other:?}"),
                        }
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
                (acknowledged, failures)
            })
        })
        .collect();

    std::thread::sleep(Duration::from_millis(150));
    cluster.crash();
    let error = country.database.ping().unwrap_err();
    assert!(matches!(error, StorageError::Unreachable(_)), "{error:?}");
    cluster.restart();

    let (mut acknowledged, mut failures) = (BTreeSet::<Uuid>::new(), 0);
    for client in clients {
        let (ids, failed) = runtime.block_on(client).unwrap();
        acknowledged.extend(ids);
        failures += failed;
    }
    let stored: Vec<Uuid> = country.stored().iter().map(|row| row.id).collect();
    assert!(failures > 0, "the server was away under load");
    assert_eq!(acknowledged.len(), 16 * 150);
    assert_eq!(stored.len(), acknowledged.len(), "each is stored once");
    assert_eq!(stored.into_iter().collect::<BTreeSet<_>>(), acknowledged);
}
