//! The national comparison end to end: frozen once, exported, rendered, mailed to the ministry.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use serde_json::Value;
use suara_storage::{Database, testing};
use uuid::Uuid;

use crate::world::{Backend, RESPONSES, World};

const RUN: [&str; 4] = ["batch", "run", "--period", "2026-S1"];
/// Owners of the MPPs of [`country`]: their codes as regions.
const REGIONS: [&str; 14] = [
    "11.01", "12.01", "13.01", "14.01", "15.01", "16.01", "17.01", "18.01", "32.01", "33.01", "34.01", "35.01",
    "51.01", "74.02",
];
/// Responses of each; the last but one is too small to be published, the last has none.
const COUNTS: [usize; 14] = [40, 40, 40, 40, 40, 40, 40, 40, 40, 40, 60, 60, 6, 0];

/// Fourteen MPPs, twelve of them comparable; two are clearly better than the others, one has a former semester.
fn country(backend: Backend) -> World {
    let world = World::new(backend);
    let mut mpps = "code,name,region_code\n".to_owned();
    let mut rows = format!("{RESPONSES}\n");
    for (place, (region, count)) in REGIONS.iter().zip(COUNTS).enumerate() {
        writeln!(mpps, "mpp-{place:02},MPP Nomor {place:02},{region}").unwrap();
        for row in 0..count {
            let low = if place < 2 { 0 } else { 30 };
            rows.push_str(&response((place, row), "2026-03-10", if row % 40 < low { 3 } else { 4 }));
        }
    }
    for row in 40..80 {
        rows.push_str(&response((0, row), "2025-08-11", 3 - row % 2));
    }
    world.write("mpp.csv", mpps);
    world.write("responses.csv", rows);
    world.write(
        "recipients.csv",
        "mpp,email,name,language\n,deputi@panrb.example.go.id,Deputi Pelayanan Publik,id\n\
         ,asdep@panrb.example.go.id,Assistant Deputy,en\n",
    );
    for (kind, file) in [("mpp", "mpp.csv"), ("recipients", "recipients.csv"), ("responses", "responses.csv")] {
        world.suara(&["import", kind, file]).succeeds();
    }
    world
}

fn response((place, row): (usize, usize), day: &str, score: usize) -> String {
    let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + (place as u128) * 1000 + row as u128);
    let other = 3 + row % 2;
    format!(
        "{id},mpp-{place:02},,{day}T09:15:00+07:00,,web,{score},{score},{score},{other},{score},{score},{score},{score},{score},,,,,,\n"
    )
}

fn comparison(world: &World, more: &[&str]) -> Value {
    let arguments = [&["export", "comparison", "--period", "2026-S1", "--format", "json"], more].concat();
    serde_json::from_str(&world.suara(&arguments).succeeds()).unwrap()
}

fn names(world: &World) -> Vec<String> {
    world.files("reports/2026-S1/nasional").into_iter().map(|(name, _)| name).collect()
}

#[test]
fn a_country_is_compared_frozen_rendered_and_mailed_once() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = country(backend);
        let live = comparison(&world, &[]);
        assert_eq!((&live["status"], &live["snapshot"]), (&"provisional".into(), &Value::Null));
        world.suara(&["batch", "run", "--period", "2025-S2"]).succeeds();
        let ran = world.suara(&RUN).succeeds();
        assert!(ran.contains("snapshots 1, reports 13, national reports 1"), "{ran}");
        assert!(ran.contains("mail queued 2, sent 2"), "{ran}");
        let folder = "reports/2026-S1/nasional";
        assert_eq!(
            names(&world),
            [
                format!("{folder}/laporan-nasional-2026-S1.pdf"),
                format!("{folder}/perbandingan-nasional-2026-S1.csv"),
                format!("{folder}/perbandingan-nasional-2026-S1.xlsx"),
            ]
        );
        let (files, mails) = (world.files("reports"), world.files("mail"));
        world.suara(&RUN).succeeds();
        assert!((world.files("reports"), world.files("mail")) == (files.clone(), mails), "a second run changed a file");
        fs::remove_file(world.data_dir().join(&names(&world)[0])).unwrap();
        world.suara(&RUN).succeeds();
        assert!(world.files("reports") == files, "the report was not made again as it was");
        let frozen = comparison(&world, &[]);
        assert_eq!(frozen["status"], "final");
        assert_eq!(frozen["snapshot"].as_str().unwrap().len(), 64);
        assert_eq!((&frozen["mpp"], &frozen["funnel"]), (&live["mpp"], &live["funnel"]));
    }
}

