//! Storing a batch of responses in one transaction: the same for the ingest writer and for files.

use std::collections::{BTreeSet, HashMap, HashSet};

use suara_domain::period::Period;
use uuid::Uuid;

use crate::codes::Code;
use crate::connection::Connection;
use crate::dialect::{self, Lock, StoredContent};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::mpp_periods;
use crate::responses::{NewResponse, State};

/// What became of one row of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// Stored.
    Inserted,
    /// Was there already, with the same content.
    Unchanged,
    /// The id is there already, with other content.
    Conflict,
    /// The period of this MPP is closed.
    PeriodClosed,
    /// The id was there and was taken back.
    Withdrawn,
}

/// What to do with a response whose period is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhenClosed {
    /// Keep it, outside the figures.
    StoreLate,
    /// Leave it out.
    Refuse,
}

/// What became of one response of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    New(State),
    Same(State),
    Different,
    Withdrawn,
    PeriodClosed,
}

/// Stores rows of a file, in order; call it inside a write transaction, a few thousand rows at a time.
///
/// # Errors
/// The database refuses a row or fails; nothing of the batch must be kept then.
pub fn insert_batch(connection: &mut Connection, rows: &[NewResponse]) -> Result<Vec<Imported>, StorageError> {
    let rows: Vec<&NewResponse> = rows.iter().collect();
    let stored = store(connection, &rows, WhenClosed::Refuse)?;
    Ok(stored
        .into_iter()
        .map(|stored| match stored {
            Stored::New(_) => Imported::Inserted,
            Stored::Same(_) => Imported::Unchanged,
            Stored::Different => Imported::Conflict,
            Stored::Withdrawn => Imported::Withdrawn,
            Stored::PeriodClosed => Imported::PeriodClosed,
        })
        .collect())
}

/// Stores a batch inside a write transaction and says for each row, in order, what became of it.
///
/// The first thing is the shared lock on the periods: whoever closes one waits for this transaction, or this
/// transaction sees it closed.
pub(crate) fn store(
    connection: &mut Connection,
    rows: &[&NewResponse],
    when_closed: WhenClosed,
) -> Result<Vec<Stored>, StorageError> {
    let periods: BTreeSet<Period> = rows.iter().map(|row| row.period).collect();
    for period in &periods {
        dialect::lock(&mut connection.inner, Lock::AddTo(*period))?;
    }
    let closed = closed_mpps(connection, &periods)?;

    // Every id once, and in the same order in every transaction: two that insert the same ids crosswise would
    // otherwise wait for each other.
    let mut firsts: Vec<(usize, State)> = Vec::with_capacity(rows.len());
    let mut first_of: HashMap<Uuid, usize> = HashMap::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let closed = closed.contains(&(row.period, row.mpp));
        if (!closed || when_closed == WhenClosed::StoreLate) && !first_of.contains_key(&row.id) {
            first_of.insert(row.id, place);
            firsts.push((place, if closed { State::Late } else { State::Accepted }));
        }
    }
    firsts.sort_unstable_by_key(|(place, _)| rows[*place].id);
    let new = insert(connection, rows, &firsts)?;

    // Whatever was not inserted is compared with what is there: stored before, or just now by this very batch.
    let others = rows.iter().enumerate().filter(|(place, _)| !new.contains_key(place)).map(|(_, row)| row.id);
    let there = dialect::stored_contents(&mut connection.inner, &others.collect())?;
    rows.iter()
        .enumerate()
        .map(|(place, row)| match (new.get(&place), there.get(&row.id)) {
            (Some(state), _) => Ok(Stored::New(*state)),
            (None, Some(stored)) => compare(row, stored),
            (None, None) => Ok(Stored::PeriodClosed),
        })
        .collect()
}

/// Inserts rows, given by place, that may be there already; returns the places of those that were not.
fn insert(
    connection: &mut Connection,
    rows: &[&NewResponse],
    firsts: &[(usize, State)],
) -> Result<HashMap<usize, State>, StorageError> {
    let wanted: Vec<(&NewResponse, State)> = firsts.iter().map(|(place, state)| (rows[*place], *state)).collect();
    let is_new = dialect::insert_responses(&mut connection.inner, &wanted)?;
    Ok(firsts.iter().zip(is_new).filter(|(_, is_new)| *is_new).map(|(first, _)| *first).collect())
}

fn compare(row: &NewResponse, stored: &StoredContent) -> Result<Stored, StorageError> {
    Ok(match State::from_code(stored.state)? {
        State::Withdrawn => Stored::Withdrawn,
        state if stored.content_hash.as_deref() == Some(&row.content_hash) => Stored::Same(state),
        State::Accepted | State::Late => Stored::Different,
    })
}

fn closed_mpps(
    connection: &mut Connection,
    periods: &BTreeSet<Period>,
) -> Result<HashSet<(Period, MppId)>, StorageError> {
    let mut closed = HashSet::new();
    for period in periods {
        closed.extend(mpp_periods::closed_mpps(connection, *period)?.into_iter().map(|mpp| (*period, mpp)));
    }
    Ok(closed)
}
