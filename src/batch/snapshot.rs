//! Phase 2, once per period: the national comparison, frozen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use suara_domain::compare::Comparison;
use suara_domain::instrument::Instrument;
use suara_domain::period::Period;
use suara_domain::quality::EqualAnswers;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;
use suara_storage::summaries::Document;
use suara_storage::{Database, Upserted, mpp_periods, snapshots, summaries, tallies};

use super::Environment;
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::summary::{EqualSums, MppSummary};

/// The nation, and each province, in one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The period.
    pub period: String,
    /// Rule version of every figure in it.
    pub rule_version: String,
    /// The nation.
    pub national: Region,
    /// Words of the tally of all responses of the nation ([`Tally::to_words`]); empty in older snapshots.
    #[serde(default)]
    pub tally: Vec<u64>,
    /// Responses of the nation whose answers are all equal, by key of the mode (STATISTICS 8); empty in older snapshots.
    #[serde(default)]
    pub equal: BTreeMap<String, EqualSums>,
    /// The provinces, by code.
    pub provinces: Vec<Province>,
}

/// Pooled and mean figures of a region; official decimals as strings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// MPPs with responses.
    pub mpps: u64,
    /// Responses.
    pub n: u64,
    /// Index of all responses pooled.
    pub pooled: Option<String>,
    /// Its standard error, MPPs as strata.
    pub pooled_se: Option<f64>,
    /// Unweighted mean of the MPPs' exact indices.
    pub mean: Option<String>,
    /// Its standard error.
    pub mean_se: Option<f64>,
}

/// A province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Province {
    /// Code.
    pub code: String,
    /// Figures.
    #[serde(flatten)]
    pub figures: Region,
}

impl Region {
    fn of<'a>(tallies: impl IntoIterator<Item = &'a Tally>) -> Self {
        let comparison = Comparison::of(tallies);
        Self {
            mpps: comparison.mpps,
            n: comparison.pooled_tally.n(),
            pooled: comparison.pooled.map(|index| index.rounded().to_string()),
            pooled_se: comparison.pooled_se,
            mean: comparison.mean.map(|index| index.rounded().to_string()),
            mean_se: comparison.mean_se,
        }
    }
}

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
        equal: EqualSums::of(&equal_answers(database, period)?),
        provinces: codes
            .into_iter()
            .map(|code| Province { code: code.to_owned(), figures: Region::of(of_province(code)) })
            .collect(),
    };
    let body = serde_json::to_string(&snapshot).map_err(AppError::output)?;
    let document = Document { sha256: Sha256::digest(body.as_bytes()).into(), body };
    let put = database.write("freeze snapshot", |connection| snapshots::put(connection, period, &document, now))?;
    Ok(put == Upserted::Inserted)
}

/// The sum over the frozen figures of all MPPs.
fn equal_answers(database: &Database, period: Period) -> Result<EqualAnswers, AppError> {
    let mut nation = EqualAnswers::default();
    for (_, document) in database.read(|connection| summaries::list(connection, period))? {
        let summary: MppSummary = serde_json::from_str(&document.body).map_err(AppError::output)?;
        nation.merge(&summary.annex.map(|annex| EqualSums::answers(&annex.equal)).unwrap_or_default());
    }
    Ok(nation)
}
