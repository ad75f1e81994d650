//! Taking a response back: its content goes, its id stays as a tombstone, so that it is never stored again.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::codes::Code;
use crate::connection::{Connection, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::live_tallies;
use crate::mpp_periods;
use crate::responses::{State, period};
use crate::schema::{comments, device_marks, responses};

/// What became of a wish to withdraw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// Done: nothing of the content is left.
    Withdrawn,
    /// It was withdrawn before.
    AlreadyWithdrawn,
    /// Its period is closed; the figures are fixed.
    PeriodClosed,
    /// There is no such response.
    Unknown,
}

/// Withdraws a response; call it inside a write transaction. All that is left is the id, the MPP, the period and the
/// time of the withdrawal.
///
/// # Errors
/// A failing database.
pub fn withdraw(connection: &mut Connection, id: Uuid, at: DateTime<Utc>) -> Result<Withdrawal, StorageError> {
    let by_id = responses::table.filter(responses::id.eq(id.as_bytes().as_slice()));
    let found: Option<(i64, i32, i32)> =
        by_id.select((responses::seq, responses::mpp_id, responses::period)).first(&mut connection.inner).optional()?;
    let Some((seq, mpp, number)) = found else { return Ok(Withdrawal::Unknown) };
    let period = period(number)?;
    dialect::lock(&mut connection.inner, Lock::AddTo(period))?;
    let state: i16 = responses::table.find(seq).select(responses::state).first(&mut connection.inner)?;
    if State::from_code(state)? == State::Withdrawn {
        return Ok(Withdrawal::AlreadyWithdrawn);
    }
    if mpp_periods::closed_mpps(connection, period)?.contains(&MppId(mpp)) {
        return Ok(Withdrawal::PeriodClosed);
    }
    let is_taken_out = live_tallies::take_out(connection, seq)?;
    diesel::delete(comments::table.find(seq)).execute(&mut connection.inner)?;
    diesel::delete(device_marks::table.find(seq)).execute(&mut connection.inner)?;
    empty(connection, seq, at)?;
    if !is_taken_out {
        live_tallies::recount(connection, MppId(mpp), period)?;
    }
    Ok(Withdrawal::Withdrawn)
}

fn empty(connection: &mut Connection, seq: i64, at: DateTime<Utc>) -> Result<(), StorageError> {
    const NO_CODE: Option<i16> = None;
    const NO_NUMBER: Option<i32> = None;
    diesel::update(responses::table.find(seq))
        .set((
            (
                responses::state.eq(State::Withdrawn.code()),
                responses::filled_at.eq(micros(at)),
                responses::received_at.eq(micros(at)),
                responses::content_hash.eq(None::<Vec<u8>>),
                responses::service_id.eq(NO_NUMBER),
                responses::counter_id.eq(NO_NUMBER),
                responses::duration_s.eq(NO_NUMBER),
                responses::verified.eq(false),
                responses::counter_signed.eq(false),
                responses::flags.eq(0),
            ),
            (
                responses::channel.eq(NO_CODE),
                responses::mode.eq(NO_CODE),
                responses::sex.eq(NO_CODE),
                responses::age_band.eq(NO_CODE),
                responses::education.eq(NO_CODE),
                responses::occupation.eq(NO_CODE),
                responses::disability.eq(NO_CODE),
                responses::language.eq(NO_CODE),
            ),
            (
                responses::persyaratan.eq(NO_CODE),
                responses::prosedur.eq(NO_CODE),
                responses::waktu.eq(NO_CODE),
                responses::biaya.eq(NO_CODE),
                responses::produk.eq(NO_CODE),
                responses::kompetensi.eq(NO_CODE),
                responses::perilaku.eq(NO_CODE),
                responses::sarana.eq(NO_CODE),
                responses::pengaduan.eq(NO_CODE),
            ),
        ))
        .execute(&mut connection.inner)?;
    Ok(())
}
