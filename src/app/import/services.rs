//! `services.csv`.

use std::collections::BTreeMap;

use suara_domain::respondent::Channel;
use suara_storage::services::{self, ServiceDetails};
use suara_storage::{Database, MppId};

use super::names::Names;
use super::table::{Columns, Reject, Row};
use super::{Kept, required, text};
use crate::app::AppError;

pub(super) const COLUMNS: Columns =
    Columns { required: &["mpp", "agency", "counter", "service", "service_name", "channel", "free"], optional: &[] };

pub(super) fn import(database: &Database, names: &Names, rows: &[Row]) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let mut results: Vec<Result<Kept, Reject>> = Vec::with_capacity(rows.len());
    let mut by_mpp: BTreeMap<MppId, (Vec<usize>, Vec<ServiceDetails>)> = BTreeMap::new();
    for (place, row) in rows.iter().enumerate() {
        results.push(Ok(Kept::Unchanged));
        match names.mpp(row).and_then(|mpp| Ok((mpp.id, parse(row)?))) {
            Ok((mpp, details)) => {
                let (places, services) = by_mpp.entry(mpp).or_default();
                places.push(place);
                services.push(details);
            }
            Err(reject) => results[place] = Err(reject),
        }
    }
    let written = database.write("import services", |connection| {
        let upsert =
            |(mpp, (_, services)): (&MppId, &(_, Vec<ServiceDetails>))| services::upsert(connection, *mpp, services);
        by_mpp.iter().map(upsert).collect::<Result<Vec<_>, _>>()
    })?;
    for ((places, _), upserted) in by_mpp.values().zip(written) {
        for (place, upserted) in places.iter().zip(upserted) {
            results[*place] = Ok(upserted.into());
        }
    }
    Ok(results)
}

fn parse(row: &Row) -> Result<ServiceDetails, Reject> {
    let channel = |given: &str| {
        Channel::from_key(given).ok_or_else(|| {
            let keys: Vec<&str> = Channel::ALL.iter().map(|channel| channel.key()).collect();
            row.reject("channel", "not_an_option", format!("\"{given}\" is not one of {}", keys.join(", ")))
        })
    };
    let free = |given: &str| match given {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(row.reject("free", "not_an_option", format!("\"{given}\" is not one of yes, no"))),
    };
    Ok(ServiceDetails {
        code: required(row, "service")?.to_owned(),
        name: required(row, "service_name")?.to_owned(),
        agency: required(row, "agency")?.to_owned(),
        counter: text(row, "counter"),
        channel: row.get("channel").map(channel).transpose()?,
        free: row.get("free").map(free).transpose()?,
    })
}
