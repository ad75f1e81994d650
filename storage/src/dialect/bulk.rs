//! Reading and writing many rows: row by row through a cursor, so that memory stays flat.

use diesel::connection::DefaultLoadingMode;
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::result::QueryResult;

use crate::any_connection::AnyConnection;
use crate::dialect::statements;
use crate::error::StorageError;
use crate::schema::{comments, responses, tallies};

/// All of a response but its content hash, as it is stored, with its comment.
#[derive(Queryable, Selectable)]
#[diesel(table_name = responses)]
pub(crate) struct StoredResponse {
    pub seq: i64,
    pub id: Vec<u8>,
    pub service_id: Option<i32>,
    pub counter_id: Option<i32>,
    pub filled_at: i64,
    pub received_at: i64,
    pub channel: Option<i16>,
    pub mode: Option<i16>,
    pub persyaratan: Option<i16>,
    pub prosedur: Option<i16>,
    pub waktu: Option<i16>,
    pub biaya: Option<i16>,
    pub produk: Option<i16>,
    pub kompetensi: Option<i16>,
    pub perilaku: Option<i16>,
    pub sarana: Option<i16>,
    pub pengaduan: Option<i16>,
    pub sex: Option<i16>,
    pub age_band: Option<i16>,
    pub education: Option<i16>,
    pub occupation: Option<i16>,
    pub disability: Option<i16>,
    pub duration_s: Option<i32>,
    pub language: Option<i16>,
    pub verified: bool,
    pub flags: i32,
    pub state: i16,
    pub instrument_id: i32,
    pub counter_signed: bool,
}

/// Calls `visit` for the responses of one MPP and period in one of `states` and not older than `since`, in the order of
/// `(filled_at, id)`.
pub(crate) fn for_each_response(
    connection: &mut AnyConnection,
    (mpp, period): (i32, i32),
    (states, since): (&[i16], i64),
    mut visit: impl FnMut(StoredResponse, Option<String>) -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    // A macro, because the selection of a struct is of another type for each database.
    macro_rules! query {
        () => {
            responses::table
                .left_join(comments::table)
                .filter(responses::period.eq(period))
                .filter(responses::mpp_id.eq(mpp))
                .filter(responses::state.eq_any(states))
                .filter(responses::filled_at.ge(since))
                .order((responses::filled_at, responses::id))
                .select((StoredResponse::as_select(), comments::body.nullable()))
        };
    }
    type Row = (StoredResponse, Option<String>);
    let mut each = |row: QueryResult<Row>| -> Result<(), StorageError> {
        let (response, comment) = row?;
        visit(response, comment)
    };
    match connection {
        AnyConnection::Postgres(connection) => {
            query!().load_iter::<Row, PgRowByRowLoadingMode>(connection)?.try_for_each(&mut each)
        }
        AnyConnection::Sqlite(connection) => {
            query!().load_iter::<Row, DefaultLoadingMode>(connection)?.try_for_each(&mut each)
        }
    }
}

/// Calls `visit` for the ids of all responses of one MPP and period until it returns `false`.
pub(crate) fn for_each_id(
    connection: &mut AnyConnection,
    (mpp, period): (i32, i32),
    mut visit: impl FnMut(&[u8]) -> Result<bool, StorageError>,
) -> Result<(), StorageError> {
    let query =
        responses::table.filter(responses::period.eq(period)).filter(responses::mpp_id.eq(mpp)).select(responses::id);
    let mut until = |rows: &mut dyn Iterator<Item = QueryResult<Vec<u8>>>| -> Result<(), StorageError> {
        for id in rows {
            if !visit(&id?)? {
                break;
            }
        }
        Ok(())
    };
    match connection {
        AnyConnection::Postgres(connection) => {
            until(&mut query.load_iter::<Vec<u8>, PgRowByRowLoadingMode>(connection)?)
        }
        AnyConnection::Sqlite(connection) => until(&mut query.load_iter::<Vec<u8>, DefaultLoadingMode>(connection)?),
    }
}

/// Inserts the tallies of one MPP and period: dimension, key, encoded words.
pub(crate) fn insert_tallies(
    connection: &mut AnyConnection,
    (mpp, period): (i32, i32),
    rows: &[(&str, &str, Vec<u8>)],
) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => statements::InsertTallies {
            mpp,
            period,
            dimensions: rows.iter().map(|row| row.0).collect(),
            keys: rows.iter().map(|row| row.1).collect(),
            words: rows.iter().map(|row| row.2.as_slice()).collect(),
        }
        .execute(connection)
        .map(drop),
        AnyConnection::Sqlite(connection) => {
            for (dimension, key, words) in rows {
                diesel::insert_into(tallies::table)
                    .values((
                        tallies::mpp_id.eq(mpp),
                        tallies::period.eq(period),
                        tallies::dimension.eq(dimension),
                        tallies::key.eq(key),
                        tallies::words.eq(words),
                    ))
                    .execute(connection)?;
            }
            Ok(())
        }
    }
}
