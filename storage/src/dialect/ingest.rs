//! Inserting responses: one UNNEST statement in PostgreSQL, a prepared statement run per row in SQLite.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use diesel::result::QueryResult;
use suara_domain::element::Element;
use uuid::Uuid;

use crate::any_connection::AnyConnection;
use crate::codes::Code;
use crate::connection::micros;
use crate::device_marks::Mark;
use crate::dialect::statements;
use crate::responses::{NewResponse, State};
use crate::schema::{comments, device_marks, responses};
use crate::url::DatabaseUrl;

/// A response to be inserted, with what its batch has found out about it.
pub(crate) struct Insertion<'a> {
    pub row: &'a NewResponse,
    pub state: State,
    pub verified: bool,
    pub mark: Option<Mark>,
}

/// One row of `responses`, borrowed from the response it is made of.
pub(super) struct Record<'a> {
    pub id: &'a [u8],
    pub mpp_id: i32,
    pub service_id: Option<i32>,
    pub counter_id: Option<i32>,
    pub period: i32,
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
    pub content_hash: &'a [u8],
    pub instrument_id: i32,
    pub counter_signed: bool,
}

impl<'a> Record<'a> {
    fn new(insertion: &Insertion<'a>) -> Self {
        let row = insertion.row;
        let score = |element| row.answers.get(element).map(|score| i16::from(score.get()));
        let profile = &row.profile;
        Self {
            id: row.id.as_bytes(),
            mpp_id: row.mpp.0,
            service_id: row.service.map(|service| service.0),
            counter_id: row.counter.map(|counter| counter.0),
            period: row.period.number(),
            filled_at: micros(row.filled_at),
            received_at: micros(row.received_at),
            channel: row.channel.map(Code::code),
            mode: Some(row.mode.code()),
            persyaratan: score(Element::Persyaratan),
            prosedur: score(Element::Prosedur),
            waktu: score(Element::Waktu),
            biaya: score(Element::Biaya),
            produk: score(Element::Produk),
            kompetensi: score(Element::Kompetensi),
            perilaku: score(Element::Perilaku),
            sarana: score(Element::Sarana),
            pengaduan: score(Element::Pengaduan),
            sex: profile.sex.map(Code::code),
            age_band: profile.age_band.map(Code::code),
            education: profile.education.map(Code::code),
            occupation: profile.occupation.map(Code::code),
            disability: profile.disability.map(Code::code),
            duration_s: row.duration_s,
            language: row.language.map(Code::code),
            verified: insertion.verified,
            flags: row.flags,
            state: insertion.state.code(),
            content_hash: &row.content_hash,
            instrument_id: row.instrument.0,
            counter_signed: row.counter_signed,
        }
    }
}

/// How many writers make use of the database. SQLite takes one transaction at a time. PostgreSQL prepares one while it
/// flushes the log of another; a third writer would only make the batches smaller.
pub(crate) const fn writers(url: &DatabaseUrl) -> usize {
    match url {
        DatabaseUrl::Sqlite(_) => 1,
        DatabaseUrl::Postgres(_) => 2,
    }
}

/// Inserts rows of different ids with their comments and device marks. For each, in order, whether it is new: those that
/// were there already stay as they are, without anything new beside them.
pub(crate) fn insert_responses(connection: &mut AnyConnection, rows: &[Insertion<'_>]) -> QueryResult<Vec<bool>> {
    match connection {
        AnyConnection::Postgres(connection) => insert_postgres(connection, rows),
        AnyConnection::Sqlite(connection) => {
            rows.iter().map(|insertion| insert_sqlite(connection, insertion)).collect()
        }
    }
}

fn insert_postgres(connection: &mut PgConnection, rows: &[Insertion<'_>]) -> QueryResult<Vec<bool>> {
    let records: Vec<Record<'_>> = rows.iter().map(Record::new).collect();
    let inserted: Vec<(Vec<u8>, i64)> = statements::InsertResponses::new(&records).load(connection)?;
    let inserted: HashMap<&[u8], i64> = inserted.iter().map(|(id, seq)| (id.as_slice(), *seq)).collect();
    let mut comments = statements::InsertComments { seqs: Vec::new(), bodies: Vec::new() };
    let mut marks = statements::InsertMarks { seqs: Vec::new(), days: Vec::new(), markers: Vec::new() };
    for insertion in rows {
        let Some(seq) = inserted.get(insertion.row.id.as_bytes().as_slice()) else { continue };
        if let Some(comment) = &insertion.row.comment {
            comments.seqs.push(*seq);
            comments.bodies.push(comment.as_str());
        }
        if let Some(mark) = &insertion.mark {
            marks.seqs.push(*seq);
            marks.days.push(mark.day);
            marks.markers.push(&mark.marker);
        }
    }
    if !comments.seqs.is_empty() {
        comments.execute(connection)?;
    }
    if !marks.seqs.is_empty() {
        marks.execute(connection)?;
    }
    Ok(records.iter().map(|record| inserted.contains_key(record.id)).collect())
}

fn insert_sqlite(connection: &mut SqliteConnection, insertion: &Insertion<'_>) -> QueryResult<bool> {
    let is_new = statements::InsertResponse(Record::new(insertion)).execute(connection)? == 1;
    if !is_new || (insertion.row.comment.is_none() && insertion.mark.is_none()) {
        return Ok(is_new);
    }
    let seq: i64 = diesel::select(last_insert_rowid()).get_result(connection)?;
    if let Some(comment) = &insertion.row.comment {
        diesel::insert_into(comments::table)
            .values((comments::response_seq.eq(seq), comments::body.eq(comment)))
            .execute(connection)?;
    }
    if let Some(mark) = &insertion.mark {
        diesel::insert_into(device_marks::table)
            .values((
                device_marks::response_seq.eq(seq),
                device_marks::day.eq(mark.day),
                device_marks::marker.eq(mark.marker.as_slice()),
            ))
            .execute(connection)?;
    }
    Ok(true)
}

#[diesel::declare_sql_function]
extern "SQL" {
    fn last_insert_rowid() -> diesel::sql_types::BigInt;
}

/// What is stored under an id, as far as it decides about a second post.
pub(crate) struct StoredContent {
    pub content_hash: Option<Vec<u8>>,
    pub state: i16,
}

/// What is stored under these ids; those that are not stored are left out.
pub(crate) fn stored_contents(
    connection: &mut AnyConnection,
    ids: &BTreeSet<Uuid>,
) -> QueryResult<HashMap<Uuid, StoredContent>> {
    type Row = (Vec<u8>, Option<Vec<u8>>, i16);
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let columns = (responses::id, responses::content_hash, responses::state);
    let rows: Vec<Row> = match connection {
        AnyConnection::Postgres(connection) => {
            let ids: Vec<&[u8]> = ids.iter().map(|id| id.as_bytes().as_slice()).collect();
            responses::table.filter(responses::id.eq_any(ids)).select(columns).load(connection)?
        }
        AnyConnection::Sqlite(connection) => {
            let mut rows = Vec::new();
            for id in ids {
                let id = id.as_bytes().as_slice();
                let found = responses::table.filter(responses::id.eq(id)).select(columns).first(connection);
                rows.extend(found.optional()?);
            }
            rows
        }
    };
    Ok(rows
        .into_iter()
        .filter_map(|(id, content_hash, state)| {
            Some((Uuid::from_slice(&id).ok()?, StoredContent { content_hash, state }))
        })
        .collect())
}
