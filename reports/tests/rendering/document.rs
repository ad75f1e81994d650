//! The semester report and the poster, read back from their PDF.

use std::collections::BTreeSet;
use std::path::Path;

use suara_domain::element::Element;
use suara_domain::index::{Index, by_weakness, ikm_weight_011, nrr_rounded, nrr_weighted_sum};
use suara_domain::language::Language;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;
use suara_domain::topics::{Quote, Tone, Topic, TopicCount, Topics};
use suara_reports::charts::Charts;
use suara_reports::document;
use suara_reports::report::{SemesterReport, Status};

use crate::fixture;
use crate::tools::{keep, pages, poppler, text};

fn set(report: &SemesterReport) -> Vec<u8> {
    document::semester(report, &Charts::draw(report, Language::Indonesian).unwrap(), Language::Indonesian).unwrap()
}

fn comma(figure: impl std::fmt::Display) -> String {
    figure.to_string().replace('.', ",")
}

#[test]
fn a_semester_has_all_chapters() {
    let file = keep("semester.pdf", &set(&fixture::semester(412, 12)));
    let text = text(&file);
    for heading in [
        "Daftar Isi",
        "Ringkasan",
        "BAB I Pendahuluan",
        "1.1 Latar Belakang",
        "1.3 Maksud dan Tujuan",
        "BAB II Pengumpulan Data SKM",
        "2.5 Penentuan Jumlah Responden",
        "BAB III Hasil Pengolahan Data SKM",
        "3.2 Indeks Kepuasan Masyarakat",
        "BAB IV Analisis Hasil SKM",
        "4.2 Rencana Tindak Lanjut",
        "4.3 Tren Nilai SKM",
        "BAB V Penutup",
        "Lampiran 1 Kuesioner",
        "Lampiran 2 Hasil Olah Data",
        "Lampiran 3 Mutu Data",
        "Lampiran 4 Metode dalam Kata Sederhana",
        "Lampiran 5 Metadata Statistik",
    ] {
        assert!(text.contains(heading), "{heading}");
    }
    let structure = poppler("pdfinfo", &["-struct-text"], &file);
    let headings: Vec<&str> = structure.lines().map(str::trim).filter(|line| line.starts_with("H1 \"")).collect();
    for chapter in ["BAB I", "BAB II", "BAB III", "BAB IV", "BAB V"] {
        assert!(
            headings.iter().any(|heading| heading.starts_with(&format!("H1 \"{chapter} "))),
            "{chapter}: {headings:?}"
        );
    }
}

#[test]
fn its_figures_are_those_of_the_domain() {
    let report = fixture::semester(412, 30);
    let total = report.tallies.total();
    let text = text(&keep("figures.pdf", &set(&report)));
    let index = Index::of(&total).unwrap();
    let said = format!(
        "IKM unit pelayanan adalah {} dengan mutu {} (kinerja unit pelayanan: {}), dari 412 responden",
        comma(index.rounded()),
        index.mutu().letter(),
        index.mutu().kinerja()
    );
    assert!(text.contains(&said), "{said}");
    assert!(text.contains(&format!("*) {}", comma(nrr_weighted_sum(&total).unwrap()))));
    assert!(text.contains(&format!("**) {}", comma(index.rounded()))));
    assert!(text.contains(&comma(ikm_weight_011(&total).unwrap())));
    for element in Element::ALL {
        let nrr = comma(nrr_rounded(&total, element).unwrap());
        let ikm = comma(Index::of_element(&total, element).unwrap().rounded());
        assert!(text.contains(&nrr) && text.contains(&ikm), "{element}: {nrr} {ikm}");
    }
    let name = |element: &Element| report.instrument.question(*element).name.get(Language::Indonesian).to_owned();
    let lowest: Vec<String> = by_weakness(&total).iter().take(3).map(name).collect();
    assert!(text.contains(&format!("Unsur yang didahulukan perbaikannya: {}.", lowest.join("; "))), "{lowest:?}");
    assert!(text.contains("tabel Krejcie–Morgan, baris berikutnya yang lebih besar"));
}

/// The text without the first and the last line of every page, which may stand between two parts of a sentence.
fn body(file: &Path) -> String {
    let all = poppler("pdftotext", &["-layout"], file);
    let lines = |page: &str| -> Vec<String> {
        page.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect()
    };
    let inner = |page: &str| lines(page).iter().skip(1).rev().skip(1).rev().cloned().collect::<Vec<_>>().join("\n");
    all.split('\u{c}').map(inner).collect::<Vec<_>>().join("\n")
}

