//! Phase 2, once per period: the national comparison, frozen.

use sha2::{Digest, Sha256};
use suara_domain::instrument::Instrument;
use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;
use suara_storage::summaries::Document;
use suara_storage::{Upserted, mpp_periods, snapshots, tallies};

use super::Environment;
use crate::app::AppError;
use crate::app::comparison;
use crate::app::country::Country;
use crate::app::snapshot::{Province, Region, Snapshot};

/// Freezes the snapshot if every MPP is closed and there is none yet; tells whether it did.
pub(super) fn freeze(environment: &Environment<'_>, country: &Country, period: Period) -> Result<bool, AppError> {
    let now = environment.clock.now();
    let database = environment.database;
    if database.read(|connection| snapshots::get(connection, period))?.is_some() {
        return Ok(false);
    }
    let closed = database.read(|connection| mpp_periods::list(connection, period))?.len();
    if closed < country.mpps().len() {
        return Ok(false);
    }
    let totals = database.read(|connection| tallies::load_dimension(connection, period, Dimension::Total))?;
    let of_province = |code: &str| -> Vec<&Tally> {
        let mpps = country.mpps().iter().filter(|mpp| mpp.details.province_code == code);
        mpps.filter_map(|mpp| totals.get(&mpp.id)?.get("")).collect()
    };
    let mut codes: Vec<&str> = country.mpps().iter().map(|mpp| mpp.details.province_code.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    let national = || totals.values().filter_map(|groups| groups.get(""));
    let snapshot = Snapshot {
        period: period.to_string(),
        rule_version: Instrument::standard().rule_version.clone(),
        national: Region::of(national()),
        tally: national().sum::<Tally>().to_words(),
        provinces: codes
            .into_iter()
            .map(|code| Province { code: code.to_owned(), figures: Region::of(of_province(code)) })
            .collect(),
        comparison: Some(comparison::compute(database, country, period)?),
    };
    let body = serde_json::to_string(&snapshot).map_err(AppError::output)?;
    let document = Document { sha256: Sha256::digest(body.as_bytes()).into(), body };
    let put = database.write("freeze snapshot", |connection| snapshots::put(connection, period, &document, now))?;
    Ok(put == Upserted::Inserted)
}
