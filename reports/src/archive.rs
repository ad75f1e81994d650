//! The archive: the responses of a closed period as Parquet, one file per MPP and period.
//!
//! Below the data folder lie `archive/period=2026-S1/mpp=kab-kampar/responses.parquet` with a manifest beside it (its
//! name begins with an underscore, which readers of such folders skip) and, in a tree of their own, the comments:
//! a scan of `archive` never meets them, and they may be deleted while the figures' hash stays.

mod error;
mod file;
#[cfg(test)]
mod tests;
mod writer;

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use polars::prelude::{DataFrame, ParquetReader, PlSmallStr, SerReader};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;

pub use self::error::ArchiveError;
pub use self::file::{PendingFile, Written, write_atomically};
pub use self::writer::{ArchiveFiles, ArchiveWriter};
use crate::frame::{self, ArchiveComment, ArchiveRow};

/// Rows that are read or written at a time.
const BATCH: usize = 65_536;

/// Which MPP and period.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArchiveKey {
    /// The period.
    pub period: Period,
    /// The MPP.
    pub mpp: MppCode,
}

/// What is known of one archive file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileFacts {
    /// Path below the data folder, with `/`.
    pub path: String,
    /// Number of rows.
    pub rows: u64,
    /// SHA-256 of the whole file, lower-case hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub bytes: u64,
}

/// What an archived period was made of, and by which rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Code of the MPP.
    pub mpp: String,
    /// The period, `2026-S1`.
    pub period: String,
    /// The questionnaire.
    pub instrument: String,
    /// Version of the rule the figures follow.
    pub rule_version: String,
    /// Version of the weight.
    pub weight_version: String,
    /// Version of this software.
    pub app_version: String,
    /// The responses.
    pub responses: FileFacts,
    /// The comments; `None` if there were none.
    pub comments: Option<FileFacts>,
}

/// The archive below one data folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Archive {
    data_dir: PathBuf,
}

impl Archive {
    /// The archive in `data_dir`, which need not exist yet.
    #[must_use]
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self { data_dir: data_dir.into() }
    }

    /// The folder that holds every period's responses and nothing else: the root of a hive scan.
    #[must_use]
    pub fn root(&self) -> PathBuf {
        self.data_dir.join("archive")
    }

    /// Where the responses of an MPP and period lie.
    #[must_use]
    pub fn responses_path(&self, key: &ArchiveKey) -> PathBuf {
        self.data_dir.join(responses_below(key))
    }

    /// Where the comments of an MPP and period lie.
    #[must_use]
    pub fn comments_path(&self, key: &ArchiveKey) -> PathBuf {
        self.data_dir.join(comments_below(key))
    }

    /// Where the manifest of an MPP and period lies.
    #[must_use]
    pub fn manifest_path(&self, key: &ArchiveKey) -> PathBuf {
        self.responses_path(key).with_file_name("_manifest.json")
    }

    /// Writes a manifest; whoever finds one finds complete files.
    ///
    /// # Errors
    /// The folder or file cannot be written.
    pub fn write_manifest(&self, key: &ArchiveKey, manifest: &Manifest) -> Result<(), ArchiveError> {
        let path = self.manifest_path(key);
        let json = serde_json::to_vec_pretty(manifest).map_err(|error| ArchiveError::write(&path, error.into()))?;
        write_atomically(&path, &json)
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// There is none, or it is no manifest.
    pub fn read_manifest(&self, key: &ArchiveKey) -> Result<Manifest, ArchiveError> {
        let path = self.manifest_path(key);
        let json = std::fs::read(&path).map_err(|error| ArchiveError::read(&path, error))?;
        serde_json::from_slice(&json).map_err(|error| ArchiveError::unreadable(&path, &error))
    }

    /// The path of an archived file after its bytes were compared with what was noted when it was written.
    ///
    /// # Errors
    /// The file is missing, cannot be read, or has other bytes.
    pub fn verify(&self, facts: &FileFacts) -> Result<PathBuf, ArchiveError> {
        let path = self.data_dir.join(&facts.path);
        let found = sha256(&path).map_err(|error| ArchiveError::read(&path, error))?;
        if found == facts.sha256 {
            Ok(path)
        } else {
            Err(ArchiveError::Damaged { path, expected: facts.sha256.clone(), found })
        }
    }

    /// Every archived MPP and period, sorted by period and code.
    ///
    /// # Errors
    /// A folder cannot be listed.
    pub fn keys(&self) -> Result<Vec<ArchiveKey>, ArchiveError> {
        let mut keys = Vec::new();
        for period in folders(&self.root(), "period=")? {
            let Ok(parsed) = Period::parse(&period) else { continue };
            for mpp in folders(&self.root().join(format!("period={period}")), "mpp=")? {
                let Ok(mpp) = MppCode::parse(&mpp) else { continue };
                keys.push(ArchiveKey { period: parsed, mpp });
            }
        }
        keys.sort();
        Ok(keys)
    }
}

