//! `visitors.csv`.

use suara_storage::Database;
use suara_storage::visitors::{self, VisitorCount};

use super::names::Names;
use super::table::{Columns, Reject, Row};
use super::{Kept, parse_then_write, period, required};
use crate::app::AppError;

pub(super) const COLUMNS: Columns = Columns { required: &["mpp", "service", "period", "visitors"], optional: &[] };

pub(super) fn import(database: &Database, names: &Names, rows: &[Row]) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let parse = |row: &Row| {
        let mpp = names.mpp(row)?;
        let service = match row.get("service") {
            None => None,
            Some(code) => Some(*mpp.services.get(code).ok_or_else(|| {
                row.reject("service", "unknown_service", format!("this MPP has no service \"{code}\""))
            })?),
        };
        let given = required(row, "visitors")?;
        let not_a_count = |_| row.reject("visitors", "not_a_count", format!("\"{given}\" is not a count"));
        Ok(VisitorCount { mpp: mpp.id, service, period: period(row)?, visitors: given.parse().map_err(not_a_count)? })
    };
    parse_then_write(rows, parse, |counts| {
        Ok(database.write("import visitors", |connection| visitors::upsert(connection, counts))?)
    })
}
