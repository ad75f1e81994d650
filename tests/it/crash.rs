//! Acknowledged means stored, once: whatever is killed, and whenever.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use suara_storage::testing::Cluster;
use uuid::Uuid;

use crate::world::{Backend, World};

/// Acknowledgements before something is killed; each id may be acknowledged twice.
const ENOUGH: usize = 200;

/// A running `suara serve`.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(world: &World) -> Self {
        let mut command = world.command(&["serve", "--listen", "127.0.0.1:0"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { process, address }
    }

    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended = self.process.kill();
        let _reaped = self.process.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(5)))
        .build()
        .into()
}

fn body(id: Uuid) -> serde_json::Value {
    serde_json::json!({
        "id": id.to_string(), "mpp": "kab-kampar", "service": "ktp", "filled_at": "2026-03-02T09:15:00+07:00",
        "answers": {"persyaratan": 3, "prosedur": 3, "waktu": 3, "biaya": 4, "produk": 3, "kompetensi": 3,
                    "perilaku": 3, "sarana": 3, "pengaduan": 4},
        "comment": "baik",
    })
}

/// Posts one response after the other until told to stop; each id twice, as an impatient phone does. Returns the ids
/// that were acknowledged.
fn post_until(stop: &AtomicBool, count: &AtomicUsize, address: &str) -> Vec<Uuid> {
    let agent = agent();
    let url = format!("{address}/api/v1/responses");
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let id = Uuid::now_v7();
        for _ in 0..2 {
            let answer = agent.post(&url).send_json(body(id));
            if answer.is_ok_and(|answer| matches!(answer.status().as_u16(), 200 | 201)) {
                acknowledged.push(id);
                count.fetch_add(1, Ordering::Relaxed);
            }
        }
    }
    acknowledged
}

/// Posts from several threads at once; when enough is acknowledged, `fault` happens, and the posting goes on for a
/// moment.
fn under_load(address: &str, fault: impl FnOnce()) -> BTreeSet<Uuid> {
    let stop = AtomicBool::new(false);
    let count = AtomicUsize::new(0);
    let acknowledged = Mutex::new(BTreeSet::new());
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let ids = post_until(&stop, &count, address);
                acknowledged.lock().unwrap().extend(ids);
            });
        }
        while count.load(Ordering::Relaxed) < ENOUGH {
            thread::sleep(Duration::from_millis(5));
        }
        fault();
        thread::sleep(Duration::from_millis(400));
        stop.store(true, Ordering::Relaxed);
    });
    acknowledged.into_inner().unwrap()
}

/// The ids that are stored, in the order of the export; an id that is stored twice is there twice.
fn stored(world: &World) -> Vec<Uuid> {
    // The API settles times older than sixty days to the present, so the present semester is the one to look at.
    let status: serde_json::Value =
        serde_json::from_str(&world.suara(&["status", "--format", "json"]).succeeds()).unwrap();
    let periods = [status["period"].as_str().unwrap().to_owned(), "2026-S1".to_owned()];
    let mut ids = Vec::new();
    for period in periods.iter().collect::<BTreeSet<_>>() {
        let text = world.suara(&["export", "responses", "--period", period, "--format", "csv"]).succeeds();
        ids.extend(text.lines().skip(1).map(|line| line.split(',').next().unwrap().parse::<Uuid>().unwrap()));
    }
    ids
}

fn assert_kept(world: &World, acknowledged: &BTreeSet<Uuid>) {
    let stored = stored(world);
    let unique: BTreeSet<Uuid> = stored.iter().copied().collect();
    assert_eq!(stored.len(), unique.len(), "an id is stored twice");
    let lost: Vec<&Uuid> = acknowledged.difference(&unique).collect();
    #[expect(clippy::print_stdout, reason = "shown by --nocapture")]
    {
        println!("acknowledged {}, stored {}, lost {}", acknowledged.len(), unique.len(), lost.len());
    }
    assert!(lost.is_empty(), "{} of {} acknowledged responses are lost", lost.len(), acknowledged.len());
    assert!(acknowledged.len() >= ENOUGH / 2, "no load, no test");
}

#[test]
fn kill_9_of_the_server_loses_nothing_that_was_acknowledged() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        let server = Server::start(&world);
        let address = server.address.clone();
        let acknowledged = under_load(&address, || server.kill());
        assert_kept(&world, &acknowledged);
    }
}

#[test]
fn kill_9_of_postgresql_loses_nothing_and_the_server_recovers() {
    let cluster = Cluster::start();
    let world = World::with_masters_in(cluster.create_database("crash", None));
    let server = Server::start(&world);
    let mut acknowledged = under_load(&server.address, || {
        cluster.crash();
        cluster.restart();
    });
    // The same server goes on once the database is there again.
    acknowledged.extend(under_load(&server.address, || {}));
    assert_kept(&world, &acknowledged);
}

#[test]
fn parallel_posts_of_one_id_are_one_response_with_one_receipt() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        let server = Server::start(&world);
        let url = format!("{}/api/v1/responses", server.address);
        let id = Uuid::now_v7();
        let answers = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let mut answer = agent().post(&url).send_json(body(id)).unwrap();
                    let status = answer.status().as_u16();
                    let json: serde_json::Value = answer.body_mut().read_json().unwrap();
                    answers.lock().unwrap().push((status, json["receipt"].as_str().unwrap().to_owned()));
                });
            }
        });
        let answers = answers.into_inner().unwrap();
        assert_eq!(answers.iter().filter(|(status, _)| *status == 201).count(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|(status, _)| *status == 200).count(), 7, "{answers:?}");
        assert_eq!(answers.iter().map(|(_, receipt)| receipt).collect::<BTreeSet<_>>().len(), 1);
        assert_eq!(stored(&world), [id]);
    }
}

/// SIGTERM lets what was accepted finish and ends with 0.
#[test]
fn sigterm_drains_and_ends_well() {
    let world = World::with_masters(Backend::Sqlite);
    let mut server = Server::start(&world);
    let process = server.process.id().to_string();
    let address = server.address.clone();
    let acknowledged = under_load(&address, || {
        assert!(std::process::Command::new("kill").args(["-TERM", &process]).status().unwrap().success());
    });
    assert_eq!(server.process.wait().unwrap().code(), Some(0));
    assert_kept(&world, &acknowledged);
}
