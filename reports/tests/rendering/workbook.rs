//! The XLSX annex, read back with another library than the one that wrote it.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};
use suara_domain::element::{Answers, Element};
use suara_domain::index::{Index, nrr_rounded};
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::report::SemesterReport;
use suara_reports::workbook;

use crate::fixture;
use crate::tools::{Recomputed, keep, recomputed};

type Book = Xlsx<Cursor<Vec<u8>>>;

fn answers(n: u64) -> impl Iterator<Item = Answers> {
    fixture::respondents(n).into_iter().map(|digits| Answers::from_digits(digits).unwrap())
}

fn written(report: &SemesterReport) -> Vec<u8> {
    workbook::semester(report, answers(report.tallies.total().n())).unwrap()
}

fn open(bytes: Vec<u8>) -> Book {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(book: &mut Book, name: &str) -> Range<Data> {
    book.worksheet_range(name).unwrap()
}

/// The cell right of the first one with this text.
fn beside(range: &Range<Data>, name: &str) -> Data {
    let row = range.rows().find(|row| row[0] == Data::String(name.to_owned())).unwrap_or_else(|| panic!("no {name}"));
    row[1].clone()
}

#[test]
fn its_figures_are_those_of_the_domain() {
    let report = fixture::semester(412, 30);
    let total = report.tallies.total();
    let bytes = written(&report);
    keep("semester.xlsx", &bytes);
    let mut book = open(bytes);
    assert_eq!(book.sheet_names(), ["Ringkasan", "Unsur", "Layanan", "Pengolahan", "Profil", "Mutu data"]);
    let index = Index::of(&total).unwrap();
    let summary = sheet(&mut book, "Ringkasan");
    assert_eq!(beside(&summary, "IKM"), Data::Float(index.rounded().to_f64()));
    assert_eq!(beside(&summary, "Mutu"), Data::String(index.mutu().letter().to_owned()));
    assert_eq!(beside(&summary, "Responden (n)"), Data::Float(412.0));
    let elements = sheet(&mut book, "Unsur");
    for (row, element) in elements.rows().skip(3).zip(Element::ALL) {
        assert_eq!(row[2], Data::Float(total.answered(element) as f64));
        assert_eq!(row[4], Data::Float(nrr_rounded(&total, element).unwrap().to_f64()));
        let index = Index::of_element(&total, element).unwrap();
        assert_eq!(row[6], Data::Float(index.rounded().to_f64()));
    }
    let services = sheet(&mut book, "Layanan");
    let shown: Vec<(String, Data)> = services.rows().skip(4).map(|row| (row[1].to_string(), row[6].clone())).collect();
    for (code, tally) in report.tallies.groups(Dimension::Service) {
        let n = &shown.iter().find(|(shown, _)| shown == code).unwrap().1;
        let small = Data::String("n < 5".to_owned());
        assert_eq!(*n, if tally.n() < 5 { small } else { Data::Float(tally.n() as f64) }, "{code}");
    }
}

#[test]
fn formulas_recompute_what_is_cached() {
    let report = fixture::semester(57, 3);
    let total = report.tallies.total();
    let mut book = open(written(&report));
    let values = sheet(&mut book, "Pengolahan");
    let rows: Vec<_> = values.rows().skip(3).take(57).collect();
    let sum = |column: usize| -> (f64, f64) {
        let scores =
            rows.iter().filter_map(|row| if let Data::Float(score) = row[column] { Some(score) } else { None });
        scores.fold((0.0, 0.0), |(count, sum), score| (count + 1.0, sum + score))
    };
    let nrr: Vec<f64> = (1..=9).map(|column| sum(column).1 / sum(column).0).collect();
    let ikm = (2500.0 * nrr.iter().sum::<f64>() / 9.0).round() / 100.0;
    assert_eq!(beside(&values, "IKM unit pelayanan **)"), Data::Float(ikm));
    assert_eq!(Data::Float(ikm), Data::Float(Index::of(&total).unwrap().rounded().to_f64()));
    let Data::Float(cached) = beside(&values, "NRR/Unsur") else { panic!("no number") };
    assert!((cached - nrr[0]).abs() < 1e-12);
    assert_eq!(beside(&values, "Nilai/Unsur"), Data::Float(sum(1).1));

    let formulas = book.worksheet_formula("Pengolahan").unwrap();
    let formula = |row: u32, column| formulas.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(formula(60, 1), "COUNT(B4:B60)");
    assert_eq!(formula(61, 9), "SUM(J4:J60)");
    assert_eq!(formula(62, 1), "IF(B61=0,\"\",B62/B61)");
    assert_eq!(formula(65, 1), "IF(COUNT(B63:J63)=0,\"\",ROUND(25*AVERAGE(B63:J63),2))");
}

/// The semester of these answers.
fn semester_of(rows: &[[u8; 9]]) -> SemesterReport {
    let mut report = fixture::semester(rows.len() as u64, 3);
    let mut set = TallySet::default();
    for digits in rows {
        set.entry(Dimension::Total, "").add(&Answers::from_digits(*digits).unwrap(), 1);
    }
    report.tallies = set;
    report
}

fn agree(cell: &Recomputed) -> bool {
    match (cell.stored.as_f64(), cell.computed.as_f64()) {
        (Some(stored), Some(computed)) => (stored - computed).abs() < 1e-9,
        // Where there is nothing to compute from, nothing is stored and an empty text computed.
        _ => cell.stored == cell.computed || (cell.stored.is_null() && cell.computed == ""),
    }
}

#[test]
fn a_spreadsheet_program_computes_what_is_stored() {
    let usual = fixture::respondents(203);
    let mut gaps = fixture::respondents(12);
    for digits in &mut gaps {
        digits[3] = 0;
    }
    gaps[5] = [0, 2, 0, 0, 0, 0, 0, 0, 0];
    let semesters = [usual, gaps, vec![[4; 9]]];
    let reports: Vec<SemesterReport> = semesters.iter().map(|rows| semester_of(rows)).collect();
    let files = reports.iter().zip(&semesters).zip(["usual", "gaps", "one"]).map(|((report, rows), name)| {
        let answers = rows.iter().map(|digits| Answers::from_digits(*digits).unwrap());
        keep(&format!("recomputed-{name}.xlsx"), &workbook::semester(report, answers).unwrap())
    });
    let found = recomputed(&files.collect::<Vec<_>>());
    for (report, cells) in reports.iter().zip(&found) {
        let wrong: Vec<&Recomputed> = cells.iter().filter(|cell| !agree(cell)).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        let total = report.tallies.total();
        let index = Index::of(&total).unwrap();
        let of =
            |part: &str| cells.iter().find(|cell| cell.sheet == "Pengolahan" && cell.formula.contains(part)).unwrap();
        let ikm = of("ROUND(25*AVERAGE").computed.as_f64().unwrap();
        assert!((ikm - index.rounded().to_f64()).abs() < 1e-9, "{ikm}");
        assert_eq!(of(">=88.31").computed, index.mutu().letter(), "{}", of(">=88.31").cell);
        let sums = cells.iter().filter(|cell| cell.formula.starts_with("=SUM("));
        for (cell, element) in sums.zip(Element::ALL) {
            assert_eq!(cell.computed.as_f64(), Some(total.score_sum(element) as f64));
        }
    }
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [39, 37, 39]);
}