#[test]
fn the_figures_say_who_is_clearly_above_and_what_changed() {
    let world = country(Backend::Sqlite);
    let all = comparison(&world, &[]);
    let mpps = all["mpp"].as_array().unwrap();
    assert_eq!(mpps.len(), 14);
    assert_eq!((&mpps[0]["tier"], &mpps[0]["n"]), (&"clearly_above".into(), &40.into()));
    assert_eq!(mpps[12]["tier"], Value::Null, "six responses are not compared");
    assert_eq!((&all["tests"], &mpps[0]["change_verdict"]), (&1.into(), &"naik".into()));
    assert_eq!(mpps[0]["change_p"], mpps[0]["change_p_adjusted"], "one test needs no correction");
    let rank = mpps[0]["rank_interval90"].as_array().unwrap();
    assert!(rank[0].as_u64() == Some(1) && rank[1].as_u64() < Some(5), "{rank:?}");
    let one = comparison(&world, &["--mpp", "mpp-03"]);
    assert_eq!(one["mpp"].as_array().unwrap().len(), 1);
    assert_eq!(one["mpp"][0]["rank_median"], mpps[3]["rank_median"], "a selection does not change the figures");
    let csv = world.suara(&["export", "comparison", "--period", "2026-S1", "--format", "csv"]).succeeds();
    assert_eq!(csv.lines().count(), 15);
    assert!(csv.lines().nth(1).unwrap().starts_with("2026-S1,mpp-00,40,"), "{csv}");
    for format in ["xlsx", "parquet"] {
        let out = format!("comparison.{format}");
        world.suara(&["export", "comparison", "--period", "2026-S1", "--format", format, "--out", &out]).succeeds();
        assert!(fs::metadata(world.path(&out)).unwrap().len() > 1000);
    }
}

/// Between closing and freezing, or where freezing failed, an MPP has no stored tallies: it is counted, and the country is
/// not final.
#[test]
fn an_mpp_that_is_closed_and_not_frozen_is_not_told_as_silent() {
    let world = country(Backend::Sqlite);
    world.suara(&RUN).succeeds();
    let database = Database::open(world.database_url()).unwrap();
    for sql in ["DELETE FROM summaries", "DELETE FROM tallies", "DELETE FROM snapshots"] {
        let of_one = "period = 20261 AND mpp_id = (SELECT id FROM mpps WHERE code = 'mpp-00')";
        let sql = if sql.ends_with("snapshots") { sql.to_owned() } else { format!("{sql} WHERE {of_one}") };
        database.write("thaw", |connection| testing::execute(connection, &sql)).unwrap();
    }
    let counted = comparison(&world, &[]);
    assert_eq!((&counted["status"], &counted["mpp"][0]["n"]), (&"provisional".into(), &40.into()));
}

#[test]
fn a_small_mpp_has_no_figures_in_public() {
    let world = country(Backend::Sqlite);
    let public = comparison(&world, &["--public"]);
    assert_eq!(public["mpp"], Value::Array(Vec::new()), "nothing is public before closing");
    assert!(public["funnel"].is_null() && public["heterogeneity"].is_null(), "{public}");
    world.suara(&RUN).succeeds();
    let public = comparison(&world, &["--public"]);
    let small = public["mpp"][12].as_object().unwrap();
    assert_eq!(small["code"], "mpp-12");
    assert!(small.iter().all(|(key, value)| key == "code" || value.is_null()), "{small:?}");
    assert_eq!(public["mpp"][0]["n"], 40);
    assert_eq!(comparison(&world, &[])["mpp"][12]["n"], 6, "the ministry sees it");
    let pdf = "national.pdf";
    world.suara(&["report", "--national", "--period", "2026-S1", "--out", pdf]).succeeds();
    let frozen = world.files("reports/2026-S1/nasional").remove(0).1;
    assert!(fs::read(world.path(pdf)).unwrap() == frozen, "the rendered report is not the stored one");
    world.suara(&["report", "--national", "--language", "en", "--period", "2026-S1", "--out", pdf]).succeeds();
    let text = Command::new("pdftotext").args(["-layout"]).arg(world.path(pdf)).arg("-").output().unwrap().stdout;
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("Who Was Surveyed") && text.contains("Translation for information"), "{text}");
    assert_eq!(names(&world).len(), 3, "a translation on demand is stored nowhere");
}

#[test]
fn a_plan_makes_a_revision_and_the_ministry_is_not_written_to_again() {
    let world = country(Backend::Sqlite);
    world.suara(&RUN).succeeds();
    assert_eq!(world.files("mail").len(), 2);
    world.write("followups.csv", "mpp,period,element,step,owner,due_on,status,evidence\nmpp-00,2026-S1,waktu,Menambah loket,Kepala Bidang,2026-09-30,rencana,\n");
    world.suara(&["import", "followups", "followups.csv"]).succeeds();
    world.suara(&RUN).succeeds();
    assert!(
        names(&world).iter().any(|name| name.ends_with("laporan-nasional-2026-S1-rev2.pdf")),
        "{:?}",
        names(&world)
    );
    assert_eq!(world.files("mail").len(), 2);
    let mail = world.files("mail").into_iter().map(|(_, bytes)| bytes);
    let mails: Vec<String> =
        mail.map(|bytes| mailparse::parse_mail(&bytes).unwrap().subparts[0].subparts[0].get_body().unwrap()).collect();
    assert!(
        mails.iter().any(|text| text.contains("Yth. Deputi Pelayanan Publik") && text.contains("12 dari 14 MPP")),
        "{mails:?}"
    );
    assert!(mails.iter().any(|text| text.contains("12 of 14 registered MPPs")), "{mails:?}");
    let ledger = world.suara(&["mail", "list"]).succeeds();
    assert_eq!(ledger.lines().filter(|line| line.starts_with("nasional  2026-S1")).count(), 2, "{ledger}");
}
