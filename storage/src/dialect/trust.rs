//! Visit tokens, day keys and heartbeats: what the databases lock, keep or overwrite each in its own way.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::result::QueryResult;

use crate::any_connection::AnyConnection;
use crate::dialect::statements;
use crate::schema::{device_days, kiosk_heartbeats, visit_tokens};

/// A row of `visit_tokens`: MPP, last day, serials given out, used ones as bits.
pub(crate) type TokenRow = (i32, i32, i32, Vec<u8>);

/// Reads the rows of these MPPs and last days and locks them until the end of the transaction, always in the same order;
/// those that do not exist are left out.
pub(crate) fn lock_visit_tokens(
    connection: &mut AnyConnection,
    keys: &BTreeSet<(i32, i32)>,
) -> QueryResult<Vec<TokenRow>> {
    match connection {
        AnyConnection::Postgres(connection) => {
            let (mpps, days) = keys.iter().copied().unzip();
            statements::LockVisitTokens { mpps, days }.load(connection)
        }
        AnyConnection::Sqlite(connection) => {
            let mut rows = Vec::with_capacity(keys.len());
            for key in keys {
                let row = visit_tokens::table.find(*key);
                rows.extend(row.first::<TokenRow>(connection).optional()?);
            }
            Ok(rows)
        }
    }
}

/// Sets the bits of rows that are there and locked.
pub(crate) fn put_spent(connection: &mut AnyConnection, rows: &[((i32, i32), Vec<u8>)]) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => statements::PutSpent {
            mpps: rows.iter().map(|(key, _)| key.0).collect(),
            days: rows.iter().map(|(key, _)| key.1).collect(),
            spent: rows.iter().map(|(_, spent)| spent.as_slice()).collect(),
        }
        .execute(connection)
        .map(drop),
        AnyConnection::Sqlite(connection) => {
            for (key, spent) in rows {
                let row = diesel::update(visit_tokens::table.find(*key));
                row.set(visit_tokens::spent.eq(spent)).execute(connection)?;
            }
            Ok(())
        }
    }
}

/// Keeps this key for a day, unless another node was first.
pub(crate) fn make_day_key(connection: &mut AnyConnection, day: i32, key: &[u8]) -> QueryResult<()> {
    let insert = diesel::insert_into(device_days::table);
    let row = (device_days::day.eq(day), device_days::key.eq(key));
    match connection {
        AnyConnection::Postgres(connection) => insert.values(row).on_conflict_do_nothing().execute(connection),
        AnyConnection::Sqlite(connection) => insert.values(row).on_conflict_do_nothing().execute(connection),
    }
    .map(drop)
}

/// From here on this connection overwrites what it deletes, as far as that costs no further writing. `PostgreSQL` removes
/// it with the next VACUUM.
pub(crate) fn overwrite_deleted(connection: &mut AnyConnection) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(_) => Ok(()),
        AnyConnection::Sqlite(connection) => connection.batch_execute("PRAGMA secure_delete = FAST"),
    }
}

/// The last sign of life of the kiosk at a counter: instant, responses that wait on it, version.
pub(crate) fn put_heartbeat(
    connection: &mut AnyConnection,
    (mpp, counter): (i32, &str),
    (last_seen_at, waiting, version): (i64, i32, &str),
) -> QueryResult<()> {
    let insert = diesel::insert_into(kiosk_heartbeats::table);
    let key = (kiosk_heartbeats::mpp_id, kiosk_heartbeats::counter);
    let latest = (
        kiosk_heartbeats::last_seen_at.eq(last_seen_at),
        kiosk_heartbeats::waiting.eq(waiting),
        kiosk_heartbeats::version.eq(version),
    );
    let row = (kiosk_heartbeats::mpp_id.eq(mpp), kiosk_heartbeats::counter.eq(counter), latest);
    match connection {
        AnyConnection::Postgres(connection) => {
            insert.values(row).on_conflict(key).do_update().set(latest).execute(connection)
        }
        AnyConnection::Sqlite(connection) => {
            insert.values(row).on_conflict(key).do_update().set(latest).execute(connection)
        }
    }
    .map(drop)
}
