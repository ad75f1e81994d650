//! Who gets the reports by mail.

use std::collections::HashMap;

use diesel::prelude::*;
use suara_domain::language::Language;

use crate::codes::Code;
use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::recipients;
use crate::upserted::Upserted;

/// A recipient of reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// MPP; `None` for the ministry.
    pub mpp: Option<MppId>,
    /// Address.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language of the mail.
    pub language: Language,
}

/// Brings recipients into line, by MPP and address; inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn upsert(connection: &mut Connection, all: &[Recipient]) -> Result<Vec<Upserted>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Directory)?;
    let key = |recipient: &Recipient| (recipient.mpp, recipient.email.clone());
    let mut there: HashMap<(Option<MppId>, String), Recipient> =
        list(connection)?.into_iter().map(|recipient| (key(&recipient), recipient)).collect();
    let mut results = Vec::with_capacity(all.len());
    for recipient in all {
        let result = Upserted::compare(there.get(&key(recipient)), recipient);
        if result != Upserted::Unchanged {
            store(connection, recipient, result)?;
        }
        there.insert(key(recipient), recipient.clone());
        results.push(result);
    }
    Ok(results)
}

fn store(connection: &mut Connection, recipient: &Recipient, result: Upserted) -> Result<(), StorageError> {
    let values = (recipients::name.eq(&recipient.name), recipients::language.eq(recipient.language.code()));
    let mpp = recipient.mpp.map(|mpp| mpp.0);
    let by_email = recipients::email.eq(&recipient.email);
    let inner = &mut connection.inner;
    match (result, mpp) {
        (Upserted::Updated, Some(mpp)) => {
            let row = recipients::table.filter(recipients::mpp_id.eq(mpp)).filter(by_email);
            diesel::update(row).set(values).execute(inner)?
        }
        (Upserted::Updated, None) => {
            let row = recipients::table.filter(recipients::mpp_id.is_null()).filter(by_email);
            diesel::update(row).set(values).execute(inner)?
        }
        _ => diesel::insert_into(recipients::table)
            .values((recipients::mpp_id.eq(mpp), by_email, values.0, values.1))
            .execute(inner)?,
    };
    Ok(())
}

/// All recipients; the ministry's have no MPP.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn list(connection: &mut Connection) -> Result<Vec<Recipient>, StorageError> {
    let rows: Vec<(Option<i32>, String, String, i16)> = recipients::table
        .select((recipients::mpp_id, recipients::email, recipients::name, recipients::language))
        .order((recipients::email, recipients::id))
        .load(&mut connection.inner)?;
    rows.into_iter()
        .map(|(mpp, email, name, language)| {
            Ok(Recipient { mpp: mpp.map(MppId), email, name, language: Language::from_code(language)? })
        })
        .collect()
}
