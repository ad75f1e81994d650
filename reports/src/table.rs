//! Plain tables as files for analysts: Excel workbooks and Parquet, row by row with flat memory.

use std::io::Write;

use polars::io::parquet::write::BatchedWriter;
use polars::prelude::{
    Column, DataFrame, DataType, Field, Float64Chunked, Int64Chunked, IntoColumn, NewChunkedArray, ParquetWriter,
    PolarsError, PolarsResult, Schema, StringChunked,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, XlsxError};

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Decimal numbers.
    Number,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name.
    pub name: &'static str,
    /// What its cells are.
    pub kind: CellKind,
}

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum TableWriteError {
    /// The workbook.
    #[error("the workbook cannot be written: {0}")]
    Workbook(#[from] XlsxError),
    /// The Parquet file.
    #[error("the parquet file cannot be written: {0}")]
    Parquet(#[from] PolarsError),
    /// The output.
    #[error("the output cannot be written: {0}")]
    Output(#[from] std::io::Error),
}

/// Rows of one sheet; Excel takes 1 048 576 with the header.
const SHEET_ROWS: u32 = 1_000_000;
/// Rows of one Parquet row group.
const GROUP_ROWS: usize = 65_536;

/// An Excel workbook; long tables go on in further sheets. Texts are texts, never formulas.
pub struct XlsxTable {
    workbook: Workbook,
    columns: Vec<TableColumn>,
    /// Row of the present sheet to write next, 0 for its header.
    next_row: u32,
}

impl XlsxTable {
    /// An empty table.
    ///
    /// # Errors
    /// The workbook library refuses.
    pub fn new(columns: &[TableColumn]) -> Result<Self, TableWriteError> {
        let mut workbook = Workbook::new();
        // The library would take the present time; the same rows shall give the same bytes.
        let created = ExcelDateTime::from_ymd(2026, 1, 1)?;
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&created));
        let mut table = Self { workbook, columns: columns.to_vec(), next_row: 0 };
        table.new_sheet()?;
        Ok(table)
    }

    /// Adds a row with the text of each cell, empty for nothing.
    ///
    /// # Errors
    /// The workbook library refuses.
    pub fn row(&mut self, cells: &[String]) -> Result<(), TableWriteError> {
        if self.next_row > SHEET_ROWS {
            self.new_sheet()?;
        }
        let Some(sheet) = self.workbook.worksheets_mut().last_mut() else { return Ok(()) };
        for (place, (cell, column)) in (0..).zip(cells.iter().zip(&self.columns)) {
            match (column.kind, cell.parse::<f64>()) {
                _ if cell.is_empty() => {}
                (CellKind::Integer | CellKind::Number, Ok(number)) => {
                    sheet.write_number(self.next_row, place, number)?;
                }
                _ => {
                    sheet.write_string(self.next_row, place, cell)?;
                }
            }
        }
        self.next_row += 1;
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    /// The workbook library refuses.
    pub fn finish(mut self) -> Result<Vec<u8>, TableWriteError> {
        Ok(self.workbook.save_to_buffer()?)
    }

    /// The workbook, for further sheets of another kind.
    pub(crate) fn into_workbook(self) -> Workbook {
        self.workbook
    }

    fn new_sheet(&mut self) -> Result<(), TableWriteError> {
        let bold = Format::new().set_bold();
        let sheet = self.workbook.add_worksheet_with_constant_memory()?;
        sheet.set_freeze_panes(1, 0)?;
        for (place, column) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(0, place, column.name, &bold)?;
        }
        self.next_row = 1;
        Ok(())
    }
}

/// A Parquet file, written in groups of rows.
pub struct ParquetTable<W: Write> {
    writer: BatchedWriter<W>,
    columns: Vec<TableColumn>,
    waiting: Vec<Vec<String>>,
}

impl<W: Write> ParquetTable<W> {
    /// An empty table that is written to `output`.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn new(columns: &[TableColumn], output: W) -> Result<Self, TableWriteError> {
        let field = |column: &TableColumn| Field::new(column.name.into(), data_type(column.kind));
        let schema: Schema = columns.iter().map(field).collect();
        let writer = ParquetWriter::new(output).batched(&schema)?;
        Ok(Self { writer, columns: columns.to_vec(), waiting: Vec::new() })
    }

    /// Adds a row with the text of each cell, empty for nothing.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn row(&mut self, cells: &[String]) -> Result<(), TableWriteError> {
        self.waiting.push(cells.to_vec());
        if self.waiting.len() >= GROUP_ROWS { self.write_group() } else { Ok(()) }
    }

    /// Completes the file.
    ///
    /// # Errors
    /// The output cannot be written.
    pub fn finish(mut self) -> Result<(), TableWriteError> {
        self.write_group()?;
        self.writer.finish()?;
        Ok(())
    }

    fn write_group(&mut self) -> Result<(), TableWriteError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.waiting);
        self.writer.write_batch(&frame(&self.columns, &rows)?)?;
        Ok(())
    }
}

const fn data_type(kind: CellKind) -> DataType {
    match kind {
        CellKind::Text => DataType::String,
        CellKind::Integer => DataType::Int64,
        CellKind::Number => DataType::Float64,
    }
}

fn frame(columns: &[TableColumn], rows: &[Vec<String>]) -> PolarsResult<DataFrame> {
    let column = |(place, column): (usize, &TableColumn)| -> Column {
        let name = column.name.into();
        let cells = rows.iter().map(|row| row[place].as_str()).map(|cell| (!cell.is_empty()).then_some(cell));
        match column.kind {
            CellKind::Text => StringChunked::from_iter_options(name, cells).into_column(),
            CellKind::Integer => {
                Int64Chunked::from_iter_options(name, cells.map(|cell| cell?.parse().ok())).into_column()
            }
            CellKind::Number => {
                Float64Chunked::from_iter_options(name, cells.map(|cell| cell?.parse().ok())).into_column()
            }
        }
    };
    DataFrame::new(rows.len(), columns.iter().enumerate().map(column).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use polars::prelude::{ParquetReader, SerReader};

    const COLUMNS: [TableColumn; 3] = [
        TableColumn { name: "kode", kind: CellKind::Text },
        TableColumn { name: "n", kind: CellKind::Integer },
        TableColumn { name: "se", kind: CellKind::Number },
    ];

    fn rows() -> Vec<Vec<String>> {
        [["kab-a", "12", "0.5"], ["=1+1", "", ""]].map(|row| row.map(str::to_owned).to_vec()).to_vec()
    }

    #[test]
    fn parquet_has_typed_columns_and_nulls() {
        let mut bytes = Vec::new();
        let mut table = ParquetTable::new(&COLUMNS, &mut bytes).unwrap();
        for row in &rows() {
            table.row(row).unwrap();
        }
        table.finish().unwrap();
        let frame = ParquetReader::new(std::io::Cursor::new(bytes)).finish().unwrap();
        assert_eq!(frame.column("n").unwrap().i64().unwrap().get(0), Some(12));
        assert_eq!(frame.column("n").unwrap().i64().unwrap().get(1), None);
        assert_eq!(frame.column("se").unwrap().f64().unwrap().get(0), Some(0.5));
        assert_eq!(frame.column("kode").unwrap().str().unwrap().get(1), Some("=1+1"));
    }

    #[test]
    fn the_same_rows_give_the_same_workbook() {
        let write = || {
            let mut table = XlsxTable::new(&COLUMNS).unwrap();
            for row in &rows() {
                table.row(row).unwrap();
            }
            table.finish().unwrap()
        };
        assert_eq!(write(), write());
        assert!(write().starts_with(b"PK"));
    }
}
