//! Counting a frame column by column.

mod digits;

use std::collections::BTreeMap;
use std::mem;

use chrono::{DateTime, NaiveDate};
use polars::prelude::{DataFrame, GroupsIndicator, IdxSize, PolarsError, PolarsResult};
use suara_domain::case_mix::CaseCell;
use suara_domain::cluster::Cluster;
use suara_domain::element::Answers;
use suara_domain::finer::Finer;
use suara_domain::monitoring::DayScores;
use suara_domain::period::TimeZone;
use suara_domain::reliability::{FOLDS, fold_key, fold_of};
use suara_domain::respondent::Channel;
use suara_domain::tally::{ColumnsError, Tally};
use suara_domain::tally_set::{Dimension, TallySet};
use uuid::Uuid;

use self::digits::Digits;
use super::Counted;
use crate::frame;

/// The dimensions that are a column of the archive, named like it.
pub(super) const GROUPED: [Dimension; 10] = [
    Dimension::Service,
    Dimension::Agency,
    Dimension::Mode,
    Dimension::Sex,
    Dimension::AgeBand,
    Dimension::Education,
    Dimension::Occupation,
    Dimension::Disability,
    Dimension::Verified,
    Dimension::Week,
];

/// Everything that is counted of one MPP and period.
pub(super) fn count(frame: &DataFrame, zone: TimeZone) -> Result<Counted, TallyError> {
    let mut counted = Counted::default();
    if frame.height() == 0 {
        return Ok(counted);
    }
    let digits = Digits::of(frame)?;
    let groups = &mut counted.groups;
    add_cases(groups, frame, &digits)?;
    add_unflagged(groups, frame, &digits)?;
    for dimension in GROUPED {
        for (first, rows) in members(frame, dimension.key())? {
            let key = key(frame, dimension, first)?;
            groups.entry(dimension, &key).add_columns(&rows.of(&digits).columns())?;
        }
    }
    add_complete(groups, frame, &digits)?;
    counted.finer = finer(frame, &digits, zone)?;
    Ok(counted)
}

/// The tally of all rows.
pub(super) fn total(frame: &DataFrame) -> Result<Tally, TallyError> {
    let mut tally = Tally::default();
    tally.add_columns(&Digits::of(frame)?.columns())?;
    Ok(tally)
}

/// Rows of a group.
enum Members {
    Scattered(Vec<IdxSize>),
    Adjacent(usize, usize),
}

impl Members {
    fn of(&self, digits: &Digits) -> Digits {
        match self {
            Self::Scattered(rows) => digits.gather(rows),
            Self::Adjacent(first, length) => digits.slice(*first, *length),
        }
    }
}

/// The groups of a column, each with its first row.
fn members(frame: &DataFrame, column: &str) -> PolarsResult<Vec<(usize, Members)>> {
    let grouped = frame.group_by_stable([column])?;
    let member = |group: GroupsIndicator<'_>| match group {
        GroupsIndicator::Idx((first, rows)) => (first as usize, Members::Scattered(rows.to_vec())),
        GroupsIndicator::Slice([first, length]) => (first as usize, Members::Adjacent(first as usize, length as usize)),
    };
    Ok(grouped.get_groups().iter().map(member).collect())
}

fn add_rows(
    groups: &mut TallySet,
    dimension: Dimension,
    key: &str,
    digits: &Digits,
    rows: &[IdxSize],
) -> Result<(), TallyError> {
    if !rows.is_empty() {
        groups.entry(dimension, key).add_columns(&digits.gather(rows).columns())?;
    }
    Ok(())
}

/// The responses with all nine elements answered, whole and by fold.
fn add_complete(groups: &mut TallySet, frame: &DataFrame, digits: &Digits) -> Result<(), TallyError> {
    let ids = frame.column("id")?.str()?;
    let mut folds: Vec<Vec<IdxSize>> = vec![Vec::new(); usize::from(FOLDS)];
    for (row, id) in (0..).zip(ids.iter()) {
        if digits.row(row as usize).iter().all(|digit| *digit > 0) {
            let id = id.and_then(|id| Uuid::try_parse(id).ok()).ok_or(TallyError::Id(row as usize + 1))?;
            folds[usize::from(fold_of(id))].push(row);
        }
    }
    for (fold, rows) in (0..FOLDS).zip(folds) {
        add_rows(groups, Dimension::Fold, &fold_key(fold), digits, &rows)?;
    }
    let complete: Tally = groups.groups(Dimension::Fold).map(|(_, tally)| tally).sum();
    if complete.n() > 0 {
        *groups.entry(Dimension::Complete, "") = complete;
    }
    Ok(())
}

