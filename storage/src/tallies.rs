//! Stored tallies of an MPP and period, by dimension and key.

use std::collections::BTreeMap;

use diesel::prelude::*;
use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::{mpps, tallies};
use crate::varint;

/// Replaces the tallies of an MPP and period; inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn replace(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    tallies: &TallySet,
) -> Result<(), StorageError> {
    dialect::lock(&mut connection.inner, Lock::Results)?;
    let there = tallies::table.filter(tallies::period.eq(period.number())).filter(tallies::mpp_id.eq(mpp.0));
    diesel::delete(there).execute(&mut connection.inner)?;
    let rows: Vec<(&str, &str, Vec<u8>)> = tallies
        .iter()
        .map(|(dimension, key, tally)| (dimension.key(), key, varint::encode(&tally.to_words())))
        .collect();
    Ok(dialect::insert_tallies(&mut connection.inner, (mpp.0, period.number()), &rows)?)
}

/// The tallies of an MPP and period; `None` if none were stored.
///
/// # Errors
/// A failing database, or a stored tally that cannot be read.
pub fn load(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Option<TallySet>, StorageError> {
    let rows: Vec<(String, String, Vec<u8>)> = tallies::table
        .filter(tallies::period.eq(period.number()))
        .filter(tallies::mpp_id.eq(mpp.0))
        .select((tallies::dimension, tallies::key, tallies::words))
        .load(&mut connection.inner)?;
    if rows.is_empty() {
        return Ok(None);
    }
    let mut set = TallySet::default();
    for (dimension, key, words) in rows {
        let dimension = Dimension::from_key(&dimension)
            .ok_or_else(|| StorageError::corrupt("a dimension of tallies", &dimension))?;
        *set.entry(dimension, &key) = tally(&words)?;
    }
    Ok(Some(set))
}

/// One dimension of the tallies of all MPPs in a period: MPP, then key.
///
/// # Errors
/// A failing database, or a stored tally that cannot be read.
pub fn load_dimension(
    connection: &mut Connection,
    period: Period,
    dimension: Dimension,
) -> Result<BTreeMap<MppId, BTreeMap<String, Tally>>, StorageError> {
    // Every MPP is looked up in the index, which has all dimensions of one MPP side by side.
    let rows: Vec<(i32, String, Vec<u8>)> = tallies::table
        .filter(tallies::period.eq(period.number()))
        .filter(tallies::mpp_id.eq_any(mpps::table.select(mpps::id)))
        .filter(tallies::dimension.eq(dimension.key()))
        .select((tallies::mpp_id, tallies::key, tallies::words))
        .load(&mut connection.inner)?;
    let mut all: BTreeMap<MppId, BTreeMap<String, Tally>> = BTreeMap::new();
    for (mpp, key, words) in rows {
        all.entry(MppId(mpp)).or_default().insert(key, tally(&words)?);
    }
    Ok(all)
}

/// A stored tally.
pub(crate) fn tally(words: &[u8]) -> Result<Tally, StorageError> {
    varint::decode(words)
        .and_then(|words| Tally::from_words(&words))
        .ok_or_else(|| StorageError::corrupt("the words of a tally", format!("{} bytes", words.len())))
}
