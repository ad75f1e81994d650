//! The follow-up plan (rencana tindak lanjut): what is done about an element, by whom, until when.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;
use diesel::prelude::*;
use suara_domain::element::Element;
use suara_domain::period::Period;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::followups;
use crate::upserted::Upserted;

/// One step of the plan that follows the survey of a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followup {
    /// MPP.
    pub mpp: MppId,
    /// Period whose results it answers.
    pub period: Period,
    /// Element it is about.
    pub element: Element,
    /// What is done.
    pub step: String,
    /// Who does it.
    pub owner: String,
    /// Until when.
    pub due_on: Option<NaiveDate>,
    /// How far it is, in the plan's words.
    pub status: String,
    /// What shows that it was done.
    pub evidence: String,
}

type Key = (Element, String);

/// Brings steps into line, by MPP, period, element and step; inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn upsert(connection: &mut Connection, all: &[Followup]) -> Result<Vec<Upserted>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Directory)?;
    let mut there: HashMap<(MppId, Period), HashMap<Key, Followup>> = HashMap::new();
    let key = |followup: &Followup| (followup.element, followup.step.clone());
    let mut results = Vec::with_capacity(all.len());
    for followup in all {
        let place = (followup.mpp, followup.period);
        let stored = match there.entry(place) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let stored = list(connection, followup.mpp, followup.period)?;
                entry.insert(stored.into_iter().map(|stored| (key(&stored), stored)).collect())
            }
        };
        let result = Upserted::compare(stored.get(&key(followup)), followup);
        store(connection, followup, result)?;
        stored.insert(key(followup), followup.clone());
        results.push(result);
    }
    Ok(results)
}

fn store(connection: &mut Connection, followup: &Followup, result: Upserted) -> Result<(), StorageError> {
    let values = (
        followups::owner.eq(&followup.owner),
        followups::due_on.eq(followup.due_on),
        followups::status.eq(&followup.status),
        followups::evidence.eq(&followup.evidence),
    );
    let mpp = followups::mpp_id.eq(followup.mpp.0);
    let period = followups::period.eq(followup.period.number());
    let element = followups::element.eq(followup.element.key());
    let step = followups::step.eq(&followup.step);
    match result {
        Upserted::Unchanged => {}
        Upserted::Updated => {
            let row = followups::table.filter(mpp).filter(period).filter(element).filter(step);
            diesel::update(row).set(values).execute(&mut connection.inner)?;
        }
        Upserted::Inserted => {
            diesel::insert_into(followups::table)
                .values((mpp, period, element, step, values.0, values.1, values.2, values.3))
                .execute(&mut connection.inner)?;
        }
    }
    Ok(())
}

/// The plan of an MPP for a period, in the order it was written.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn list(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Vec<Followup>, StorageError> {
    type Row = (String, String, String, Option<NaiveDate>, String, String);
    let rows: Vec<Row> = followups::table
        .filter(followups::mpp_id.eq(mpp.0))
        .filter(followups::period.eq(period.number()))
        .select((
            followups::element,
            followups::step,
            followups::owner,
            followups::due_on,
            followups::status,
            followups::evidence,
        ))
        .order(followups::id)
        .load(&mut connection.inner)?;
    rows.into_iter()
        .map(|(element, step, owner, due_on, status, evidence)| {
            let element = Element::from_key(&element).ok_or_else(|| StorageError::corrupt("an element", &element))?;
            Ok(Followup { mpp, period, element, step, owner, due_on, status, evidence })
        })
        .collect()
}
