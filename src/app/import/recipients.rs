//! `recipients.csv`.

use suara_domain::language::Language;
use suara_storage::Database;
use suara_storage::recipients::{self, Recipient};

use super::names::Names;
use super::table::{Columns, Reject, Row};
use super::{Kept, parse_then_write, required, text};
use crate::app::AppError;
use crate::mail::address::Correspondent;

pub(super) const COLUMNS: Columns = Columns { required: &["mpp", "email", "name", "language"], optional: &[] };

pub(super) fn import(database: &Database, names: &Names, rows: &[Row]) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let parse = |row: &Row| {
        let mpp = match row.get("mpp") {
            None => None,
            Some(_) => Some(names.mpp(row)?.id),
        };
        let email = required(row, "email")?;
        Correspondent::new(email, "").map_err(|error| row.reject("email", "not_an_address", error.to_string()))?;
        let language = row.get("language").unwrap_or(Language::Indonesian.key());
        let language = Language::from_key(language)
            .ok_or_else(|| row.reject("language", "not_an_option", format!("\"{language}\" is not one of id, en")))?;
        Ok(Recipient { mpp, email: email.to_owned(), name: text(row, "name").unwrap_or_default(), language })
    };
    parse_then_write(rows, parse, |all| {
        Ok(database.write("import recipients", |connection| recipients::upsert(connection, all))?)
    })
}
