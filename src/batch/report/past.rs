//! What a report takes from earlier periods.

use std::collections::BTreeSet;

use suara_domain::fixed::Fixed;
use suara_domain::instrument::Instrument;
use suara_domain::monitoring::Baseline;
use suara_domain::period::Period;
use suara_reports::archive::Manifest;
use suara_reports::report::{Former, FormerResult};
use suara_storage::mpps::Mpp;
use suara_storage::{history, mpp_periods, summaries, tallies};

use super::super::Environment;
use crate::app::AppError;
use crate::app::summary::MppSummary;

/// Results of earlier periods, oldest first: those of Suara, and published ones from before.
pub(super) fn results(environment: &Environment<'_>, mpp: &Mpp, period: Period) -> Result<Vec<FormerResult>, AppError> {
    let (own, published) = environment
        .database
        .read(|connection| Ok((summaries::of_mpp(connection, mpp.id)?, history::list(connection, Some(mpp.id))?)))?;
    let instrument = Instrument::standard();
    let mut results = Vec::new();
    for (past, document) in own.into_iter().filter(|(past, _)| *past < period) {
        let summary: MppSummary = serde_json::from_str(&document.body).map_err(AppError::output)?;
        if let Some(ikm) = summary.ikm.as_deref().and_then(Fixed::parse) {
            let asked = asked(environment, mpp, past)?;
            results.push(FormerResult {
                period: past,
                ikm,
                n: Some(summary.n),
                interval: summary.ci95.map(|[lower, upper]| (lower, upper)),
                rule_version: asked.rule_version,
                weight_version: asked.weight_version,
                instrument: asked.instrument,
            });
        }
    }
    let computed: BTreeSet<Period> = results.iter().map(|result| result.period).collect();
    for past in published.into_iter().filter(|past| past.period < period && !computed.contains(&past.period)) {
        if let Some(ikm) = Fixed::parse(&past.ikm) {
            results.push(FormerResult {
                period: past.period,
                ikm,
                n: past.n.map(u64::from),
                interval: None,
                // Who published under today's rule asked its questionnaire.
                instrument: if past.rule == instrument.rule_version {
                    instrument.id.clone()
                } else {
                    past.rule.clone()
                },
                rule_version: past.rule,
                weight_version: weight(past.weight, instrument),
            });
        }
    }
    results.sort_by_key(|result| result.period);
    Ok(results)
}

/// How the result of a closed period came about.
struct Asked {
    rule_version: String,
    weight_version: String,
    instrument: String,
}

/// What the manifest of a closed period says about how it was asked and computed; what is asked today where there is no
/// manifest.
fn asked(environment: &Environment<'_>, mpp: &Mpp, period: Period) -> Result<Asked, AppError> {
    let closure = environment.database.read(|connection| mpp_periods::get(connection, mpp.id, period))?;
    let Some(archive) = closure.and_then(|closure| closure.archive) else {
        let Instrument { rule_version, weight_version, id, .. } = Instrument::standard().clone();
        return Ok(Asked { rule_version, weight_version, instrument: id });
    };
    let manifest: Manifest = serde_json::from_str(&archive.manifest).map_err(AppError::output)?;
    let Manifest { rule_version, weight_version, instrument, .. } = manifest;
    Ok(Asked { rule_version, weight_version, instrument })
}

/// The semester before, as far as this one may be compared with it.
#[derive(Default)]
pub(super) struct Before {
    /// Its tallies.
    pub former: Option<Former>,
    /// What was usual in it, for the chart of daily scores (STATISTICS 10).
    pub usual: Option<Baseline>,
}

/// What the semester `period` gives to compare with; nothing unless its result is there, by the rule and questionnaire of
/// today. All of it is frozen together with that result, so the hash of the history stands for it too.
pub(super) fn before(
    environment: &Environment<'_>,
    mpp: &Mpp,
    period: Period,
    history: &[FormerResult],
) -> Result<Before, AppError> {
    let today = Instrument::standard();
    let same = |past: &FormerResult| past.rule_version == today.rule_version && past.instrument == today.id;
    if !history.iter().any(|past| past.period == period && same(past)) {
        return Ok(Before::default());
    }
    let (tallies, frozen) = environment.database.read(|connection| {
        Ok((tallies::load(connection, mpp.id, period)?, summaries::get(connection, mpp.id, period)?))
    })?;
    let summary = frozen.map(|frozen| serde_json::from_str::<MppSummary>(&frozen.body)).transpose();
    Ok(Before {
        former: tallies.map(|tallies| Former { period, tallies }),
        usual: summary.map_err(AppError::output)?.and_then(|summary| summary.usual()),
    })
}

/// The weight of a former report under the name it has today: of nine elements 1/9 is 1/k.
fn weight(named: String, instrument: &Instrument) -> String {
    if named.trim() == "1/9" { instrument.weight_version.clone() } else { named }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ninth_is_no_other_weight() {
        let instrument = Instrument::standard();
        assert_eq!(weight("1/9".into(), instrument), instrument.weight_version);
        assert_eq!(weight("0.11".into(), instrument), "0.11");
    }
}
