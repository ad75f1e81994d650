//! The national comparison: frozen if the period has a snapshot, else computed from what is there.

use std::io::Write;

use suara_reports::table::{CellKind, TableColumn};
use suara_storage::Database;

use super::ExportRequest;
use super::table::write_table;
use crate::app::AppError;
use crate::app::comparison::{MppComparison, PeriodComparison, period_comparison};
use crate::app::country::Country;
use crate::app::summary::FiguresStatus;

pub(super) fn export(database: &Database, request: &ExportRequest, output: &mut impl Write) -> Result<(), AppError> {
    let country = Country::load(database)?;
    let wanted = request.mpps.iter().map(|code| country.mpp(code).map(|mpp| mpp.details.code.to_string()));
    let wanted = wanted.collect::<Result<Vec<_>, _>>()?;
    let mut comparison = period_comparison(database, &country, request.period)?;
    if request.public {
        comparison = published(comparison);
    }
    comparison.mpp.retain(|mpp| wanted.is_empty() || wanted.contains(&mpp.code));
    write(&comparison, request.format, output)
}

/// Writes a comparison in one of the formats.
///
/// # Errors
/// The output cannot be written.
pub fn write(
    comparison: &PeriodComparison,
    format: super::ExportFormat,
    output: &mut impl Write,
) -> Result<(), AppError> {
    let (columns, rows) = table(comparison);
    write_table(format, comparison, &columns, rows.into_iter(), output)
}

/// A comparison as a table: its columns, and a row of texts for every MPP.
#[must_use]
pub fn table(comparison: &PeriodComparison) -> (Vec<TableColumn>, Vec<Vec<String>>) {
    let rows = comparison.mpp.iter().map(|mpp| cells(&comparison.period, mpp));
    (columns(), rows.collect())
}

/// Nothing is public before every MPP is closed: a later closing would change the figures of all others, and those of all
/// together tell today what they did not tell yesterday.
fn published(comparison: PeriodComparison) -> PeriodComparison {
    match comparison.status {
        FiguresStatus::Provisional => {
            PeriodComparison { tests: 0, funnel: None, heterogeneity: None, mpp: Vec::new(), ..comparison }
        }
        FiguresStatus::Final => {
            let mpp = comparison.mpp.iter().map(MppComparison::published).collect();
            PeriodComparison { mpp, ..comparison }
        }
    }
}

fn columns() -> Vec<TableColumn> {
    const COLUMNS: [(&str, CellKind); 27] = [
        ("period", CellKind::Text),
        ("mpp", CellKind::Text),
        ("n", CellKind::Integer),
        ("ikm", CellKind::Number),
        ("se", CellKind::Number),
        ("funnel_z", CellKind::Number),
        ("zone", CellKind::Text),
        ("shrunken", CellKind::Number),
        ("shrunken_se", CellKind::Number),
        ("below_b", CellKind::Number),
        ("rank_median", CellKind::Integer),
        ("rank_interval90_better", CellKind::Integer),
        ("rank_interval90_worse", CellKind::Integer),
        ("top_tenth", CellKind::Number),
        ("tier", CellKind::Text),
        ("former_n", CellKind::Integer),
        ("former_ikm", CellKind::Number),
        ("change", CellKind::Number),
        ("change_se", CellKind::Number),
        ("change_ci95_lower", CellKind::Number),
        ("change_ci95_upper", CellKind::Number),
        ("change_p", CellKind::Number),
        ("change_p_adjusted", CellKind::Number),
        ("change_verdict", CellKind::Text),
        ("change_smallest_detectable", CellKind::Number),
        ("case_mix", CellKind::Number),
        ("case_mix_se", CellKind::Number),
    ];
    COLUMNS.into_iter().map(|(name, kind)| TableColumn { name, kind }).collect()
}

fn cells(period: &str, mpp: &MppComparison) -> Vec<String> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let count = |count: Option<u64>| count.map_or_else(String::new, |count| count.to_string());
    let number = |number: Option<f64>| number.map_or_else(String::new, |number| number.to_string());
    vec![
        period.to_owned(),
        mpp.code.clone(),
        count(mpp.n),
        text(&mpp.ikm),
        number(mpp.se),
        number(mpp.funnel_z),
        text(&mpp.zone),
        number(mpp.shrunken),
        number(mpp.shrunken_se),
        number(mpp.below_b),
        count(mpp.rank_median),
        count(mpp.rank_interval90.map(|[better, _]| better)),
        count(mpp.rank_interval90.map(|[_, worse]| worse)),
        number(mpp.top_tenth),
        text(&mpp.tier),
        count(mpp.former_n),
        text(&mpp.former_ikm),
        number(mpp.change),
        number(mpp.change_se),
        number(mpp.change_ci95.map(|[low, _]| low)),
        number(mpp.change_ci95.map(|[_, high]| high)),
        number(mpp.change_p),
        number(mpp.change_p_adjusted),
        text(&mpp.change_verdict),
        number(mpp.change_smallest_detectable),
        number(mpp.case_mix),
        number(mpp.case_mix_se),
    ]
}
