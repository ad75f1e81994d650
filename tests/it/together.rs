//! Runs at the same time: what one of them does, the others wait for and do not do again.

use std::process::Stdio;
use std::thread;
use std::time::Duration;

use suara_storage::{Database, leases};

use crate::semester::{RUN, results, world_with_responses};
use crate::world::{Backend, Ran};

#[test]
fn two_runs_at_once_give_one_result() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = world_with_responses(backend);
        let start = || world.command(&RUN).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let runs = [start(), start()];
        for run in runs {
            Ran::from(run.wait_with_output().unwrap()).succeeds();
        }
        assert_eq!(world.files("mail").len(), 1, "{backend:?}");
        let ledger = world.suara(&["mail", "list"]).succeeds();
        assert_eq!(ledger.lines().count(), 1, "{ledger}");
        let result = results(&world);
        world.suara(&RUN).succeeds();
        assert!(results(&world) == result);
    }
}

/// A document that was made before the comparison would be made again after it, and mailed twice.
#[test]
fn no_document_is_made_while_another_run_freezes_the_comparison() {
    let world = world_with_responses(Backend::Sqlite);
    let database = Database::open(world.database_url()).unwrap();
    let [now, until] = ["2026-07-15T00:00:00Z", "2199-01-01T00:00:00Z"].map(|time| time.parse().unwrap());
    let claim = |connection: &mut _| leases::claim(connection, "snapshot/2026-S1", "another run", now, until);
    let token = database.write("claim lease", claim).unwrap().unwrap();
    let run = world.command(&RUN).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while world.files("archive").len() < 4 {
        thread::sleep(Duration::from_millis(50));
    }
    thread::sleep(Duration::from_secs(1));
    assert_eq!(world.files("reports").len(), 0);
    database.write("release lease", |connection| leases::release(connection, "snapshot/2026-S1", token)).unwrap();
    let done = Ran::from(run.wait_with_output().unwrap()).succeeds();
    assert!(done.contains("snapshots 1, reports 1, national reports 1"), "{done}");
    assert_eq!(world.files("mail").len(), 1);
}
