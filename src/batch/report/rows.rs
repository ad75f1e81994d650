//! What a report takes from single rows, one after another.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use suara_domain::element::Answers;
use suara_domain::monitoring::Baseline;
use suara_domain::period::{Period, TimeZone};
use suara_domain::quality::{EqualAnswers, Flag, Flags};
use suara_domain::respondent::Mode;
use suara_domain::suppression::Crossing;
use suara_reports::frame::ArchiveRow;
use suara_reports::report::Quality;
use suara_reports::tallies::Counted;
use suara_storage::mpps::Mpp;

use super::super::Environment;
use super::EditionFacts;
use crate::app::AppError;
use crate::app::country::Country;
use crate::app::watch::Watch;

/// The present rows of a running period, and their tallies.
#[derive(Default)]
pub(in crate::batch) struct Live {
    pub counted: Counted,
    pub(super) rows: Rows,
}

impl Live {
    pub(in crate::batch) fn read(
        environment: &Environment<'_>,
        country: &Country,
        mpp: &Mpp,
        period: Period,
    ) -> Result<Self, AppError> {
        let mut live = Self::default();
        country.for_each_row(environment.database, mpp, period, |row, comment| {
            live.counted.add(&row, mpp.details.time_zone);
            live.rows.add(&row, mpp.details.time_zone);
            live.rows.comments.extend(comment);
            Ok(())
        })?;
        Ok(live)
    }

    /// Responses whose answers are all equal.
    pub(in crate::batch) const fn equal(&self) -> &EqualAnswers {
        self.rows.watch.equal()
    }

    /// Responses by agency, service and channel.
    pub(in crate::batch) const fn crossing(&self) -> &Crossing {
        &self.rows.crossing
    }
}

/// What was read of the rows.
#[derive(Default)]
pub(super) struct Rows {
    pub answers: Vec<Answers>,
    /// Responses of each local day.
    pub days: BTreeMap<NaiveDate, u64>,
    pub comments: Vec<String>,
    pub crossing: Crossing,
    /// Only the counts of flags.
    flags: Quality,
    watch: Watch,
}

impl Rows {
    pub fn add(&mut self, row: &ArchiveRow, zone: TimeZone) {
        *self.days.entry(zone.local(row.filled_at).date_naive()).or_default() += 1;
        self.answers.push(row.answers);
        self.crossing.add(row.crossing(), 1);
        self.watch.add_archived(row, zone);
        let quality = &mut self.flags;
        quality.timed += u64::from(row.server_measured && row.mode != Mode::Paper && row.duration_s.is_some());
        for flag in Flags::from_bits(row.flags).iter() {
            *match flag {
                Flag::Clock => &mut quality.clock,
                Flag::TooFast => &mut quality.too_fast,
                Flag::Repetition => &mut quality.repeated,
                Flag::Burst => &mut quality.burst,
                Flag::Device => &mut quality.device,
            } += 1;
        }
    }

    /// What the quality page says; `usual` is the measure of the semester before.
    pub fn quality(&self, usual: Option<Baseline>, edition: &EditionFacts) -> Quality {
        Quality {
            late: edition.late,
            withdrawn: edition.withdrawn,
            hurry: self.watch.hurry(),
            equal: self.watch.equal().clone(),
            straight_lines: self.watch.straight_lines(),
            signals: usual.map(|usual| self.watch.signals(usual)),
            ..self.flags.clone()
        }
    }
}
