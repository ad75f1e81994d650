//! Services with the agencies that give them and the counters where they are given.

use std::collections::HashMap;

use diesel::prelude::*;
use suara_domain::respondent::Channel;

use crate::codes::{Code, optional};
use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::directory;
use crate::error::StorageError;
use crate::ids::{AgencyId, CounterId, MppId, ServiceId};
use crate::schema::{agencies, counters, services};
use crate::upserted::Upserted;

/// A service as it is entered: agency and counter by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceDetails {
    /// Code, unique in the MPP.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name of the agency.
    pub agency: String,
    /// Name of the counter of that agency.
    pub counter: Option<String>,
    /// Channel through which it is given.
    pub channel: Option<Channel>,
    /// Whether it costs nothing.
    pub free: Option<bool>,
}

/// An agency of an MPP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agency {
    /// Identity in this database.
    pub id: AgencyId,
    /// MPP.
    pub mpp: MppId,
    /// Name.
    pub name: String,
}

/// A counter of an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// Identity in this database.
    pub id: CounterId,
    /// MPP.
    pub mpp: MppId,
    /// Agency.
    pub agency: AgencyId,
    /// Name.
    pub name: String,
}

/// A service of an MPP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Identity in this database.
    pub id: ServiceId,
    /// MPP.
    pub mpp: MppId,
    /// Agency.
    pub agency: AgencyId,
    /// Counter.
    pub counter: Option<CounterId>,
    /// Code, unique in the MPP.
    pub code: String,
    /// Name.
    pub name: String,
    /// Channel through which it is given.
    pub channel: Option<Channel>,
    /// Whether it costs nothing.
    pub free: Option<bool>,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone, PartialEq)]
#[diesel(table_name = services, treat_none_as_null = true)]
struct Row {
    mpp_id: i32,
    agency_id: i32,
    counter_id: Option<i32>,
    code: String,
    name: String,
    channel: Option<i16>,
    free: Option<bool>,
}

/// Brings services of one MPP into line, by code, with their agencies and counters; inside a write transaction.
///
/// # Errors
/// No such MPP, or a failing database.
pub fn upsert(connection: &mut Connection, mpp: MppId, all: &[ServiceDetails]) -> Result<Vec<Upserted>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Directory)?;
    let mut places = Places::load(connection, mpp)?;
    let there: Vec<Row> =
        services::table.filter(services::mpp_id.eq(mpp.0)).select(Row::as_select()).load(&mut connection.inner)?;
    let mut there: HashMap<String, Row> = there.into_iter().map(|row| (row.code.clone(), row)).collect();
    let mut results = Vec::with_capacity(all.len());
    for details in all {
        let row = places.row(connection, details)?;
        let result = Upserted::compare(there.get(&row.code), &row);
        match result {
            Upserted::Unchanged => {}
            Upserted::Inserted => {
                diesel::insert_into(services::table).values(row.clone()).execute(&mut connection.inner)?;
            }
            Upserted::Updated => {
                let by_code = services::table.filter(services::mpp_id.eq(mpp.0)).filter(services::code.eq(&row.code));
                diesel::update(by_code).set(row.clone()).execute(&mut connection.inner)?;
            }
        }
        there.insert(row.code.clone(), row);
        results.push(result);
    }
    directory::changed(connection, &results)?;
    Ok(results)
}

/// Agencies and counters of one MPP by name; what is missing is made.
struct Places {
    mpp: i32,
    agencies: HashMap<String, i32>,
    counters: HashMap<(i32, String), i32>,
}

impl Places {
    fn load(connection: &mut Connection, mpp: MppId) -> Result<Self, StorageError> {
        let agencies: Vec<(String, i32)> = agencies::table
            .filter(agencies::mpp_id.eq(mpp.0))
            .select((agencies::name, agencies::id))
            .load(&mut connection.inner)?;
        let counters: Vec<(i32, String, i32)> = counters::table
            .filter(counters::mpp_id.eq(mpp.0))
            .select((counters::agency_id, counters::name, counters::id))
            .load(&mut connection.inner)?;
        Ok(Self {
            mpp: mpp.0,
            agencies: agencies.into_iter().collect(),
            counters: counters.into_iter().map(|(agency, name, id)| ((agency, name), id)).collect(),
        })
    }

    fn row(&mut self, connection: &mut Connection, details: &ServiceDetails) -> Result<Row, StorageError> {
        let agency_id = self.agency(connection, &details.agency)?;
        let counter_id = match &details.counter {
            Some(name) => Some(self.counter(connection, agency_id, name)?),
            None => None,
        };
        Ok(Row {
            mpp_id: self.mpp,
            agency_id,
            counter_id,
            code: details.code.clone(),
            name: details.name.clone(),
            channel: details.channel.map(Code::code),
            free: details.free,
        })
    }

    fn agency(&mut self, connection: &mut Connection, name: &str) -> Result<i32, StorageError> {
        if let Some(id) = self.agencies.get(name) {
            return Ok(*id);
        }
        let id = diesel::insert_into(agencies::table)
            .values((agencies::mpp_id.eq(self.mpp), agencies::name.eq(name)))
            .returning(agencies::id)
            .get_result(&mut connection.inner)?;
        self.agencies.insert(name.to_owned(), id);
        Ok(id)
    }

    fn counter(&mut self, connection: &mut Connection, agency: i32, name: &str) -> Result<i32, StorageError> {
        let key = (agency, name.to_owned());
        if let Some(id) = self.counters.get(&key) {
            return Ok(*id);
        }
        let id = diesel::insert_into(counters::table)
            .values((counters::mpp_id.eq(self.mpp), counters::agency_id.eq(agency), counters::name.eq(name)))
            .returning(counters::id)
            .get_result(&mut connection.inner)?;
        self.counters.insert(key, id);
        Ok(id)
    }
}

/// All services, by MPP and code.
pub(crate) fn list(connection: &mut Connection) -> Result<Vec<Service>, StorageError> {
    let rows: Vec<(i32, Row)> = services::table
        .select((services::id, Row::as_select()))
        .order((services::mpp_id, services::code))
        .load(&mut connection.inner)?;
    rows.into_iter()
        .map(|(id, row)| {
            Ok(Service {
                id: ServiceId(id),
                mpp: MppId(row.mpp_id),
                agency: AgencyId(row.agency_id),
                counter: row.counter_id.map(CounterId),
                code: row.code,
                name: row.name,
                channel: optional(row.channel)?,
                free: row.free,
            })
        })
        .collect()
}

/// All agencies, by MPP and name.
pub(crate) fn agencies(connection: &mut Connection) -> Result<Vec<Agency>, StorageError> {
    let rows: Vec<(i32, i32, String)> =
        agencies::table.order((agencies::mpp_id, agencies::name)).load(&mut connection.inner)?;
    Ok(rows.into_iter().map(|(id, mpp, name)| Agency { id: AgencyId(id), mpp: MppId(mpp), name }).collect())
}

/// All counters, by MPP and name.
pub(crate) fn counters(connection: &mut Connection) -> Result<Vec<Counter>, StorageError> {
    let rows: Vec<(i32, i32, i32, String)> =
        counters::table.order((counters::mpp_id, counters::name, counters::id)).load(&mut connection.inner)?;
    Ok(rows
        .into_iter()
        .map(|(id, mpp, agency, name)| Counter { id: CounterId(id), mpp: MppId(mpp), agency: AgencyId(agency), name })
        .collect())
}
