//! One semester, end to end: import, close, archive, figures, documents, mail; twice, at once, damaged and repaired.

use std::fs;

use serde_json::Value;

use crate::world::{Backend, RESPONSES, World, responses};

pub const RUN: [&str; 4] = ["batch", "run", "--period", "2026-S1"];

pub fn world_with_responses(backend: Backend) -> World {
    let world = World::with_masters(backend);
    world.write("responses.csv", responses(300));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    world
}

fn summary(world: &World, code: &str) -> Value {
    let text =
        world.suara(&["export", "summaries", "--period", "2026-S1", "--format", "json", "--mpp", code]).succeeds();
    let all: Value = serde_json::from_str(&text).unwrap();
    all["mpp"][0].clone()
}

/// Everything that a finished run leaves in the data folder.
pub fn results(world: &World) -> Vec<(String, Vec<u8>)> {
    ["archive", "archive-comments", "reports", "mail"].iter().flat_map(|folder| world.files(folder)).collect()
}

fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
    files.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_semester_becomes_files_and_a_mail_and_a_second_run_changes_nothing() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = world_with_responses(backend);
        let live = summary(&world, "kab-kampar");
        assert_eq!(live["status"], "provisional");
        let first = world.suara(&RUN).succeeds();
        assert!(first.contains("closed 2 (1 without responses)"), "{first}");
        assert!(first.contains("mail queued 1, sent 1, failed 0"), "{first}");
        let after_first = results(&world);
        assert_eq!(
            names(&after_first)[..4],
            [
                "archive/period=2026-S1/mpp=kab-kampar/_manifest.json",
                "archive/period=2026-S1/mpp=kab-kampar/responses.parquet",
                "archive/period=2026-S1/mpp=kab-konawe/_manifest.json",
                "archive/period=2026-S1/mpp=kab-konawe/responses.parquet",
            ]
        );
        let reports = names(&after_first);
        for file in [
            "laporan-skm-kab-kampar-2026-S1.pdf",
            "lampiran-skm-kab-kampar-2026-S1.xlsx",
            "publikasi-ikm-kab-kampar-2026-S1.pdf",
        ] {
            let path = format!("reports/2026-S1/kab-kampar/{file}");
            assert!(reports.contains(&path.as_str()), "{path} is missing in {reports:?}");
        }
        let second = world.suara(&RUN).succeeds();
        assert!(second.contains("closed 0 (0 without responses), unchanged 2"), "{second}");
        assert!(results(&world) == after_first, "a second run changed a file");
        let frozen = summary(&world, "kab-kampar");
        assert_eq!(frozen["status"], "final");
        assert_eq!((&frozen["ikm"], &frozen["se"]), (&live["ikm"], &live["se"]));
    }
}

/// 300 responses: waktu has 30 twos and 270 threes, biaya and pengaduan fours, the other six threes.
#[test]
fn the_figures_are_those_of_the_law() {
    let world = world_with_responses(Backend::Sqlite);
    world.suara(&RUN).succeeds();
    let summary = summary(&world, "kab-kampar");
    let waktu = &summary["elements"][2];
    assert_eq!(
        (&waktu["key"], &waktu["nrr"], &waktu["ikm"], &waktu["mutu"]),
        (&"waktu".into(), &"2.900".into(), &"72.50".into(), &"C".into())
    );
    // 25 · (6·3 + 2·4 + 2.9) / 9 = 80.2777…
    assert_eq!(
        (&summary["ikm"], &summary["mutu"], &summary["kinerja"]),
        (&"80.28".into(), &"B".into(), &"Baik".into())
    );
    // 25 · 0.11 · 28.9
    assert_eq!(summary["ikm_weight_011"], "79.48");
    assert_eq!(
        (&summary["n"], &summary["population"], &summary["sample_minimum"]),
        (&300.into(), &1200.into(), &291.into())
    );
    assert_eq!(summary["elements"].as_array().unwrap().len(), 9);
    let services = summary["services"].as_array().unwrap();
    assert_eq!(services.len(), 4);
    assert_eq!((&services[0]["service"], &services[0]["n"]), (&Value::Null, &75.into()));
    // z = 25/9 · (s − 2.9): s² = (25/9)² · (30·0.81 + 270·0.01)/299; f = 300/1200.
    let variance: f64 = (25.0_f64 / 9.0).powi(2) * (30.0 * 0.81 + 270.0 * 0.01) / 299.0;
    let se = (0.75 * variance / 300.0).sqrt();
    assert!((summary["se"].as_f64().unwrap() - se).abs() < 1e-9, "{} is not {se}", summary["se"]);
    let annex = &summary["annex"];
    // Twenty-eight days in each of six months: without counters a day is a cluster.
    assert_eq!(annex["clustered"]["clusters"], 168);
    // Only waktu varies, so it hangs together with nothing.
    assert_eq!((&annex["reliability"]["n"], &annex["reliability"]["item_rest"]["waktu"]), (&300.into(), &Value::Null));
    // 2520/9 = 280 parts a score: 270 times 29 scores and 30 times 28.
    assert_eq!(annex["scores"]["sum"], 280 * (270 * 29 + 30 * 28));
    assert_eq!(annex["weighted"], Value::Null, "no users of single services are known");
}

