//! Why a change between two semesters was not tested (STATISTICS 6).

use serde::Serialize;
use suara_domain::period::Period;
use suara_domain::precision::COMPARABLE_FROM;
use suara_domain::tally::Tally;

use crate::report::SemesterReport;

/// The one reason that holds first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Untested {
    /// Only neighbouring semesters are compared.
    NotNeighbours,
    /// Nothing is known of the semester before.
    Unrecorded,
    /// It had another questionnaire, rule or weight.
    Unlike,
    /// Its index is known and nothing else.
    ValueOnly,
    /// It has too few answers.
    FewBefore,
    /// This semester has too few answers.
    FewNow,
    /// Everybody answered alike.
    TooAlike,
}

impl Untested {
    /// Why this semester was not compared with `against`, by what so many of its respondents `answered`.
    pub fn why(report: &SemesterReport, against: Period, answered: impl Fn(&Tally) -> u64) -> Self {
        let Some(recorded) = report.history.iter().find(|past| past.period == against) else {
            return Self::Unrecorded;
        };
        let former = report.former.as_ref().filter(|former| former.period == against);
        match former.map(|former| answered(&former.tallies.total())) {
            _ if !report.is_comparable(recorded) => Self::Unlike,
            _ if against != report.period.previous() => Self::NotNeighbours,
            None => Self::ValueOnly,
            Some(before) if before < COMPARABLE_FROM => Self::FewBefore,
            Some(_) if answered(&report.tallies.total()) < COMPARABLE_FROM => Self::FewNow,
            Some(_) => Self::TooAlike,
        }
    }
}
