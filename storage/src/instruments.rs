//! Questionnaires that responses point to. A stored one never changes: another wording is another instrument.

use diesel::prelude::*;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::InstrumentId;
use crate::schema::instruments;

/// A questionnaire as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredInstrument {
    /// Stable identity, `permenpanrb-14-2017`.
    pub key: String,
    /// Version of the rule.
    pub rule_version: String,
    /// The JSON it was read from.
    pub body: String,
    /// SHA-256 of `body`.
    pub sha256: [u8; 32],
}

/// The id of an instrument, which is stored if it is new; inside a write transaction.
///
/// # Errors
/// Another body is stored under the same key, or a failing database.
pub fn ensure(connection: &mut Connection, instrument: &StoredInstrument) -> Result<InstrumentId, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Settings)?;
    let there: Option<(i32, Vec<u8>)> = instruments::table
        .filter(instruments::key.eq(&instrument.key))
        .select((instruments::id, instruments::sha256))
        .first(&mut connection.inner)
        .optional()?;
    match there {
        Some((id, sha256)) if sha256 == instrument.sha256 => Ok(InstrumentId(id)),
        Some(_) => Err(StorageError::Constraint(format!(
            "the instrument {} is stored with another wording; a changed one needs a key of its own",
            instrument.key
        ))),
        None => {
            let id: i32 = diesel::insert_into(instruments::table)
                .values((
                    instruments::key.eq(&instrument.key),
                    instruments::rule_version.eq(&instrument.rule_version),
                    instruments::body.eq(&instrument.body),
                    instruments::sha256.eq(instrument.sha256.as_slice()),
                ))
                .returning(instruments::id)
                .get_result(&mut connection.inner)?;
            Ok(InstrumentId(id))
        }
    }
}

/// All instruments by id.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection) -> Result<Vec<(InstrumentId, String)>, StorageError> {
    let rows: Vec<(i32, String)> = instruments::table
        .select((instruments::id, instruments::key))
        .order(instruments::id)
        .load(&mut connection.inner)?;
    Ok(rows.into_iter().map(|(id, key)| (InstrumentId(id), key)).collect())
}
