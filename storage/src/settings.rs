//! Small values that belong to the database as a whole.

use diesel::prelude::*;
use uuid::Uuid;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::schema::settings;

/// A value.
///
/// # Errors
/// A failing database.
pub fn get(connection: &mut Connection, key: &str) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(settings::table.find(key).select(settings::value).first(&mut connection.inner).optional()?)
}

/// Sets a value; inside a write transaction.
///
/// # Errors
/// A failing database.
pub fn set(connection: &mut Connection, key: &str, value: &[u8]) -> Result<(), StorageError> {
    dialect::lock(&mut connection.inner, Lock::Settings)?;
    put(connection, key, value)
}

/// The secret of this name: 32 random bytes, made when first asked for and the same on every node from then on.
/// Inside a write transaction.
///
/// # Errors
/// A failing database, or a value of another length under this key.
pub fn secret(connection: &mut Connection, key: &str) -> Result<[u8; 32], StorageError> {
    dialect::lock(&mut connection.inner, Lock::Settings)?;
    if let Some(value) = get(connection, key)? {
        return value.try_into().map_err(|_| StorageError::corrupt("a secret of 32 bytes", key));
    }
    let secret = random_secret();
    put(connection, key, &secret)?;
    Ok(secret)
}

/// 32 random bytes from the operating system.
pub(crate) fn random_secret() -> [u8; 32] {
    // Three UUIDs of version 4 carry 366 random bits; the bytes with fixed bits are left out.
    let all: [[u8; 16]; 3] = std::array::from_fn(|_| *Uuid::new_v4().as_bytes());
    let random = all.iter().flat_map(|bytes| bytes.iter().enumerate().filter(|(place, _)| !matches!(place, 6 | 8)));
    let mut secret = [0; 32];
    for (to, (_, from)) in secret.iter_mut().zip(random) {
        *to = *from;
    }
    secret
}

/// A number that only ever grows, 0 at first.
///
/// # Errors
/// A failing database, or a value of another length under this key.
pub fn counter(connection: &mut Connection, key: &str) -> Result<u64, StorageError> {
    match get(connection, key)? {
        None => Ok(0),
        Some(value) => {
            let bytes = value.try_into().map_err(|_| StorageError::corrupt("a counter of 8 bytes", key))?;
            Ok(u64::from_be_bytes(bytes))
        }
    }
}

/// Lets a counter grow by one; inside a write transaction.
///
/// # Errors
/// As [`counter`].
pub fn increment(connection: &mut Connection, key: &str) -> Result<(), StorageError> {
    dialect::lock(&mut connection.inner, Lock::Settings)?;
    let next = counter(connection, key)? + 1;
    put(connection, key, &next.to_be_bytes())
}

fn put(connection: &mut Connection, key: &str, value: &[u8]) -> Result<(), StorageError> {
    let updated = diesel::update(settings::table.find(key)).set(settings::value.eq(value));
    if updated.execute(&mut connection.inner)? == 0 {
        diesel::insert_into(settings::table)
            .values((settings::key.eq(key), settings::value.eq(value)))
            .execute(&mut connection.inner)?;
    }
    Ok(())
}
