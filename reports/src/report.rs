//! What a semester report says: the plain data from which charts, PDF, poster and workbook are made.
//!
//! The batch fills it from stored rows; nothing here is formatted, and no figure is stored that `domain` can compute
//! from the tallies. What is unknown is `None` and prints as a dotted line to fill in by hand.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use suara_domain::change::Verdict;
use suara_domain::cluster::Clustered;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::instrument::Instrument;
use suara_domain::monitoring::Signal;
use suara_domain::mpp::MppCode;
use suara_domain::period::{Period, TimeZone};
use suara_domain::quality::{EqualAnswers, Hurry, StraightLine};
use suara_domain::respondent::Channel;
use suara_domain::suppression::Crossing;
use suara_domain::tally::Tally;
use suara_domain::tally_set::TallySet;
use suara_domain::topics::Topics;

/// One MPP's semester, complete.
#[derive(Clone, Debug)]
pub struct SemesterReport {
    /// The mall and who answers for it.
    pub mpp: Mpp,
    /// The semester.
    pub period: Period,
    /// The questionnaire that was asked.
    pub instrument: Instrument,
    /// Which edition of the report this is.
    pub edition: Edition,
    /// Every tally of the MPP and period.
    pub tallies: TallySet,
    /// Its accepted responses by agency, service and channel at once: what these three may show side by side.
    pub crossing: Crossing,
    /// Accepted responses of each local day; days without any may be absent.
    pub days: BTreeMap<NaiveDate, u64>,
    /// The semester before, if it was closed under the same rule version and questionnaire.
    pub former: Option<Former>,
    /// Users of the MPP in the period, N, if counted.
    pub population: Option<u64>,
    /// The services of the MPP, by code; also those nobody answered for.
    pub services: Vec<Service>,
    /// Results of earlier periods, oldest first.
    pub history: Vec<FormerResult>,
    /// Follow-up plan made from this period's results.
    pub follow_up: Vec<FollowUp>,
    /// Follow-up plan of the former period, with what became of it.
    pub former_follow_up: Vec<FollowUp>,
    /// What respondents wrote.
    pub comments: Comments,
    /// What the comments are about; `None` where they were not sorted.
    pub topics: Option<Topics>,
    /// The index with its clusters of day and counter taken into account, where that can be judged.
    pub clusters: Option<Clustered>,
    /// What is said of the change since the former semester, adjusted for the tests of all MPPs (STATISTICS 6); `None`
    /// before the national snapshot exists.
    pub verdict: Option<Verdict>,
    /// The country in the same period; `None` before the national snapshot exists.
    pub national: Option<National>,
    /// What the quality page says that is not in the tallies.
    pub quality: Quality,
}

impl SemesterReport {
    /// Whether a former result was made by the questionnaire, the rule and the weight of this one.
    #[must_use]
    pub fn is_comparable(&self, former: &FormerResult) -> bool {
        let today = &self.instrument;
        former.instrument == today.id
            && former.rule_version == today.rule_version
            && former.weight_version == today.weight_version
    }
}

/// The mall and who answers for it.
#[derive(Clone, Debug)]
pub struct Mpp {
    /// Code.
    pub code: MppCode,
    /// Name, "MPP Kabupaten Kampar".
    pub name: String,
    /// Own brand name.
    pub brand: Option<String>,
    /// Regency, city or province that owns it, with its kind.
    pub region: String,
    /// Province.
    pub province: String,
    /// Street address.
    pub address: Option<String>,
    /// Body that runs the mall (usually the DPMPTSP).
    pub organiser: Option<String>,
    /// Body that did the survey.
    pub surveyor: Option<String>,
    /// Who signs the report.
    pub signatory: Option<String>,
    /// The office of who signs.
    pub signatory_title: Option<String>,
    /// Zone in which dates of this report are told.
    pub time_zone: TimeZone,
}

/// Which edition of the report this is.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Final or provisional.
    pub status: Status,
    /// 1 for the first edition of closed figures.
    pub revision: u32,
    /// Why it was issued again; `None` for the first.
    pub reason: Option<String>,
    /// Former revisions, oldest first.
    pub former: Vec<FormerRevision>,
    /// Moment of the manifest: the date of the document and of the file, never the clock's.
    pub generated_at: DateTime<Utc>,
    /// SHA-256 of the archive's manifest, hexadecimal; `None` while nothing is archived.
    pub manifest_sha256: Option<String>,
}

/// Whether the figures can still change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The period is closed.
    Final,
    /// The period still runs or is not closed: every page says SEMENTARA.
    Provisional,
}

