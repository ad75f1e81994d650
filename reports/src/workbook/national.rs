//! The workbook of the national report: the comparison as it is exported, and from whom every MPP can learn. It goes to
//! the ministry alone and hides nothing.

use rust_xlsxwriter::{Workbook, XlsxError};
use suara_domain::index::Index;
use suara_domain::language::Language;

use super::sheet::{Formats, Look, Sheet, Value};
use crate::indonesian;
use crate::national::lessons::{Lesson, Model, lessons};
use crate::national::{NationalMpp, NationalReport};
use crate::table::{TableColumn, TableWriteError, XlsxTable};

const LEARNING: [&str; 17] = [
    "Kode",
    "MPP",
    "Provinsi",
    "n",
    "Unsur terlemah",
    "IKM unsur",
    "Batas bawah 95%",
    "Batas atas 95%",
    "Paling membutuhkan",
    "Belajar dari",
    "Provinsi",
    "IKM unsur di sana",
    "Lebih tinggi (poin)",
    "Batas bawah 95%",
    "Batas atas 95%",
    "Tindak lanjut yang dicatat di sana",
    "Keterangan",
];
const WIDTHS: [u16; 17] = [22, 34, 22, 8, 30, 10, 10, 10, 14, 34, 22, 10, 10, 10, 10, 60, 40];

/// The workbook as XLSX. `columns` and `rows` are the comparison of all MPPs.
///
/// # Errors
/// The writer fails.
pub fn national(
    report: &NationalReport,
    columns: &[TableColumn],
    rows: &[Vec<String>],
) -> Result<Vec<u8>, TableWriteError> {
    let mut table = XlsxTable::new(columns)?;
    for row in rows {
        table.row(row)?;
    }
    let mut workbook = table.into_workbook();
    learning(&mut workbook, report)?;
    Ok(workbook.save_to_buffer()?)
}

/// A row for every MPP and each of those it can learn from; an MPP without any has one row that says why.
fn learning(workbook: &mut Workbook, report: &NationalReport) -> Result<(), XlsxError> {
    let formats = Formats::new();
    let mut sheet = Sheet::add(workbook, &formats, "Belajar")?;
    sheet.widths(&WIDTHS)?;
    sheet.title(&format!("Belajar dari MPP lain, {}", indonesian::period(report.period)))?;
    sheet.note(
        "Untuk unsur terlemah setiap MPP: MPP sebanding yang nyata lebih baik (Benjamini–Hochberg). Paling membutuhkan: di \
         bawah batas corong 95%, atau seluruh interval unsurnya di bawah mutu B.",
    )?;
    sheet.skip();
    sheet.head(&LEARNING)?;
    sheet.freeze()?;
    let (all, _) = lessons(report);
    for mpp in &report.mpps {
        let lesson = all.iter().find(|lesson| lesson.mpp.code == mpp.code);
        let models = lesson.map_or(&[][..], |lesson| &lesson.models);
        for model in models {
            sheet.row(row(report, mpp, lesson, Some(model)))?;
        }
        if models.is_empty() {
            sheet.row(row(report, mpp, lesson, None))?;
        }
    }
    Ok(())
}

fn row(
    report: &NationalReport,
    mpp: &NationalMpp,
    lesson: Option<&Lesson<'_>>,
    model: Option<&Model<'_>>,
) -> [Value; LEARNING.len()] {
    let name = lesson.map(|lesson| report.instrument.question(lesson.element).name.get(Language::Indonesian));
    let ikm = |mpp: &NationalMpp| {
        let index = lesson.and_then(|lesson| Index::of_element(&mpp.total(), lesson.element));
        Value::number(index.map(|index| index.rounded().to_f64()), Look::Index)
    };
    let number = |value: Option<f64>| Value::number(value, Look::Index);
    let own = lesson.and_then(|lesson| lesson.interval);
    let better = model.and_then(|model| model.difference.interval);
    [
        mpp.code.as_str().into(),
        mpp.name.as_str().into(),
        province(mpp).into(),
        mpp.n().into(),
        name.into(),
        ikm(mpp),
        number(own.map(|(lower, _)| lower)),
        number(own.map(|(_, upper)| upper)),
        lesson.map(|lesson| if lesson.is_pressing() { "ya" } else { "tidak" }).into(),
        model.map(|model| model.mpp.name.as_str()).into(),
        model.map(|model| province(model.mpp)).into(),
        model.map_or(Value::Empty, |model| ikm(model.mpp)),
        number(model.map(|model| model.difference.difference())),
        number(better.map(|(lower, _)| lower)),
        number(better.map(|(_, upper)| upper)),
        model.map(steps).into(),
        remark(lesson, model).into(),
    ]
}

fn province(mpp: &NationalMpp) -> &'static str {
    suara_domain::mpp::region(&mpp.province_code).map_or("", |region| region.province)
}

/// All steps of a model for the element, with what became of them.
fn steps(model: &Model<'_>) -> String {
    let step = |step: &&crate::report::FollowUp| match &step.status {
        Some(status) => format!("{} ({status})", step.step),
        None => step.step.clone(),
    };
    model.steps.iter().map(step).collect::<Vec<_>>().join("; ")
}

fn remark(lesson: Option<&Lesson<'_>>, model: Option<&Model<'_>>) -> Option<&'static str> {
    match (lesson, model) {
        (None, _) => Some("kurang dari 30 responden, belum dapat dibandingkan"),
        (Some(_), None) => Some("tidak ditemukan MPP sebanding yang nyata lebih baik"),
        (Some(_), Some(model)) if model.steps.is_empty() => Some("tindak lanjut belum dicatat, tanyakan langsung"),
        _ => None,
    }
}
