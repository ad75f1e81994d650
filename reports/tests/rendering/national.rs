//! The national report, read back from its PDF.

pub mod country;
mod languages;
mod large;

use suara_domain::compare::Comparison;
use suara_domain::language::Language;
use suara_domain::nation::{Tier, Zone};
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};
use suara_domain::tally::Tally;
use suara_reports::charts::Charts;
use suara_reports::document;
use suara_reports::national::{NationalMpp, NationalReport};

use crate::tools::{keep, pages, poppler, text};

fn set(report: &NationalReport) -> Vec<u8> {
    set_in(report, Language::Indonesian)
}

fn set_in(report: &NationalReport, language: Language) -> Vec<u8> {
    document::national(report, &Charts::draw_national(report, language).unwrap(), language).unwrap()
}

fn comma(figure: impl std::fmt::Display) -> String {
    figure.to_string().replace('.', ",")
}

#[test]
fn a_country_has_all_chapters_and_its_main_facts() {
    let report = country::varied(143);
    let file = keep("national.pdf", &set(&report));
    let text = text(&file);
    for heading in [
        "Daftar Isi",
        "Ringkasan",
        "1 MPP yang Sudah Disurvei",
        "2 Angka Nasional",
        "3 Perbandingan Antar-MPP",
        "4 Unsur di Setiap Provinsi",
        "5 Perubahan Sejak Semester Lalu",
        "6 Belajar dari MPP Lain",
        "7 Cara Membaca Laporan Ini",
        "8 Semua MPP Menurut Provinsi",
        "9 Mutu Data",
    ] {
        assert!(text.contains(heading), "{heading}");
    }
    let totals: Vec<Tally> = report.mpps.iter().map(NationalMpp::total).collect();
    let nation = Comparison::of(&totals);
    for figure in [nation.pooled.unwrap(), nation.mean.unwrap()] {
        assert!(text.contains(&comma(figure.rounded())), "{}", figure.rounded());
    }
    let of_tier =
        |tier| report.mpps.iter().filter_map(|mpp| mpp.standing.as_ref()).filter(move |it| it.tier == tier).count();
    let (above, below) = (of_tier(Tier::ClearlyAbove), of_tier(Tier::ClearlyBelow));
    assert!(above > 0 && below > 0, "the fixture has no clear MPPs");
    for said in [format!("Jelas di atas rata-rata ({above})"), format!("Jelas di bawah rata-rata ({below})")] {
        assert!(text.contains(&said), "{said}");
    }
    for mpp in &report.mpps {
        assert!(text.contains(mpp.name.split(' ').next_back().unwrap()), "{}", mpp.name);
    }
    for (number, width, right) in pages(&file) {
        assert!(right < width - 30.0, "page {number} runs over its edge: {right} of {width}");
    }
    let info = poppler("pdfinfo", &[], &file);
    assert!(info.contains("Tagged:") && info.contains("yes"), "{info}");
}

/// The same input gives the same bytes, charts and all.
#[test]
fn the_same_country_gives_the_same_bytes() {
    let report = country::varied(40);
    for language in [Language::Indonesian, Language::English] {
        assert!(set_in(&report, language) == set_in(&report, language));
    }
}

#[test]
fn few_mpps_and_equal_mpps_get_no_ranks() {
    for (mpps, n, said) in [
        (1, 2_000_000, "Hanya 1 MPP memiliki paling sedikit 30 responden"),
        (9, 200, "Hanya 9 MPP memiliki paling sedikit 30 responden"),
        (10, 200, "Tidak ada MPP yang dapat disebut lebih baik atau lebih buruk"),
        (514, 200, "Tidak ada MPP yang dapat disebut lebih baik atau lebih buruk"),
    ] {
        let report = country::identical(mpps, n);
        assert!(report.mpps.iter().all(|mpp| mpp.standing.as_ref().is_some_and(|standing| standing.ranks.is_none())));
        let text = text(&keep(&format!("national-{mpps}.pdf"), &set(&report)));
        assert!(text.contains(said), "{mpps}: {said}");
        assert!(!text.contains("Peringkat:"), "{mpps}");
    }
}

#[test]
fn nobody_answered_and_there_is_still_a_report() {
    let empty = country::report(Vec::new());
    assert!(text(&keep("national-empty.pdf", &set(&empty))).contains("Belum ada MPP"));
    let silent = country::identical(3, 0);
    assert!(
        text(&keep("national-silent.pdf", &set(&silent))).contains("Kurang dari 10 responden di seluruh Indonesia")
    );
}

/// Figures of MPPs below ten responses are nowhere, not even by subtraction from their province.
#[test]
fn small_mpps_show_no_figures() {
    let report = country::varied(143);
    let text = text(&keep("national-small.pdf", &set(&report)));
    let small = report.mpps.iter().filter(|mpp| mpp.n() > 0 && mpp.n() < PUBLIC_FROM).count();
    assert!(small > 0);
    assert_eq!(text.matches("n < 10 – – –").count(), small);
    assert!(text.contains("gabungan disembunyikan"), "a province with one small MPP is open");
    let charts = Charts::draw_national(&report, Language::Indonesian).unwrap();
    assert!(charts.get("provinces").unwrap().svg.contains("disembunyikan"));
}

#[test]
fn charts_say_in_words_what_they_show() {
    let report = country::varied(143);
    let charts = Charts::draw_national(&report, Language::Indonesian).unwrap();
    let names: Vec<&str> = charts.iter().map(|chart| chart.name).collect();
    assert_eq!(names, ["provinces", "funnel", "caterpillar"]);
    for chart in charts.iter() {
        keep(&format!("national-{}.svg", chart.name), chart.svg.as_bytes());
    }
    let comparable = report.mpps.iter().filter(|mpp| mpp.n() >= RANKED_FROM).count();
    let standings = || report.mpps.iter().filter_map(|mpp| mpp.standing.as_ref());
    let outside = standings().filter(|standing| standing.zone == Zone::Above998).count();
    let funnel = &charts.get("funnel").unwrap().alt;
    assert!(funnel.contains(&format!("{comparable} MPP")), "{funnel}");
    assert!(funnel.contains(&format!("di atas batas 99,8%: {outside}")), "{funnel}");
    let middle = standings().filter(|standing| standing.tier == Tier::NotDistinguishable).count();
    let caterpillar = &charts.get("caterpillar").unwrap().alt;
    assert!(caterpillar.contains(&format!("tidak dapat dibedakan dari rata-rata: {middle} MPP")), "{caterpillar}");
}
