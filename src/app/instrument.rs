//! The questionnaire that is asked, as the database knows it.

use sha2::{Digest, Sha256};
use suara_domain::instrument::{Instrument, STANDARD_JSON};
use suara_storage::instruments::{self, StoredInstrument};
use suara_storage::{Database, InstrumentId};

use super::AppError;

/// The id of the official questionnaire, which is stored when it is first needed.
///
/// # Errors
/// A failing database, or another wording stored under the same key.
pub fn standard(database: &Database) -> Result<InstrumentId, AppError> {
    let instrument = Instrument::standard();
    let stored = StoredInstrument {
        key: instrument.id.clone(),
        rule_version: instrument.rule_version.clone(),
        body: STANDARD_JSON.to_owned(),
        sha256: Sha256::digest(STANDARD_JSON.as_bytes()).into(),
    };
    Ok(database.write("instrument", |connection| instruments::ensure(connection, &stored))?)
}
