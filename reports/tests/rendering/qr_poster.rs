//! The QR posters, scanned from their PDF as a phone would.

use std::path::PathBuf;

use suara_domain::mpp::MppCode;
use suara_reports::document::{self, Format, Mall, QrPoster, QrPosterError, Subject};

use crate::scanner::{Scanned, photograph};
use crate::tools::{keep, poppler, text, words};

const SURVEY: &str = "https://suara.example.go.id/s/kab-kampar";

/// Pixels per inch of a poster on the table before a person.
const NEAR: u32 = 80;

/// As a printer has them, to measure on.
const FINE: u32 = 200;

/// A phone that sees 1.9 m of the wall 2 m away with 1080 pixels across has 14.6 pixels per inch of it.
const FROM_TWO_METRES: u32 = 15;

/// The same phone 0.9 m above a table.
const FROM_THE_CHAIR: u32 = 33;

/// Width and height of a page in points.
const A4: (f64, f64) = (595.3, 841.9);

/// An inch in millimetres.
const INCH: f64 = 25.4;

fn mall() -> Mall {
    Mall {
        code: MppCode::parse("kab-kampar").unwrap(),
        name: "MPP Kabupaten Kampar".to_owned(),
        brand: Some("Mal Pelayanan Publik Sehati".to_owned()),
        address: "suara.example.go.id/s/kab-kampar".to_owned(),
    }
}

fn poster(format: Format, subject: Subject, query: &str) -> QrPoster {
    QrPoster { format, subject, address: format!("{SURVEY}{query}") }
}

fn counter(format: Format, name: &str, agencies: &[&str]) -> QrPoster {
    let agencies = agencies.iter().map(|agency| (*agency).to_owned()).collect();
    let query = format!("?loket={}&kode=0123ABCD", name.replace(' ', "+"));
    poster(format, Subject::Counter { name: name.to_owned(), agencies }, &query)
}

fn agency(name: &str) -> QrPoster {
    let query = format!("?instansi={}", name.replace(' ', "+"));
    poster(Format::Wall, Subject::Agency { name: name.to_owned() }, &query)
}