/// The same rows in another database, in another order and folder, give the same bytes.
#[test]
fn the_same_input_gives_the_same_bytes() {
    let one = world_with_responses(Backend::Sqlite);
    one.suara(&RUN).succeeds();
    let other = World::with_masters(Backend::Postgres);
    let text = responses(300);
    let (header, rows) = text.split_once('\n').unwrap();
    let reversed: Vec<&str> = rows.lines().rev().collect();
    other.write("responses.csv", format!("{header}\n{}\n", reversed.join("\n")));
    other.suara(&["import", "responses", "responses.csv"]).succeeds();
    other.suara(&RUN).succeeds();
    for folder in ["archive", "archive-comments", "reports"] {
        let (ours, theirs) = (one.files(folder), other.files(folder));
        assert_eq!(names(&ours), names(&theirs));
        for ((name, bytes), (_, others)) in ours.iter().zip(&theirs) {
            assert!(bytes == others, "{name} differs");
        }
    }
}

#[test]
fn a_period_that_runs_is_refused_and_can_be_rendered_provisionally() {
    let world = World::with_masters(Backend::Sqlite);
    world.suara(&["batch", "run", "--period", "2199-S2"]).fails(1, &["has not ended", "2199-12-31"]);
    world.write("responses.csv", responses(60));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    world.suara(&["batch", "run", "--period", "2026-S1", "--provisional"]).succeeds();
    let files = world.files("reports");
    assert!(
        names(&files).contains(&"reports/2026-S1/kab-kampar/laporan-skm-kab-kampar-2026-S1-sementara.pdf"),
        "{:?}",
        names(&files)
    );
    assert!(world.files("archive").is_empty() && world.files("mail").is_empty());
    assert_eq!(summary(&world, "kab-kampar")["status"], "provisional");
    world.suara(&["batch", "run", "--period", "2026-13"]).fails(2, &["is not a period"]);
    world.suara(&["batch", "run", "--period", "2026-S1", "--mpp", "kab-x"]).fails(1, &["there is no MPP \"kab-x\""]);
}

#[test]
fn a_closed_period_is_not_rendered_provisionally() {
    let world = world_with_responses(Backend::Sqlite);
    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    let files = world.files("reports");
    world.suara(&["batch", "run", "--period", "2026-S1", "--provisional"]).succeeds();
    assert!(world.files("reports") == files, "a final report was made again as a provisional one");
}

#[test]
fn an_export_that_is_refused_leaves_the_former_file() {
    let world = world_with_responses(Backend::Sqlite);
    world.write("kept.csv", "kept");
    let out = world.path("kept.csv");
    let export = ["export", "summaries", "--period", "2026-S1", "--format", "csv", "--out", out.to_str().unwrap()];
    world.suara(&[&export[..], &["--mpp", "kab-x"]].concat()).fails(1, &["there is no MPP \"kab-x\""]);
    assert_eq!(world.read("kept.csv"), "kept");
    world.suara(&export).succeeds();
    assert!(world.read("kept.csv").starts_with("period,mpp,"), "{}", world.read("kept.csv"));
}

