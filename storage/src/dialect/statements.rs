//! Statements written by hand, each prepared once and used for ever.
//!
//! Those for PostgreSQL take a whole batch as one array per column: one statement for any number of rows, where a
//! list of VALUES would be another statement for each length and end at 65 535 parameters.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text};
use diesel::sqlite::Sqlite;

use crate::dialect::ingest::Record;

/// The columns of `responses` with their SQL type and that in [`Record`]; from them one statement for each database.
macro_rules! insert_responses {
    ($($column:ident: $sql_type:ty => $type:ty,)+) => {
        const COLUMNS: &[&str] = &[$(stringify!($column),)+];

        /// In PostgreSQL, all rows at once.
        pub(super) struct InsertResponses<'a> {
            $($column: Vec<$type>,)+
        }

        impl<'a> InsertResponses<'a> {
            pub(super) fn new(records: &'a [Record<'a>]) -> Self {
                Self { $($column: records.iter().map(|record| record.$column).collect(),)+ }
            }
        }

        impl QueryFragment<Pg> for InsertResponses<'_> {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
                out.push_sql("INSERT INTO responses (");
                out.push_sql(&COLUMNS.join(", "));
                out.push_sql(") SELECT * FROM UNNEST(");
                let mut separators = separators();
                $(
                    out.push_sql(separators.next().unwrap_or_default());
                    out.push_bind_param::<Array<$sql_type>, _>(&self.$column)?;
                )+
                out.push_sql(") ON CONFLICT (id) DO NOTHING RETURNING id, seq");
                Ok(())
            }
        }

        /// In SQLite, one row; diesel's own would put its text together anew for each.
        pub(super) struct InsertResponse<'a>(pub(super) Record<'a>);

        impl QueryFragment<Sqlite> for InsertResponse<'_> {
            fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
                out.push_sql("INSERT INTO responses (");
                out.push_sql(&COLUMNS.join(", "));
                out.push_sql(") VALUES (");
                let mut separators = separators();
                $(
                    out.push_sql(separators.next().unwrap_or_default());
                    out.push_bind_param::<$sql_type, _>(&self.0.$column)?;
                )+
                out.push_sql(") ON CONFLICT (id) DO NOTHING");
                Ok(())
            }
        }
    };
}

fn separators() -> impl Iterator<Item = &'static str> {
    std::iter::once("").chain(std::iter::repeat(", "))
}

insert_responses! {
    id: Binary => &'a [u8],
    mpp_id: Integer => i32,
    service_id: Nullable<Integer> => Option<i32>,
    counter_id: Nullable<Integer> => Option<i32>,
    period: Integer => i32,
    filled_at: BigInt => i64,
    received_at: BigInt => i64,
    channel: Nullable<SmallInt> => Option<i16>,
    mode: Nullable<SmallInt> => Option<i16>,
    persyaratan: Nullable<SmallInt> => Option<i16>,
    prosedur: Nullable<SmallInt> => Option<i16>,
    waktu: Nullable<SmallInt> => Option<i16>,
    biaya: Nullable<SmallInt> => Option<i16>,
    produk: Nullable<SmallInt> => Option<i16>,
    kompetensi: Nullable<SmallInt> => Option<i16>,
    perilaku: Nullable<SmallInt> => Option<i16>,
    sarana: Nullable<SmallInt> => Option<i16>,
    pengaduan: Nullable<SmallInt> => Option<i16>,
    sex: Nullable<SmallInt> => Option<i16>,
    age_band: Nullable<SmallInt> => Option<i16>,
    education: Nullable<SmallInt> => Option<i16>,
    occupation: Nullable<SmallInt> => Option<i16>,
    disability: Nullable<SmallInt> => Option<i16>,
    duration_s: Nullable<Integer> => Option<i32>,
    language: Nullable<SmallInt> => Option<i16>,
    verified: Bool => bool,
    flags: Integer => i32,
    state: SmallInt => i16,
    content_hash: Binary => &'a [u8],
    instrument_id: Integer => i32,
    counter_signed: Bool => bool,
}

impl QueryId for InsertResponse<'_> {
    type QueryId = InsertResponse<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<SqliteConnection> for InsertResponse<'_> {}

