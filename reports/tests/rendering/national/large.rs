//! A country in which every regency and city has an MPP: the report stays short, and the workbook has them all.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use suara_domain::index::Mutu;
use suara_domain::language::Language;
use suara_domain::nation::Zone;
use suara_reports::national::NationalReport;
use suara_reports::table::{CellKind, TableColumn};
use suara_reports::workbook;

use super::{country, set_in};
use crate::tools::{keep, pages, poppler};

/// At most as many MPPs are named in the chapter of lessons.
const NAMED: usize = 30;
/// Pages of the whole report, of the chapter of lessons, and of the list of all MPPs.
const LONGEST: usize = 27;
const LONGEST_LEARNING: usize = 3;
const LONGEST_LISTING: usize = 6;

/// The text of every page.
fn texts(file: &std::path::Path) -> Vec<String> {
    let all = poppler("pdftotext", &["-layout"], file);
    let pages = all.split('\u{c}').map(|page| page.split_whitespace().collect::<Vec<_>>().join(" "));
    pages.filter(|page| !page.is_empty()).collect()
}

/// On which page a chapter begins; its title is also in the contents.
fn begins(pages: &[String], title: &str) -> usize {
    pages.iter().rposition(|page| page.contains(title)).unwrap_or_else(|| panic!("no {title}"))
}

#[test]
fn the_whole_country_fits_a_report_that_can_be_read() {
    let report = country::varied(514);
    assert!(report.mpps.len() >= 500, "{}", report.mpps.len());
    for (language, chapters) in [
        (Language::Indonesian, ["6 Belajar dari MPP Lain", "7 Cara Membaca", "8 Semua MPP", "9 Mutu Data"]),
        (Language::English, ["6 MPPs to Learn", "7 How to Read", "8 All MPPs", "9 Quality of the Data"]),
    ] {
        let file = keep(&format!("national-514-{}.pdf", language.key()), &set_in(&report, language));
        let text = texts(&file);
        let [learning, method, listing, quality] = chapters.map(|title| begins(&text, title));
        let sizes = (text.len(), method - learning, quality - listing);
        assert!(text.len() <= LONGEST, "{sizes:?}");
        assert!(method - learning <= LONGEST_LEARNING, "{sizes:?}");
        assert!(quality - listing <= LONGEST_LISTING, "{sizes:?}");
        let listed = text[listing..=quality].join(" ");
        for mpp in &report.mpps {
            assert!(listed.contains(mpp.name.split(' ').next_back().unwrap()), "{}", mpp.name);
        }
        for (number, width, right) in pages(&file) {
            assert!(right < width - 30.0, "page {number} runs over its edge: {right} of {width}");
        }
    }
}

fn learning(report: &NationalReport) -> Range<Data> {
    let columns = [("mpp", CellKind::Text), ("n", CellKind::Integer)].map(|(name, kind)| TableColumn { name, kind });
    let row = |mpp: &suara_reports::national::NationalMpp| vec![mpp.code.to_string(), mpp.n().to_string()];
    let rows: Vec<Vec<String>> = report.mpps.iter().map(row).collect();
    let bytes = workbook::national(report, &columns, &rows).unwrap();
    assert_eq!(bytes, workbook::national(report, &columns, &rows).unwrap());
    keep("national.xlsx", &bytes);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let comparison = book.worksheet_range_at(0).unwrap().unwrap();
    assert_eq!(comparison.height(), report.mpps.len() + 1);
    book.worksheet_range("Belajar").unwrap()
}

/// The rows of the sheet of lessons.
fn lessons(report: &NationalReport) -> Vec<Vec<Data>> {
    let sheet = learning(report);
    let rows = sheet.rows().skip_while(|row| row[0] != Data::String("Kode".to_owned())).skip(1);
    rows.map(<[Data]>::to_vec).collect()
}

#[test]
fn the_workbook_has_a_row_for_every_mpp() {
    let report = country::varied(514);
    let rows = lessons(&report);
    let codes: BTreeSet<String> = rows.iter().map(|row| row[0].to_string()).collect();
    assert_eq!(codes, report.mpps.iter().map(|mpp| mpp.code.to_string()).collect());
    for row in &rows {
        let (model, better) = (row[9].to_string(), row[12].to_string());
        assert_eq!(model.is_empty(), better.is_empty());
        assert!(model.is_empty() || better.parse::<f64>().unwrap() > 0.0, "{row:?}");
        assert!(!model.is_empty() || !row[16].to_string().is_empty(), "nothing says why {} learns from nobody", row[1]);
    }
}

/// Who needs it most is below the funnel, or its weakest element is below class B with all its interval.
#[test]
fn those_who_need_it_most_are_named_and_the_others_counted() {
    let report = country::varied(514);
    let (mut found, mut pressing) = (BTreeSet::new(), BTreeSet::new());
    for row in lessons(&report) {
        let mpp = report.mpps.iter().find(|mpp| row[0] == mpp.code.as_str()).unwrap();
        let Some(standing) = &mpp.standing else { continue };
        let below = matches!(standing.zone, Zone::Below95 | Zone::Below998);
        let weak = row[7].to_string().parse::<f64>().unwrap() < Mutu::B.lower_limit().unwrap();
        assert_eq!(row[8] == Data::String("ya".to_owned()), below || weak, "{row:?}");
        if !row[9].to_string().is_empty() {
            found.insert(mpp.code.clone());
            pressing.extend((below || weak).then(|| mpp.code.clone()));
        }
    }
    assert!(pressing.len() > NAMED && found.len() > 300, "{} of {}", pressing.len(), found.len());
    let file = keep("national-514-lessons.pdf", &set_in(&report, Language::Indonesian));
    let text = texts(&file).join(" ");
    let said = [
        format!("paling membutuhkannya ({} MPP)", pressing.len()),
        format!("Di bawah ini {NAMED} di antaranya"),
        format!("Dari siapa {} MPP lainnya dapat belajar", found.len() - NAMED),
    ];
    for said in said {
        assert!(text.contains(&said), "{said}");
    }
}
