//! Tallies by polars against tallies by counting.

use std::fs;

use suara_domain::element::Answers;
use suara_domain::tally::Tally;
use tempfile::TempDir;

use super::*;
use crate::archive::Archive;
use crate::frame;
use crate::samples::{key, rows};

const ZONE: TimeZone = TimeZone::Jayapura;

fn archived(folder: &TempDir, mpp: &str, rows: &[ArchiveRow]) -> Archive {
    let archive = Archive::new(folder.path());
    let mut writer = archive.create(key(mpp), ZONE).unwrap();
    for row in rows {
        writer.push(row.clone(), None).unwrap();
    }
    writer.finish().unwrap();
    archive
}

#[test]
fn grouping_by_polars_is_counting_row_by_row() {
    let folder = tempfile::tempdir().unwrap();
    for count in [0, 1, 2, 700] {
        let rows = rows(count);
        let archive = archived(&folder, "kab-kampar", &rows);
        let grouped = Counted::of_file(&archive.responses_path(&key("kab-kampar")), ZONE).unwrap();
        assert_eq!(grouped, Counted::of_rows(&rows, ZONE), "{count} rows");
        assert_eq!(grouped.groups.total().n(), count);
    }
}

#[test]
fn every_dimension_adds_up_to_the_total() {
    let rows = rows(500);
    let set = Counted::of_rows(&rows, ZONE).groups;
    let parts = [Dimension::Unflagged, Dimension::Complete, Dimension::Fold];
    for dimension in Dimension::ALL.iter().filter(|dimension| !parts.contains(dimension)) {
        let sum: Tally = set.groups(*dimension).map(|(_, tally)| tally).sum();
        assert_eq!(sum, set.total(), "{}", dimension.key());
    }
    let unflagged = set.get(Dimension::Unflagged, "").unwrap();
    assert_eq!(unflagged.n(), rows.iter().filter(|row| row.flags == 0).count() as u64);
    let complete = set.get(Dimension::Complete, "").unwrap();
    assert_eq!(complete.n(), rows.iter().filter(|row| row.answers.answered() == 9).count() as u64);
    assert_eq!(set.groups(Dimension::Fold).map(|(_, tally)| tally).sum::<Tally>(), *complete);
    assert!(set.get(Dimension::Service, "").is_some(), "the MPP as a whole is a group");
    assert_eq!(set.groups(Dimension::Verified).map(|(key, _)| key).collect::<Vec<&str>>(), ["no", "yes"]);
}

#[test]
fn weeks_begin_on_the_local_monday() {
    let mut row = rows(1).remove(0);
    // Sunday 23:30 in Jayapura and Monday 00:30: half past two and half past three in the afternoon of UTC's Sunday.
    row.filled_at = "2026-03-01T14:30:00Z".parse().unwrap();
    let mut later = row.clone();
    later.filled_at = "2026-03-01T15:30:00Z".parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let rows = [row, later];
    let archive = archived(&folder, "kab-kampar", &rows);
    let set = Counted::of_file(&archive.responses_path(&key("kab-kampar")), ZONE).unwrap().groups;
    let weeks: Vec<&str> = set.groups(Dimension::Week).map(|(key, _)| key).collect();
    assert_eq!(weeks, ["2026-02-23", "2026-03-02"]);
}

#[test]
fn the_nation_is_every_file_of_the_asked_periods() {
    let folder = tempfile::tempdir().unwrap();
    let codes = ["kab-konawe", "kab-kampar", "kota-depok", "kab-bogor", "kab-wajo"];
    for (size, code) in (40..).zip(codes) {
        archived(&folder, code, &rows(size));
    }
    let archive = Archive::new(folder.path());
    let period = key("kab-kampar").period;
    let tallies = national(&archive, &[period]).unwrap();
    let expected: Vec<(&str, u64)> =
        vec![("kab-bogor", 43), ("kab-kampar", 41), ("kab-konawe", 40), ("kab-wajo", 44), ("kota-depok", 42)];
    assert_eq!(tallies.iter().map(|(key, tally)| (key.mpp.as_str(), tally.n())).collect::<Vec<_>>(), expected);
    assert_eq!(tallies[4].1, Counted::of_rows(&rows(42), ZONE).groups.total());
    assert_eq!(national(&archive, &[period.next()]).unwrap(), []);
    assert_eq!(national(&archive, &[]).unwrap(), []);
    fs::write(archive.responses_path(&key("kab-wajo")), "PAR1 half a file").unwrap();
    let error = national(&archive, &[period]).unwrap_err().to_string();
    assert!(error.contains("mpp=kab-wajo/responses.parquet is damaged"), "{error}");
}

#[test]
fn scores_outside_the_scale_are_an_error_not_a_figure() {
    let mut frame = frame::of_rows(&rows(3), ZONE).unwrap();
    let wrong = polars::prelude::Column::new("waktu".into(), [3_u8, 5, 4]);
    frame.replace("waktu", wrong).unwrap();
    assert_eq!(columns::count(&frame, ZONE).unwrap_err().to_string(), "the column waktu holds a number above 4");
    assert_eq!(Answers::from_digits([5; 9]), None);
}
