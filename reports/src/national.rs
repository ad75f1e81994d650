//! What the national report says: the plain data from which its charts and its PDF are made.
//!
//! The batch fills it from frozen tallies, the frozen comparison and the follow-up plans; nothing here is formatted.
//! The figures of the comparison are those that were frozen, never computed a second time.

pub(crate) mod lessons;
pub(crate) mod provinces;

use suara_domain::change::Verdict;
use suara_domain::instrument::Instrument;
use suara_domain::monitoring::Activity;
use suara_domain::mpp::MppCode;
use suara_domain::nation::{Funnel, Heterogeneity, Standing};
use suara_domain::period::Period;
use suara_domain::suppression::RANKED_FROM;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use crate::report::{Edition, FollowUp};

/// The country's semester, complete.
#[derive(Clone, Debug)]
pub struct NationalReport {
    /// The semester.
    pub period: Period,
    /// The questionnaire that was asked.
    pub instrument: Instrument,
    /// Which edition of the report this is; its manifest is the frozen snapshot.
    pub edition: Edition,
    /// Every registered MPP, by code.
    pub mpps: Vec<NationalMpp>,
    /// Which MPPs chance does not explain; `None` without a comparable one.
    pub funnel: Option<Funnel>,
    /// How much the MPPs differ in truth; `None` below ten of them.
    pub heterogeneity: Option<Heterogeneity>,
    /// How many MPPs were tested for a change against the former semester (the family of Benjamini and Hochberg).
    pub tests: u64,
}

/// One MPP in the national report.
#[derive(Clone, Debug)]
pub struct NationalMpp {
    /// Code.
    pub code: MppCode,
    /// Name.
    pub name: String,
    /// Code of its province.
    pub province_code: String,
    /// Its tallies of the period.
    pub tallies: TallySet,
    /// Its tally of the former period.
    pub former: Tally,
    /// Users in the period, if counted.
    pub population: Option<u64>,
    /// Minimum sample for that number of users.
    pub sample_minimum: u64,
    /// How it behaved at the end of the period, from the last week with responses.
    pub activity: Activity,
    /// Whether its period is closed.
    pub closed: bool,
    /// Where it stands; `None` below thirty responses.
    pub standing: Option<Standing>,
    /// Change against the former semester; `None` where there was no test.
    pub change: Option<TestedChange>,
    /// Follow-up plan made from this period's results.
    pub follow_up: Vec<FollowUp>,
    /// Follow-up plan of the former period, with what became of it.
    pub former_follow_up: Vec<FollowUp>,
}

impl NationalMpp {
    /// All its accepted responses.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.tallies.total()
    }

    /// Accepted responses.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.tallies.get(Dimension::Total, "").map_or(0, Tally::n)
    }

    /// Whether it may be compared and coloured (STATISTICS 5 and 7).
    #[must_use]
    pub fn is_ranked(&self) -> bool {
        self.n() >= RANKED_FROM
    }
}

/// A change of the index with its verdict after the correction for the number of tests (STATISTICS 6); points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TestedChange {
    /// This period less the former one.
    pub difference: f64,
    /// 95 % interval, not corrected for other tests.
    pub interval: (f64, f64),
    /// p after Benjamini and Hochberg.
    pub adjusted_p: f64,
    /// Smallest change that would be found four times in five.
    pub smallest_detectable: f64,
    /// Verdict.
    pub verdict: Verdict,
}
