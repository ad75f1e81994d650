//! What every column means: the standard of the data in the terms of Satu Data Indonesia (Perpres 39/2019), which asks
//! for concept, definition, classification, measure and unit.

use serde::Deserialize;

use crate::app::AppError;

/// The codebook as it is published.
pub(super) const TEXT: &str = include_str!("../../../data/open-data/codebook.csv");

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(super) struct Entry {
    /// File without its ending.
    pub table: String,
    /// Its name.
    pub column: String,
    /// What it is about, in the law's words.
    pub concept: String,
    /// What it means, in Indonesian.
    pub meaning_id: String,
    /// What it means, in English.
    pub meaning_en: String,
    /// Unit; empty for texts.
    pub unit: String,
    /// `text`, `integer` or `number`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The values it has, where they are a closed list or a code of others.
    pub classification: String,
    /// Where its rule stands.
    pub source: String,
}

/// All of them, in the order of the files and their columns.
pub(super) fn entries() -> Result<Vec<Entry>, AppError> {
    csv::Reader::from_reader(TEXT.as_bytes()).deserialize().collect::<Result<_, _>>().map_err(AppError::output)
}