/// The responses of an archive file in their order, in batches; memory stays flat however long the file is.
///
/// # Errors
/// The file is missing or is no archive of responses; the error names it.
pub fn responses(path: &Path) -> Result<impl Iterator<Item = Result<Vec<ArchiveRow>, ArchiveError>>, ArchiveError> {
    batches(path, frame::rows)
}

/// The comments of an archive file in their order, in batches.
///
/// # Errors
/// The file is missing or is no archive of comments; the error names it.
pub fn comments(path: &Path) -> Result<impl Iterator<Item = Result<Vec<ArchiveComment>, ArchiveError>>, ArchiveError> {
    batches(path, frame::comments)
}

fn batches<T>(
    path: &Path,
    parse: fn(&DataFrame) -> Result<T, frame::FrameError>,
) -> Result<impl Iterator<Item = Result<T, ArchiveError>>, ArchiveError> {
    let path = path.to_owned();
    let rows = open(&path)?.num_rows().map_err(|error| ArchiveError::unreadable(&path, &error))?;
    Ok((0..rows).step_by(BATCH).map(move |start| {
        let slice = Some((start, BATCH.min(rows - start)));
        let frame = open(&path)?.with_slice(slice).finish();
        let frame = frame.map_err(|error| ArchiveError::unreadable(&path, &error))?;
        parse(&frame).map_err(|error| ArchiveError::unreadable(&path, &error))
    }))
}

/// Reads some columns of an archive file whole.
pub(crate) fn read_columns(path: &Path, columns: &[PlSmallStr]) -> Result<DataFrame, ArchiveError> {
    let columns = columns.iter().map(ToString::to_string).collect();
    let frame = open(path)?.with_columns(Some(columns)).finish();
    frame.map_err(|error| ArchiveError::unreadable(path, &error))
}

fn open(path: &Path) -> Result<ParquetReader<File>, ArchiveError> {
    let file = File::open(path).map_err(|error| ArchiveError::read(path, error))?;
    Ok(ParquetReader::new(file))
}

fn responses_below(key: &ArchiveKey) -> String {
    format!("archive/period={}/mpp={}/responses.parquet", key.period, key.mpp)
}

fn comments_below(key: &ArchiveKey) -> String {
    format!("archive-comments/period={}/mpp={}/comments.parquet", key.period, key.mpp)
}

/// What follows `prefix` in the names of the folders in `folder`; nothing if it does not exist.
fn folders(folder: &Path, prefix: &str) -> Result<Vec<String>, ArchiveError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(ArchiveError::read(folder, error)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|error| ArchiveError::read(folder, error))?.file_name();
        names.extend(name.to_str().and_then(|name| name.strip_prefix(prefix)).map(str::to_owned));
    }
    Ok(names)
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(file::hexadecimal(&hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
}
