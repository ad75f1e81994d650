//! An archive is written, read back, damaged and found out.

use std::fs;
use std::path::{Path, PathBuf};

use suara_domain::period::TimeZone;
use uuid::Uuid;

use super::*;
use crate::samples::{key, rows};

fn archive(folder: &tempfile::TempDir) -> Archive {
    Archive::new(folder.path())
}

fn comment(row: &ArchiveRow) -> Option<String> {
    row.verified.then(|| format!("=cmd|' /C'!A0 \"ramah\", #panic() <b>{}</b>\nbaris kedua", row.flags))
}

fn write(archive: &Archive, mpp: &str, rows: &[ArchiveRow]) -> ArchiveFiles {
    let mut writer = archive.create(key(mpp), TimeZone::Makassar).unwrap();
    for row in rows {
        writer.push(row.clone(), comment(row)).unwrap();
    }
    writer.finish().unwrap()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files
}

fn manifest(files: ArchiveFiles) -> Manifest {
    Manifest {
        mpp: "kab-kampar".into(),
        period: "2026-S1".into(),
        instrument: "permenpanrb-14-2017".into(),
        rule_version: "permenpanrb-14-2017".into(),
        weight_version: "1/k".into(),
        app_version: "0.1.0".into(),
        responses: files.responses,
        comments: files.comments,
    }
}

#[test]
fn what_was_written_is_read_back_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let written = rows(1_000);
    let files = write(&archive, "kab-kampar", &written);
    assert_eq!(files.responses.path, "archive/period=2026-S1/mpp=kab-kampar/responses.parquet");
    assert_eq!(files.responses.rows, 1_000);
    assert_eq!(fs::metadata(archive.responses_path(&key("kab-kampar"))).unwrap().len(), files.responses.bytes);
    let path = archive.verify(&files.responses).unwrap();
    let read: Vec<ArchiveRow> = responses(&path).unwrap().flat_map(Result::unwrap).collect();
    assert_eq!(read, written);
    let facts = files.comments.unwrap();
    let read: Vec<ArchiveComment> =
        comments(&archive.verify(&facts).unwrap()).unwrap().flat_map(Result::unwrap).collect();
    let expected: Vec<(Uuid, Option<String>)> =
        written.iter().filter_map(|row| Some((row.id, comment(row)?))).map(|(id, text)| (id, Some(text))).collect();
    assert_eq!(read.iter().map(|comment| (comment.id, Some(comment.text.clone()))).collect::<Vec<_>>(), expected);
    assert_eq!(facts.rows, expected.len() as u64);
}

#[test]
fn batches_join_and_the_same_rows_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let many = rows(BATCH as u64 + 3);
    let first = write(&archive, "kab-kampar", &many);
    let path = archive.verify(&first.responses).unwrap();
    let lengths: Vec<usize> = responses(&path).unwrap().map(|batch| batch.unwrap().len()).collect();
    assert_eq!(lengths, [BATCH, 3]);
    assert_eq!(write(&archive, "kab-kampar", &many), first);
}

#[test]
fn a_scan_of_the_archive_meets_responses_alone() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    for mpp in ["kab-konawe", "kab-kampar"] {
        let files = write(&archive, mpp, &rows(20));
        archive.write_manifest(&key(mpp), &manifest(files)).unwrap();
    }
    assert_eq!(archive.keys().unwrap(), [key("kab-kampar"), key("kab-konawe")]);
    let visible = files_below(&archive.root()).into_iter().filter(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        !name.starts_with(['_', '.'])
    });
    assert!(visible.clone().all(|path| path.ends_with("responses.parquet")));
    assert_eq!(visible.count(), 2);
    assert!(archive.comments_path(&key("kab-kampar")).is_file());
    assert_eq!(Archive::new(folder.path().join("none")).keys().unwrap(), []);
}

