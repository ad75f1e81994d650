//! Results of an MPP from before Suara, as they were published.

use std::collections::HashMap;

use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::responses::period;
use crate::schema::history;
use crate::upserted::Upserted;

/// A published result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastResult {
    /// MPP.
    pub mpp: MppId,
    /// Period.
    pub period: Period,
    /// The index as it was printed.
    pub ikm: String,
    /// Respondents, if told.
    pub n: Option<u32>,
    /// The rule it followed.
    pub rule: String,
    /// The weight it used, `1/9` or `0.11`.
    pub weight: String,
}

/// Brings results into line, by MPP and period; inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn upsert(connection: &mut Connection, all: &[PastResult]) -> Result<Vec<Upserted>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Directory)?;
    let mut there: HashMap<(MppId, Period), PastResult> =
        list(connection, None)?.into_iter().map(|past| ((past.mpp, past.period), past)).collect();
    let mut results = Vec::with_capacity(all.len());
    for past in all {
        let key = (past.mpp, past.period);
        let result = Upserted::compare(there.get(&key), past);
        store(connection, past, result)?;
        there.insert(key, past.clone());
        results.push(result);
    }
    Ok(results)
}

fn store(connection: &mut Connection, past: &PastResult, result: Upserted) -> Result<(), StorageError> {
    let values = (
        history::ikm.eq(&past.ikm),
        history::n.eq(past.n.map(i64::from)),
        history::rule.eq(&past.rule),
        history::weight.eq(&past.weight),
    );
    let (mpp, period) = (past.mpp.0, past.period.number());
    match result {
        Upserted::Unchanged => {}
        Upserted::Updated => {
            diesel::update(history::table.find((mpp, period))).set(values).execute(&mut connection.inner)?;
        }
        Upserted::Inserted => {
            let key = (history::mpp_id.eq(mpp), history::period.eq(period));
            diesel::insert_into(history::table)
                .values((key.0, key.1, values.0, values.1, values.2, values.3))
                .execute(&mut connection.inner)?;
        }
    }
    Ok(())
}

/// The results of one MPP or of all, by MPP and period.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn list(connection: &mut Connection, mpp: Option<MppId>) -> Result<Vec<PastResult>, StorageError> {
    type Row = (i32, i32, String, Option<i64>, String, String);
    let query = history::table.order((history::mpp_id, history::period));
    let rows: Vec<Row> = match mpp {
        Some(mpp) => query.filter(history::mpp_id.eq(mpp.0)).load(&mut connection.inner)?,
        None => query.load(&mut connection.inner)?,
    };
    rows.into_iter()
        .map(|(mpp, number, ikm, n, rule, weight)| {
            let n = n.map(u32::try_from).transpose();
            let n = n.map_err(|error| StorageError::corrupt("a number of respondents", error))?;
            Ok(PastResult { mpp: MppId(mpp), period: period(number)?, ikm, n, rule, weight })
        })
        .collect()
}
