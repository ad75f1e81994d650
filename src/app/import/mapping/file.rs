//! A mapping as it is written: TOML, every name in it checked.

use std::collections::BTreeMap;

use chrono::format::{Item, StrftimeItems};
use serde::Deserialize;
use suara_domain::element::Element;
use suara_domain::response::columns;

use super::{ImportKind, Mapping, MappingError, Source, needed, plain, unnumbered};

/// The keys of a mapping. An unknown one is an error: what is misspelt must not be silently without effect.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MappingFile {
    /// What the file holds: `responses` or `history`.
    r#for: String,
    /// Elements that the form did not ask about.
    #[serde(default)]
    not_asked: Vec<String>,
    /// Columns that a file may lack.
    #[serde(default)]
    may_be_absent: Vec<String>,
    #[serde(default)]
    time_formats: Vec<String>,
    #[serde(default)]
    pub columns: BTreeMap<String, Headings>,
    #[serde(default)]
    pub constants: BTreeMap<String, String>,
    #[serde(default)]
    values: BTreeMap<String, BTreeMap<String, Value>>,
    #[serde(default)]
    otherwise: BTreeMap<String, String>,
}

/// The heading of a column, or several by which it is known.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Headings {
    One(String),
    Several(Vec<String>),
}

/// What a text stands for: a score, or a key.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Value {
    Number(i64),
    Text(String),
}

/// Names columns, knowing whose mistake it is.
struct Checker<'a> {
    name: &'a str,
    kind: ImportKind,
}

impl MappingFile {
    pub fn parse(name: &str, text: &str) -> Result<Self, MappingError> {
        let not_toml = |source| MappingError::NotToml { name: name.to_owned(), source: Box::new(source) };
        toml::from_str(text).map_err(not_toml)
    }

    pub fn into_mapping(self, name: String, kind: ImportKind) -> Result<Mapping, MappingError> {
        let checker = Checker { name: &name, kind };
        if self.r#for != kind.noun() || needed(kind).is_empty() {
            return Err(MappingError::OtherKind { name, given: self.r#for, wanted: kind.noun() });
        }
        let not_asked = checker.columns("not_asked", &self.not_asked)?;
        let absent = checker.columns("may_be_absent", &self.may_be_absent)?;
        let mut sources = BTreeMap::new();
        for (column, headings) in self.columns {
            let column = checker.column("[columns]", &column)?;
            let headings = match headings {
                Headings::One(heading) => vec![heading],
                Headings::Several(headings) => headings,
            };
            sources.insert(column, Source::Column { headings, may_be_absent: absent.contains(&column) });
        }
        for (column, value) in self.constants {
            sources.insert(checker.column("[constants]", &column)?, Source::Constant(value));
        }
        checker.complete(&sources, &not_asked)?;
        checker.distinct(&sources)?;
        checker.formats(&self.time_formats)?;
        let mut values = BTreeMap::new();
        for (column, texts) in self.values {
            let column = checker.column("[values]", &column)?;
            values.insert(column, checker.values(column, texts)?);
        }
        let mut otherwise = BTreeMap::new();
        for (column, value) in self.otherwise {
            otherwise.insert(checker.closed("[otherwise]", &column)?, value);
        }
        Ok(Mapping { sources, time_formats: self.time_formats, values, otherwise, kind, name })
    }
}

impl Checker<'_> {
    fn column(&self, section: &'static str, given: &str) -> Result<&'static str, MappingError> {
        let known = self.kind.columns().all().find(|column| *column == given);
        known.ok_or_else(|| self.unknown(section, given))
    }

    fn unknown(&self, section: &'static str, given: &str) -> MappingError {
        let elements = Element::ALL.map(Element::key);
        let others = self.kind.columns().all().filter(|column| !elements.contains(column));
        let others = others.collect::<Vec<_>>().join(", ");
        let columns = match self.kind {
            ImportKind::Responses => format!("the elements are {}; the others are {others}", elements.join(", ")),
            _ => format!("there are {others}"),
        };
        let (name, column) = (self.name.to_owned(), given.to_owned());
        MappingError::UnknownColumn { name, section, column, kind: self.kind.noun(), columns }
    }

    fn columns(&self, section: &'static str, given: &[String]) -> Result<Vec<&'static str>, MappingError> {
        given.iter().map(|column| self.column(section, column)).collect()
    }

    /// What any other text may stand for is said of what has a closed list, and of the service.
    fn closed(&self, section: &'static str, given: &str) -> Result<&'static str, MappingError> {
        let column = self.column(section, given)?;
        let is_open = Element::from_key(column).is_some() || !columns::REQUIRED.contains(&column);
        let reason = format!("{column} cannot be anything else: say under [values] what each text means");
        if is_open || ["id", "mpp", "filled_at", "comment"].contains(&column) {
            return Err(self.value(section, reason));
        }
        Ok(column)
    }

    fn value(&self, section: impl Into<String>, reason: String) -> MappingError {
        MappingError::Value { name: self.name.to_owned(), section: section.into(), reason }
    }

    /// An element is never left out by mistake.
    fn complete(&self, sources: &BTreeMap<&str, Source>, not_asked: &[&str]) -> Result<(), MappingError> {
        let is_missing = |column: &&str| !sources.contains_key(column) && !not_asked.contains(column);
        let missing: Vec<&str> = needed(self.kind).into_iter().filter(is_missing).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let hint = if missing.iter().any(|column| Element::from_key(column).is_some()) {
            ": name its column under [columns], or list the element under not_asked"
        } else {
            ": name its column under [columns], or give it with --set COLUMN=VALUE"
        };
        Err(MappingError::Silent { name: self.name.to_owned(), columns: missing.join(", "), hint })
    }

    /// One column of a file is one of ours.
    fn distinct(&self, sources: &BTreeMap<&'static str, Source>) -> Result<(), MappingError> {
        let mut known: BTreeMap<String, &'static str> = BTreeMap::new();
        for (column, source) in sources {
            let Source::Column { headings, .. } = source else { continue };
            if headings.is_empty() || headings.iter().any(|heading| plain(heading).is_empty()) {
                return Err(self.value("[columns]", format!("{column} has an empty heading")));
            }
            for heading in headings {
                match known.insert(unnumbered(heading), column) {
                    Some(one) if one != *column => {
                        let (name, heading) = (self.name.to_owned(), heading.clone());
                        return Err(MappingError::ReadTwice { name, one, other: column, heading });
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn formats(&self, formats: &[String]) -> Result<(), MappingError> {
        let wrong = |format: &&String| StrftimeItems::new(format).any(|item| item == Item::Error);
        match formats.iter().find(wrong) {
            Some(format) => Err(self.value("time_formats", format!("\"{format}\" is no form of a time"))),
            None => Ok(()),
        }
    }

    fn values(
        &self,
        column: &'static str,
        texts: BTreeMap<String, Value>,
    ) -> Result<BTreeMap<String, String>, MappingError> {
        let section = || format!("[values.{column}]");
        let mut known = BTreeMap::new();
        for (text, value) in texts {
            let value = match value {
                Value::Number(number) => number.to_string(),
                Value::Text(text) => text,
            };
            if Element::from_key(column).is_some() && !["1", "2", "3", "4"].contains(&value.as_str()) {
                return Err(self.value(section(), format!("\"{text}\" is given {value}, a score is 1, 2, 3 or 4")));
            }
            match known.insert(plain(&text), value.clone()) {
                Some(other) if other != value => {
                    let reason = format!("\"{text}\" stands there twice, as {other} and as {value}");
                    return Err(self.value(section(), reason));
                }
                _ => {}
            }
        }
        Ok(known)
    }
}
