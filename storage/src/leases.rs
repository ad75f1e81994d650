//! Exclusive work on several machines: who holds a key until when.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::connection::{Connection, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::schema::leases;

/// Proof of holding a lease. It grows with every claim of a key, so an old holder never passes for the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(i64);

/// Claims a key until an instant; inside a write transaction. `None` if someone else holds it at `now`.
///
/// # Errors
/// A failing database.
pub fn claim(
    connection: &mut Connection,
    key: &str,
    owner: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Option<Token>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Leases)?;
    let there: Option<(i64, i64)> =
        leases::table.find(key).select((leases::token, leases::until)).first(&mut connection.inner).optional()?;
    let token = match there {
        Some((_, held_until)) if held_until > micros(now) => return Ok(None),
        Some((last, _)) => {
            let values = (leases::owner.eq(owner), leases::token.eq(last + 1), leases::until.eq(micros(until)));
            diesel::update(leases::table.find(key)).set(values).execute(&mut connection.inner)?;
            last + 1
        }
        None => {
            let values = (
                leases::key.eq(key),
                leases::owner.eq(owner),
                leases::token.eq(1_i64),
                leases::until.eq(micros(until)),
            );
            diesel::insert_into(leases::table).values(values).execute(&mut connection.inner)?;
            1
        }
    };
    Ok(Some(Token(token)))
}

/// Holds a lease for longer; inside a write transaction. `false` if it went to someone else meanwhile: stop then.
///
/// # Errors
/// A failing database.
pub fn renew(connection: &mut Connection, key: &str, token: Token, until: DateTime<Utc>) -> Result<bool, StorageError> {
    let held = leases::table.filter(leases::key.eq(key)).filter(leases::token.eq(token.0)).filter(leases::until.gt(0));
    Ok(diesel::update(held).set(leases::until.eq(micros(until))).execute(&mut connection.inner)? == 1)
}

/// Gives a lease back; inside a write transaction. One that went to someone else is left alone.
///
/// # Errors
/// A failing database.
pub fn release(connection: &mut Connection, key: &str, token: Token) -> Result<(), StorageError> {
    let held = leases::table.filter(leases::key.eq(key)).filter(leases::token.eq(token.0));
    diesel::update(held).set(leases::until.eq(0)).execute(&mut connection.inner)?;
    Ok(())
}
