//! The published figures as flat tables: the same rows and columns as CSV, JSON and Parquet.

use suara_domain::mpp::MppCode;
use suara_reports::table::{CellKind, ParquetTable, TableColumn};

use crate::app::AppError;
use crate::app::cells::guarded;
use crate::app::directory::Directory;
use crate::app::export::public;
use crate::app::published::{CellFigures, MppFigures, NationalFigures, NationalIndex};

/// A form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Comma-separated values.
    Csv,
    /// A list of objects.
    Json,
    /// Apache Parquet.
    Parquet,
}

/// A table.
pub(super) struct Table {
    /// File without its ending.
    pub name: &'static str,
    columns: Vec<TableColumn>,
    rows: Vec<Vec<String>>,
}

impl Form {
    /// All of them, in the order they are written.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Json, Self::Parquet];

    /// Ending of the file.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Parquet => "parquet",
        }
    }

    /// Media type, as it is registered.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Json => "application/json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// The tables with their columns, in order.
pub(super) fn columns() -> impl Iterator<Item = (&'static str, Vec<TableColumn>)> {
    const TEXT: CellKind = CellKind::Text;
    let column = |(name, kind)| TableColumn { name, kind };
    let place = ["name", "region_code", "region", "province"].map(|name| column((name, TEXT)));
    let figure = [("n", CellKind::Integer), ("ikm", CellKind::Number), ("mutu", TEXT)].map(column);
    let group = ["period", "mpp", "group", "key", "name"].map(|name| column((name, TEXT)));
    let reading = ["period", "reading"].map(|name| column((name, TEXT)));
    [
        ("mpp", public::columns().into_iter().chain(place).collect()),
        ("figures", group.into_iter().chain(figure).collect()),
        ("national", reading.into_iter().chain(figure).collect()),
    ]
    .into_iter()
}

/// The tables of a period.
pub(super) fn all(figures: &[MppFigures], national: &NationalFigures, directory: &Directory) -> Vec<Table> {
    let rows = |name: &str| match name {
        "mpp" => figures.iter().map(|mpp| of_mpp(mpp, directory)).collect(),
        "figures" => figures.iter().flat_map(groups).collect(),
        _ => readings(national),
    };
    columns().map(|(name, columns)| Table { name, columns, rows: rows(name) }).collect()
}

fn of_mpp(mpp: &MppFigures, directory: &Directory) -> Vec<String> {
    let known = MppCode::parse(&mpp.code).ok().and_then(|code| directory.mpp(&code));
    let region = known.map_or(["", "", ""], |known| [known.region.code, known.region.name, known.region.province]);
    let mut cells = public::cells(mpp);
    cells.push(mpp.name.clone());
    cells.extend(region.map(ToOwned::to_owned));
    cells
}

/// Total, elements, services and channels of an MPP.
fn groups(mpp: &MppFigures) -> Vec<Vec<String>> {
    let row = |group: &str, key: &str, name: &str, n: Option<u64>, ikm: &Option<String>, mutu: &Option<String>| {
        let n = n.map(|n| n.to_string()).unwrap_or_default();
        let (ikm, mutu) = (ikm.clone().unwrap_or_default(), mutu.clone().unwrap_or_default());
        vec![mpp.period.clone(), mpp.code.clone(), group.to_owned(), key.to_owned(), name.to_owned(), n, ikm, mutu]
    };
    let cell = |group: &str, cell: &CellFigures| {
        let (key, name) = (cell.key.as_deref().unwrap_or_default(), cell.name.as_deref().unwrap_or_default());
        row(group, key, name, cell.n, &cell.ikm, &cell.mutu)
    };
    let mut rows = vec![row("total", "", "", mpp.n, &mpp.ikm, &mpp.mutu)];
    rows.extend(mpp.elements.iter().map(|it| row("element", &it.key, "", it.n, &it.ikm, &it.mutu)));
    rows.extend(mpp.services.iter().map(|it| cell("service", it)));
    rows.extend(mpp.channels.iter().map(|it| cell("channel", it)));
    rows
}

fn readings(national: &NationalFigures) -> Vec<Vec<String>> {
    let row = |reading: &str, index: &NationalIndex| {
        let n = index.n.map(|n| n.to_string()).unwrap_or_default();
        let (ikm, mutu) = (index.ikm.clone().unwrap_or_default(), index.mutu.clone().unwrap_or_default());
        vec![national.period.clone(), reading.to_owned(), n, ikm, mutu]
    };
    vec![row("pooled", &national.pooled), row("mean", &national.mean)]
}

impl Table {
    /// The file.
    pub fn bytes(&self, form: Form) -> Result<Vec<u8>, AppError> {
        match form {
            Form::Csv => self.csv(),
            Form::Json => self.json(),
            Form::Parquet => self.parquet(),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, AppError> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(self.columns.iter().map(|column| column.name)).map_err(AppError::output)?;
        for row in &self.rows {
            // A number below zero is no formula, a text that looks like one must not become one.
            let cells = row.iter().zip(&self.columns).map(|(cell, column)| match column.kind {
                CellKind::Text => guarded(cell),
                CellKind::Integer | CellKind::Number => cell.as_str().into(),
            });
            let cells: Vec<_> = cells.collect();
            writer.write_record(cells.iter().map(AsRef::as_ref)).map_err(AppError::output)?;
        }
        writer.into_inner().map_err(AppError::output)
    }

    /// One object per row; every key is always there, null if unknown.
    fn json(&self) -> Result<Vec<u8>, AppError> {
        let objects = self.rows.iter().map(|row| {
            let cells = row.iter().zip(&self.columns);
            cells.map(|(cell, column)| (column.name.to_owned(), json_cell(column.kind, cell))).collect()
        });
        let objects: Vec<serde_json::Map<String, serde_json::Value>> = objects.collect();
        let mut bytes = serde_json::to_vec_pretty(&objects).map_err(AppError::output)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    fn parquet(&self) -> Result<Vec<u8>, AppError> {
        let mut bytes = Vec::new();
        let mut table = ParquetTable::new(&self.columns, &mut bytes).map_err(AppError::output)?;
        for row in &self.rows {
            table.row(row).map_err(AppError::output)?;
        }
        table.finish().map_err(AppError::output)?;
        Ok(bytes)
    }
}

fn json_cell(kind: CellKind, cell: &str) -> serde_json::Value {
    match kind {
        _ if cell.is_empty() => serde_json::Value::Null,
        CellKind::Text => cell.into(),
        CellKind::Integer => cell.parse::<u64>().map_or_else(|_| cell.into(), serde_json::Value::from),
        CellKind::Number => cell.parse::<f64>().map_or_else(|_| cell.into(), serde_json::Value::from),
    }
}
