//! Reads CSV files as they come from the field: UTF-8 with or without a byte order mark, commas, semicolons or tabs, LF
//! or CRLF, columns in any order. Every row that cannot be used is named by line, column and reason.

mod header;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ReaderBuilder};

pub use self::header::{Columns, Layout};

/// Why a file cannot be read as a whole.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// The file cannot be opened or read.
    #[error("cannot read {path}: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file has no header.
    #[error("{path} is empty: its first line must name the columns {columns}")]
    Empty {
        /// The file.
        path: PathBuf,
        /// The columns there should be.
        columns: String,
    },
    /// Columns are missing.
    #[error("{path} has no column {missing}: its first line must name {columns}; it names {found}")]
    Header {
        /// The file.
        path: PathBuf,
        /// The missing columns.
        missing: String,
        /// The columns there should be.
        columns: String,
        /// The columns there are.
        found: String,
    },
    /// A column that a mapping names is missing.
    #[error("{path} has no column for {column}: the mapping looks for {headings}; the first line names {found}")]
    Unmapped {
        /// The file.
        path: PathBuf,
        /// What the column would be read as.
        column: &'static str,
        /// The headings that the mapping knows it by.
        headings: String,
        /// The columns there are.
        found: String,
    },
    /// A column comes twice.
    #[error("{path} names the column {column} twice")]
    RepeatedColumn {
        /// The file.
        path: PathBuf,
        /// The column.
        column: String,
    },
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reject {
    /// Line of the file where the row begins, the header being line 1.
    pub line: u64,
    /// The column at fault; empty if it is the row.
    pub column: String,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong, for people.
    pub reason: String,
}

/// A row with its fields by column name.
#[derive(Clone, Debug)]
pub struct Row {
    /// Line of the file where the row begins.
    pub line: u64,
    fields: Vec<Option<String>>,
    names: Arc<Vec<&'static str>>,
}

impl Row {
    /// The trimmed field; `None` if empty or if the file has no such column.
    #[must_use]
    pub fn get(&self, column: &str) -> Option<&str> {
        let place = self.names.iter().position(|name| *name == column)?;
        self.fields[place].as_deref()
    }

    /// Puts a text in the place of a field; a column that the row does not know is left alone.
    pub fn set(&mut self, column: &str, text: Option<String>) {
        if let Some(place) = self.names.iter().position(|name| *name == column) {
            self.fields[place] = text;
        }
    }

    /// The fields there are, with the names of their columns.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.names.iter().zip(&self.fields).filter_map(|(name, field)| Some((*name, field.as_deref()?)))
    }

    /// A rejection of this row.
    #[must_use]
    pub fn reject(&self, column: &str, code: &'static str, reason: impl Into<String>) -> Reject {
        Reject { line: self.line, column: column.to_owned(), code, reason: reason.into() }
    }
}

/// An open file, read row by row with flat memory.
pub struct Table {
    reader: csv::Reader<CountingReader>,
    path: PathBuf,
    /// For each known column its place in the file.
    places: Vec<Option<usize>>,
    names: Arc<Vec<&'static str>>,
    header: Vec<String>,
    /// The parser tells the line of a row before it has passed the LF of a CR LF.
    line_offset: u64,
    quotes: Arc<AtomicU64>,
    bytes: Arc<AtomicU64>,
    /// One row is held back: only at the end of the file is it known whether the last one is whole.
    held: Option<Result<Row, Reject>>,
    ended: bool,
}

impl Table {
    /// Opens a file whose header names these columns.
    ///
    /// # Errors
    /// The file cannot be read, is empty, lacks a column or names one twice.
    pub fn open(path: &Path, columns: Columns) -> Result<Self, TableError> {
        Self::open_with(path, &columns.required.join(","), |header| Layout::of_columns(path, header, columns))
    }

