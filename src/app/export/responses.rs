//! Responses row by row, in the columns of `responses.csv` (DESIGN 3.2).

use std::io::Write;

use chrono::SecondsFormat;
use suara_domain::element::Element;
use suara_domain::language::Language;
use suara_domain::period::TimeZone;
use suara_domain::quality::{Flag, Flags};
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Sex};
use suara_domain::response::columns;
use suara_reports::table::{CellKind, ParquetTable, TableColumn, XlsxTable};
use suara_storage::Database;
use suara_storage::mpps::Mpp;
use suara_storage::responses::ResponseRow;

use super::{ExportFormat, ExportRequest};
use crate::app::AppError;
use crate::app::cells::{guarded, unguarded};
use crate::app::country::{Country, for_each_inspected};

/// The columns, in order.
const COLUMNS: [&str; WIDTH] = columns::EXPORTED;
const WIDTH: usize = columns::EXPORTED.len();

/// A row as the texts of its cells, in the order of [`COLUMNS`]; empty where nothing was said.
fn cells(row: &ResponseRow, flags: Flags, mpp: &str, zone: TimeZone) -> [String; WIDTH] {
    let key = |key: Option<&'static str>| key.unwrap_or_default().to_owned();
    let text = |text: Option<&str>| guarded(text.unwrap_or_default()).into_owned();
    let score = |element| row.answers.get(element).map_or_else(String::new, |score| score.get().to_string());
    let yes_or_no = |yes: bool| (if yes { "yes" } else { "no" }).to_owned();
    let profile = &row.profile;
    [
        row.id.hyphenated().to_string(),
        mpp.to_owned(),
        text(row.service.as_deref()),
        zone.local(row.filled_at).to_rfc3339_opts(SecondsFormat::AutoSi, false),
        key(row.channel.map(Channel::key)),
        key(Some(Mode::key(row.mode))),
        score(Element::Persyaratan),
        score(Element::Prosedur),
        score(Element::Waktu),
        score(Element::Biaya),
        score(Element::Produk),
        score(Element::Kompetensi),
        score(Element::Perilaku),
        score(Element::Sarana),
        score(Element::Pengaduan),
        key(profile.sex.map(Sex::key)),
        key(profile.age_band.map(AgeBand::key)),
        key(profile.education.map(Education::key)),
        key(profile.occupation.map(Occupation::key)),
        key(profile.disability.map(Disability::key)),
        text(row.comment.as_deref()),
        text(row.counter.as_deref()),
        row.duration_s.map_or_else(String::new, |seconds| seconds.to_string()),
        key(row.language.map(Language::key)),
        yes_or_no(row.verified),
        yes_or_no(row.counter_signed),
        flags.iter().map(Flag::key).collect::<Vec<_>>().join(" "),
    ]
}

/// Writes the accepted responses, MPP by MPP in the order of their codes, within one by time and id.
pub(super) fn export(database: &Database, request: &ExportRequest, output: &mut impl Write) -> Result<(), AppError> {
    if request.public {
        return Err(AppError::refused(
            "responses are never published one by one: export summaries --public has what may be published",
        ));
    }
    let country = Country::load(database)?;
    let all: Vec<&Mpp> = match request.mpps.as_slice() {
        [] => country.mpps().iter().collect(),
        wanted => wanted.iter().map(|code| country.mpp(code)).collect::<Result<_, _>>()?,
    };
    let mut sink = Sink::start(request.format, output)?;
    for mpp in all {
        for_each_inspected(database, mpp, request.period, |row, flags| {
            sink.row(&cells(&row, flags, mpp.details.code.as_str(), mpp.details.time_zone))
        })?;
    }
    sink.finish()
}

/// Where rows go.
enum Sink<'a, W: Write> {
    Csv(Box<csv::Writer<&'a mut W>>),
    Json { output: &'a mut W, any: bool },
    Xlsx(Box<XlsxTable>, &'a mut W),
    Parquet(Box<ParquetTable<&'a mut W>>),
}

impl<'a, W: Write> Sink<'a, W> {
    /// Writes the header at once where there is one, so that a reader has its first byte before the first row.
    fn start(format: ExportFormat, output: &'a mut W) -> Result<Self, AppError> {
        Ok(match format {
            ExportFormat::Csv => {
                let mut writer = csv::Writer::from_writer(output);
                writer.write_record(COLUMNS).map_err(AppError::output)?;
                writer.flush().map_err(AppError::output)?;
                Self::Csv(Box::new(writer))
            }
            ExportFormat::Json => {
                output.write_all(b"[").map_err(AppError::output)?;
                output.flush().map_err(AppError::output)?;
                Self::Json { output, any: false }
            }
            ExportFormat::Xlsx => {
                Self::Xlsx(Box::new(XlsxTable::new(&table_columns()).map_err(AppError::output)?), output)
            }
            ExportFormat::Parquet => {
                Self::Parquet(Box::new(ParquetTable::new(&table_columns(), output).map_err(AppError::output)?))
            }
        })
    }

    fn row(&mut self, cells: &[String; WIDTH]) -> Result<(), AppError> {
        match self {
            Self::Csv(writer) => writer.write_record(cells).map_err(AppError::output),
            Self::Json { output, any } => {
                let separator: &[u8] = if *any { b",\n" } else { b"\n" };
                *any = true;
                output.write_all(separator).map_err(AppError::output)?;
                let members = COLUMNS.iter().zip(cells);
                let object: serde_json::Map<String, serde_json::Value> =
                    members.map(|(column, cell)| ((*column).to_owned(), json_cell(column, cell))).collect();
                serde_json::to_writer(output, &object).map_err(AppError::output)
            }
            Self::Xlsx(table, _) => table.row(&texts(cells)).map_err(AppError::output),
            Self::Parquet(table) => table.row(&texts(cells)).map_err(AppError::output),
        }
    }

    fn finish(self) -> Result<(), AppError> {
        match self {
            Self::Csv(mut writer) => writer.flush().map_err(AppError::output),
            Self::Json { output, .. } => output.write_all(b"\n]\n").map_err(AppError::output),
            Self::Xlsx(table, output) => {
                let bytes = table.finish().map_err(AppError::output)?;
                output.write_all(&bytes).map_err(AppError::output)
            }
            Self::Parquet(table) => table.finish().map_err(AppError::output),
        }
    }
}

/// The guard against formulas is for CSV alone: the other formats know what a text is.
fn texts(cells: &[String; WIDTH]) -> Vec<String> {
    cells.iter().map(|cell| unguarded(cell).to_owned()).collect()
}

fn is_number(column: &str) -> bool {
    column == "duration_s" || Element::from_key(column).is_some()
}

fn table_columns() -> Vec<TableColumn> {
    let column = |name: &'static str| TableColumn {
        name,
        kind: if is_number(name) { CellKind::Integer } else { CellKind::Text },
    };
    COLUMNS.into_iter().map(column).collect()
}

fn json_cell(column: &str, cell: &str) -> serde_json::Value {
    match column {
        _ if cell.is_empty() => serde_json::Value::Null,
        "verified" | "counter_signed" => (cell == "yes").into(),
        _ if is_number(column) => cell.parse::<i64>().map_or_else(|_| cell.into(), serde_json::Value::from),
        _ => unguarded(cell).into(),
    }
}
