//! Which visit tokens were given out, and which of them were used: one bit each.
//!
//! Whether a token is used is stored without a row of its own, without time and without order, and so it cannot be joined
//! to an answer afterwards: a response only knows that it came with some token (`verified`), a bit only that some response
//! came with it. See docs/adr/0006-tokens-are-bits.md.

use diesel::prelude::*;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::visit_tokens;

/// Tokens of one MPP and last day at most: a serial has 24 bits.
pub const SERIALS: u32 = 1 << 24;

/// What a genuine token says: until when it is valid, and which one it is. Signature, MPP and validity are checked by then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitTicket {
    /// Last day of validity, in days since 2020-01-01.
    pub last_day: u16,
    /// Place among the tokens of its MPP and last day, from 0 on.
    pub serial: u32,
}

/// Gives out `count` serials of an MPP and last day, and returns the first of them; `None` if fewer are left. Inside a
/// write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn issue(connection: &mut Connection, mpp: MppId, last_day: u16, count: u32) -> Result<Option<u32>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::VisitTokens)?;
    let row = visit_tokens::table.find((mpp.0, i32::from(last_day)));
    let there: Option<i32> = row.select(visit_tokens::issued).first(&mut connection.inner).optional()?;
    let first = there.unwrap_or_default().unsigned_abs();
    if count > SERIALS.saturating_sub(first) {
        return Ok(None);
    }
    let issued = visit_tokens::issued.eq(i32::try_from(first + count).unwrap_or(i32::MAX));
    if there.is_some() {
        diesel::update(row).set(issued).execute(&mut connection.inner)?;
    } else {
        let key = (visit_tokens::mpp_id.eq(mpp.0), visit_tokens::last_day.eq(i32::from(last_day)));
        diesel::insert_into(visit_tokens::table)
            .values((key, issued, visit_tokens::spent.eq(&[] as &[u8])))
            .execute(&mut connection.inner)?;
    }
    Ok(Some(first))
}

/// How many tokens of an MPP and last day were given out, and how many of them were used.
///
/// # Errors
/// A failing database.
pub fn counts(connection: &mut Connection, mpp: MppId, last_day: u16) -> Result<(u32, u32), StorageError> {
    let row = visit_tokens::table.find((mpp.0, i32::from(last_day)));
    let there: Option<(i32, Vec<u8>)> =
        row.select((visit_tokens::issued, visit_tokens::spent)).first(&mut connection.inner).optional()?;
    let (issued, spent) = there.unwrap_or_default();
    Ok((issued.unsigned_abs(), spent.iter().map(|byte| byte.count_ones()).sum()))
}

/// The tokens of one MPP and last day: how many there are, and which are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sheet {
    issued: u32,
    spent: Vec<u8>,
}

impl Sheet {
    pub(crate) fn new(issued: i32, spent: Vec<u8>) -> Self {
        Self { issued: issued.unsigned_abs(), spent }
    }

    /// Uses a token. `false` if it was never given out, or is used already.
    pub(crate) fn spend(&mut self, serial: u32) -> bool {
        let (byte, bit) = place(serial);
        if serial >= self.issued {
            return false;
        }
        if self.spent.len() <= byte {
            self.spent.resize(byte + 1, 0);
        }
        let is_free = self.spent[byte] & bit == 0;
        self.spent[byte] |= bit;
        is_free
    }

    /// Takes back that a token was used.
    pub(crate) fn give_back(&mut self, serial: u32) {
        let (byte, bit) = place(serial);
        if let Some(bits) = self.spent.get_mut(byte) {
            *bits &= !bit;
        }
    }

    pub(crate) fn into_spent(self) -> Vec<u8> {
        self.spent
    }
}

fn place(serial: u32) -> (usize, u8) {
    (serial as usize / 8, 1 << (serial % 8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_used_once() {
        let mut sheet = Sheet::new(20, vec![0b0000_0010]);
        assert_eq!(
            [0, 1, 0, 19, 19, 20, 4_000_000].map(|serial| sheet.spend(serial)),
            [true, false, false, true, false, false, false]
        );
        sheet.give_back(0);
        sheet.give_back(4_000_000);
        assert_eq!(sheet.clone().into_spent(), [0b0000_0010, 0, 0b0000_1000]);
        assert!(sheet.spend(0));
    }
}
