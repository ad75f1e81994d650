//! PostgreSQL statements that take a whole batch as one array per column: one prepared statement for any number of
//! rows, where a list of VALUES would be another statement for each length and end at 65 535 parameters.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text};

use crate::dialect::ingest::Record;
use crate::responses::NewResponse;

macro_rules! insert_responses {
    ($($column:ident: $sql_type:ty => $type:ty,)+) => {
        /// `INSERT INTO responses … ON CONFLICT (id) DO NOTHING RETURNING id, seq`.
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
                const COLUMNS: &[&str] = &[$(stringify!($column),)+];
                out.push_sql("INSERT INTO responses (");
                out.push_sql(&COLUMNS.join(", "));
                out.push_sql(") SELECT * FROM UNNEST(");
                let mut separator = "";
                $(
                    out.push_sql(separator);
                    out.push_bind_param::<Array<$sql_type>, _>(&self.$column)?;
                    separator = ", ";
                )+
                let _ = separator;
                out.push_sql(") ON CONFLICT (id) DO NOTHING RETURNING id, seq");
                Ok(())
            }
        }
    };
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
}

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
    seqs: Vec<i64>,
    mpps: Vec<i32>,
    periods: Vec<i32>,
    bodies: Vec<&'a str>,
}

impl<'a> InsertComments<'a> {
    pub(super) fn new(rows: &[(i64, &NewResponse, &'a str)]) -> Self {
        Self {
            seqs: rows.iter().map(|(seq, _, _)| *seq).collect(),
            mpps: rows.iter().map(|(_, row, _)| row.mpp.0).collect(),
            periods: rows.iter().map(|(_, row, _)| row.period.number()).collect(),
            bodies: rows.iter().map(|(_, _, body)| *body).collect(),
        }
    }
}

impl QueryFragment<Pg> for InsertComments<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO comments (response_seq, mpp_id, period, body) SELECT * FROM UNNEST(");
        out.push_bind_param::<Array<BigInt>, _>(&self.seqs)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.mpps)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.periods)?;
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