#[test]
fn a_manifest_reads_back_and_a_broken_one_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let key = key("kab-kampar");
    let error = archive.read_manifest(&key).unwrap_err().to_string();
    assert!(error.contains("period=2026-S1/mpp=kab-kampar/_manifest.json is missing"), "{error}");
    let manifest = manifest(write(&archive, "kab-kampar", &rows(3)));
    archive.write_manifest(&key, &manifest).unwrap();
    assert_eq!(archive.read_manifest(&key).unwrap(), manifest);
    fs::write(archive.manifest_path(&key), "{").unwrap();
    assert!(matches!(archive.read_manifest(&key), Err(ArchiveError::Unreadable { .. })));
}

#[test]
fn nothing_is_visible_before_the_end_and_nothing_left_of_an_attempt() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let mut writer = archive.create(key("kab-kampar"), TimeZone::Jakarta).unwrap();
    for row in rows(10) {
        writer.push(row, Some("baik".into())).unwrap();
    }
    assert!(!archive.responses_path(&key("kab-kampar")).exists());
    drop(writer);
    assert_eq!(files_below(folder.path()), Vec::<PathBuf>::new());
}

#[test]
fn a_full_disk_leaves_the_former_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let former = write(&archive, "kab-kampar", &rows(10));
    // Every write to this device fails as on a full disk; the temporary file is a link to it.
    let temporary = archive
        .responses_path(&key("kab-kampar"))
        .with_file_name(format!(".responses.parquet.{}.tmp", std::process::id()));
    std::os::unix::fs::symlink("/dev/full", &temporary).unwrap();
    let mut writer = archive.create(key("kab-kampar"), TimeZone::Makassar).unwrap();
    let outcome = rows(5_000).into_iter().try_for_each(|row| writer.push(row, None));
    let error = outcome.and_then(|()| writer.finish().map(|_| ())).unwrap_err();
    let text = error.to_string();
    assert!(matches!(&error, ArchiveError::Write { .. }), "{text}");
    assert!(text.contains("mpp=kab-kampar/responses.parquet") && text.contains("No space left"), "{text}");
    assert!(!temporary.exists());
    archive.verify(&former.responses).unwrap();
}

#[test]
fn missing_and_damaged_files_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let facts = write(&archive, "kab-kampar", &rows(200)).responses;
    let path = archive.responses_path(&key("kab-kampar"));
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let error = archive.verify(&facts).unwrap_err();
    assert!(matches!(&error, ArchiveError::Damaged { expected, .. } if *expected == facts.sha256));
    assert!(error.to_string().contains("mpp=kab-kampar/responses.parquet is damaged"));
    fs::write(&path, &bytes[..middle]).unwrap();
    let error = responses(&path).map(|_| ()).unwrap_err().to_string();
    assert!(error.contains("mpp=kab-kampar/responses.parquet is damaged or no archive"), "{error}");
    fs::remove_file(&path).unwrap();
    let error = archive.verify(&facts).unwrap_err().to_string();
    assert!(error.contains("mpp=kab-kampar/responses.parquet is missing"), "{error}");
    assert!(matches!(responses(&path).map(|_| ()), Err(ArchiveError::Missing { .. })));
}

#[test]
fn other_parquet_is_not_taken_for_responses() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    write(&archive, "kab-kampar", &rows(200));
    let path = archive.comments_path(&key("kab-kampar"));
    let error = responses(&path).unwrap().next().unwrap().unwrap_err().to_string();
    assert!(error.contains("comments.parquet is damaged or no archive"), "{error}");
}

#[test]
fn rows_out_of_order_and_repeated_ones_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(&folder);
    let rows = rows(2);
    for second in [0, 1] {
        let mut writer = archive.create(key("kab-kampar"), TimeZone::Jakarta).unwrap();
        writer.push(rows[1].clone(), None).unwrap();
        let error = writer.push(rows[second].clone(), None).unwrap_err();
        assert!(matches!(error, ArchiveError::OutOfOrder { id, .. } if id == rows[second].id));
    }
}
