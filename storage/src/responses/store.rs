//! Storing a batch of responses in one transaction: the same for the ingest writer and for files.

use std::collections::{BTreeSet, HashMap, HashSet};

use suara_domain::period::Period;
use uuid::Uuid;

use crate::codes::Code;
use crate::connection::Connection;
use crate::device_marks::DayKeys;
use crate::dialect::{self, Insertion, Lock, StoredContent};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::mpp_periods;
use crate::responses::spending::Spending;
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
    let stored = store(connection, &rows, WhenClosed::Refuse, &mut DayKeys::default())?;
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
/// transaction sees it closed. The second are the visit tokens, the third the keys of days, the last the rows.
pub(crate) fn store(
    connection: &mut Connection,
    rows: &[&NewResponse],
    when_closed: WhenClosed,
    keys: &mut DayKeys,
) -> Result<Vec<Stored>, StorageError> {
    let periods: BTreeSet<Period> = rows.iter().map(|row| row.period).collect();
    for period in &periods {
        dialect::lock(&mut connection.inner, Lock::AddTo(*period))?;
    }
    let closed = closed_mpps(connection, &periods)?;
    let firsts = first_of_each_id(rows, &closed, when_closed);
    let spending = Spending::begin(connection, rows, &firsts)?;
    let new = insert(connection, rows, &firsts, &spending, keys)?;
    spending.finish(connection, rows, &new)?;

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

/// Every id once, by place, and in the same order in every transaction: two that insert the same ids crosswise would
/// otherwise wait for each other.
fn first_of_each_id(
    rows: &[&NewResponse],
    closed: &HashSet<(Period, MppId)>,
    when_closed: WhenClosed,
) -> Vec<(usize, State)> {
    let mut firsts: Vec<(usize, State)> = Vec::with_capacity(rows.len());
    let mut seen: HashSet<Uuid> = HashSet::with_capacity(rows.len());
    for (place, row) in rows.iter().enumerate() {
        let closed = closed.contains(&(row.period, row.mpp));
        if (!closed || when_closed == WhenClosed::StoreLate) && seen.insert(row.id) {
            firsts.push((place, if closed { State::Late } else { State::Accepted }));
        }
    }
    firsts.sort_unstable_by_key(|(place, _)| rows[*place].id);
    firsts
}

/// Inserts rows, given by place, that may be there already; returns the places of those that were not.
fn insert(
    connection: &mut Connection,
    rows: &[&NewResponse],
    firsts: &[(usize, State)],
    spending: &Spending,
    keys: &mut DayKeys,
) -> Result<HashMap<usize, State>, StorageError> {
    let mut wanted = Vec::with_capacity(firsts.len());
    for (place, state) in firsts {
        let row = rows[*place];
        let mark = keys.mark(connection, row, *state)?;
        wanted.push(Insertion { row, state: *state, verified: spending.verifies(*place, row), mark });
    }
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
