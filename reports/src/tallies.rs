//! Tallies of archived responses: polars reads and groups the columns, `domain` counts them.

#[cfg(test)]
mod tests;

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use polars::prelude::{DataFrame, GroupsIndicator, IdxSize, PlSmallStr, PolarsError, PolarsResult};
use suara_domain::element::{ELEMENTS, Element};
use suara_domain::period::{Period, TimeZone};
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Occupation, Sex};
use suara_domain::tally::{ColumnsError, Tally};
use suara_domain::tally_set::{Dimension, TallySet};

use crate::archive::{self, Archive, ArchiveError, ArchiveKey};
use crate::frame::{self, ArchiveRow};

/// The tallies of every dimension, from the archive file of one MPP and period.
///
/// # Errors
/// The file is missing or damaged; the error names it.
pub fn of_file(path: &Path) -> Result<TallySet, ArchiveError> {
    let mut columns: Vec<PlSmallStr> = Element::ALL.iter().map(|element| element.key().into()).collect();
    columns.extend(GROUPED.iter().map(|dimension| dimension.key().into()));
    columns.push("flags".into());
    let frame = archive::read_columns(path, &columns)?;
    of_frame(&frame).map_err(|reason| ArchiveError::unreadable(path, &reason))
}

/// The same tallies, counted response by response without polars: what the batch checks its figures against.
pub fn of_rows<'a>(rows: impl IntoIterator<Item = &'a ArchiveRow>, zone: TimeZone) -> TallySet {
    let mut set = TallySet::default();
    for row in rows {
        count_row(&mut set, row, zone);
    }
    set
}

/// Adds one response to the tallies of every dimension it belongs to.
pub fn count_row(set: &mut TallySet, row: &ArchiveRow, zone: TimeZone) {
    let profile = &row.profile;
    let week = row.week(zone).to_string();
    let groups = [
        (Dimension::Total, Some("")),
        (Dimension::Unflagged, (row.flags == 0).then_some("")),
        (Dimension::Service, Some(row.service.as_deref().unwrap_or_default())),
        (Dimension::Agency, Some(row.agency.as_deref().unwrap_or_default())),
        (Dimension::Channel, Some(row.channel.map_or("", Channel::key))),
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
            set.entry(dimension, key).add(&row.answers, 1);
        }
    }
}

/// The total tally of every archived MPP in the given periods, sorted by period and code. Files are read on all
/// processors, each in one go and only its nine columns, so memory stays flat however many files there are.
///
/// # Errors
/// A file is missing or damaged; the error names it.
pub fn national(archive: &Archive, periods: &[Period]) -> Result<Vec<(ArchiveKey, Tally)>, ArchiveError> {
    let keys: Vec<ArchiveKey> = archive.keys()?.into_iter().filter(|key| periods.contains(&key.period)).collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(keys.len());
    let take_files = || -> Result<Vec<(usize, Tally)>, ArchiveError> {
        let mut tallies = Vec::new();
        while let Some((index, key)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, keys.get(i)?)))
        {
            tallies.push((index, total(&archive.responses_path(key))?));
        }
        Ok(tallies)
    };
    let mut tallies = Vec::with_capacity(keys.len());
    thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(take_files)).collect();
        for handle in handles {
            tallies.extend(handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(())
    })?;
    tallies.sort_by_key(|(index, _)| *index);
    Ok(keys.into_iter().zip(tallies.into_iter().map(|(_, tally)| tally)).collect())
}

/// The total tally of one archive file.
fn total(path: &Path) -> Result<Tally, ArchiveError> {
    let columns = Element::ALL.map(|element| element.key().into());
    let frame = archive::read_columns(path, &columns)?;
    let mut tally = Tally::default();
    let counted =
        Digits::of(&frame).map_err(TallyError::from).and_then(|digits| Ok(tally.add_columns(&digits.columns())?));
    counted.map_err(|reason| ArchiveError::unreadable(path, &reason))?;
    Ok(tally)
}

/// The dimensions that are a column of the archive, named like it.
const GROUPED: [Dimension; 11] = [
    Dimension::Service,
    Dimension::Agency,
    Dimension::Channel,
    Dimension::Mode,
    Dimension::Sex,
    Dimension::AgeBand,
    Dimension::Education,
    Dimension::Occupation,
    Dimension::Disability,
    Dimension::Verified,
    Dimension::Week,
];

fn of_frame(frame: &DataFrame) -> Result<TallySet, TallyError> {
    let mut set = TallySet::default();
    if frame.height() == 0 {
        return Ok(set);
    }
    let digits = Digits::of(frame)?;
    set.entry(Dimension::Total, "").add_columns(&digits.columns())?;
    let flags = frame.column("flags")?.u16()?;
    let unflagged: Vec<IdxSize> =
        (0..).zip(flags.iter()).filter(|(_, flags)| *flags == Some(0)).map(|(row, _)| row).collect();
    if !unflagged.is_empty() {
        set.entry(Dimension::Unflagged, "").add_columns(&digits.gather(&unflagged).columns())?;
    }
    for dimension in GROUPED {
        let name = dimension.key();
        let grouped = frame.group_by_stable([name])?;
        for group in grouped.get_groups().iter() {
            let (first, rows) = match group {
                GroupsIndicator::Idx((first, rows)) => (first, digits.gather(rows.as_slice())),
                GroupsIndicator::Slice([first, length]) => (first, digits.slice(first as usize, length as usize)),
            };
            let key = key(frame, dimension, first as usize)?;
            set.entry(dimension, &key).add_columns(&rows.columns())?;
        }
    }
    Ok(set)
}

/// The key under which a row is grouped; "" where nothing was said.
fn key(frame: &DataFrame, dimension: Dimension, row: usize) -> PolarsResult<String> {
    let column = frame.column(dimension.key())?;
    Ok(match dimension {
        Dimension::Verified => if column.bool()?.get(row) == Some(true) { "yes" } else { "no" }.to_owned(),
        Dimension::Week => {
            let day = column.date()?.physical().get(row).and_then(frame::date);
            day.map_or_else(String::new, |day| day.to_string())
        }
        _ => column.str()?.get(row).unwrap_or_default().to_owned(),
    })
}

/// The nine columns of scores as bytes, 0 where an element was not answered.
struct Digits([Vec<u8>; ELEMENTS]);

impl Digits {
    fn of(frame: &DataFrame) -> PolarsResult<Self> {
        let mut digits: [Vec<u8>; ELEMENTS] = Default::default();
        for (element, digits) in Element::ALL.into_iter().zip(&mut digits) {
            digits.reserve_exact(frame.height());
            let scores = frame.column(element.key())?.u8()?;
            for chunk in scores.downcast_iter() {
                match chunk.validity() {
                    None => digits.extend_from_slice(chunk.values()),
                    Some(_) => digits.extend(chunk.iter().map(|score| score.copied().unwrap_or_default())),
                }
            }
        }
        Ok(Self(digits))
    }

    fn columns(&self) -> [&[u8]; ELEMENTS] {
        self.0.each_ref().map(Vec::as_slice)
    }

    fn gather(&self, rows: &[IdxSize]) -> Self {
        Self(self.0.each_ref().map(|column| rows.iter().map(|row| column[*row as usize]).collect()))
    }

    fn slice(&self, first: usize, length: usize) -> Self {
        Self(self.0.each_ref().map(|column| column[first..first + length].to_vec()))
    }
}

/// Why a frame gives no tallies.
#[derive(Debug, thiserror::Error)]
enum TallyError {
    #[error(transparent)]
    Frame(#[from] PolarsError),
    #[error(transparent)]
    Columns(#[from] ColumnsError),
}