impl QueryId for InsertResponses<'_> {
    type QueryId = InsertResponses<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for InsertResponses<'_> {
    type SqlType = (Binary, BigInt);
}

impl RunQueryDsl<PgConnection> for InsertResponses<'_> {}

/// `INSERT INTO comments …`.
pub(super) struct InsertComments<'a> {
    pub(super) seqs: Vec<i64>,
    pub(super) bodies: Vec<&'a str>,
}

impl QueryFragment<Pg> for InsertComments<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO comments (response_seq, body) SELECT * FROM UNNEST(");
        out.push_bind_param::<Array<BigInt>, _>(&self.seqs)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.bodies)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for InsertComments<'_> {
    type QueryId = InsertComments<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for InsertComments<'_> {}

/// `INSERT INTO tallies …`: the groups of one MPP and period.
pub(super) struct InsertTallies<'a> {
    pub(super) mpp: i32,
    pub(super) period: i32,
    pub(super) dimensions: Vec<&'a str>,
    pub(super) keys: Vec<&'a str>,
    pub(super) words: Vec<&'a [u8]>,
}

impl QueryFragment<Pg> for InsertTallies<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO tallies (mpp_id, period, dimension, key, words) SELECT ");
        out.push_bind_param::<Integer, _>(&self.mpp)?;
        out.push_sql(", ");
        out.push_bind_param::<Integer, _>(&self.period)?;
        out.push_sql(", * FROM UNNEST(");
        out.push_bind_param::<Array<Text>, _>(&self.dimensions)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.keys)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.words)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for InsertTallies<'_> {
    type QueryId = InsertTallies<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for InsertTallies<'_> {}

/// `INSERT INTO device_marks …`.
pub(super) struct InsertMarks<'a> {
    pub(super) seqs: Vec<i64>,
    pub(super) days: Vec<i32>,
    pub(super) markers: Vec<&'a [u8]>,
}

impl QueryFragment<Pg> for InsertMarks<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO device_marks (response_seq, day, marker) SELECT * FROM UNNEST(");
        out.push_bind_param::<Array<BigInt>, _>(&self.seqs)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.days)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.markers)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryId for InsertMarks<'_> {
    type QueryId = InsertMarks<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for InsertMarks<'_> {}

/// Rows of `visit_tokens`, locked one after the other in the order of their key, which is the same for everybody.
pub(super) struct LockVisitTokens {
    pub(super) mpps: Vec<i32>,
    pub(super) days: Vec<i32>,
}

impl QueryFragment<Pg> for LockVisitTokens {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT tokens.mpp_id, tokens.last_day, tokens.issued, tokens.spent FROM UNNEST(");
        out.push_bind_param::<Array<Integer>, _>(&self.mpps)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.days)?;
        out.push_sql(
            ") AS wanted (mpp_id, last_day) JOIN visit_tokens AS tokens USING (mpp_id, last_day) \
             ORDER BY tokens.mpp_id, tokens.last_day FOR UPDATE OF tokens",
        );
        Ok(())
    }
}

impl QueryId for LockVisitTokens {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for LockVisitTokens {
    type SqlType = (Integer, Integer, Integer, Binary);
}

impl RunQueryDsl<PgConnection> for LockVisitTokens {}

/// `UPDATE visit_tokens …`: the used ones of several rows.
pub(super) struct PutSpent<'a> {
    pub(super) mpps: Vec<i32>,
    pub(super) days: Vec<i32>,
    pub(super) spent: Vec<&'a [u8]>,
}

impl QueryFragment<Pg> for PutSpent<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("UPDATE visit_tokens AS tokens SET spent = used.spent FROM UNNEST(");
        out.push_bind_param::<Array<Integer>, _>(&self.mpps)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.days)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.spent)?;
        out.push_sql(
            ") AS used (mpp_id, last_day, spent) \
             WHERE tokens.mpp_id = used.mpp_id AND tokens.last_day = used.last_day",
        );
        Ok(())
    }
}

impl QueryId for PutSpent<'_> {
    type QueryId = PutSpent<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for PutSpent<'_> {}
