//! MPPs.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use suara_domain::mpp::MppCode;
use suara_domain::period::TimeZone;

use crate::connection::Connection;
use crate::dialect::{self, Lock};
use crate::directory;
use crate::error::StorageError;
use crate::ids::MppId;
use crate::live_tallies;
use crate::schema::mpps;
use crate::upserted::Upserted;

/// What is known about an MPP; `None` is unknown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MppDetails {
    /// Code, its stable identity.
    pub code: MppCode,
    /// Name.
    pub name: String,
    /// Code of the regency, city or province that owns it.
    pub region_code: String,
    /// Code of the province.
    pub province_code: String,
    /// Time zone.
    pub time_zone: TimeZone,
    /// Its own brand name.
    pub brand: Option<String>,
    /// Day of the soft launch.
    pub soft_launched_on: Option<NaiveDate>,
    /// Day of the inauguration.
    pub inaugurated_on: Option<NaiveDate>,
    /// Postal address.
    pub address: Option<String>,
    /// The office that runs it.
    pub organiser: Option<String>,
    /// Who does the survey.
    pub surveyor: Option<String>,
    /// Who signs the report.
    pub signatory: Option<String>,
    /// Office of the one who signs.
    pub signatory_title: Option<String>,
    /// Day it was closed for good.
    pub closed_on: Option<NaiveDate>,
}

/// A registered MPP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mpp {
    /// Identity in this database.
    pub id: MppId,
    /// What is known about it.
    pub details: MppDetails,
}

#[derive(Queryable, Selectable, Insertable, AsChangeset, PartialEq)]
#[diesel(table_name = mpps, treat_none_as_null = true)]
struct Row {
    code: String,
    name: String,
    region_code: String,
    province_code: String,
    time_zone: String,
    brand: Option<String>,
    soft_launched_on: Option<NaiveDate>,
    inaugurated_on: Option<NaiveDate>,
    address: Option<String>,
    organiser: Option<String>,
    surveyor: Option<String>,
    signatory: Option<String>,
    signatory_title: Option<String>,
    closed_on: Option<NaiveDate>,
}

/// Brings MPPs into line, by code; inside a write transaction.
///
/// # Errors
/// A failing database.
pub fn upsert(connection: &mut Connection, all: &[MppDetails]) -> Result<Vec<Upserted>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Directory)?;
    let mut there: HashMap<MppCode, MppDetails> =
        list(connection)?.into_iter().map(|mpp| (mpp.details.code.clone(), mpp.details)).collect();
    let mut results = Vec::with_capacity(all.len());
    for details in all {
        let result = Upserted::compare(there.get(&details.code), details);
        match result {
            Upserted::Unchanged => {}
            Upserted::Inserted => {
                diesel::insert_into(mpps::table).values(Row::from(details)).execute(&mut connection.inner)?;
            }
            Upserted::Updated => {
                diesel::update(mpps::table.filter(mpps::code.eq(details.code.as_str())))
                    .set(Row::from(details))
                    .execute(&mut connection.inner)?;
                if there.get(&details.code).is_some_and(|former| former.time_zone != details.time_zone) {
                    let id = mpps::table.filter(mpps::code.eq(details.code.as_str())).select(mpps::id);
                    let id = id.first(&mut connection.inner)?;
                    live_tallies::recount_weeks(connection, MppId(id))?;
                }
            }
        }
        there.insert(details.code.clone(), details.clone());
        results.push(result);
    }
    directory::changed(connection, &results)?;
    Ok(results)
}

/// All MPPs, by code.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn list(connection: &mut Connection) -> Result<Vec<Mpp>, StorageError> {
    let rows: Vec<(i32, Row)> =
        mpps::table.select((mpps::id, Row::as_select())).order(mpps::code).load(&mut connection.inner)?;
    rows.into_iter().map(|(id, row)| Ok(Mpp { id: MppId(id), details: row.try_into()? })).collect()
}

impl From<&MppDetails> for Row {
    fn from(details: &MppDetails) -> Self {
        let details = details.clone();
        Self {
            code: details.code.to_string(),
            name: details.name,
            region_code: details.region_code,
            province_code: details.province_code,
            time_zone: details.time_zone.key().to_owned(),
            brand: details.brand,
            soft_launched_on: details.soft_launched_on,
            inaugurated_on: details.inaugurated_on,
            address: details.address,
            organiser: details.organiser,
            surveyor: details.surveyor,
            signatory: details.signatory,
            signatory_title: details.signatory_title,
            closed_on: details.closed_on,
        }
    }
}

impl TryFrom<Row> for MppDetails {
    type Error = StorageError;

    fn try_from(row: Row) -> Result<Self, StorageError> {
        let time_zone = TimeZone::from_key(&row.time_zone);
        Ok(Self {
            code: MppCode::parse(&row.code).map_err(|_| StorageError::corrupt("an MPP code", &row.code))?,
            name: row.name,
            region_code: row.region_code,
            province_code: row.province_code,
            time_zone: time_zone.ok_or_else(|| StorageError::corrupt("a time zone", &row.time_zone))?,
            brand: row.brand,
            soft_launched_on: row.soft_launched_on,
            inaugurated_on: row.inaugurated_on,
            address: row.address,
            organiser: row.organiser,
            surveyor: row.surveyor,
            signatory: row.signatory,
            signatory_title: row.signatory_title,
            closed_on: row.closed_on,
        })
    }
}
