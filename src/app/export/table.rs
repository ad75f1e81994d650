//! One set of figures in any of the formats: as it is in JSON, as a flat table in the others.

use std::io::Write;

use serde::Serialize;
use suara_reports::table::{ParquetTable, TableColumn, XlsxTable};

use super::ExportFormat;
use crate::app::AppError;

/// Writes `whole` as JSON, or `rows` under `columns` as CSV, XLSX or Parquet.
pub(super) fn write_table(
    format: ExportFormat,
    whole: &impl Serialize,
    columns: &[TableColumn],
    rows: impl Iterator<Item = Vec<String>>,
    output: &mut impl Write,
) -> Result<(), AppError> {
    match format {
        ExportFormat::Json => {
            serde_json::to_writer_pretty(&mut *output, whole).map_err(AppError::output)?;
            output.write_all(b"\n").map_err(AppError::output)
        }
        ExportFormat::Csv => {
            let mut writer = csv::Writer::from_writer(output);
            writer.write_record(columns.iter().map(|column| column.name)).map_err(AppError::output)?;
            for row in rows {
                writer.write_record(row).map_err(AppError::output)?;
            }
            writer.flush().map_err(AppError::output)
        }
        ExportFormat::Xlsx => {
            let mut table = XlsxTable::new(columns).map_err(AppError::output)?;
            for row in rows {
                table.row(&row).map_err(AppError::output)?;
            }
            output.write_all(&table.finish().map_err(AppError::output)?).map_err(AppError::output)
        }
        ExportFormat::Parquet => {
            let mut table = ParquetTable::new(columns, output).map_err(AppError::output)?;
            for row in rows {
                table.row(&row).map_err(AppError::output)?;
            }
            table.finish().map_err(AppError::output)
        }
    }
}
