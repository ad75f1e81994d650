//! Rows in the words of others become rows in ours, before anything else looks at them.

use std::collections::HashMap;

use chrono::format::StrftimeItems;
use suara_domain::element::Element;
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Sex};

use super::answers::{age_band, score, shortened};
use super::identity::Identities;
use super::moments::moment;
use super::{ImportKind, Mapping, Source, plain};
use crate::app::import::names::{NamedMpp, Names};
use crate::app::import::table::{Reject, Row};

/// Reads the rows of one file by a mapping.
pub(in crate::app::import) struct Translator<'a> {
    mapping: &'a Mapping,
    identities: Identities,
    headings: &'a HashMap<&'static str, String>,
}

impl<'a> Translator<'a> {
    /// For a file that calls its columns so.
    pub fn new(mapping: &'a Mapping, headings: &'a HashMap<&'static str, String>) -> Self {
        Self { mapping, identities: Identities::default(), headings }
    }

    /// The row in our words.
    ///
    /// # Errors
    /// A text that the mapping knows nothing about where it has to be known.
    pub fn row(&mut self, names: &Names, mut row: Row) -> Result<Row, Reject> {
        for (column, source) in &self.mapping.sources {
            if let Source::Constant(value) = source {
                row.set(column, Some(value.clone()).filter(|value| !value.is_empty()));
            }
        }
        let code = row.get("mpp").map(|given| self.written("mpp", given).unwrap_or_else(|| given.to_owned()));
        row.set("mpp", code);
        let mpp = names.mpp(&row)?;
        if self.mapping.kind != ImportKind::Responses {
            return self.translated(row, mpp);
        }
        // From what stands in the file: a corrected mapping meets the rows it had read wrongly, it does not double them.
        let headed = |(column, text)| (self.headings.get(column).map_or(column, String::as_str), text);
        let id = self.identities.next(row.fields().map(headed));
        let mut row = self.translated(row, mpp)?;
        if row.get("id").is_none() {
            row.set("id", Some(id.to_string()));
        }
        Ok(row)
    }

    fn translated(&self, mut row: Row, mpp: &NamedMpp) -> Result<Row, Reject> {
        let fields: Vec<(&'static str, String)> =
            row.fields().map(|(column, text)| (column, text.to_owned())).collect();
        for (column, text) in fields.iter().filter(|(column, _)| *column != "mpp") {
            let text = self.text(column, text, mpp).map_err(|(code, reason)| row.reject(column, code, reason))?;
            row.set(column, Some(text).filter(|text| !text.is_empty()));
        }
        Ok(row)
    }

    /// The text of a field in our words, or code and reason.
    fn text(&self, column: &str, text: &str, mpp: &NamedMpp) -> Result<String, (&'static str, String)> {
        if let Some(element) = Element::from_key(column) {
            return score(element, text, self.mapping.values.get(column)).map_err(|reason| ("not_a_score", reason));
        }
        if let Some(written) = self.written(column, text) {
            return Ok(written);
        }
        match column {
            "filled_at" => {
                moment(text, &self.mapping.time_formats, mpp.zone).ok_or_else(|| ("not_a_time", self.not_a_time(text)))
            }
            "age_band" if AgeBand::from_key(text).is_none() => Ok(age_band(text)
                .or_else(|| self.mapping.otherwise.get(column).map(String::as_str))
                .unwrap_or(text)
                .to_owned()),
            _ => Ok(self
                .mapping
                .otherwise
                .get(column)
                .filter(|_| !knows(column, text, mpp))
                .map_or(text, String::as_str)
                .to_owned()),
        }
    }

    /// What the mapping says a text is written as.
    fn written(&self, column: &str, text: &str) -> Option<String> {
        self.mapping.values.get(column)?.get(&plain(text)).cloned()
    }

    fn not_a_time(&self, text: &str) -> String {
        // An example says more than letters with percent signs.
        let example = |format: &String| {
            let moment = chrono::NaiveDate::from_ymd_opt(2026, 3, 31)?.and_hms_opt(9, 15, 32)?;
            Some(format!("\"{}\"", moment.format_with_items(StrftimeItems::new(format))))
        };
        let mut examples: Vec<String> = self.mapping.time_formats.iter().filter_map(example).collect();
        examples.push("\"2026-03-31T09:15:32+07:00\"".to_owned());
        format!("\"{}\" is not a time like {}", shortened(text), examples.join(" or "))
    }
}

/// Whether a text is one of the keys that the column takes.
fn knows(column: &str, text: &str, mpp: &NamedMpp) -> bool {
    match column {
        "service" => mpp.services.contains_key(text),
        "channel" => Channel::from_key(text).is_some(),
        "mode" => Mode::from_key(text).is_some(),
        "sex" => Sex::from_key(text).is_some(),
        "education" => Education::from_key(text).is_some(),
        "occupation" => Occupation::from_key(text).is_some(),
        "disability" => Disability::from_key(text).is_some(),
        _ => true,
    }
}
