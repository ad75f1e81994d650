//! The national report in English: nothing of it stays Indonesian but names and what MPPs wrote.

use suara_domain::language::Language::{English, Indonesian};
use suara_reports::charts::Charts;
use suara_reports::national::NationalReport;
use suara_reports::report::Status;

use super::{country, set_in};
use crate::tools::{keep, text};

/// Words that stand in nearly every Indonesian sentence. None is part of the name of a place or of a document.
const INDONESIAN: [&str; 22] = [
    " yang ",
    " tidak ",
    " dengan ",
    " untuk ",
    " dari ",
    " pada ",
    " atau ",
    " adalah ",
    " bukan ",
    " belum ",
    " sudah ",
    " semua ",
    " setiap ",
    " bila ",
    " karena ",
    "responden ",
    "jawaban",
    "unsur",
    "rata-rata",
    "disembunyikan",
    "menurut",
    " %",
];

#[test]
fn english_has_all_chapters_and_is_written_with_points() {
    let report = country::varied(143);
    let text = text(&keep("national-en.pdf", &set_in(&report, English)));
    for said in [
        "Translation for information.",
        "Contents",
        "Summary",
        "1 Who Was Surveyed",
        "2 National Figures",
        "3 Comparison of MPPs",
        "4 Elements in Every Province",
        "5 Change Since the Last Semester",
        "6 MPPs to Learn From",
        "7 How to Read This Report",
        "8 All MPPs by Province",
        "9 Quality of the Data",
        "1 January 2026 to 30 June 2026",
        "Semester II 2025",
        "Direct service",
        "withheld",
    ] {
        assert!(text.contains(said), "{said}");
    }
}

/// Sets a report in English and looks for what should not be there.
fn assert_english(name: &str, report: &NationalReport) {
    let text = text(&keep(&format!("national-en-{name}.pdf"), &set_in(report, English)));
    for foreign in INDONESIAN {
        if let Some(place) = text.find(foreign) {
            let around: String = text[place..].chars().take(80).collect();
            panic!("\"{foreign}\" in {name}: {around}");
        }
    }
}

#[test]
fn nothing_indonesian_is_left_in_english() {
    let mut varied = country::varied(143);
    // What MPPs wrote stays as they wrote it.
    for step in varied.mpps.iter_mut().flat_map(|mpp| mpp.former_follow_up.iter_mut().chain(&mut mpp.follow_up)) {
        step.step = "One more counter".to_owned();
        step.status = Some("done".to_owned());
    }
    assert_english("varied", &varied);
    let mut silent = country::identical(3, 0);
    silent.edition.reason = Some("rencana tindak lanjut diperbarui".to_owned());
    silent.edition.status = Status::Provisional;
    assert_english("silent", &silent);
    assert_english("few", &country::identical(1, 60));
    assert_english("equal", &country::identical(12, 200));
    assert_english("empty", &country::report(Vec::new()));
}

#[test]
fn charts_speak_english_too() {
    let report = country::varied(143);
    let charts = |language| Charts::draw_national(&report, language).unwrap();
    for (chart, other) in charts(English).iter().zip(charts(Indonesian).iter()) {
        keep(&format!("national-en-{}.svg", chart.name), chart.svg.as_bytes());
        assert!(chart.alt.contains("chart") && other.alt.starts_with("Diagram"), "{} / {}", chart.alt, other.alt);
        assert_ne!(chart.svg, other.svg, "{}", chart.name);
        for foreign in INDONESIAN {
            assert!(!chart.alt.contains(foreign), "\"{foreign}\" in {}", chart.alt);
            assert!(!chart.svg.contains(foreign), "\"{foreign}\" in {}", chart.name);
        }
    }
}
