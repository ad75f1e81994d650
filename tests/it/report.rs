//! `suara report`: the report in two languages, the publication of the index on paper and as a picture.

use std::fs;

use crate::world::{Backend, World, responses};

const REPORT: [&str; 5] = ["report", "--mpp", "kab-kampar", "--period", "2026-S1"];

/// Renders into a file and returns it.
fn rendered(world: &World, file: &str, flags: &[&str]) -> Vec<u8> {
    let arguments: Vec<&str> = [&REPORT[..], &["--out", file], flags].concat();
    assert_eq!(world.suara(&arguments).succeeds().trim(), file);
    fs::read(world.path(file)).unwrap()
}

#[test]
fn a_report_is_rendered_in_both_languages_and_published_on_paper_and_as_a_picture() {
    let world = World::with_masters(Backend::Sqlite);
    world.write("responses.csv", responses(60));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    let official = rendered(&world, "laporan.pdf", &[]);
    let english = rendered(&world, "report.pdf", &["--language", "en"]);
    let says = |file: &[u8], language: &str| {
        String::from_utf8_lossy(file).contains(&format!("<rdf:li>{language}"))
            || contains(file, &format!("/Lang({language}"))
    };
    assert!(official.starts_with(b"%PDF-") && says(&official, "id"), "the official report is not Indonesian");
    assert!(english.starts_with(b"%PDF-") && says(&english, "en"), "the translation is not English");
    let poster = rendered(&world, "publikasi.pdf", &["--poster"]);
    assert!(poster.starts_with(b"%PDF-") && poster.len() < official.len());
    let picture = rendered(&world, "publikasi.png", &["--poster", "--language", "en"]);
    assert!(picture.starts_with(b"\x89PNG"));
    // Width and height stand in the header chunk.
    assert_eq!(picture[16..24], [0, 0, 4, 56, 0, 0, 5, 70], "1080 by 1350 pixels");
    let picture_of_all: Vec<&str> = [&REPORT[..], &["--out", "x.png"]].concat();
    world.suara(&picture_of_all).fails(1, &["a picture is made with --poster"]);
    let wrong: Vec<&str> = [&REPORT[..], &["--out", "x.pdf", "--language", "jv"]].concat();
    world.suara(&wrong).fails(2, &["documents are written in id or en"]);
}

fn contains(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|part| part == text.as_bytes())
}
