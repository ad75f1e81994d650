//! What tells an honest answer without telling who gave it: counter codes, device markers, kiosks that work.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use suara::app::counter_code::CounterKey;
use suara::app::export::{ExportFormat, ExportRequest, ExportWhat, export};
use suara::app::quality::refresh_device_flags;
use suara::app::status::status;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

use super::harness::{Form, NOW, Service, instant};

const PERIOD: &str = "2026-S1";
const SURVEY: &str = "/s/kab-kampar";
const HEARTBEAT: &str = "/s/kab-kampar/kiosk/detak";

fn code(service: &Service, mpp: &str, counter: &str) -> String {
    CounterKey::load(&service.database).unwrap().code(&MppCode::parse(mpp).unwrap(), counter)
}

/// The responses as `suara export responses` writes them.
fn exported(service: &Service) -> String {
    let request = ExportRequest {
        what: ExportWhat::Responses,
        period: Period::parse(PERIOD).unwrap(),
        mpps: Vec::new(),
        format: ExportFormat::Csv,
        public: false,
        now: instant(NOW),
    };
    let mut csv = Vec::new();
    export(&service.database, &request, &mut csv).unwrap();
    String::from_utf8(csv).unwrap()
}

#[test]
fn the_code_of_a_counter_signs_its_responses() {
    let service = Service::start();
    let right = code(&service, "kab-kampar", "Loket 1");
    let form = |counter: &str, code: &str| Form::complete().with("counter", counter).with("counter_code", code);
    let cases = [
        (form("Loket 1", &right), "yes"),
        (form("Loket 1", &right.to_lowercase()), "yes"),
        (form("Loket 2", &right), "no"),
        (form("Loket 1", &code(&service, "kab-konawe", "Loket 1")), "no"),
        (form("Loket 1", "00000000"), "no"),
        (form("Loket 1", &"x".repeat(5_000)), "no"),
        (form("Loket 77", &code(&service, "kab-kampar", "Loket 77")), "no"),
        (form("", &right), "no"),
        (Form::complete().with("counter", "Loket 1").with("counter_signed", "yes"), "no"),
    ];
    for (form, signed) in &cases {
        assert_eq!(service.post(SURVEY, form).status, 303);
        let rows = service.stored(PERIOD);
        let row = rows.iter().find(|row| row["id"] == form.value("id")).unwrap();
        assert_eq!(row["counter_signed"], *signed, "{}", form.encoded());
    }
    let answer = service.send_json(&json!({
        "id": uuid::Uuid::new_v4().to_string(), "mpp": "kab-kampar", "counter": "Loket 1", "counter_code": right,
        "answers": {"persyaratan": 4, "prosedur": 3, "waktu": 4, "biaya": 4, "produk": 3, "kompetensi": 4,
            "perilaku": 4, "sarana": 3, "pengaduan": 4},
    }));
    assert_eq!(answer.status, 201);
    let csv = exported(&service);
    let header = csv.lines().next().unwrap();
    assert!(header.ends_with(",counter,duration_s,language,verified,counter_signed,flags"), "{header}");
    assert_eq!(csv.lines().filter(|line| line.ends_with(",no,yes,")).count(), 3, "{csv}");
}

#[test]
fn what_proves_something_is_never_exported() {
    let service = Service::start();
    let form = Form::complete()
        .with("counter", "Loket 1")
        .with("token", "RAHASIA-TOKEN")
        .with("counter_code", "RAHASIA-KODE")
        .with("device_marker", "RAHASIA-PONSEL");
    assert_eq!(service.post(SURVEY, &form).status, 303);
    assert!(!exported(&service).to_uppercase().contains("RAHASIA"));
    let stored = std::fs::read_dir(service.folder.path()).unwrap();
    for file in stored.map(|file| std::fs::read(file.unwrap().path()).unwrap()) {
        assert!(!file.windows(7).any(|bytes| bytes.eq_ignore_ascii_case(b"RAHASIA")), "the database keeps it");
    }
}

#[test]
fn many_responses_of_one_device_are_flagged_and_none_refused() {
    let service = Service::start();
    let send = |marker: &str, mode: &str, count: usize| {
        for _ in 0..count {
            let form = Form::complete().with("device_marker", marker).with("mode", mode);
            assert_eq!(service.post(SURVEY, &form).status, 303);
        }
    };
    send("tablet", "kiosk", 9);
    send("petugas", "assisted", 9);
    send("keluarga", "web", 5);
    send("tukang", "web", 6);
    send(&"x".repeat(65), "web", 9);
    refresh_device_flags(&service.database, instant(NOW)).unwrap();
    let count = |flags: &str| service.stored(PERIOD).iter().filter(|row| row["flags"] == flags).count();
    assert_eq!((count("0"), count("16")), (32, 6));
    // A day later the same phone begins anew; after two days nobody knows it any more.
    service.clock.advance(TimeDelta::days(1));
    send("tukang", "web", 5);
    refresh_device_flags(&service.database, instant(NOW) + TimeDelta::days(1)).unwrap();
    assert_eq!(count("16"), 6);
    refresh_device_flags(&service.database, instant(NOW) + TimeDelta::days(3)).unwrap();
    let left = "SELECT CAST((SELECT COUNT(*) FROM device_marks) + (SELECT COUNT(*) FROM device_days) AS TEXT) AS value";
    let left = service.database.read(|connection| suara_storage::testing::values(connection, left)).unwrap();
    assert_eq!((left, count("16")), (vec!["0".to_owned()], 6));
}

