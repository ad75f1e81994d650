//! Live tallies: many small rows read and written at once, and who is adding responses at this moment.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Binary, Integer, Text};

use crate::any_connection::AnyConnection;
use crate::dialect::transaction::PERIODS;
use crate::schema::live_tallies;

/// Primary key of a row of `live_tallies`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LiveKey {
    pub period: i32,
    pub dimension: &'static str,
    pub mpp: i32,
    pub key: String,
}

/// The words under each of these keys, in the same order; `None` where there are none.
pub(crate) fn live_words(connection: &mut AnyConnection, keys: &[&LiveKey]) -> QueryResult<Vec<Option<Vec<u8>>>> {
    match connection {
        AnyConnection::Postgres(connection) => {
            let found: Vec<(i64, Vec<u8>)> = SelectWords(Columns::of(keys)).load(connection)?;
            let mut words = vec![None; keys.len()];
            for (place, found) in found {
                let place = usize::try_from(place - 1).ok();
                if let Some(words) = place.and_then(|place| words.get_mut(place)) {
                    *words = Some(found);
                }
            }
            Ok(words)
        }
        AnyConnection::Sqlite(connection) => keys
            .iter()
            .map(|key| {
                let row = live_tallies::table.find((key.period, key.dimension, key.mpp, &key.key));
                row.select(live_tallies::words).first(connection).optional()
            })
            .collect(),
    }
}

/// Puts words under keys, over those that are there.
pub(crate) fn put_live_words(connection: &mut AnyConnection, rows: &[(&LiveKey, Vec<u8>)]) -> QueryResult<()> {
    match connection {
        AnyConnection::Postgres(connection) => {
            let keys: Vec<&LiveKey> = rows.iter().map(|(key, _)| *key).collect();
            let words = rows.iter().map(|(_, words)| words.as_slice()).collect();
            PutWords(Columns::of(&keys), words).execute(connection).map(drop)
        }
        AnyConnection::Sqlite(connection) => {
            for (key, words) in rows {
                diesel::insert_into(live_tallies::table)
                    .values((
                        live_tallies::period.eq(key.period),
                        live_tallies::dimension.eq(key.dimension),
                        live_tallies::mpp_id.eq(key.mpp),
                        live_tallies::key.eq(&key.key),
                        live_tallies::words.eq(words),
                    ))
                    .on_conflict((
                        live_tallies::period,
                        live_tallies::dimension,
                        live_tallies::mpp_id,
                        live_tallies::key,
                    ))
                    .do_update()
                    .set(live_tallies::words.eq(words))
                    .execute(connection)?;
            }
            Ok(())
        }
    }
}

/// The transactions that hold a period open to add responses to it at this moment; what they add, nobody sees yet. In
/// SQLite there never is one: what cannot be seen has no place in the order of storing.
pub(crate) fn adders(connection: &mut AnyConnection) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Adder {
        #[diesel(sql_type = Text)]
        transaction: String,
    }
    let AnyConnection::Postgres(connection) = connection else { return Ok(Vec::new()) };
    let adders: Vec<Adder> = diesel::sql_query(
        "SELECT DISTINCT virtualtransaction AS transaction FROM pg_locks \
         WHERE locktype = 'advisory' AND mode = 'ShareLock' AND granted AND objsubid = 2 AND classid::bigint = $1 \
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    )
    .bind::<BigInt, _>(i64::from(PERIODS))
    .load(connection)?;
    Ok(adders.into_iter().map(|adder| adder.transaction).collect())
}

/// Keys as one array per column.
struct Columns<'a> {
    periods: Vec<i32>,
    dimensions: Vec<&'static str>,
    mpps: Vec<i32>,
    keys: Vec<&'a str>,
}

impl<'a> Columns<'a> {
    fn of(keys: &[&'a LiveKey]) -> Self {
        Self {
            periods: keys.iter().map(|key| key.period).collect(),
            dimensions: keys.iter().map(|key| key.dimension).collect(),
            mpps: keys.iter().map(|key| key.mpp).collect(),
            keys: keys.iter().map(|key| key.key.as_str()).collect(),
        }
    }

    fn push<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_bind_param::<Array<Integer>, _>(&self.periods)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.dimensions)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.mpps)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.keys)
    }
}

struct SelectWords<'a>(Columns<'a>);

impl QueryFragment<Pg> for SelectWords<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("SELECT wanted.place, live.words FROM UNNEST(");
        self.0.push(&mut out)?;
        out.push_sql(
            ") WITH ORDINALITY AS wanted (period, dimension, mpp_id, key, place) \
             JOIN live_tallies AS live USING (period, dimension, mpp_id, key)",
        );
        Ok(())
    }
}

impl QueryId for SelectWords<'_> {
    type QueryId = SelectWords<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for SelectWords<'_> {
    type SqlType = (BigInt, Binary);
}

impl RunQueryDsl<PgConnection> for SelectWords<'_> {}

struct PutWords<'a>(Columns<'a>, Vec<&'a [u8]>);

impl QueryFragment<Pg> for PutWords<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("INSERT INTO live_tallies (period, dimension, mpp_id, key, words) SELECT * FROM UNNEST(");
        self.0.push(&mut out)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.1)?;
        out.push_sql(") ON CONFLICT (period, dimension, mpp_id, key) DO UPDATE SET words = EXCLUDED.words");
        Ok(())
    }
}

impl QueryId for PutWords<'_> {
    type QueryId = PutWords<'static>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl RunQueryDsl<PgConnection> for PutWords<'_> {}