/// What a timer runs every night.
#[test]
fn what_is_due_is_done_once() {
    let world = world_with_responses(Backend::Sqlite);
    let due = ["batch", "run", "--due"];
    let early = world.suara(&[&due[..], &["--close-after-days", "4000"]].concat()).succeeds();
    assert_eq!(early, "nothing is due\n");
    assert!(world.files("archive").is_empty());
    let first = world.suara(&due).succeeds();
    assert!(first.contains("period 2026-S1\nclosed 2 (1 without responses), unchanged 0"), "{first}");
    let result = results(&world);
    let second = world.suara(&due).succeeds();
    assert!(second.contains("closed 0 (0 without responses), unchanged 2"), "{second}");
    assert!(results(&world) == result);
}

/// A mail that a server could not take waits, and is told to wait even while nothing is due.
#[test]
fn a_mail_that_waits_is_counted() {
    let world = world_with_responses(Backend::Sqlite);
    let nobody_listens = |arguments: &[&str]| {
        let mut command = world.command(arguments);
        crate::world::Ran::from(command.env("SUARA_SMTP_URL", "smtp://127.0.0.1:9").output().unwrap()).succeeds()
    };
    assert!(nobody_listens(&RUN).contains("mail queued 1, sent 0, failed 0"));
    for _ in 0..2 {
        let sent = nobody_listens(&["mail", "send"]);
        assert!(sent.starts_with("sent 0, waiting 1, failed 0\nnext attempt from 20"), "{sent}");
    }
}

#[test]
fn a_closed_period_takes_no_more_rows_from_files() {
    let world = world_with_responses(Backend::Sqlite);
    world.suara(&RUN).succeeds();
    let late =
        "01900000-0000-7000-8000-00000000ffff,kab-kampar,ktp,2026-03-02T09:15:00+07:00,,web,3,3,3,4,3,3,3,3,4,,,,,,";
    world.write("late.csv", format!("{RESPONSES}\n{late}\n"));
    let ran = world.suara(&["import", "responses", "late.csv"]).fails(3, &["period_closed", "2026-S1"]);
    assert_eq!(ran.stdout, "imported 0, unchanged 0, rejected 1\n");
}

#[test]
fn damage_is_repaired_from_the_rows_or_named() {
    let world = world_with_responses(Backend::Sqlite);
    world.suara(&RUN).succeeds();
    let whole = results(&world);
    let archive = world.data_dir().join("archive/period=2026-S1/mpp=kab-kampar/responses.parquet");
    let pdf = world.data_dir().join("reports/2026-S1/kab-kampar/laporan-skm-kab-kampar-2026-S1.pdf");
    fs::remove_file(&pdf).unwrap();
    fs::write(&archive, b"PAR1 damaged").unwrap();
    world.suara(&RUN).succeeds();
    assert!(results(&world) == whole, "the files are not what they were");
    fs::remove_file(&archive).unwrap();
    world.suara(&RUN).succeeds();
    assert!(results(&world) == whole, "the files are not what they were");
}

/// A file where a folder must be stands for a disk that takes nothing more.
#[test]
fn an_archive_that_cannot_be_written_leaves_nothing_half_done() {
    let world = world_with_responses(Backend::Sqlite);
    fs::create_dir_all(world.data_dir()).unwrap();
    fs::write(world.data_dir().join("archive"), b"").unwrap();
    let ran = world.suara(&RUN).fails(3, &["archive"]);
    assert!(ran.stdout.contains("rejected kab-kampar: "), "{}", ran.stdout);
    assert!(world.files("reports").is_empty() && world.files("mail").is_empty());
    fs::remove_file(world.data_dir().join("archive")).unwrap();
    world.suara(&RUN).succeeds();
    assert_eq!(world.files("mail").len(), 1);
}

