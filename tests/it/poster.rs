//! QR posters by the command, scanned from their PDF.

use std::path::Path;
use std::process::Command;

use suara::app::counter_code::CounterKey;
use suara_domain::mpp::MppCode;
use suara_storage::Database;

use crate::world::{Backend, World};

/// What a scanner reads on each page, without the codes of the counters.
fn unsigned(pdf: &Path) -> Vec<Vec<String>> {
    let bare = |code: &String| code.split("&kode=").next().unwrap().to_owned();
    scan(pdf).iter().map(|codes| codes.iter().map(bare).collect()).collect()
}

/// What a scanner reads on each page.
pub fn scan(pdf: &Path) -> Vec<Vec<String>> {
    let mut command = Command::new("pdftoppm");
    command.args(["-gray", "-r", "80"]).arg(pdf);
    let output = command.output().unwrap_or_else(|error| panic!("pdftoppm is missing, install poppler-utils: {error}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut rest = output.stdout.as_slice();
    let mut pages = Vec::new();
    while !rest.is_empty() {
        // "P5", width and height, "255", each on its line; then the pixels.
        let mut lines = rest.splitn(4, |byte| *byte == b'\n');
        let (kind, size) = (lines.next().unwrap(), std::str::from_utf8(lines.next().unwrap()).unwrap());
        assert_eq!((kind, lines.next()), (b"P5".as_slice(), Some(b"255".as_slice())));
        let (width, height) = size.split_once(' ').unwrap();
        let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
        let (pixels, after) = lines.next().unwrap().split_at(width * height);
        let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
        pages.push(picture.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect());
        rest = after;
    }
    pages
}

#[test]
fn a_mall_prints_its_entrance_counters_agencies_and_tents() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        let said = world.suara(&["poster", "--mpp", "kab-kampar", "--out", "poster.pdf"]).succeeds();
        assert_eq!(said, "poster.pdf\n");
        let survey = "https://suara.example.go.id/s/kab-kampar";
        let [one, two] = ["?loket=Loket+1", "?loket=Loket+2"].map(|query| format!("{survey}{query}"));
        let agencies = ["Disdukcapil", "Polres"].map(|agency| vec![format!("{survey}?instansi={agency}")]);
        let walls = [vec![survey.to_owned()], vec![one.clone()], vec![two.clone()]];
        let tents = [vec![one.clone(), one], vec![two.clone(), two]];
        assert_eq!(unsigned(&world.path("poster.pdf")), [walls.as_slice(), &agencies, &tents].concat(), "{backend:?}");
    }
}

#[test]
fn chosen_counters_are_printed_alone() {
    let world = World::with_masters(Backend::Sqlite);
    let chosen = ["poster", "--mpp", "kab-kampar", "--counter", "Loket 2", "--out", "two.pdf"];
    world.suara(&chosen).succeeds();
    let two = "https://suara.example.go.id/s/kab-kampar?loket=Loket+2".to_owned();
    assert_eq!(unsigned(&world.path("two.pdf")), [vec![two.clone()], vec![two.clone(), two]]);
    world
        .suara(&["poster", "--mpp", "kab-kampar", "--counter", "Loket 7", "--out", "no.pdf"])
        .fails(1, &["there is no counter \"Loket 7\"", "there are: Loket 1, Loket 2"]);
    assert!(!world.path("no.pdf").exists());
}

#[test]
fn the_address_is_the_public_one() {
    let world = World::with_masters(Backend::Sqlite);
    // Konawe has no services: there is only its entrance.
    let konawe = ["poster", "--mpp", "kab-konawe", "--out", "konawe.pdf"];
    world.suara(&[&konawe[..], &["--public-url", "https://survei.example.org/suara/"]].concat()).succeeds();
    assert_eq!(scan(&world.path("konawe.pdf")), [["https://survei.example.org/suara/s/kab-konawe"]]);
    let first = std::fs::read(world.path("konawe.pdf")).unwrap();
    world.suara(&[&konawe[..], &["--public-url", "https://survei.example.org/suara"]].concat()).succeeds();
    assert!(first == std::fs::read(world.path("konawe.pdf")).unwrap(), "the same posters have other bytes");
    world
        .suara(&[&konawe[..], &["--public-url", "survei.example.org"]].concat())
        .fails(1, &["is not one like https://"]);
    let unset = world.command(&konawe).env_remove("SUARA_PUBLIC_URL").output().unwrap();
    crate::world::Ran::from(unset).fails(0, &["work on this machine only", "--public-url"]);
    world.suara(&["poster", "--mpp", "kab-siak", "--out", "x.pdf"]).fails(1, &["there is no MPP \"kab-siak\""]);
}

#[test]
fn a_counter_is_signed_and_nothing_else() {
    let world = World::with_masters(Backend::Sqlite);
    world.suara(&["poster", "--mpp", "kab-kampar", "--out", "signed.pdf"]).succeeds();
    let database = Database::open(world.database_url()).unwrap();
    let key = CounterKey::load(&database).unwrap();
    let mpp = MppCode::parse("kab-kampar").unwrap();
    let codes = ["Loket 1", "Loket 2"].map(|counter| format!("&kode={}", key.code(&mpp, counter)));
    for (page, scanned) in scan(&world.path("signed.pdf")).iter().enumerate() {
        let signed = scanned.iter().filter(|code| codes.iter().any(|sign| code.ends_with(sign))).count();
        assert_eq!(signed, [0, 1, 1, 0, 0, 2, 2][page], "{scanned:?}");
    }
}