/// A revision that this one replaces.
#[derive(Clone, Debug)]
pub struct FormerRevision {
    /// Its number.
    pub revision: u32,
    /// When it was made.
    pub generated_at: DateTime<Utc>,
    /// Why it was issued.
    pub reason: Option<String>,
}

/// A service of the MPP.
#[derive(Clone, Debug)]
pub struct Service {
    /// Code, the key of [`suara_domain::tally_set::Dimension::Service`].
    pub code: String,
    /// Name.
    pub name: String,
    /// Agency, the key of [`suara_domain::tally_set::Dimension::Agency`].
    pub agency: String,
    /// Channel by which it is mostly given.
    pub channel: Option<Channel>,
    /// Users in the period, if counted.
    pub visitors: Option<u64>,
}

/// The frozen tallies of the semester before.
#[derive(Clone, Debug)]
pub struct Former {
    /// The period.
    pub period: Period,
    /// Its tallies.
    pub tallies: TallySet,
}

/// The official result of an earlier period.
#[derive(Clone, Debug)]
pub struct FormerResult {
    /// The period.
    pub period: Period,
    /// The published index.
    pub ikm: Fixed<2>,
    /// Respondents, if known.
    pub n: Option<u64>,
    /// 95 % interval, if known.
    pub interval: Option<(f64, f64)>,
    /// Version of the rule it was computed by; different ones are shown and not connected.
    pub rule_version: String,
    /// Version of the weight, like `1/k` or `0.11`; different ones are not connected either.
    pub weight_version: String,
    /// Identity of the questionnaire that was asked; nor are different ones.
    pub instrument: String,
}

/// One step of a follow-up plan (rencana tindak lanjut).
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// The element it improves.
    pub element: Element,
    /// The programme or activity.
    pub step: String,
    /// Who is responsible.
    pub owner: Option<String>,
    /// When it is to be done.
    pub due_on: Option<NaiveDate>,
    /// What became of it, in the words of the MPP.
    pub status: Option<String>,
    /// Tangible evidence.
    pub evidence: Option<String>,
}

/// What respondents wrote, masked when it was stored. Citizens' words: data, never markup.
#[derive(Clone, Debug, Default)]
pub struct Comments {
    /// How many comments there are in the period.
    pub total: u64,
    /// A selection to print, in the order to print it.
    pub excerpts: Vec<String>,
}

/// The country in the same period and under the same rule version.
#[derive(Clone, Debug)]
pub struct National {
    /// MPPs with at least one response.
    pub mpps: u64,
    /// Responses of all of them.
    pub n: u64,
    /// Its index.
    pub index: NationalIndex,
    /// All responses of the country; `None` where its elements are not told beside those of the MPP.
    pub tally: Option<Tally>,
    /// Responses that gave every element the same score; empty of a snapshot from before they were counted.
    pub equal: EqualAnswers,
    /// Identity of the frozen snapshot.
    pub snapshot: String,
}

/// The index of the country as it may stand in a document beside those of its MPPs (STATISTICS 5).
#[derive(Clone, Copy, Debug)]
pub enum NationalIndex {
    /// Nobody can be computed from it.
    Exact {
        /// Index of all respondents pooled.
        pooled: Fixed<2>,
        /// Unweighted mean of the indices of the MPPs.
        mean: Fixed<2>,
    },
    /// Of all respondents pooled: a small MPP could be computed from more decimals, and from a mean.
    Rounded(Fixed<1>),
    /// A small MPP could be computed from any figure.
    Hidden,
}

/// What the quality page says that is not in the tallies.
#[derive(Clone, Debug, Default)]
pub struct Quality {
    /// Flagged as answered too fast.
    pub too_fast: u64,
    /// Flagged as repetition of answers and comment.
    pub repeated: u64,
    /// Flagged as part of a burst at one counter.
    pub burst: u64,
    /// Flagged as many from one device in a day.
    pub device: u64,
    /// Flagged because the device's clock was far off.
    pub clock: u64,
    /// Arrived after the period was closed; not in any figure.
    pub late: u64,
    /// Withdrawn by the respondent; not in any figure.
    pub withdrawn: u64,
    /// Responses whose duration the server measured, paper aside: those that could be found too fast.
    pub timed: u64,
    /// How hastily web responses were filled in.
    pub hurry: Hurry,
    /// Responses that gave every element the same score.
    pub equal: EqualAnswers,
    /// Rows of equal responses that chance does not explain, by counter.
    pub straight_lines: Vec<StraightLine>,
    /// The days on which scores had left the usual of the semester before; `None` if that gives no measure of it.
    pub signals: Option<Vec<(NaiveDate, Signal)>>,
}
