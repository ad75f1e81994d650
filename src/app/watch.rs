//! What is noticed about an MPP while its responses go by: haste, equal answers, straight lines (STATISTICS 8), and
//! scores that leave the usual (STATISTICS 10). Each response is read once.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use suara_domain::monitoring::{Baseline, DayScores, Ewma, Signal};
use suara_domain::period::TimeZone;
use suara_domain::quality::{EqualAnswers, Flags, Hurry, Observation, StraightLine, StraightLines};
use suara_reports::frame::ArchiveRow;

/// The accepted responses of one MPP and period, in the order of time and id.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    hurry: Hurry,
    equal: EqualAnswers,
    lines: StraightLines,
    /// By local day.
    days: BTreeMap<NaiveDate, DayScores>,
}

impl Watch {
    /// Takes the next response; days are those of `zone`.
    pub fn add(&mut self, observation: &Observation<'_>, zone: TimeZone) {
        self.hurry.add(observation);
        self.equal.add(observation);
        self.lines.add(observation);
        let day = zone.local(observation.filled_at).date_naive();
        self.days.entry(day).or_default().add(&observation.answers, 1);
    }

    /// The same for a row of the archive. Nothing that is watched looks at comments.
    pub fn add_archived(&mut self, row: &ArchiveRow, zone: TimeZone) {
        let observation = Observation {
            filled_at: row.filled_at,
            counter: row.counter.as_deref(),
            mode: row.mode,
            answers: row.answers,
            comment: None,
            duration_s: row.duration_s,
            server_measured: row.server_measured,
            offline_queue: !row.server_measured,
            stored: Flags::from_bits(row.flags),
        };
        self.add(&observation, zone);
    }

    /// How many web responses were hasty.
    #[must_use]
    pub const fn hurry(&self) -> Hurry {
        self.hurry
    }

    /// How many gave every element the same score, by mode.
    #[must_use]
    pub const fn equal(&self) -> &EqualAnswers {
        &self.equal
    }

    /// Runs of equal responses that chance does not explain, by counter.
    #[must_use]
    pub fn straight_lines(&self) -> Vec<StraightLine> {
        self.lines.alerts()
    }

    /// The days on which the moving average of the scores was beyond its limits, in their order. A day that is not over
    /// counts as far as it has come.
    #[must_use]
    pub fn signals(&self, usual: Baseline) -> Vec<(NaiveDate, Signal)> {
        let mut chart = Ewma::new(usual);
        let signal = |(day, scores): (&NaiveDate, &DayScores)| Some((*day, chart.next_day(scores)?.signal?));
        self.days.iter().filter_map(signal).collect()
    }
}
