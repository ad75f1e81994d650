//! Catalogues in DCAT (W3C) as JSON-LD, and the terms of Satu Data Indonesia (Perpres 39/2019) beside it.

use std::sync::LazyLock;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use suara_domain::instrument::Instrument;
use suara_domain::period::Period;

use super::codebook::{self, Entry};
use super::tables::Table;
use crate::app::AppError;

/// Who publishes, and under which terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Name of who answers for the data.
    pub publisher: String,
    /// Address of the licence.
    pub licence: String,
}

impl Terms {
    /// Those given, the others as they come with the product: Creative Commons Attribution 4.0.
    #[must_use]
    pub fn new(publisher: Option<&str>, licence: Option<&str>) -> Self {
        let of = |given: Option<&str>, usual: &str| given.unwrap_or(usual).to_owned();
        Self { publisher: of(publisher, &WORDS.publisher), licence: of(licence, &WORDS.licence) }
    }

    /// The publisher as a node.
    pub(super) fn agent(&self) -> Value {
        json!({"@type": "foaf:Organization", "foaf:name": self.publisher})
    }
}

/// A file of a table.
pub(super) struct Distribution {
    /// Name in the folder.
    pub name: String,
    /// Media type.
    pub media_type: &'static str,
    /// Bytes.
    pub size: usize,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A table with its files.
pub(super) struct Described<'a> {
    /// The table.
    pub table: &'a Table,
    /// Its files.
    pub distributions: Vec<Distribution>,
}

/// Vocabularies that are not ours, and what is said of every catalogue.
#[derive(Deserialize, Default)]
pub(super) struct Words {
    /// Names of the vocabularies.
    pub context: Value,
    licence: String,
    /// Where the data is about.
    pub spatial: Value,
    /// How often there is new data.
    pub frequency: String,
    publisher: String,
}

/// A test reads it.
pub(super) static WORDS: LazyLock<Words> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../../data/open-data/vocabulary.json")).unwrap_or_default());

/// A text in both languages.
pub(super) fn bilingual(indonesian: &str, english: &str) -> Value {
    json!([{"@value": indonesian, "@language": "id"}, {"@value": english, "@language": "en"}])
}

/// The days of a period, both included.
pub(super) fn temporal(period: Period) -> Value {
    let day = |day: chrono::NaiveDate| json!({"@value": day.to_string(), "@type": "xsd:date"});
    json!({
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": day(period.first_day()),
        "dcat:endDate": day(period.last_day()),
    })
}

/// The catalogue of a package. Addresses are relative to it, so that it is true wherever the folder is put.
pub(super) fn of_package(
    period: Period,
    issued: DateTime<Utc>,
    terms: &Terms,
    tables: &[Described],
    codebook: &Distribution,
) -> Result<Value, AppError> {
    let entries = codebook::entries()?;
    let issued = json!({"@value": issued.to_rfc3339_opts(SecondsFormat::Secs, true), "@type": "xsd:dateTime"});
    let dataset = |described: &Described| dataset(period, &issued, terms, described, &entries);
    Ok(json!({
        "@context": WORDS.context,
        "@id": "",
        "@type": "dcat:Catalog",
        "dct:title": bilingual(
            &format!("Survei kepuasan masyarakat di Mal Pelayanan Publik, {period}"),
            &format!("Public satisfaction survey at Public Service Malls, {period}"),
        ),
        "dct:description": bilingual(
            "Angka resmi yang terbit. Kelompok kecil disembunyikan; arti setiap kolom ada di codebook.csv.",
            "Official figures as published. Small groups are hidden; what each column means is in codebook.csv.",
        ),
        "dct:publisher": terms.agent(),
        "dct:license": {"@id": terms.licence},
        "dct:issued": issued,
        "dct:language": ["id", "en"],
        "dct:spatial": WORDS.spatial,
        "dct:temporal": temporal(period),
        "dct:relation": file(codebook),
        "dcat:dataset": tables.iter().map(dataset).collect::<Vec<_>>(),
    }))
}

fn dataset(period: Period, issued: &Value, terms: &Terms, described: &Described, entries: &[Entry]) -> Value {
    let name = described.table.name;
    let (title, description) = about(name);
    let of_table = entries.iter().filter(|entry| entry.table == name);
    json!({
        "@id": format!("#{name}"),
        "@type": "dcat:Dataset",
        "dct:identifier": format!("skm-mpp-{period}-{name}"),
        "dct:title": title,
        "dct:description": description,
        "dct:publisher": terms.agent(),
        "dct:license": {"@id": terms.licence},
        "dct:issued": issued,
        "dct:accrualPeriodicity": {"@id": WORDS.frequency},
        "dct:spatial": WORDS.spatial,
        "dct:temporal": temporal(period),
        "dct:conformsTo": Instrument::standard().rule,
        "dcat:keyword": ["SKM", "IKM", "Mal Pelayanan Publik", "kepuasan masyarakat", "pelayanan publik"],
        "dcat:distribution": described.distributions.iter().map(file).collect::<Vec<_>>(),
        "sdi:produsenData": terms.agent(),
        "sdi:jenisData": "Data Statistik",
        "sdi:standarData": of_table.map(standard).collect::<Vec<_>>(),
        "sdi:kodeReferensi": "Kode wilayah administrasi pemerintahan, Kepmendagri 300.2.2-2138/2025",
    })
}

/// Title and description of a table.
fn about(table: &str) -> (Value, Value) {
    match table {
        "mpp" => (
            bilingual("IKM per MPP", "Index by MPP"),
            bilingual(
                "Satu baris per MPP yang semesternya sudah ditutup.",
                "One row per MPP whose semester is closed.",
            ),
        ),
        "figures" => (
            bilingual("IKM per unsur, layanan, dan kanal", "Index by element, service and channel"),
            bilingual("Satu baris per angka.", "One row per figure."),
        ),
        _ => (
            bilingual("IKM nasional", "National index"),
            bilingual("Satu baris per cara membaca.", "One row per reading."),
        ),
    }
}

fn file(distribution: &Distribution) -> Value {
    json!({
        "@type": "dcat:Distribution",
        "dct:title": distribution.name,
        "dcat:downloadURL": {"@id": distribution.name},
        "dcat:mediaType": {"@id": format!("media:{}", distribution.media_type)},
        "dcat:byteSize": {"@value": distribution.size.to_string(), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": distribution.sha256, "@type": "xsd:hexBinary"},
        },
    })
}

/// A column by the parts of a data standard: konsep, definisi, klasifikasi, ukuran, satuan.
fn standard(entry: &Entry) -> Value {
    json!({
        "sdi:variabel": entry.column,
        "sdi:konsep": entry.concept,
        "sdi:definisi": bilingual(&entry.meaning_id, &entry.meaning_en),
        "sdi:klasifikasi": entry.classification,
        "sdi:ukuran": entry.kind,
        "sdi:satuan": entry.unit,
        "sdi:rujukan": entry.source,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabularies_can_be_read() {
        assert!(WORDS.context["dcat"].as_str().is_some_and(|name| name.ends_with("dcat#")));
        assert!(WORDS.licence.starts_with("https://") && !WORDS.publisher.is_empty() && !WORDS.frequency.is_empty());
    }
}
