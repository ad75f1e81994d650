//! The official figures of every MPP: frozen where the period is closed, computed from the rows where it is not.

use std::collections::HashMap;
use std::io::Write;

use suara_domain::instrument::Instrument;
use suara_domain::period::Period;
use suara_domain::quality::EqualAnswers;
use suara_domain::suppression::Crossing;
use suara_reports::table::{CellKind, TableColumn};
use suara_reports::tallies::Counted;
use suara_storage::mpps::Mpp;
use suara_storage::summaries::Document;
use suara_storage::{Database, MppId, summaries};

use super::ExportRequest;
use super::table::write_table;
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::summary::{FiguresStatus, MppSummary, PeriodSummary, SummaryFacts};

pub(super) fn export(database: &Database, request: &ExportRequest, output: &mut impl Write) -> Result<(), AppError> {
    let country = Country::load(database)?;
    let wanted = request.mpps.iter().map(|code| country.mpp(code).map(|mpp| mpp.details.code.to_string()));
    let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
    let mut summary = period_summary(database, &country, request.period)?;
    if !wanted.is_empty() {
        summary.mpp.retain(|mpp| wanted.contains(&mpp.code));
    }
    let rows = summary.mpp.iter().map(|mpp| cells(&summary.period, mpp));
    write_table(request.format, &summary, &columns(), rows, output)
}

/// One row per MPP: the figures of the whole, then those of every element.
fn columns() -> Vec<TableColumn> {
    const WHOLE: [(&str, CellKind); 18] = [
        ("period", CellKind::Text),
        ("mpp", CellKind::Text),
        ("status", CellKind::Text),
        ("n", CellKind::Integer),
        ("population", CellKind::Integer),
        ("sample_minimum", CellKind::Integer),
        ("ikm", CellKind::Number),
        ("mutu", CellKind::Text),
        ("kinerja", CellKind::Text),
        ("ikm_weight_011", CellKind::Number),
        ("se", CellKind::Number),
        ("ci95_lower", CellKind::Number),
        ("ci95_upper", CellKind::Number),
        ("p_a", CellKind::Number),
        ("p_b", CellKind::Number),
        ("p_c", CellKind::Number),
        ("p_d", CellKind::Number),
        ("precision", CellKind::Text),
    ];
    const ELEMENTS: [[&str; 4]; 9] = [
        ["persyaratan_n", "persyaratan_nrr", "persyaratan_ikm", "persyaratan_mutu"],
        ["prosedur_n", "prosedur_nrr", "prosedur_ikm", "prosedur_mutu"],
        ["waktu_n", "waktu_nrr", "waktu_ikm", "waktu_mutu"],
        ["biaya_n", "biaya_nrr", "biaya_ikm", "biaya_mutu"],
        ["produk_n", "produk_nrr", "produk_ikm", "produk_mutu"],
        ["kompetensi_n", "kompetensi_nrr", "kompetensi_ikm", "kompetensi_mutu"],
        ["perilaku_n", "perilaku_nrr", "perilaku_ikm", "perilaku_mutu"],
        ["sarana_n", "sarana_nrr", "sarana_ikm", "sarana_mutu"],
        ["pengaduan_n", "pengaduan_nrr", "pengaduan_ikm", "pengaduan_mutu"],
    ];
    const OF_ELEMENT: [CellKind; 4] = [CellKind::Integer, CellKind::Number, CellKind::Number, CellKind::Text];
    const FLAGGED: [(&str, CellKind); 2] =
        [("flagged_n", CellKind::Integer), ("flagged_ikm_without", CellKind::Number)];
    let elements = ELEMENTS.into_iter().flat_map(|names| names.into_iter().zip(OF_ELEMENT));
    let all = WHOLE.into_iter().chain(elements).chain(FLAGGED);
    all.map(|(name, kind)| TableColumn { name, kind }).collect()
}

fn cells(period: &str, mpp: &MppSummary) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    let status = match mpp.status {
        FiguresStatus::Provisional => "provisional",
        FiguresStatus::Final => "final",
    };
    let probability = mpp.class_probability;
    let mut cells = vec![
        period.to_owned(),
        mpp.code.clone(),
        status.to_owned(),
        mpp.n.to_string(),
        mpp.population.map_or_else(String::new, |users| users.to_string()),
        mpp.sample_minimum.to_string(),
        text(&mpp.ikm),
        text(&mpp.mutu),
        text(&mpp.kinerja),
        text(&mpp.ikm_weight_011),
        number(mpp.se),
        number(mpp.ci95.map(|[lower, _]| lower)),
        number(mpp.ci95.map(|[_, upper]| upper)),
        number(probability.map(|known| known.a)),
        number(probability.map(|known| known.b)),
        number(probability.map(|known| known.c)),
        number(probability.map(|known| known.d)),
        mpp.precision.clone(),
    ];
    for element in &mpp.elements {
        cells.extend([element.n.to_string(), text(&element.nrr), text(&element.ikm), text(&element.mutu)]);
    }
    cells.extend([mpp.flagged.n.to_string(), text(&mpp.flagged.ikm_without)]);
    cells
}

/// The figures of all registered MPPs in a period.
///
/// # Errors
/// A failing database.
pub fn period_summary(database: &Database, country: &Country, period: Period) -> Result<PeriodSummary, AppError> {
    let frozen: HashMap<MppId, Document> =
        database.read(|connection| summaries::list(connection, period))?.into_iter().collect();
    let mut all = Vec::with_capacity(country.mpps().len());
    for mpp in country.mpps() {
        let summary = match frozen.get(&mpp.id) {
            Some(document) => serde_json::from_str(&document.body).map_err(AppError::output)?,
            None => live(database, country, mpp, period)?,
        };
        all.push(summary);
    }
    let provisional = all.iter().any(|mpp: &MppSummary| mpp.status == FiguresStatus::Provisional);
    Ok(PeriodSummary {
        period: period.to_string(),
        status: if provisional { FiguresStatus::Provisional } else { FiguresStatus::Final },
        instrument: Instrument::standard().id.clone(),
        mpp: all,
    })
}

/// The figures of one MPP from its rows as they are.
fn live(database: &Database, country: &Country, mpp: &Mpp, period: Period) -> Result<MppSummary, AppError> {
    let (mut counted, mut equal, mut crossing) = (Counted::default(), EqualAnswers::default(), Crossing::default());
    country.for_each_row(database, mpp, period, |row, _| {
        counted.add(&row, mpp.details.time_zone);
        equal.count(row.mode, &row.answers, 1);
        crossing.add(row.crossing(), 1);
        Ok(())
    })?;
    let users = country.users(database, mpp, period)?;
    let facts = SummaryFacts {
        code: mpp.details.code.as_str(),
        population: users.whole,
        service_users: &users.services,
        equal: Some(&equal),
        crossing: Some(&crossing),
    };
    Ok(MppSummary::of(&counted, &facts, FiguresStatus::Provisional))
}
