//! The processing sheet per respondent and per element, in the law's form (skm.md 1.7).

use rust_xlsxwriter::XlsxError;
use suara_domain::element::{ELEMENTS, Element};
use suara_domain::fixed::Fixed;
use suara_domain::index::{self, Index};
use suara_domain::language::Language;

use super::sheet::{Look, Sheet, Value};
use crate::report::SemesterReport;

const COLUMNS: [char; ELEMENTS] = ['B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

/// One row per respondent, below them the sums, NRR and the index as formulas over those rows.
pub(super) fn respondents(sheet: &mut Sheet, report: &SemesterReport, rows: &[[u8; 9]]) -> Result<(), XlsxError> {
    sheet.widths(&[26, 9, 9, 9, 9, 9, 9, 9, 9, 9])?;
    sheet.title("Pengolahan data Survei Kepuasan Masyarakat per responden dan per unsur pelayanan")?;
    sheet.head(&["No Resp", "U1", "U2", "U3", "U4", "U5", "U6", "U7", "U8", "U9"])?;
    sheet.freeze()?;
    let first = sheet.next_row();
    for (number, digits) in (1..).zip(rows) {
        sheet.scores(number, digits)?;
    }
    if rows.is_empty() {
        sheet.note("Tidak ada responden pada periode ini.")?;
    }
    let last = sheet.next_row() - 1;
    sums(sheet, report, (first, last))?;
    sheet.skip();
    for element in Element::ALL {
        let name = report.instrument.question(element).name.get(Language::Indonesian);
        sheet.note(&format!("U{} {name}", element.index() + 1))?;
    }
    sheet.note("*) jumlah NRR tertimbang; **) jumlah NRR tertimbang × 25. Sel kosong berarti tidak dijawab.")?;
    sheet.note("Responden diurutkan menurut jawaban, bukan menurut waktu.")
}

/// The rows below the respondents. Cached results are those of `domain`, exact and rounded once.
fn sums(sheet: &mut Sheet, report: &SemesterReport, (first, last): (u32, u32)) -> Result<(), XlsxError> {
    let total = report.tallies.total();
    let cells = |column: char| format!("{column}{first}:{column}{last}");
    let per_element = |name: &'static str, cell: &dyn Fn(char, Element) -> Value| {
        let mut row: [Value; ELEMENTS + 1] = std::array::from_fn(|_| Value::Strong(name));
        for (element, column) in Element::ALL.into_iter().zip(COLUMNS) {
            row[element.index() + 1] = cell(column, element);
        }
        row
    };
    let text = |value: Option<f64>| value.map_or(String::new(), |value| value.to_string());
    let nrr = |element| Index::of_element(&total, element).map(|index| index.to_f64() / 25.0);
    let used = total.used().count().max(1) as f64;

    sheet.row(per_element("Jumlah jawaban/Unsur", &|column, element| {
        Value::Formula(format!("=COUNT({})", cells(column)), total.answered(element).to_string(), Look::Count)
    }))?;
    let counts = sheet.next_row() - 1;
    sheet.row(per_element("Nilai/Unsur", &|column, element| {
        Value::Formula(format!("=SUM({})", cells(column)), total.score_sum(element).to_string(), Look::Count)
    }))?;
    let sums = counts + 1;
    sheet.row(per_element("NRR/Unsur", &|column, element| {
        let formula = format!("=IF({column}{counts}=0,\"\",{column}{sums}/{column}{counts})");
        Value::Formula(formula, text(nrr(element)), Look::Nrr)
    }))?;
    let means = sums + 1;
    sheet.row(per_element("NRR tertimbang/Unsur", &|column, element| {
        let formula = format!("=IF({column}{counts}=0,\"\",{column}{means}/COUNT($B${means}:$J${means}))");
        Value::Formula(formula, text(nrr(element).map(|nrr| nrr / used)), Look::Nrr)
    }))?;
    let ikm = Index::of(&total);
    let weighted = means + 1;
    let sum = ikm.as_ref().map(|index| index.to_f64() / 25.0);
    let formula = format!("=IF(COUNT(B{means}:J{means})=0,\"\",SUM(B{weighted}:J{weighted}))");
    sheet.row([Value::Strong("Jumlah NRR tertimbang *)"), Value::Formula(formula, text(sum), Look::Nrr)])?;
    let formula = format!("=IF(COUNT(B{means}:J{means})=0,\"\",ROUND(25*AVERAGE(B{means}:J{means}),2))");
    let rounded = ikm.as_ref().map(|index| index.rounded().to_string()).unwrap_or_default();
    sheet.row([Value::Strong("IKM unit pelayanan **)"), Value::Formula(formula, rounded, Look::Index)])?;
    let b = format!("B{}", sheet.next_row() - 1);
    let formula = format!("=IF({b}=\"\",\"\",IF({b}>=88.31,\"A\",IF({b}>=76.61,\"B\",IF({b}>=65,\"C\",\"D\"))))");
    let letter = ikm.map(|index| index.mutu().letter().to_owned()).unwrap_or_default();
    sheet.row([Value::Strong("Mutu pelayanan"), Value::Formula(formula, letter, Look::Text)])?;
    let weight = index::ikm_weight_011(&total).map(Fixed::to_f64);
    sheet.row([Value::Strong("Pembanding bobot 0,11"), Value::number(weight, Look::Index)])
}
