//! `mpp.csv`.

use suara_domain::mpp::{MppCode, region};
use suara_storage::Database;
use suara_storage::mpps::{self, MppDetails};

use super::table::{Columns, Reject, Row};
use super::{Kept, date, parse_then_write, required, text};
use crate::app::AppError;

pub(super) const COLUMNS: Columns = Columns {
    required: &["code", "name", "region_code"],
    optional: &[
        "brand",
        "soft_launched_on",
        "inaugurated_on",
        "address",
        "organiser",
        "surveyor",
        "signatory",
        "signatory_title",
        "closed_on",
    ],
};

pub(super) fn import(database: &Database, rows: &[Row]) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    parse_then_write(rows, parse, |details| {
        Ok(database.write("import mpps", |connection| mpps::upsert(connection, details))?)
    })
}

fn parse(row: &Row) -> Result<MppDetails, Reject> {
    let code = required(row, "code")?;
    let code = MppCode::parse(code).map_err(|error| row.reject("code", "not_a_code", error.to_string()))?;
    let region_code = required(row, "region_code")?;
    let region = region(region_code).ok_or_else(|| {
        let reason = format!("there is no regency, city or province with the code \"{region_code}\"");
        row.reject("region_code", "unknown_region", reason)
    })?;
    Ok(MppDetails {
        code,
        name: required(row, "name")?.to_owned(),
        region_code: region.code.to_owned(),
        province_code: region.province_code.to_owned(),
        time_zone: region.time_zone,
        brand: text(row, "brand"),
        soft_launched_on: date(row, "soft_launched_on")?,
        inaugurated_on: date(row, "inaugurated_on")?,
        address: text(row, "address"),
        organiser: text(row, "organiser"),
        surveyor: text(row, "surveyor"),
        signatory: text(row, "signatory"),
        signatory_title: text(row, "signatory_title"),
        closed_on: date(row, "closed_on")?,
    })
}
