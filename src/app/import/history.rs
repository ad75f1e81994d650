//! `history.csv`: results from before Suara, under the rule and weight of their time.

use suara_storage::Database;
use suara_storage::history::{self, PastResult};

use super::names::Names;
use super::table::{Columns, Reject, Row};
use super::{Kept, parse_then_write, period, required};
use crate::app::AppError;

pub(super) const COLUMNS: Columns =
    Columns { required: &["mpp", "period", "ikm", "n", "rule", "weight"], optional: &[] };

pub(super) fn import(database: &Database, names: &Names, rows: &[Row]) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let parse = |row: &Row| {
        let mpp = names.mpp(row)?.id;
        let n = row.get("n").map(|given| {
            let not_a_count = |_| row.reject("n", "not_a_count", format!("\"{given}\" is not a count"));
            given.parse().map_err(not_a_count)
        });
        Ok(PastResult {
            mpp,
            period: period(row)?,
            ikm: ikm(row)?,
            n: n.transpose()?,
            rule: required(row, "rule")?.to_owned(),
            weight: required(row, "weight")?.to_owned(),
        })
    };
    parse_then_write(rows, parse, |results| {
        Ok(database.write("import history", |connection| history::upsert(connection, results))?)
    })
}

/// A published index with two decimals, with a point or, as it is printed here, a comma.
fn ikm(row: &Row) -> Result<String, Reject> {
    let given = required(row, "ikm")?;
    let (whole, decimals) = given.split_once(['.', ',']).unwrap_or((given, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let value: Option<u32> = if digits(whole) { whole.parse().ok() } else { None };
    match value {
        Some(value) if value <= 100 && decimals.len() <= 2 && digits(decimals) => Ok(format!("{value}.{decimals:0<2}")),
        _ => {
            Err(row.reject("ikm", "not_an_index", format!("\"{given}\" is not an index with two decimals, like 82.90")))
        }
    }
}