fn beat(service: &Service, counter: &str, waiting: &str) -> u16 {
    let mut form = Form::default();
    form.push("counter", counter);
    form.push("waiting", waiting);
    form.push("version", "0.1.0 <b>");
    service.post(HEARTBEAT, &form).status
}

fn kiosks(service: &Service, now: DateTime<Utc>) -> serde_json::Value {
    let status = status(&service.database, None, now).unwrap();
    let json: serde_json::Value = serde_json::from_str(&status.to_json()).unwrap();
    json["mpp"][0]["kiosks"].clone()
}

#[test]
fn a_kiosk_tells_that_it_works() {
    let service = Service::start();
    let now = instant(NOW);
    assert_eq!(kiosks(&service, now), json!([]));
    assert_eq!(beat(&service, "Loket 1", "3"), 204);
    let at = |time: &str, waiting: u32| json!({"counter": "Loket 1", "last_seen": time, "waiting": waiting});
    assert_eq!(kiosks(&service, now), json!([at("2026-03-02T09:15:00+07:00", 3)]));
    // It is written down every 30 seconds at most, each kiosk for itself.
    service.clock.advance(TimeDelta::seconds(29));
    assert_eq!((beat(&service, "Loket 1", "4"), beat(&service, "Loket 77", "x")), (204, 204));
    let unknown = json!({"counter": "", "last_seen": "2026-03-02T09:15:29+07:00", "waiting": 0});
    assert_eq!(kiosks(&service, now), json!([unknown, at("2026-03-02T09:15:00+07:00", 3)]));
    service.clock.advance(TimeDelta::seconds(1));
    assert_eq!(beat(&service, "Loket 1", "99999999"), 204);
    assert_eq!(kiosks(&service, now)[1], at("2026-03-02T09:15:30+07:00", 100_000));
}

#[test]
fn a_kiosk_that_falls_silent_is_noted() {
    let service = Service::start();
    assert_eq!(beat(&service, "Loket 1", "0"), 204);
    let noted = |minutes| {
        let status = status(&service.database, None, instant(NOW) + TimeDelta::minutes(minutes)).unwrap();
        let silent: Vec<String> = status.lines().into_iter().filter(|line| line.contains("kiosk silent")).collect();
        silent
    };
    assert!(noted(29).is_empty());
    let lines = noted(30);
    assert!(lines.len() == 1 && lines[0].starts_with("kab-kampar"), "{lines:?}");
    assert!(noted(24 * 60).len() == 1 && noted(12 * 60).is_empty(), "at night nobody is missed");
}

#[test]
fn a_heartbeat_that_is_none_is_refused() {
    let service = Service::start();
    let form = "application/x-www-form-urlencoded";
    assert_eq!(service.send("/s/kab-nowhere/kiosk/detak", form, b"counter=x").status, 404);
    assert_eq!(service.send(HEARTBEAT, "application/json", b"{}").status, 415);
    assert_eq!(service.send(HEARTBEAT, form, b"counter=%ff").status, 400);
    assert_eq!(service.send(HEARTBEAT, form, "x".repeat(70_000).as_bytes()).status, 413);
    assert_eq!(service.get(HEARTBEAT).status, 405);
    assert_eq!(service.send(HEARTBEAT, form, b"").status, 204, "nothing is nothing wrong");
    let damage =
        |connection: &mut _| suara_storage::testing::execute(connection, "ALTER TABLE kiosk_heartbeats RENAME TO gone");
    service.database.write("damage", damage).unwrap();
    service.clock.advance(TimeDelta::minutes(1));
    assert_eq!(service.send(HEARTBEAT, form, b"").status, 503);
    let repair =
        |connection: &mut _| suara_storage::testing::execute(connection, "ALTER TABLE gone RENAME TO kiosk_heartbeats");
    service.database.write("repair", repair).unwrap();
    assert_eq!(service.send(HEARTBEAT, form, b"").status, 204);
    assert_eq!(kiosks(&service, instant(NOW))[0]["last_seen"], "2026-03-02T09:16:00+07:00", "and is written down");
}