/// The responses that no rule of quality remarks on: all without the few that one does.
fn add_unflagged(groups: &mut TallySet, frame: &DataFrame, digits: &Digits) -> Result<(), TallyError> {
    let flags = frame.column("flags")?.u16()?;
    let remarked: Vec<IdxSize> =
        (0..).zip(flags.iter()).filter(|(_, flags)| *flags != Some(0)).map(|(row, _)| row).collect();
    let mut flagged = Tally::default();
    flagged.add_columns(&digits.gather(&remarked).columns())?;
    if let Some(unflagged) = groups.total().without(&flagged).filter(|tally| tally.n() > 0) {
        *groups.entry(Dimension::Unflagged, "") = unflagged;
    }
    Ok(())
}

/// Channel × free, and what adds up from these cells: the channels, and the total.
fn add_cases(groups: &mut TallySet, frame: &DataFrame, digits: &Digits) -> Result<(), TallyError> {
    let channels = frame.column("channel")?.str()?;
    // Archives of earlier versions do not say what is free.
    let free = frame.column("free").ok().map(polars::prelude::Column::bool).transpose()?;
    let mut cells: BTreeMap<(Option<&str>, Option<bool>), Vec<IdxSize>> = BTreeMap::new();
    for (row, channel) in (0..).zip(channels.iter()) {
        cells.entry((channel, free.and_then(|free| free.get(row as usize)))).or_default().push(row);
    }
    for ((channel, free), rows) in cells {
        let cell = CaseCell { channel: channel.and_then(Channel::from_key), free };
        let mut tally = Tally::default();
        tally.add_columns(&digits.gather(&rows).columns())?;
        *groups.entry(Dimension::Total, "") += &tally;
        *groups.entry(Dimension::Channel, channel.unwrap_or_default()) += &tally;
        *groups.entry(Dimension::CaseMix, &cell.key()) += &tally;
    }
    Ok(())
}

/// Sums per day and counter. Rows come by time, so a day is complete when the next one begins.
fn finer(frame: &DataFrame, digits: &Digits, zone: TimeZone) -> Result<Finer, TallyError> {
    let counters = frame.column("counter")?.str()?;
    let times = frame::instants(frame)?;
    let mut finer = Finer::default();
    let mut today = Today::default();
    for (row, (time, counter)) in times.iter().zip(counters.iter()).enumerate() {
        let day = time.and_then(|micros| local_day(micros, zone)).ok_or(TallyError::Time(row + 1))?;
        if day != today.day {
            today.end(&mut finer);
            today.day = day;
        }
        let answers = Answers::from_digits(digits.row(row)).ok_or(TallyError::Scores(row + 1))?;
        today.scores.add(&answers, 1);
        today.counters.entry(counter.unwrap_or_default()).or_default().add(&answers, 1);
    }
    today.end(&mut finer);
    Ok(finer)
}

/// The day that is being counted.
#[derive(Default)]
struct Today<'a> {
    day: NaiveDate,
    scores: DayScores,
    counters: BTreeMap<&'a str, Cluster>,
}

impl Today<'_> {
    /// Adds what was counted to the rest, and begins anew.
    fn end(&mut self, finer: &mut Finer) {
        if self.scores.n > 0 {
            *finer.days.entry(self.day).or_default() += &mem::take(&mut self.scores);
        }
        for (counter, sums) in mem::take(&mut self.counters) {
            finer.clusters.add_cluster(self.day, counter, &sums);
        }
    }
}

/// The local date of an instant in microseconds.
fn local_day(micros: i64, zone: TimeZone) -> Option<NaiveDate> {
    Some(zone.local(DateTime::from_timestamp_micros(micros)?).date_naive())
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

/// Why a frame gives no tallies.
#[derive(Debug, thiserror::Error)]
pub(super) enum TallyError {
    #[error(transparent)]
    Frame(#[from] PolarsError),
    #[error(transparent)]
    Columns(#[from] ColumnsError),
    #[error("row {0} has an id that is none")]
    Id(usize),
    #[error("row {0} has no time")]
    Time(usize),
    #[error("row {0} has a number that is no score")]
    Scores(usize),
}