    /// Opens a file in which `layout` finds the columns; `expected` says to people which there should be.
    ///
    /// # Errors
    /// The file cannot be read or is empty, and those of `layout`.
    pub fn open_with(
        path: &Path,
        expected: &str,
        layout: impl FnOnce(&[String]) -> Result<Layout, TableError>,
    ) -> Result<Self, TableError> {
        let unreadable = |source| TableError::Unreadable { path: path.to_owned(), source };
        let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
        let start = file.fill_buf().map_err(unreadable)?;
        let bom = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let first_line = header::first_line(&start[bom..]);
        let delimiter = header::delimiter(first_line);
        let line_offset = u64::from(first_line.ends_with(b"\r"));
        file.consume(bom);
        let (quotes, bytes) = (Arc::default(), Arc::default());
        let source = CountingReader { file, quotes: Arc::clone(&quotes), bytes: Arc::clone(&bytes) };
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(source);
        let mut header = ByteRecord::new();
        let any = reader.read_byte_record(&mut header).map_err(|error| unreadable(error.into()))?;
        let header: Vec<String> = header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        if !any || header.iter().all(String::is_empty) {
            return Err(TableError::Empty { path: path.to_owned(), columns: expected.to_owned() });
        }
        let Layout { names, places } = layout(&header)?;
        let (path, names) = (path.to_owned(), Arc::new(names));
        Ok(Self { reader, path, places, names, header, line_offset, quotes, bytes, held: None, ended: false })
    }

    /// Columns of the file that mean nothing here.
    #[must_use]
    pub fn ignored(&self) -> Vec<String> {
        let means_nothing = |place: &usize| !self.places.contains(&Some(*place));
        let columns = self.header.iter().enumerate().filter(|(place, _)| means_nothing(place));
        columns.map(|(_, heading)| heading.clone()).collect()
    }

    /// What the file calls the columns that it has.
    pub fn headings(&self) -> impl Iterator<Item = (&'static str, String)> {
        let placed = self.names.iter().zip(&self.places).filter_map(|(name, place)| Some((*name, (*place)?)));
        placed.filter_map(|(name, place)| Some((name, self.header.get(place)?.clone())))
    }

    /// Bytes read so far.
    #[must_use]
    pub fn bytes_read(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// The next row, or why it cannot be used; `None` at the end.
    ///
    /// # Errors
    /// The file cannot be read on.
    pub fn next_row(&mut self) -> Result<Option<Result<Row, Reject>>, TableError> {
        while !self.ended {
            let ready = self.held.take();
            self.held = self.read_row()?;
            self.ended = self.held.is_none();
            if self.ended {
                return Ok(ready.map(|row| self.judge_last(row)));
            }
            if ready.is_some() {
                return Ok(ready);
            }
        }
        Ok(None)
    }

    /// An odd number of quotes in the whole file means that the last row ends inside one.
    fn judge_last(&self, row: Result<Row, Reject>) -> Result<Row, Reject> {
        let row = row?;
        if self.quotes.load(Ordering::Relaxed) % 2 == 1 {
            return Err(row.reject("", "cut_off", "the file ends in the middle of this row"));
        }
        Ok(row)
    }

    fn read_row(&mut self) -> Result<Option<Result<Row, Reject>>, TableError> {
        let mut record = ByteRecord::new();
        loop {
            let more = self.reader.read_byte_record(&mut record);
            let more =
                more.map_err(|error| TableError::Unreadable { path: self.path.clone(), source: error.into() })?;
            if !more {
                return Ok(None);
            }
            // A blank line, or one of separators alone as spreadsheets leave them, is no row.
            if record.iter().any(|field| !field.trim_ascii().is_empty()) {
                break;
            }
        }
        let line = record.position().map_or(0, csv::Position::line) + self.line_offset;
        Ok(Some(self.row(line, &record)))
    }

    fn row(&self, line: u64, record: &ByteRecord) -> Result<Row, Reject> {
        let reject = |column: &str, code, reason| Err(Reject { line, column: column.to_owned(), code, reason });
        if record.len() != self.header.len() {
            let reason = format!("has {} fields where the header has {}", record.len(), self.header.len());
            return reject("", "wrong_columns", reason);
        }
        let mut fields = Vec::with_capacity(self.places.len());
        for (place, name) in self.places.iter().zip(self.names.iter()) {
            let field = place.map_or(Ok(""), |place| std::str::from_utf8(&record[place]));
            match field {
                Ok(text) => fields.push(Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)),
                Err(_) => return reject(name, "not_utf8", "is not valid UTF-8".to_owned()),
            }
        }
        Ok(Row { line, fields, names: Arc::clone(&self.names) })
    }
}

/// Counts quotes and bytes on the way from the file to the parser.
struct CountingReader {
    file: BufReader<File>,
    quotes: Arc<AtomicU64>,
    bytes: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        let quotes = buffer[..read].split(|byte| *byte == b'"').count() - 1;
        self.quotes.fetch_add(quotes as u64, Ordering::Relaxed);
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