#[test]
fn a_follow_up_written_later_makes_a_second_revision_and_the_first_stays() {
    let world = world_with_responses(Backend::Sqlite);
    world.suara(&RUN).succeeds();
    let first = world.files("reports");
    world.write("followups.csv", "mpp,period,element,step,owner,due_on,status,evidence\nkab-kampar,2026-S1,waktu,Menambah loket pada hari Senin,Kepala Bidang Pelayanan,2026-09-30,rencana,\n");
    world.suara(&["import", "followups", "followups.csv"]).succeeds();
    let ran = world.suara(&RUN).succeeds();
    assert!(ran.contains("reports 1") && ran.contains("mail queued 1, sent 1"), "{ran}");
    let both = world.files("reports");
    assert!(first.iter().all(|file| both.contains(file)), "the first revision changed");
    assert!(names(&both).contains(&"reports/2026-S1/kab-kampar/laporan-skm-kab-kampar-2026-S1-rev2.pdf"));
    assert_eq!(world.files("mail").len(), 2);
}

/// Values of the semester before come from its frozen tallies, those of the nation from the snapshot.
#[test]
fn a_report_compares_elements_with_the_semester_before_and_the_nation() {
    let world = world_with_responses(Backend::Sqlite);
    let half_a_year_earlier = (1..=6).fold(responses(300), |text, month| {
        text.replace(&format!(",2026-{month:02}-"), &format!(",2025-{:02}-", month + 6))
    });
    world.write("earlier.csv", half_a_year_earlier.replace("01900000-", "018f0000-"));
    world.suara(&["import", "responses", "earlier.csv"]).succeeds();
    world.suara(&["batch", "run", "--period", "2025-S2"]).succeeds();
    world.suara(&RUN).succeeds();
    let legend = |period: &str| {
        let text = world.report("kab-kampar", period);
        let line = text.lines().find(|line| line.contains("nasional (gabungan)")).unwrap_or_default();
        line.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(legend("2026-S1"), "interval 95% Sem. II 2025 nasional (gabungan)");
    assert_eq!(legend("2025-S2"), "interval 95% nasional (gabungan)");
}

#[test]
fn a_database_that_is_not_there_is_named() {
    let world = World::new(Backend::Sqlite);
    let mut command = world.command(&["status"]);
    let ran = command.env("SUARA_DATABASE_URL", "postgres://suara:geheim@127.0.0.1:9/suara").output().unwrap();
    let ran = crate::world::Ran::from(ran).fails(1, &["cannot be reached", "127.0.0.1:9"]);
    assert!(!ran.stderr.contains("geheim"), "{}", ran.stderr);
    let mut command = world.command(&["status"]);
    let ran = command.env("SUARA_DATABASE_URL", "mysql://x").output().unwrap();
    crate::world::Ran::from(ran).fails(1, &["sqlite://", "postgres://"]);
}

#[test]
fn what_is_exported_for_the_public_hides_small_cells_and_single_rows() {
    let world = World::with_masters(Backend::Sqlite);
    // Eight responses of SKCK beside thirty of each other service: the cell is hidden, and another one with it.
    let rows = responses(128).lines().filter(|line| !line.contains(",skck,")).collect::<Vec<_>>().join("\n");
    let few = responses(160).lines().skip(129).filter(|line| line.contains(",skck,")).collect::<Vec<_>>().join("\n");
    world.write("responses.csv", format!("{rows}\n{few}\n"));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    let export = ["export", "summaries", "--period", "2026-S1", "--public", "--format"];
    let open: Value = serde_json::from_str(&world.suara(&[&export[..], &["json"]].concat()).succeeds()).unwrap();
    assert_eq!(open["mpp"], Value::Array(Vec::new()), "nothing is public before the period is closed");
    world.suara(&RUN).succeeds();
    let public: Value = serde_json::from_str(&world.suara(&[&export[..], &["json"]].concat()).succeeds()).unwrap();
    let services = public["mpp"][0]["services"].as_array().unwrap();
    let hidden = services.iter().filter(|service| service["n"].is_null()).count();
    assert_eq!((services.len(), hidden), (4, 2), "{services:?}");
    assert_eq!(public["mpp"][0]["n"], 104);
    let csv = world.suara(&[&export[..], &["csv"]].concat()).succeeds();
    assert!(csv.lines().nth(1).unwrap().starts_with("2026-S1,kab-kampar,104,1200,291,"), "{csv}");
    world
        .suara(&["export", "responses", "--period", "2026-S1", "--public", "--format", "csv"])
        .fails(1, &["never published one by one"]);
}
