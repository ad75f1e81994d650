//! Writing one MPP and period, row by row, with flat memory.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use chrono::{DateTime, Utc};
use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{DataFrame, ParquetCompression, ParquetWriter, PolarsResult, Schema, StatisticsOptions};
use suara_domain::period::TimeZone;
use uuid::Uuid;

use super::file::{PendingFile, Written};
use super::{Archive, ArchiveError, ArchiveKey, BATCH, FileFacts, comments_below, responses_below};
use crate::frame::{self, ArchiveComment, ArchiveRow};

/// The files of one archived MPP and period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveFiles {
    /// The responses.
    pub responses: FileFacts,
    /// The comments; `None` if there were none, and no file then.
    pub comments: Option<FileFacts>,
}

/// Writes the responses of one MPP and period. Nothing is visible before [`ArchiveWriter::finish`]; dropped earlier, it
/// leaves nothing behind. The same rows give the same bytes.
pub struct ArchiveWriter {
    archive: Archive,
    key: ArchiveKey,
    zone: TimeZone,
    rows: Vec<ArchiveRow>,
    comments: Vec<ArchiveComment>,
    response_file: ParquetFile,
    comment_file: Option<ParquetFile>,
    last: Option<(DateTime<Utc>, Uuid)>,
}

impl Archive {
    /// Begins to write an MPP and period; `zone` is that of the MPP and decides the week of a response.
    ///
    /// # Errors
    /// The folder or file cannot be made.
    pub fn create(&self, key: ArchiveKey, zone: TimeZone) -> Result<ArchiveWriter, ArchiveError> {
        let path = self.responses_path(&key);
        let empty = frame::of_rows(&[], zone).map_err(|error| ArchiveError::encode(&path, error))?;
        let response_file = ParquetFile::create(self, responses_below(&key), empty.schema())?;
        Ok(ArchiveWriter {
            archive: self.clone(),
            key,
            zone,
            rows: Vec::new(),
            comments: Vec::new(),
            response_file,
            comment_file: None,
            last: None,
        })
    }
}

impl ArchiveWriter {
    /// Adds a response and its masked comment. Responses come sorted by time and id.
    ///
    /// # Errors
    /// The response is out of order, or the file cannot be written (disk full).
    pub fn push(&mut self, row: ArchiveRow, comment: Option<String>) -> Result<(), ArchiveError> {
        let place = (row.filled_at, row.id);
        if self.last.is_some_and(|last| last >= place) {
            let path = self.archive.responses_path(&self.key);
            return Err(ArchiveError::OutOfOrder { path, id: row.id });
        }
        self.last = Some(place);
        if let Some(text) = comment {
            let (id, service, filled_at) = (row.id, row.service.clone(), row.filled_at);
            self.comments.push(ArchiveComment { id, service, filled_at, text });
        }
        self.rows.push(row);
        if self.rows.len() == BATCH {
            self.write_batch()?;
        }
        Ok(())
    }

    /// Completes both files, the responses last, makes them durable and tells what they are.
    ///
    /// # Errors
    /// The files cannot be written.
    pub fn finish(mut self) -> Result<ArchiveFiles, ArchiveError> {
        self.write_batch()?;
        let comments = self.comment_file.map(ParquetFile::finish).transpose()?;
        Ok(ArchiveFiles { comments, responses: self.response_file.finish()? })
    }

    fn write_batch(&mut self) -> Result<(), ArchiveError> {
        if !self.rows.is_empty() {
            self.response_file.write(frame::of_rows(&self.rows, self.zone))?;
        }
        if !self.comments.is_empty() {
            let path = self.archive.comments_path(&self.key);
            let frame = frame::of_comments(&self.comments).map_err(|error| ArchiveError::encode(&path, error))?;
            let file = match &mut self.comment_file {
                Some(file) => file,
                none => none.insert(ParquetFile::create(&self.archive, comments_below(&self.key), frame.schema())?),
            };
            file.write(Ok(frame))?;
        }
        self.rows.clear();
        self.comments.clear();
        Ok(())
    }
}

/// A Parquet file under construction.
struct ParquetFile {
    below: String,
    path: PathBuf,
    rows: u64,
    sink: Sink,
    writer: BatchedWriter<Sink>,
}

impl ParquetFile {
    fn create(archive: &Archive, below: String, schema: &Schema) -> Result<Self, ArchiveError> {
        let path = archive.data_dir.join(&below);
        let sink = Sink(Arc::new(Mutex::new(PendingFile::create(&path)?)));
        let writer = ParquetWriter::new(sink.clone())
            .with_compression(ParquetCompression::Zstd(None))
            .with_statistics(StatisticsOptions::default())
            .set_parallel(false)
            .batched(schema)
            .map_err(|error| ArchiveError::encode(&path, error))?;
        Ok(Self { below, path, rows: 0, sink, writer })
    }

    fn write(&mut self, frame: PolarsResult<DataFrame>) -> Result<(), ArchiveError> {
        let written = frame.and_then(|frame| self.writer.write_batch(&frame).map(|()| frame.height()));
        self.rows += written.map_err(|error| ArchiveError::encode(&self.path, error))? as u64;
        Ok(())
    }

    fn finish(self) -> Result<FileFacts, ArchiveError> {
        self.writer.finish().map_err(|error| ArchiveError::encode(&self.path, error))?;
        drop(self.writer);
        let written = self.sink.keep().map_err(|error| ArchiveError::write(&self.path, error))?;
        Ok(FileFacts { path: self.below, rows: self.rows, sha256: written.sha256, bytes: written.bytes })
    }
}

/// The file under the Parquet writer, which never gives back what it was given.
#[derive(Clone)]
struct Sink(Arc<Mutex<PendingFile>>);

impl Sink {
    fn keep(self) -> io::Result<Written> {
        let file = Arc::into_inner(self.0).and_then(|file| file.into_inner().ok());
        file.ok_or_else(|| io::Error::other("the file is still being written"))?.keep()
    }

    fn lock(&self) -> io::Result<MutexGuard<'_, PendingFile>> {
        self.0.lock().map_err(|_| io::Error::other("the thread that wrote it died"))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lock()?.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.lock()?.flush()
    }
}
