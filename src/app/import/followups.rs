//! `followups.csv`.

use suara_domain::element::Element;
use suara_storage::Database;
use suara_storage::followups::{self, Followup};

use super::names::Names;
use super::table::{Columns, Reject, Row};
use super::{Kept, date, parse_then_write, period, required, text};
use crate::app::AppError;

pub(super) const COLUMNS: Columns =
    Columns { required: &["mpp", "period", "element", "step", "owner", "due_on", "status", "evidence"], optional: &[] };

pub(super) fn import(database: &Database, names: &Names, rows: &[Row]) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let parse = |row: &Row| {
        let mpp = names.mpp(row)?.id;
        let given = required(row, "element")?;
        let element = Element::from_key(given).ok_or_else(|| {
            let keys: Vec<&str> = Element::ALL.iter().map(|element| element.key()).collect();
            row.reject("element", "not_an_option", format!("\"{given}\" is not one of {}", keys.join(", ")))
        })?;
        Ok(Followup {
            mpp,
            period: period(row)?,
            element,
            step: required(row, "step")?.to_owned(),
            owner: text(row, "owner").unwrap_or_default(),
            due_on: date(row, "due_on")?,
            status: text(row, "status").unwrap_or_default(),
            evidence: text(row, "evidence").unwrap_or_default(),
        })
    };
    parse_then_write(rows, parse, |steps| {
        Ok(database.write("import followups", |connection| followups::upsert(connection, steps))?)
    })
}
