//! How many people a service or a whole MPP served in a period: the population of the survey.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use diesel::prelude::*;
use suara_domain::period::Period;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::{MppId, ServiceId};
use crate::schema::visitors;
use crate::upserted::Upserted;

/// Visitors of a service, or of the whole MPP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitorCount {
    /// MPP.
    pub mpp: MppId,
    /// Service; `None` for the whole MPP.
    pub service: Option<ServiceId>,
    /// Period.
    pub period: Period,
    /// How many.
    pub visitors: u32,
}

/// Brings numbers into line, by MPP, service and period; inside a write transaction.
///
/// # Errors
/// No such MPP or service of that MPP, or a failing database.
pub fn upsert(connection: &mut Connection, all: &[VisitorCount]) -> Result<Vec<Upserted>, StorageError> {
    type Stored = HashMap<Option<i32>, (i32, i64)>;
    dialect::lock(&mut connection.inner, Lock::Directory)?;
    let mut there: HashMap<(MppId, Period), Stored> = HashMap::new();
    let mut results = Vec::with_capacity(all.len());
    for count in all {
        let stored = match there.entry((count.mpp, count.period)) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(stored(connection, count.mpp, count.period)?),
        };
        let service = count.service.map(|service| service.0);
        let wanted = i64::from(count.visitors);
        let found = stored.get(&service).copied();
        let result = Upserted::compare(found.map(|(_, visitors)| visitors).as_ref(), &wanted);
        let id = match found {
            Some((id, _)) if result == Upserted::Unchanged => id,
            Some((id, _)) => {
                let row = diesel::update(visitors::table.find(id));
                row.set(visitors::number.eq(wanted)).execute(&mut connection.inner)?;
                id
            }
            None => diesel::insert_into(visitors::table)
                .values((
                    visitors::mpp_id.eq(count.mpp.0),
                    visitors::service_id.eq(service),
                    visitors::period.eq(count.period.number()),
                    visitors::number.eq(wanted),
                ))
                .returning(visitors::id)
                .get_result(&mut connection.inner)?,
        };
        stored.insert(service, (id, wanted));
        results.push(result);
    }
    Ok(results)
}

fn stored(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
) -> Result<HashMap<Option<i32>, (i32, i64)>, StorageError> {
    let rows: Vec<(Option<i32>, i32, i64)> = visitors::table
        .filter(visitors::mpp_id.eq(mpp.0))
        .filter(visitors::period.eq(period.number()))
        .select((visitors::service_id, visitors::id, visitors::number))
        .load(&mut connection.inner)?;
    Ok(rows.into_iter().map(|(service, id, visitors)| (service, (id, visitors))).collect())
}

/// The numbers of one MPP in a period, without a look at those of others.
///
/// # Errors
/// A failing database.
pub fn of_mpp(connection: &mut Connection, mpp: MppId, period: Period) -> Result<Vec<VisitorCount>, StorageError> {
    let mut counts = stored(connection, mpp, period)?
        .into_iter()
        .map(|(service, (_, visitors))| count((mpp.0, service, visitors), period))
        .collect::<Result<Vec<_>, _>>()?;
    counts.sort_unstable_by_key(|count| count.service);
    Ok(counts)
}

/// All numbers of a period, by MPP.
///
/// # Errors
/// A failing database.
pub fn list(connection: &mut Connection, period: Period) -> Result<Vec<VisitorCount>, StorageError> {
    let rows: Vec<(i32, Option<i32>, i64)> = visitors::table
        .filter(visitors::period.eq(period.number()))
        .select((visitors::mpp_id, visitors::service_id, visitors::number))
        .order((visitors::mpp_id, visitors::id))
        .load(&mut connection.inner)?;
    rows.into_iter().map(|row| count(row, period)).collect()
}

fn count((mpp, service, visitors): (i32, Option<i32>, i64), period: Period) -> Result<VisitorCount, StorageError> {
    let visitors = u32::try_from(visitors).map_err(|_| StorageError::corrupt("a number of visitors", visitors))?;
    Ok(VisitorCount { mpp: MppId(mpp), service: service.map(ServiceId), period, visitors })
}
