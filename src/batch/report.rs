//! Brings together what a semester report says, from frozen figures or, while the period runs, from the present ones.

mod past;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use suara_domain::change::Verdict;
use suara_domain::cluster::Clustered;
use suara_domain::element::Answers;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::instrument::Instrument;
use suara_domain::monitoring::Baseline;
use suara_domain::mpp;
use suara_domain::period::Period;
use suara_domain::suppression::Total;
use suara_domain::tally::Tally;
use suara_domain::tally_set::TallySet;
use suara_domain::topics::Topics;
use suara_reports::archive::{self, ArchiveKey};
use suara_reports::report::{
    Comments, Edition, FollowUp, Former, FormerResult, FormerRevision, Mpp as ReportMpp, National, NationalIndex,
    SemesterReport, Service, Status,
};
use suara_storage::followups::{self, Followup};
use suara_storage::mpps::Mpp;
use suara_storage::report_revisions::Revision;
use suara_storage::{mpp_periods, tallies as stored_tallies};

use self::past::Before;
pub(super) use self::rows::Live;
use self::rows::Rows;
use super::Environment;
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::snapshot::{self, Snapshot};
use crate::app::summary::{ClusteredSummary, EqualSums, MppSummary};

/// Comments that a report prints at most.
const EXCERPTS: usize = 12;
/// Shorter ones say little, longer ones do not fit.
const EXCERPT_LENGTH: std::ops::RangeInclusive<usize> = 15..=280;

/// A report and what the workbook needs beside it.
pub(super) struct Content {
    pub report: SemesterReport,
    /// The answers of every respondent, in the order of the archive.
    pub answers: Vec<Answers>,
}

/// The edition that is being made.
pub(super) struct EditionFacts {
    pub revision: u32,
    pub reason: Option<String>,
    pub former: Vec<Revision>,
    /// Late responses at the moment the revision was made.
    pub late: u64,
    pub withdrawn: u64,
}

/// What the documents of a closed period depend on, beside its rows: another hash, another revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Inputs {
    /// Hash of the frozen figures.
    pub summary: String,
    /// Hash of the national snapshot.
    pub snapshot: Option<String>,
    /// Hash of this period's plan and the former one's.
    pub follow_ups: String,
    /// Hash of the results of earlier periods.
    pub history: String,
}

/// Everything that was read to make a report.
pub(super) struct Sources {
    pub summary: MppSummary,
    pub inputs: Inputs,
    snapshot: Option<(Snapshot, String)>,
    follow_up: Vec<Followup>,
    former_follow_up: Vec<Followup>,
    history: Vec<FormerResult>,
    former: Option<Former>,
    /// What was usual in the period before.
    usual: Option<Baseline>,
}

impl Sources {
    /// Reads what belongs to the report of a period; `summary` are its figures with their hash.
    pub(super) fn load(
        environment: &Environment<'_>,
        mpp: &Mpp,
        period: Period,
        summary: MppSummary,
        summary_hash: &str,
    ) -> Result<Self, AppError> {
        let history = past::results(environment, mpp, period)?;
        let Before { former, usual } = past::before(environment, mpp, period.previous(), &history)?;
        let snapshot = snapshot::load(environment.database, period)?;
        let (follow_up, former_follow_up) = environment.database.read(|connection| {
            Ok((followups::list(connection, mpp.id, period)?, followups::list(connection, mpp.id, period.previous())?))
        })?;
        let inputs = Inputs {
            summary: summary_hash.to_owned(),
            snapshot: snapshot.as_ref().map(|(_, hash)| hash.clone()),
            follow_ups: fingerprint(&(&follow_up, &former_follow_up)),
            history: fingerprint(&history),
        };
        Ok(Self { summary, inputs, snapshot, follow_up, former_follow_up, history, former, usual })
    }

    /// The report of a closed period.
    pub(super) fn of_closed(
        &self,
        environment: &Environment<'_>,
        country: &Country,
        mpp: &Mpp,
        period: Period,
        edition: &EditionFacts,
    ) -> Result<Content, AppError> {
        let key = ArchiveKey { period, mpp: mpp.details.code.clone() };
        let (closure, tallies) = environment.database.read(|connection| {
            Ok((
                mpp_periods::get(connection, mpp.id, period)?,
                stored_tallies::load(connection, mpp.id, period)?.unwrap_or_default(),
            ))
        })?;
        let archived = closure.and_then(|closure| closure.archive);
        let mut rows = Rows::default();
        for batch in archive::responses(&environment.archive.responses_path(&key))? {
            batch?.iter().for_each(|row| rows.add(row, mpp.details.time_zone));
        }
        let comments = environment.archive.comments_path(&key);
        if comments.exists() {
            for batch in archive::comments(&comments)? {
                rows.comments.extend(batch?.into_iter().map(|comment| comment.text));
            }
        }
        let hash = archived.map(|archived| hex(&archived.sha256));
        self.content(environment, country, mpp, period, Frozen { status: Status::Final, tallies, hash, edition }, rows)
    }

    /// The report of a period that still runs, from the rows as they are.
    pub(super) fn of_running(
        &self,
        environment: &Environment<'_>,
        country: &Country,
        mpp: &Mpp,
        period: Period,
        live: Live,
    ) -> Result<Content, AppError> {
        let edition = EditionFacts { revision: 1, reason: None, former: Vec::new(), late: 0, withdrawn: 0 };
        let figures =
            Frozen { status: Status::Provisional, tallies: live.counted.groups, hash: None, edition: &edition };
        self.content(environment, country, mpp, period, figures, live.rows)
    }