#[test]
fn the_rows_say_nothing_but_nine_scores_in_sorted_order() {
    let report = fixture::semester(57, 3);
    let values = sheet(&mut open(written(&report)), "Pengolahan");
    let digits = |row: &[Data]| -> Vec<u8> {
        row[1..].iter().map(|cell| cell.to_string().parse().unwrap_or_default()).collect()
    };
    let rows: Vec<Vec<u8>> = values.rows().skip(3).take(57).map(digits).collect();
    assert!(rows.is_sorted());
    let mut given: Vec<Vec<u8>> = fixture::respondents(57).into_iter().map(Vec::from).collect();
    given.sort();
    assert_eq!(rows, given);
    assert_eq!(values.width(), 10);
}

#[test]
fn names_are_never_formulas() {
    let mut report = fixture::semester(40, 2);
    "=cmd|' /C calc'!A0".clone_into(&mut report.services[0].name);
    "@SUM(1+1)\u{1}".clone_into(&mut report.services[1].name);
    "=HYPERLINK(\"http://x\")".clone_into(&mut report.mpp.name);
    report.mpp.brand = Some("-1+1".to_owned());
    let mut book = open(written(&report));
    let services = sheet(&mut book, "Layanan");
    let names: Vec<_> = services.rows().skip(4).map(|row| row[2].to_string()).collect();
    assert!(names.contains(&"=cmd|' /C calc'!A0".to_owned()), "{names:?}");
    assert!(names.contains(&"@SUM(1+1)".to_owned()), "{names:?}");
    let summary = sheet(&mut book, "Ringkasan");
    assert_eq!(beside(&summary, "MPP"), Data::String("=HYPERLINK(\"http://x\")".to_owned()));
    assert_eq!(beside(&summary, "Nama khas"), Data::String("-1+1".to_owned()));
    for name in ["Ringkasan", "Layanan"] {
        assert_eq!(book.worksheet_formula(name).unwrap().used_cells().count(), 0, "{name}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_in_any_order_of_rows() {
    let report = fixture::semester(200, 8);
    let mut reversed: Vec<_> = answers(200).collect();
    reversed.reverse();
    assert_eq!(written(&report), workbook::semester(&report, reversed).unwrap());
}

#[test]
fn an_empty_or_tiny_semester_is_written_too() {
    for n in [0, 1, 2] {
        let report = fixture::semester(n, 4);
        let mut book = open(written(&report));
        let values = sheet(&mut book, "Pengolahan");
        let cached = beside(&values, "IKM unit pelayanan **)");
        match Index::of(&report.tallies.total()) {
            None => assert_eq!(cached, Data::Empty),
            Some(index) => assert_eq!(cached, Data::Float(index.rounded().to_f64())),
        }
    }
}
