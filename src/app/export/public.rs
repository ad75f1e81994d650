//! What may be published of a period: final figures, small cells hidden (STATISTICS 5).

use std::io::Write;

use serde::Serialize;
use suara_reports::table::{CellKind, TableColumn};
use suara_storage::Database;

use super::ExportRequest;
use super::table::write_table;
use crate::app::AppError;
use crate::app::published::{self, MppFigures};
use crate::app::service;

/// The published figures of a period; MPPs that are not closed have none.
#[derive(Serialize)]
struct PublicSummary {
    period: String,
    mpp: Vec<MppFigures>,
}

pub(in crate::app) fn export(
    database: &Database,
    request: &ExportRequest,
    output: &mut impl Write,
) -> Result<(), AppError> {
    let (_, directory) = service::load(database)?;
    for code in &request.mpps {
        directory.mpp(code).ok_or_else(|| AppError::refused(format!("there is no MPP \"{code}\"")))?;
    }
    let mut mpp = published::of_period(database, &directory, request.period)?;
    if !request.mpps.is_empty() {
        mpp.retain(|figures| request.mpps.iter().any(|code| code.as_str() == figures.code));
    }
    let public = PublicSummary { period: request.period.to_string(), mpp };
    let rows = public.mpp.iter().map(cells);
    write_table(request.format, &public, &columns(), rows, output)
}

/// The columns of a published MPP, in order.
pub(in crate::app) fn columns() -> Vec<TableColumn> {
    const WHOLE: [(&str, CellKind); 11] = [
        ("period", CellKind::Text),
        ("mpp", CellKind::Text),
        ("n", CellKind::Integer),
        ("population", CellKind::Integer),
        ("sample_minimum", CellKind::Integer),
        ("ikm", CellKind::Number),
        ("mutu", CellKind::Text),
        ("kinerja", CellKind::Text),
        ("ci95_lower", CellKind::Number),
        ("ci95_upper", CellKind::Number),
        ("precision", CellKind::Text),
    ];
    const ELEMENTS: [&str; 9] = [
        "persyaratan_ikm",
        "prosedur_ikm",
        "waktu_ikm",
        "biaya_ikm",
        "produk_ikm",
        "kompetensi_ikm",
        "perilaku_ikm",
        "sarana_ikm",
        "pengaduan_ikm",
    ];
    let elements = ELEMENTS.map(|name| (name, CellKind::Number));
    WHOLE.into_iter().chain(elements).map(|(name, kind)| TableColumn { name, kind }).collect()
}

/// A published MPP as the texts of its cells, in the order of [`columns`]; empty where a figure is hidden.
pub(in crate::app) fn cells(mpp: &MppFigures) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    let mut cells = vec![
        mpp.period.clone(),
        mpp.code.clone(),
        count(mpp.n),
        count(mpp.population),
        mpp.sample_minimum.to_string(),
        text(&mpp.ikm),
        text(&mpp.mutu),
        text(&mpp.kinerja),
        number(mpp.ci95.map(|[lower, _]| lower)),
        number(mpp.ci95.map(|[_, upper]| upper)),
        text(&mpp.precision),
    ];
    cells.extend(mpp.elements.iter().map(|element| text(&element.ikm)));
    cells
}
