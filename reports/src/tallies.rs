//! What the figures of an MPP are made of, counted from its archived responses: polars reads and groups the columns,
//! `domain` counts them.

mod columns;
mod national;
#[cfg(test)]
mod tests;

use std::path::Path;

use polars::prelude::PlSmallStr;
use suara_domain::case_mix::CaseCell;
use suara_domain::element::Element;
use suara_domain::finer::Finer;
use suara_domain::period::TimeZone;
use suara_domain::reliability::{fold_key, fold_of};
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Occupation, Sex};
use suara_domain::tally_set::{Dimension, TallySet};

pub use self::national::national;
use crate::archive::{self, ArchiveError};
use crate::frame::ArchiveRow;

/// Everything that is counted of one MPP and period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// The tallies of every dimension.
    pub groups: TallySet,
    /// Sums per day and counter.
    pub finer: Finer,
}

impl Counted {
    /// Counts the archive file of one MPP and period. `zone` decides the day a response falls on.
    ///
    /// # Errors
    /// The file is missing or damaged; the error names it.
    pub fn of_file(path: &Path, zone: TimeZone) -> Result<Self, ArchiveError> {
        let mut names: Vec<PlSmallStr> = Element::ALL.iter().map(|element| element.key().into()).collect();
        names.extend(columns::GROUPED.iter().map(|dimension| dimension.key().into()));
        names.extend(["id", "channel", "flags", "filled_at", "counter", "free"].map(PlSmallStr::from));
        let frame = archive::read_columns(path, &names)?;
        columns::count(&frame, zone).map_err(|reason| ArchiveError::unreadable(path, &reason))
    }

    /// The same, counted response by response without polars: what the batch checks its figures against.
    pub fn of_rows<'a>(rows: impl IntoIterator<Item = &'a ArchiveRow>, zone: TimeZone) -> Self {
        let mut counted = Self::default();
        for row in rows {
            counted.add(row, zone);
        }
        counted
    }

    /// Counts one response.
    pub fn add(&mut self, row: &ArchiveRow, zone: TimeZone) {
        let profile = &row.profile;
        let week = row.week(zone).to_string();
        let case = CaseCell { channel: row.channel, free: row.free }.key();
        let is_complete = row.answers.answered() == Element::ALL.len();
        let fold = is_complete.then(|| fold_key(fold_of(row.id)));
        let groups = [
            (Dimension::Total, Some("")),
            (Dimension::Unflagged, (row.flags == 0).then_some("")),
            (Dimension::Complete, is_complete.then_some("")),
            (Dimension::Fold, fold.as_deref()),
            (Dimension::Service, Some(row.service.as_deref().unwrap_or_default())),
            (Dimension::Agency, Some(row.agency.as_deref().unwrap_or_default())),
            (Dimension::Channel, Some(row.channel.map_or("", Channel::key))),
            (Dimension::CaseMix, Some(case.as_str())),
            (Dimension::Mode, Some(row.mode.key())),
            (Dimension::Sex, Some(profile.sex.map_or("", Sex::key))),
            (Dimension::AgeBand, Some(profile.age_band.map_or("", AgeBand::key))),
            (Dimension::Education, Some(profile.education.map_or("", Education::key))),
            (Dimension::Occupation, Some(profile.occupation.map_or("", Occupation::key))),
            (Dimension::Disability, Some(profile.disability.map_or("", Disability::key))),
            (Dimension::Verified, Some(if row.verified { "yes" } else { "no" })),
            (Dimension::Week, Some(week.as_str())),
        ];
        for (dimension, key) in groups {
            if let Some(key) = key {
                self.groups.entry(dimension, key).add(&row.answers, 1);
            }
        }
        let day = zone.local(row.filled_at).date_naive();
        self.finer.add(day, row.counter.as_deref().unwrap_or_default(), &row.answers);
    }
}