#[test]
fn small_groups_are_veiled() {
    let report = fixture::semester(412, 265);
    let file = keep("veiled.pdf", &set(&report));
    let text = text(&file);
    let (small, large): (Vec<_>, Vec<_>) =
        report.tallies.groups(Dimension::Service).partition(|(_, tally)| tally.n() < PUBLIC_FROM);
    assert!(small.len() > 100 && !large.is_empty(), "the fixture must have small services and large ones");
    let agencies: BTreeSet<&str> = report.services.iter().map(|service| service.agency.as_str()).collect();
    assert!(text.matches("n < 10 atau disembunyikan:").count() >= agencies.len());
    // Every service is named, with or without figures.
    let flat: String = body(&file).split_whitespace().collect();
    for service in &report.services {
        let name: String = service.name.split_whitespace().collect();
        assert!(flat.contains(&name), "{} is missing", service.name);
    }
}

#[test]
fn the_file_is_tagged_indonesian_and_carries_its_fonts() {
    let file = keep("standard.pdf", &set(&fixture::semester(120, 12)));
    let info = poppler("pdfinfo", &[], &file);
    assert!(info.contains("Title:           Laporan Survei Kepuasan Masyarakat MPP Kabupaten Kampar"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(info.contains("Page size:       595.276 x 841.89 pts (A4)"), "{info}");
    let metadata = poppler("pdfinfo", &["-meta"], &file);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>"), "{metadata}");
    assert!(metadata.contains("2026-07-20T03:00:00"), "{metadata}");
    let bytes = std::fs::read(&file).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("/Lang(id"), "no language");
    let fonts = poppler("pdffonts", &[], &file);
    let rows: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(rows.len() >= 3, "{fonts}");
    for row in rows {
        let fields: Vec<&str> = row.split_whitespace().rev().collect();
        assert_eq!((fields[4], fields[3], fields[2]), ("yes", "yes", "yes"), "embedded, subset, readable: {row}");
    }
}

/// A topic for every two quotations.
fn topics_saying(words: &[String]) -> Topics {
    let quote = |text: &String| Quote { text: text.clone(), tone: Tone::Wish };
    let count = |(topic, words): (&'static Topic, &[String])| TopicCount {
        topic,
        n: 3,
        share: 0.25,
        tones: [0, 0, 3, 0],
        quotes: words.iter().map(quote).collect(),
    };
    let mut topics = Topics::default();
    topics.topics = Topic::all().iter().zip(words.chunks(2)).map(count).collect();
    topics
}

#[test]
fn texts_from_outside_stay_texts() {
    let hostile = [
        "#panic(\"x\") $x$ *tebal* _miring_ `kode` = judul",
        "<b>tebal</b> <script>alert(1)</script> &amp;",
        "=cmd|' /C calc'!A0 @SUM(1+1)",
        "#include \"/data.json\" \\u{41} // komentar /* blok */",
    ];
    let mut report = fixture::semester(60, 6);
    let mut words = hostile.map(str::to_owned).to_vec();
    words.push("\u{202e}terbalik\u{202c} الحمد لله 🙏🏽 \u{0}\u{7}\u{1b}[31m 漢字 \u{e000}\u{feff}akhir".to_owned());
    words.push("x".repeat(2_000));
    report.topics = Some(topics_saying(&words));
    report.mpp.brand = Some("#pagebreak() ]$".to_owned());
    report.services[0].name = hostile[1].repeat(4);
    report.services[0].agency = "#let x = 1; \\ \"]".to_owned();
    hostile[0].clone_into(&mut report.follow_up[0].step);
    report.follow_up[0].owner = Some("=1+1".to_owned());
    report.former_follow_up[0].evidence = Some("https://contoh.id/".to_owned() + &"sangat-panjang".repeat(20));
    let file = keep("hostile.pdf", &set(&report));
    let text = text(&file);
    for excerpt in hostile {
        assert!(text.replace(' ', "").contains(&excerpt.replace(' ', "")), "{excerpt}");
    }
    assert!(text.contains("#pagebreak() ]$"));
    assert!(text.contains("terbalik") && text.contains("□ □akhir"), "controls go, unknown signs are marked");
    assert!(text.contains('🙏'));
    for (number, width, right) in pages(&file) {
        assert!(right <= width - 30.0, "text runs to {right} of {width} on page {number}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let report = fixture::semester(150, 40);
    let first = (set(&report), document::poster(&report, Language::Indonesian).unwrap());
    assert_eq!(first, (set(&report), document::poster(&report, Language::Indonesian).unwrap()));
    let mut later = report;
    later.edition.generated_at += chrono::TimeDelta::seconds(1);
    assert_ne!(first.0, set(&later));
}

#[test]
fn no_one_or_two_respondents_make_a_sensible_report() {
    for n in [0, 1, 2] {
        let mut report = fixture::semester(n, 4);
        report.follow_up.clear();
        report.comments.excerpts.clear();
        let text = text(&keep(&format!("n{n}.pdf"), &set(&report)));
        assert!(text.contains("BAB III") && text.contains("BAB V Penutup"));
        if n == 0 {
            assert!(text.contains("3.1 Jumlah Responden SKM Tidak ada responden pada periode ini"));
            assert!(text.contains("4.1 Analisis Permasalahan/Kelemahan dan Kelebihan Unsur Layanan Tidak ada jawaban"));
            assert!(text.contains("IKM tidak dapat dihitung"));
        } else {
            assert!(text.contains("Tidak untuk dipublikasikan"));
            let index = Index::of(&report.tallies.total()).unwrap();
            assert!(text.contains(&comma(index.rounded())));
        }
        assert_eq!(text.contains("Ketelitian tidak dapat dihitung"), n == 1);
    }
}

#[test]
fn what_is_unknown_is_a_line_to_fill_in() {
    let mut report = fixture::semester(40, 0);
    report.mpp.brand = None;
    report.mpp.address = None;
    report.mpp.organiser = None;
    report.mpp.signatory_title = None;
    report.population = None;
    report.history.clear();
    report.former_follow_up.clear();
    report.follow_up.clear();
    report.national = None;
    report.former = None;
    report.topics = None;
    report.clusters = None;
    let text = text(&keep("unknown.pdf", &set(&report)));
    assert!(text.contains("belum diketahui"));
    assert!(text.contains("384"));
    assert!(text.contains("Menyusul"));
    assert!(text.contains("Rencana tindak lanjut belum ditulis"));
    assert!(text.contains("Tidak ada rencana tindak lanjut periode sebelumnya"));
}

#[test]
fn a_provisional_report_says_so_on_every_page() {
    let mut report = fixture::semester(80, 5);
    report.edition.status = Status::Provisional;
    report.edition.manifest_sha256 = None;
    let file = keep("provisional.pdf", &set(&report));
    let pages = poppler("pdftotext", &["-layout"], &file);
    let pages: Vec<&str> = pages.split('\u{c}').filter(|page| !page.trim().is_empty()).collect();
    assert!(pages.len() > 10);
    for (place, page) in pages.iter().enumerate() {
        assert!(page.contains("SEMENTARA"), "page {}", place + 1);
    }
    let final_text = text(&keep("final.pdf", &set(&fixture::semester(80, 5))));
    assert!(!final_text.contains("SEMENTARA"));
}

#[test]
fn the_poster_fits_one_page_and_keeps_small_numbers_to_itself() {
    let mut report = fixture::semester(412, 10);
    let file = keep("poster.pdf", &document::poster(&report, Language::Indonesian).unwrap());
    let words = text(&file);
    assert!(poppler("pdfinfo", &[], &file).contains("Pages:           1\n"));
    let index = Index::of(&report.tallies.total()).unwrap();
    assert!(words.contains(&comma(index.rounded())) && words.contains("412 orang"), "{words}");
    assert!(words.contains("TERIMA KASIH ATAS PENILAIAN YANG TELAH ANDA BERIKAN"));
    report.mpp.name = "MPP Kabupaten Pangkajene dan Kepulauan Provinsi Sulawesi Selatan".repeat(2);
    let long = keep("poster-long.pdf", &document::poster(&report, Language::Indonesian).unwrap());
    assert!(poppler("pdfinfo", &[], &long).contains("Pages:           1\n"));
    for n in [0, 9] {
        let report = fixture::semester(n, 10);
        let file = keep(&format!("poster-n{n}.pdf"), &document::poster(&report, Language::Indonesian).unwrap());
        let words = text(&file);
        assert!(words.contains("Responden belum cukup"));
        assert!(!words.contains("NILAI IKM"));
        if let Some(index) = Index::of(&report.tallies.total()) {
            assert!(!words.contains(&comma(index.rounded())));
        }
    }
}

#[test]
fn below_ten_respondents_nobody_is_described() {
    let report = fixture::semester(9, 4);
    let text = text(&keep("n9.pdf", &set(&report)));
    assert!(text.contains("karakteristik mereka tidak ditampilkan"));
    assert!(text.contains("terlalu sedikit untuk mengurutkan unsur"));
    for word in ["Laki-laki", "Pelajar/mahasiswa", "Menurut kanal layanan", "Menurut jenis layanan"] {
        assert!(!text.contains(word), "{word}");
    }
}
