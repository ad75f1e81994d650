//! Semesters that are not like others, all the way from the file to the report: one huge MPP beside small ones, paper
//! alone, comments that hold anything, another questionnaire before.

use std::fmt::Write;

use suara_storage::{Database, testing};
use uuid::Uuid;

use crate::world::{Backend, RESPONSES, World, responses};

const RUN: [&str; 4] = ["batch", "run", "--period", "2026-S1"];
const MPPS: [(&str, &str, usize); 3] =
    [("mpp-besar", "31", 2_500), ("kab-kampar", "14.01", 40), ("kab-konawe", "74.02", 4)];

/// The words of a report without the blanks between them, which depend on where a line breaks.
fn words(world: &World, mpp: &str, period: &str) -> String {
    world.report(mpp, period).split_whitespace().collect()
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(text.contains(&words.replace(' ', "")), "\"{words}\" is missing in {text}");
    }
}

/// Comments of the small MPP; quotes are doubled as CSV wants it.
fn comments() -> [String; 6] {
    [
        "#panic(\"\"x\"\") $x$ petugas ramah".to_owned(),
        "<script>alert(1)</script> petugas ramah".to_owned(),
        "\u{202e}petugas ramah\u{202c} الخدمة ممتازة 👩🏽‍💼".to_owned(),
        "petugas ramah\u{7} sekali\u{1b}[31m kepada kami".to_owned(),
        "petugas ramah ".repeat(142),
        "Petugas ramah, tolong tambah kursi di ruang tunggu".to_owned(),
    ]
}

/// Three MPPs, the first with nearly all answers of the country, the others with paper alone.
fn country() -> World {
    let world = World::new(Backend::Sqlite);
    let mut mpps = "code,name,region_code\n".to_owned();
    let mut rows = format!("{RESPONSES}\n");
    let comments = comments();
    for (place, (mpp, region, count)) in MPPS.into_iter().enumerate() {
        writeln!(mpps, "{mpp},MPP {region},{region}").unwrap();
        let mode = if place == 0 { "web" } else { "paper" };
        for row in 0..count {
            let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + (place * 10_000 + row) as u128);
            let score = if row % 2 == 0 || place == 1 { 3 } else { 4 };
            let waktu = 3 + row % 2;
            let comment = if place == 1 { comments[row % comments.len()].as_str() } else { "" };
            let answers = format!("{score},{score},{waktu},4,{score},{score},{score},{score},{score}");
            let day = 1 + row / 2 % 28;
            writeln!(rows, "{id},{mpp},,2026-03-{day:02}T09:15:00+07:00,,{mode},{answers},,,,,,\"{comment}\"").unwrap();
        }
    }
    world.write("mpp.csv", mpps);
    world.write("responses.csv", rows);
    for (kind, file) in [("mpp", "mpp.csv"), ("responses", "responses.csv")] {
        world.suara(&["import", kind, file]).succeeds();
    }
    world
}

#[test]
fn a_huge_mall_small_ones_paper_and_strange_comments_become_reports() {
    let world = country();
    let ran = world.suara(&RUN).succeeds();
    assert!(ran.contains("reports 3"), "{ran}");
    let huge = words(&world, "mpp-besar", "2026-S1");
    // The four of the tiny one would be the difference between the country and the two others.
    says(&huge, &["2.500 orang", "Angka nasional tidak ditampilkan"]);
    let small = words(&world, "kab-kampar", "2026-S1");
    says(&small, &["Angka nasional tidak ditampilkan", "Kertas 100%", "Diisi terlalu cepat: belum dapat dinilai"]);
    says(&small, &["“Petugas ramah, tolong tambah kursi di ruang tunggu” · pujian"]);
    for foreign in ["panic(", "<script>", "\u{1b}", "\u{7}", "\u{202e}"] {
        assert!(!small.contains(foreign), "{foreign:?} stands in {small}");
    }
    let tiny = words(&world, "kab-konawe", "2026-S1");
    says(&tiny, &["Tidak untuk dipublikasikan", "Angka nasional tidak ditampilkan"]);
}

#[test]
fn a_semester_under_another_questionnaire_is_not_compared() {
    let world = World::with_masters(Backend::Sqlite);
    let earlier = (1..=6).fold(responses(300), |text, month| {
        text.replace(&format!(",2026-{month:02}-"), &format!(",2025-{:02}-", month + 6))
    });
    world.write("earlier.csv", earlier.replace("01900000-", "018f0000-"));
    world.write("responses.csv", responses(300));
    for file in ["earlier.csv", "responses.csv"] {
        world.suara(&["import", "responses", file]).succeeds();
    }
    world.suara(&["batch", "run", "--period", "2025-S2", "--no-mail"]).succeeds();
    let compared = ["poin dari 80,28", "tidak berubah nyata: selisih"];
    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    says(&words(&world, "kab-kampar", "2026-S1"), &compared);
    let of_another = "UPDATE mpp_periods SET archive_manifest = replace(archive_manifest, \
                      '\"instrument\":\"permenpanrb-14-2017\"', '\"instrument\":\"skm-uji-2025\"') WHERE period = 20252";
    let database = Database::open(world.database_url()).unwrap();
    database.write("ask otherwise", |connection| testing::execute(connection, of_another)).unwrap();
    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    let text = words(&world, "kab-kampar", "2026-S1");
    says(
        &text,
        &["Semester II Tahun 2025 memakai kuesioner, aturan, atau bobot lain: nilainya tidak dapat dibandingkan"],
    );
    for words in compared {
        assert!(!text.contains(&words.replace(' ', "")), "\"{words}\" stands in {text}");
    }
}
