//! What `suara status` and the quality page tell of an MPP that has to be looked at, and of one that has not.

use serde_json::{Value, json};
use suara::clock::{Clock, RealClock};
use suara_domain::period::{Period, TimeZone};
use suara_storage::{Database, testing};

use crate::world::{Backend, World, responses};

const STATUS: [&str; 3] = ["status", "--period", "2026-S1"];
const ORDINARY: [&str; 2] = ["3,3,3,4,3,3,3,3,4", "3,3,2,4,3,3,3,3,4"];

/// 300 responses of a semester at Loket 1, in the days of `months`.
fn at_a_counter(rows: &str, months: impl Fn(&str) -> String) -> String {
    let line = |(number, line): (usize, &str)| match number {
        0 => format!("{line},counter\n"),
        _ => format!("{},Loket 1\n", months(line)),
    };
    rows.lines().enumerate().map(line).collect()
}

fn half_a_year_earlier(line: &str) -> String {
    let earlier = (1..=6).fold(line.to_owned(), |text, month| {
        text.replace(&format!(",2026-{month:02}-"), &format!(",2025-{:02}-", month + 6))
    });
    earlier.replace("01900000-", "018f0000-")
}

/// From April on everybody gives twos.
fn spoilt(line: &str) -> String {
    let late = ["04", "05", "06"].iter().any(|month| line.contains(&format!(",2026-{month}-")));
    if late {
        ORDINARY.iter().fold(line.to_owned(), |line, usual| line.replace(usual, "2,2,2,2,2,2,2,2,2"))
    } else {
        line.to_owned()
    }
}

/// A closed second semester of 2025 and 300 rows of the next one that came at once, each after `seconds` (SQL).
fn world(of_the_running: impl Fn(&str) -> String, seconds: &str) -> World {
    let world = World::with_masters(Backend::Sqlite);
    world.write("former.csv", at_a_counter(&responses(300), half_a_year_earlier));
    world.write("running.csv", at_a_counter(&responses(300), of_the_running));
    world.suara(&["import", "responses", "former.csv"]).succeeds();
    world.suara(&["batch", "run", "--period", "2025-S2", "--no-mail"]).succeeds();
    world.suara(&["import", "responses", "running.csv"]).succeeds();
    let measured = format!("UPDATE responses SET duration_s = {seconds}, received_at = filled_at WHERE period = 20261");
    let database = Database::open(world.database_url()).unwrap();
    database.write("measure", |connection| testing::execute(connection, &measured)).unwrap();
    world
}

#[test]
fn an_mpp_that_fell_silent_long_ago_once_lived() {
    let world = World::with_masters(Backend::Sqlite);
    world.write("responses.csv", responses(1).replace(",2026-", ",2024-").replace("01900000-", "018e0000-"));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    let next = Period::containing(RealClock.now(), TimeZone::Jakarta).to_string();
    let text = world.suara(&["status", "--period", &next, "--format", "json"]).succeeds();
    let mpps = serde_json::from_str::<Value>(&text).unwrap()["mpp"].clone();
    let of = |code: &str| mpps.as_array().unwrap().iter().find(|mpp| mpp["code"] == code).unwrap().clone();
    assert_eq!((&of("kab-kampar")["n"], &of("kab-kampar")["activity"]), (&json!(0), &json!("inactive")));
    assert!(of("kab-kampar")["last_response"].as_str().unwrap().starts_with("2024-"));
    assert_eq!(of("kab-konawe")["activity"], "never");
}

fn status(world: &World) -> Value {
    let text = world.suara(&[&STATUS[..], &["--format", "json"]].concat()).succeeds();
    serde_json::from_str::<Value>(&text).unwrap()["mpp"].clone()
}

fn line_of_kampar(world: &World) -> String {
    let table = world.suara(&STATUS).succeeds();
    table.lines().find(|line| line.starts_with("kab-kampar")).unwrap().to_owned()
}

/// The report of the semester as one line of text.
fn report(world: &World) -> String {
    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    world.report("kab-kampar", "2026-S1").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_went_wrong_is_told() {
    let world = world(spoilt, "CASE WHEN filled_at >= 1774976400000000 THEN 17 ELSE 90 END");
    let mpp = status(&world);
    let kampar = &mpp[0];
    assert_eq!(kampar["signal"]["direction"], "below", "{kampar}");
    let last = kampar["signal"]["on"].as_str().unwrap();
    assert!(("2026-04-01".."2026-07-01").contains(&last), "{last}");
    assert_eq!(kampar["hurry"], json!({"measured": 300, "hasty": 132, "share": 0.44, "alert": true}));
    let lines = kampar["straight_lines"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert_eq!((&lines[0]["counter"], &lines[0]["responses"]), (&json!("Loket 1"), &json!(132)));
    assert_eq!(lines[0]["since"], "2026-04-01T09:15:00+07:00");
    assert_eq!((&mpp[1]["signal"], &mpp[1]["straight_lines"]), (&Value::Null, &json!([])), "nobody answered in Konawe");

    let line = line_of_kampar(&world);
    assert!(line.contains(&format!("  below {last}  ")), "{line}");
    assert!(line.ends_with("hasty 132 of 300, straight line at \"Loket 1\": 132 since 2026-04-01"), "{line}");

    let report = report(&world);
    for told in [
        "44% dari 300 isian web",
        "Lebih dari 5%",
        "(web) 44% (nasional 44%)",
        "Loket 1: 132 jawaban yang persis sama",
        "lebih rendah daripada kebiasaan",
    ] {
        assert!(report.contains(told), "\"{told}\" is missing in {report}");
    }
    assert!(!report.contains("lebih tinggi daripada kebiasaan"), "{report}");
}

#[test]
fn of_honest_answers_nothing_is_told() {
    let world =
        world(str::to_owned, "CASE WHEN id = (SELECT MIN(id) FROM responses WHERE period = 20261) THEN 17 ELSE 90 END");
    let kampar = &status(&world)[0];
    assert_eq!(kampar["signal"], json!({"direction": "none", "on": null}));
    assert_eq!((&kampar["hurry"]["hasty"], &kampar["hurry"]["alert"]), (&json!(1), &json!(false)));
    assert_eq!(kampar["straight_lines"], json!([]));
    let line = line_of_kampar(&world);
    assert!(line.contains("  closed  ") || line.contains("  ended "), "{line}");
    assert!(line.contains("  none  ") && !line.contains("hasty") && !line.contains("straight"), "{line}");
    let report = report(&world);
    for told in
        ["< 1% dari 300 isian web", "(web) 0% (nasional 0%)", "Tidak ada deretan", "Tidak keluar dari kebiasaan"]
    {
        assert!(report.contains(told), "\"{told}\" is missing in {report}");
    }
}

/// What a file says about durations proves nothing, and a semester without a predecessor has no measure.
#[test]
fn without_a_measure_nothing_is_claimed() {
    let world = World::with_masters(Backend::Sqlite);
    world.write("running.csv", at_a_counter(&responses(300), spoilt));
    world.suara(&["import", "responses", "running.csv"]).succeeds();
    let kampar = &status(&world)[0];
    assert_eq!(kampar["signal"], Value::Null);
    assert_eq!(kampar["hurry"], json!({"measured": 0, "hasty": 0, "share": null, "alert": false}));
    let report = report(&world);
    for told in ["kurang dari 10 isian web", "Belum dapat dibandingkan"] {
        assert!(report.contains(told), "\"{told}\" is missing in {report}");
    }
}