    fn content(
        &self,
        environment: &Environment<'_>,
        country: &Country,
        mpp: &Mpp,
        period: Period,
        figures: Frozen<'_>,
        rows: Rows,
    ) -> Result<Content, AppError> {
        let Frozen { status, tallies, hash, edition } = figures;
        let quality = rows.quality(self.usual, edition);
        let report = SemesterReport {
            mpp: of_mpp(mpp),
            period,
            instrument: Instrument::standard().clone(),
            edition: Edition {
                status,
                revision: edition.revision,
                reason: edition.reason.clone(),
                former: edition.former.iter().map(former_revision).collect(),
                // A document has no clock: it is dated by the last second of its period (docs/adr/0004).
                generated_at: period.bounds(mpp.details.time_zone).1 - TimeDelta::seconds(1),
                manifest_sha256: hash,
            },
            clusters: self.summary.annex.as_ref().and_then(|annex| annex.clustered).map(clustered),
            topics: Some(Topics::of(rows.comments.iter().map(String::as_str))),
            tallies,
            crossing: rows.crossing,
            days: rows.days,
            former: self.former.clone(),
            population: self.summary.population,
            services: services(environment, country, mpp, period)?,
            history: self.history.clone(),
            follow_up: self.follow_up.iter().map(follow_up).collect(),
            former_follow_up: self.former_follow_up.iter().map(follow_up).collect(),
            comments: Comments { total: rows.comments.len() as u64, excerpts: excerpts(&rows.comments) },
            verdict: self.verdict(mpp),
            national: self.snapshot.as_ref().and_then(|(snapshot, hash)| national(snapshot, hash)),
            quality,
        };
        Ok(Content { report, answers: rows.answers })
    }
}

struct Frozen<'a> {
    status: Status,
    tallies: TallySet,
    hash: Option<String>,
    edition: &'a EditionFacts,
}

fn of_mpp(mpp: &Mpp) -> ReportMpp {
    let details = mpp.details.clone();
    let region = mpp::region(&details.region_code);
    ReportMpp {
        code: details.code,
        name: details.name,
        brand: details.brand,
        region: region.map_or(details.region_code, |region| region.name.to_owned()),
        province: region.map_or(details.province_code, |region| region.province.to_owned()),
        address: details.address,
        organiser: details.organiser,
        surveyor: details.surveyor,
        signatory: details.signatory,
        signatory_title: details.signatory_title,
        time_zone: details.time_zone,
    }
}

pub(super) fn former_revision(revision: &Revision) -> FormerRevision {
    FormerRevision {
        revision: revision.number.unsigned_abs(),
        generated_at: revision.created_at,
        reason: known(&revision.reason),
    }
}

fn services(
    environment: &Environment<'_>,
    country: &Country,
    mpp: &Mpp,
    period: Period,
) -> Result<Vec<Service>, AppError> {
    let users: BTreeMap<String, u64> = country.users(environment.database, mpp, period)?.services.into_iter().collect();
    let service = |(service, agency): (&suara_storage::services::Service, Arc<str>)| Service {
        code: service.code.clone(),
        name: service.name.clone(),
        agency: agency.to_string(),
        channel: service.channel,
        visitors: users.get(&service.code).copied(),
    };
    Ok(country.services(mpp.id).map(service).collect())
}

pub(super) fn follow_up(step: &Followup) -> FollowUp {
    FollowUp {
        element: step.element,
        step: step.step.clone(),
        owner: known(&step.owner),
        due_on: step.due_on,
        status: known(&step.status),
        evidence: known(&step.evidence),
    }
}

fn clustered(summary: ClusteredSummary) -> Clustered {
    Clustered { clusters: summary.clusters, se: summary.se, deff: summary.deff }
}

impl Sources {
    /// What the snapshot says of the change of this MPP.
    fn verdict(&self, mpp: &Mpp) -> Option<Verdict> {
        let comparison = self.snapshot.as_ref()?.0.comparison.as_ref()?;
        let figures = comparison.mpp.iter().find(|figures| figures.code == mpp.details.code.to_string())?;
        Verdict::from_label(figures.change_verdict.as_deref()?)
    }
}

fn national(snapshot: &Snapshot, hash: &str) -> Option<National> {
    let figures = &snapshot.national;
    let tally = Tally::from_words(&snapshot.tally)?;
    let counts = snapshot.comparison.as_ref()?.mpp.iter().map(|mpp| mpp.n.unwrap_or_default());
    let index = match Total::of(counts) {
        Total::Exact => NationalIndex::Exact {
            pooled: Fixed::parse(figures.pooled.as_deref()?)?,
            mean: Fixed::parse(figures.mean.as_deref()?)?,
        },
        Total::Rounded => NationalIndex::Rounded(Fixed::round(Index::of(&tally)?.exact())),
        Total::Hidden => NationalIndex::Hidden,
    };
    Some(National {
        mpps: figures.mpps,
        n: figures.n,
        index,
        tally: matches!(index, NationalIndex::Exact { .. }).then_some(tally),
        equal: EqualSums::answers(&snapshot.equal),
        snapshot: hash.to_owned(),
    })
}

/// A selection over the whole period: every so-many-th of the comments that are worth reading, none twice.
fn excerpts(comments: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let readable: Vec<&String> = comments
        .iter()
        .filter(|text| EXCERPT_LENGTH.contains(&text.chars().count()) && seen.insert(text.to_lowercase()))
        .collect();
    let step = readable.len().div_ceil(EXCERPTS).max(1);
    readable.into_iter().step_by(step).cloned().collect()
}

fn known(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// SHA-256 of a value as Rust prints it: enough to see that something changed.
pub(super) fn fingerprint(value: &impl std::fmt::Debug) -> String {
    hex(&Sha256::digest(format!("{value:?}").as_bytes()))
}

/// Lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}
