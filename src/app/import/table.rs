//! Reads CSV files as they come from the field: UTF-8 with or without a byte order mark, commas, semicolons or tabs, LF
//! or CRLF, columns in any order. Every row that cannot be used is named by line, column and reason.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::{ByteRecord, ReaderBuilder};

/// The columns a file must and may have.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Without these the file is refused.
    pub required: &'static [&'static str],
    /// These may be absent.
    pub optional: &'static [&'static str],
}

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
    width: usize,
    /// The parser tells the line of a row before it has passed the LF of a CR LF.
    line_offset: u64,
    quotes: Arc<AtomicU64>,
    bytes: Arc<AtomicU64>,
    /// One row is held back: only at the end of the file is it known whether the last one is whole.
    held: Option<Result<Row, Reject>>,
    ended: bool,
    ignored: Vec<String>,
}

impl Table {
    /// Opens a file and reads its header.
    ///
    /// # Errors
    /// The file cannot be read, is empty, lacks a column or names one twice.
    pub fn open(path: &Path, columns: Columns) -> Result<Self, TableError> {
        let unreadable = |source| TableError::Unreadable { path: path.to_owned(), source };
        let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
        let start = file.fill_buf().map_err(unreadable)?;
        let bom = if start.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let first_line = start[bom..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let delimiter = delimiter(first_line);
        let line_offset = u64::from(first_line.ends_with(b"\r"));
        file.consume(bom);
        let (quotes, bytes) = (Arc::default(), Arc::default());
        let source = CountingReader { file, quotes: Arc::clone(&quotes), bytes: Arc::clone(&bytes) };
        let mut reader =
            ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(source);
        let mut header = ByteRecord::new();
        let any = reader.read_byte_record(&mut header).map_err(|error| unreadable(error.into()))?;
        let header: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect();
        if !any || header.iter().all(String::is_empty) {
            return Err(TableError::Empty { path: path.to_owned(), columns: columns.required.join(",") });
        }
        let names: Vec<&'static str> = columns.required.iter().chain(columns.optional).copied().collect();
        check_header(path, &header, columns)?;
        let place = |name: &&str| header.iter().position(|column| column == name);
        Ok(Self {
            reader,
            path: path.to_owned(),
            places: names.iter().map(place).collect(),
            ignored: header.iter().filter(|column| !names.contains(&column.as_str())).cloned().collect(),
            names: Arc::new(names),
            width: header.len(),
            line_offset,
            quotes,
            bytes,
            held: None,
            ended: false,
        })
    }

    /// Columns of the file that mean nothing here.
    #[must_use]
    pub fn ignored(&self) -> &[String] {
        &self.ignored
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
        if record.len() != self.width {
            let reason = format!("has {} fields where the header has {}", record.len(), self.width);
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

/// The separator that the header uses most.
fn delimiter(header: &[u8]) -> u8 {
    let count = |separator: u8| header.split(|byte| *byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

fn check_header(path: &Path, header: &[String], columns: Columns) -> Result<(), TableError> {
    let missing: Vec<&str> =
        columns.required.iter().filter(|name| !header.iter().any(|column| column == *name)).copied().collect();
    if !missing.is_empty() {
        return Err(TableError::Header {
            path: path.to_owned(),
            missing: missing.join(", "),
            columns: columns.required.join(","),
            found: header.join(","),
        });
    }
    let repeated = header.iter().enumerate().find(|(place, column)| header[..*place].contains(column));
    match repeated {
        Some((_, column)) if !column.is_empty() => {
            Err(TableError::RepeatedColumn { path: path.to_owned(), column: column.clone() })
        }
        _ => Ok(()),
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

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: Columns = Columns { required: &["code", "name"], optional: &["brand"] };

    type Fields = Vec<Option<String>>;

    fn read(content: &[u8]) -> Result<Vec<Result<Fields, Reject>>, TableError> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), content).unwrap();
        let mut table = Table::open(file.path(), COLUMNS)?;
        let mut rows = Vec::new();
        while let Some(row) = table.next_row()? {
            rows.push(row.map(|row| row.fields));
        }
        Ok(rows)
    }

    fn fields(values: [&str; 3]) -> Fields {
        values.iter().map(|value| Some((*value).to_owned()).filter(|value| !value.is_empty())).collect()
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let expected = vec![Ok(fields(["kab-a", "MPP A, pusat", ""])), Ok(fields(["kab-b", "MPP \"B\"", "Merek"]))];
        let files: [&[u8]; 3] = [
            b"code,name,brand\nkab-a,\"MPP A, pusat\",\nkab-b,\"MPP \"\"B\"\"\",Merek\n",
            b"\xef\xbb\xbfcode;brand;name\r\nkab-a;;MPP A, pusat\r\nkab-b;Merek;\"MPP \"\"B\"\"\"\r\n;;\r\n",
            b"NAME\tcode\tbrand\tother\nMPP A, pusat\tkab-a\t\tx\n\"MPP \"\"B\"\"\"\tkab-b\tMerek\tx",
        ];
        for file in files {
            assert_eq!(read(file).unwrap(), expected, "{}", String::from_utf8_lossy(file));
        }
    }

    #[test]
    fn names_what_is_wrong_with_a_file() {
        for (content, message) in [
            (&b""[..], "is empty"),
            (b"\n\n", "is empty"),
            (b"kode,nama\n", "has no column code, name"),
            (b"code,name,code\n", "names the column code twice"),
        ] {
            let error = read(content).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }

    #[test]
    fn names_what_is_wrong_with_a_row_and_reads_on() {
        let rows = read(b"code,name\nkab-a,A,x\nkab-b,\xff\nkab-c,C\nkab-d,\"half").unwrap();
        let problems: Vec<_> = rows.iter().map(|row| row.as_ref().err().map(|it| (it.line, it.code))).collect();
        assert_eq!(problems, [Some((2, "wrong_columns")), Some((3, "not_utf8")), None, Some((5, "cut_off"))]);
        let rows = read(b"code,name\r\nkab-a,A\r\nkab-b\r\n").unwrap();
        assert_eq!(rows[1].as_ref().unwrap_err().line, 3);
        let rows = read(b"code,name\nkab-a,A\nkab-b").unwrap();
        assert_eq!(rows[1].as_ref().unwrap_err().code, "wrong_columns");
    }
}