/// Entrance, counters, two agencies, tents: what an MPP with so many counters prints.
fn set_of(counters: usize) -> Vec<QrPoster> {
    let of = |format| {
        let names = (1..=counters).map(|number| format!("Loket {number}"));
        names.map(move |name| counter(format, &name, &["Dinas Kependudukan dan Pencatatan Sipil"])).collect()
    };
    let agencies =
        ["Dinas Kependudukan dan Pencatatan Sipil", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"];
    let walls: Vec<QrPoster> = of(Format::Wall);
    let tents: Vec<QrPoster> = of(Format::Tent);
    let mut posters = vec![poster(Format::Wall, Subject::Mall, "")];
    posters.extend(walls.into_iter().chain(agencies.map(agency)).chain(tents));
    posters
}

fn set(name: &str, posters: &[QrPoster]) -> PathBuf {
    keep(name, &document::qr_posters(&mall(), posters).unwrap())
}

fn page_count(file: &std::path::Path) -> usize {
    let info = poppler("pdfinfo", &[], file);
    let pages = info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
    pages.trim().parse().unwrap()
}

/// Asserts that exactly the codes of this poster are on its page.
#[track_caller]
fn assert_leads_to(poster: &QrPoster, codes: &[Scanned]) {
    let faces = if poster.format == Format::Tent { 2 } else { 1 };
    let texts: Vec<&str> = codes.iter().map(|code| code.text.as_str()).collect();
    assert_eq!(texts, vec![poster.address.as_str(); faces], "{:?}", poster.subject);
}

#[test]
fn every_page_leads_where_it_should() {
    let posters = set_of(17);
    let file = set("qr-17.pdf", &posters);
    let pictures = photograph(&file, NEAR);
    assert_eq!(pictures.len(), 1 + 17 + 2 + 17);
    for (poster, picture) in posters.iter().zip(&pictures) {
        let codes = picture.scan();
        assert_leads_to(poster, &codes);
        for code in &codes {
            assert!(picture.is_quiet_around(code), "{:?} {:?}", poster.subject, code.edges);
        }
    }
    assert_eq!(text(&file).matches(&mall().address).count(), 1 + 17 + 2 + 2 * 17);
}

#[test]
fn they_are_read_from_where_people_stand() {
    let posters = set_of(2);
    let file = set("qr-far.pdf", &posters);
    let (wall, table) = (photograph(&file, FROM_TWO_METRES), photograph(&file, FROM_THE_CHAIR));
    for (poster, (wall, table)) in posters.iter().zip(wall.iter().zip(&table)) {
        let seen = if poster.format == Format::Wall { wall } else { table };
        assert_leads_to(poster, &seen.scan_zoomed(4));
    }
}

#[test]
fn codes_are_as_large_as_the_paper_allows() {
    let posters = set_of(1);
    let file = set("qr-size.pdf", &posters);
    let pictures = photograph(&file, FINE);
    for (poster, picture) in posters.iter().zip(&pictures) {
        let code = &picture.scan()[0];
        let side = (code.edges[2] - code.edges[0]) as f64 / f64::from(FINE) * INCH;
        let module = side / code.modules as f64;
        let (least_side, least_module) = match (&poster.subject, poster.format) {
            (Subject::Mall, _) => (148.0, 5.1),
            (Subject::Agency { .. }, _) => (155.0, 3.5),
            (_, Format::Wall) => (155.0, 4.2),
            (_, Format::Tent) => (103.0, 2.75),
        };
        assert!(side >= least_side && module >= least_module, "{:?}: {side} mm, {module} mm", poster.subject);
    }
    let images = poppler("pdfimages", &["-list"], &file);
    assert_eq!(images.lines().count(), 2, "codes are drawn, not painted: {images}");
}

#[test]
fn an_mpp_without_counters_has_its_entrance() {
    let entrance = poster(Format::Wall, Subject::Mall, "");
    let file = keep("qr-entrance.pdf", &document::qr_poster(&mall(), &entrance).unwrap());
    assert_eq!(page_count(&file), 1);
    assert_leads_to(&entrance, &photograph(&file, NEAR)[0].scan());
    let said = text(&file);
    for word in [
        "Bagaimana layanan kami?",
        "How was our service?",
        "Anonim, tanpa aplikasi",
        "MPP Kabupaten Kampar",
        "Pindai kode ini",
        "Answer nine questions",
    ] {
        assert!(said.contains(word), "{word} is missing in {said}");
    }
}

#[test]
fn names_stay_texts_and_stay_on_their_pages() {
    let long = "Loket Pelayanan Administrasi Kependudukan dan Catatan Sipil Terpadu Lantai Dua Sayap Timur ".repeat(3);
    let names = [
        "#panic(\"x\") $x$ *tebal* = judul",
        "<script>alert(1)</script> &amp;",
        "=1+1 \u{202e}kilab\u{202c} 漢字 \u{0}akhir",
        &long,
        &"W".repeat(200),
        "\u{7}\u{200b}",
    ];
    let mut posters = vec![poster(Format::Wall, Subject::Mall, "")];
    for name in names {
        for format in [Format::Wall, Format::Tent] {
            let subject = Subject::Counter { name: name.to_owned(), agencies: vec![long.clone(), name.to_owned()] };
            posters.push(poster(format, subject, "?loket=x"));
        }
        posters.push(poster(Format::Wall, Subject::Agency { name: name.to_owned() }, "?instansi=x"));
    }
    let hostile = Mall {
        name: format!("MPP {} #let x = 1", names[1]).repeat(3),
        brand: Some("W".repeat(90)),
        address: format!("{}.example.go.id/survei/s/kab-kampar", "pelayanan-publik-terpadu.".repeat(4)),
        ..mall()
    };
    let file = keep("qr-hostile.pdf", &document::qr_posters(&hostile, &posters).unwrap());
    assert_eq!(page_count(&file), posters.len());
    let said = text(&file).replace(['\u{200b}', ' '], "");
    for name in ["#panic(\"x\")$x$*tebal*=judul", "<script>alert(1)</script>&amp;", "=1+1kilab□akhir"] {
        assert!(said.contains(name), "{name}");
    }
    for (page, [left, top, right, bottom]) in words(&file) {
        let wall = posters[page - 1].format == Format::Wall;
        let inside = left >= 8.0 && right <= A4.0 - 8.0 && top >= 0.0 && bottom <= A4.1;
        let beside_code = bottom <= A4.1 * 0.25 || top >= A4.1 * 0.85;
        assert!(inside && (beside_code || !wall), "page {page}: a word at {left}, {top} to {right}, {bottom}");
    }
    for (poster, picture) in posters.iter().zip(photograph(&file, NEAR)) {
        let codes = picture.scan();
        assert_leads_to(poster, &codes);
        assert!(codes.iter().all(|code| picture.is_quiet_around(code)), "{:?}", poster.subject);
    }
}

#[test]
fn what_no_phone_could_read_is_refused_by_name() {
    let refused = document::qr_posters(&mall(), &[counter(Format::Tent, &"Loket ".repeat(80), &[])]);
    assert!(matches!(&refused, Err(QrPosterError::TooLong { length, .. }) if *length > 500), "{refused:?}");
    assert!(refused.unwrap_err().to_string().contains("shorten the name"));
}

#[test]
fn the_file_is_tagged_and_the_same_every_time() {
    let posters = set_of(2);
    let bytes = document::qr_posters(&mall(), &posters).unwrap();
    assert!(bytes == document::qr_posters(&mall(), &posters).unwrap(), "the same posters give other bytes");
    let file = keep("qr-standard.pdf", &bytes);
    let info = poppler("pdfinfo", &[], &file);
    assert!(info.contains("Title:           Poster kode QR MPP Kabupaten Kampar"), "{info}");
    assert!(info.contains("Tagged:          yes") && info.contains("(A4)"), "{info}");
    let metadata = poppler("pdfinfo", &["-meta"], &file);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
    assert!(String::from_utf8_lossy(&bytes).contains("/Lang(id"), "no language");
    let structure = poppler("pdfinfo", &["-struct-text"], &file);
    for heading in ["H1 \"MPP Kabupaten Kampar\"", "H1 \"Loket 1\"", "H1 \"Loket 2\""] {
        assert!(structure.contains(heading), "{heading} is missing in {structure}");
    }
    for row in poppler("pdffonts", &[], &file).lines().skip(2) {
        let fields: Vec<&str> = row.split_whitespace().rev().collect();
        assert_eq!((fields[4], fields[3], fields[2]), ("yes", "yes", "yes"), "embedded, subset, readable: {row}");
    }
}
