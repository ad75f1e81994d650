//! The visit tokens of a batch: which response is verified by its token, and which token is used afterwards.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::connection::Connection;
use crate::dialect;
use crate::error::StorageError;
use crate::responses::{NewResponse, State};
use crate::visit_tokens::{Sheet, VisitTicket};

/// MPP and last day.
type Key = (i32, i32);

/// Tokens that are being used. A batch without tokens costs nothing.
#[derive(Default)]
pub(super) struct Spending {
    sheets: BTreeMap<Key, Sheet>,
    /// Places of the responses whose token was free.
    granted: BTreeSet<usize>,
}

impl Spending {
    /// Locks the tokens of those responses that are to be inserted, given by place, and grants each to the first of them
    /// in the order of arrival. One whose id is stored already is a repetition and asks for nothing.
    pub(super) fn begin(
        connection: &mut Connection,
        rows: &[&NewResponse],
        firsts: &[(usize, State)],
    ) -> Result<Self, StorageError> {
        let mut places: Vec<usize> =
            firsts.iter().map(|(place, _)| *place).filter(|place| rows[*place].visit.is_some()).collect();
        if places.is_empty() {
            return Ok(Self::default());
        }
        places.sort_unstable();
        let mut sheets = locked(connection, places.iter().map(|place| rows[*place]))?;
        let ids = places.iter().map(|place| rows[*place].id).collect();
        // After the locks: what another node stores with the same tokens is there by now.
        let there = dialect::stored_contents(&mut connection.inner, &ids)?;
        let mut granted = BTreeSet::new();
        for place in places {
            let row = rows[place];
            let sheet = row.visit.and_then(|visit| Some((visit, sheets.get_mut(&key(row, visit))?)));
            if let Some((visit, sheet)) = sheet.filter(|_| !there.contains_key(&row.id))
                && sheet.spend(visit.serial)
            {
                granted.insert(place);
            }
        }
        Ok(Self { sheets, granted })
    }

    /// Whether the response at this place is verified.
    pub(super) fn verifies(&self, place: usize, row: &NewResponse) -> bool {
        if row.visit.is_some() { self.granted.contains(&place) } else { row.verified }
    }

    /// Stores that the tokens of those responses are used that turned out to be new.
    pub(super) fn finish(
        mut self,
        connection: &mut Connection,
        rows: &[&NewResponse],
        new: &HashMap<usize, State>,
    ) -> Result<(), StorageError> {
        let mut changed = BTreeSet::new();
        for place in &self.granted {
            let row = rows[*place];
            let Some(visit) = row.visit else { continue };
            let Some(sheet) = self.sheets.get_mut(&key(row, visit)) else { continue };
            if new.contains_key(place) {
                changed.insert(key(row, visit));
            } else {
                // Another node has just stored the same id with another token.
                sheet.give_back(visit.serial);
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let spent: Vec<(Key, Vec<u8>)> = self
            .sheets
            .into_iter()
            .filter(|(key, _)| changed.contains(key))
            .map(|(key, sheet)| (key, sheet.into_spent()))
            .collect();
        Ok(dialect::put_spent(&mut connection.inner, &spent)?)
    }
}

/// Locks the tokens of responses that are about to be stored one by one, so that this transaction, too, takes its locks in
/// the common order.
pub(crate) fn lock_tickets(connection: &mut Connection, rows: &[&NewResponse]) -> Result<(), StorageError> {
    if rows.iter().any(|row| row.visit.is_some()) {
        locked(connection, rows.iter().copied())?;
    }
    Ok(())
}

fn locked<'a>(
    connection: &mut Connection,
    rows: impl Iterator<Item = &'a NewResponse>,
) -> Result<BTreeMap<Key, Sheet>, StorageError> {
    let keys = rows.filter_map(|row| Some(key(row, row.visit?))).collect();
    let found = dialect::lock_visit_tokens(&mut connection.inner, &keys)?;
    Ok(found.into_iter().map(|(mpp, day, issued, spent)| ((mpp, day), Sheet::new(issued, spent))).collect())
}

fn key(row: &NewResponse, visit: VisitTicket) -> Key {
    (row.mpp.0, i32::from(visit.last_day))
}
