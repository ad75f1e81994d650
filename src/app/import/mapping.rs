//! Files in the layouts of others: a mapping says which of their columns means what. It names elements by their keys,
//! for the law's two lists number the last two differently and a number alone says nothing.

mod answers;
mod builtin;
mod error;
mod file;
mod identity;
mod moments;
mod translate;

use std::collections::BTreeMap;
use std::path::Path;

use suara_domain::element::Element;

pub use self::error::MappingError;
use self::file::MappingFile;
pub(super) use self::translate::Translator;
use super::ImportKind;
use super::table::{Columns, Layout, TableError};

/// How a file in a layout of others is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    name: String,
    kind: ImportKind,
    /// Where each of our columns comes from.
    sources: BTreeMap<&'static str, Source>,
    /// Forms in which times are written, besides RFC 3339; local to the MPP.
    time_formats: Vec<String>,
    /// For a column: what a text, in [`plain`] words, is written as here.
    values: BTreeMap<&'static str, BTreeMap<String, String>>,
    /// For a column: what any other text is written as.
    otherwise: BTreeMap<&'static str, String>,
}

/// Where the texts of one of our columns come from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    /// The same in every row.
    Constant(String),
    /// A column of the file, under one of these headings.
    Column { headings: Vec<String>, may_be_absent: bool },
}

/// What a file of this kind cannot be read without; what else is required of a row may be empty.
fn needed(kind: ImportKind) -> Vec<&'static str> {
    match kind {
        ImportKind::Responses => {
            ["mpp", "filled_at", "mode"].into_iter().chain(Element::ALL.map(Element::key)).collect()
        }
        ImportKind::History => vec!["mpp", "period", "ikm", "rule", "weight"],
        _ => Vec::new(),
    }
}

impl Mapping {
    /// Reads a mapping: one that comes with the product by its name, or a file. `set` replaces columns by constants.
    ///
    /// # Errors
    /// There is no such mapping, it cannot be read, it is for another kind of file, it names what does not exist, or it
    /// is silent about something a row needs.
    pub fn load(name: &str, kind: ImportKind, set: &[(String, String)]) -> Result<Self, MappingError> {
        let unreadable = |source| MappingError::Unreadable { name: name.to_owned(), source };
        let text = match builtin::find(name) {
            Some(text) => text.to_owned(),
            None => std::fs::read_to_string(name).map_err(unreadable)?,
        };
        Self::parse(name.to_owned(), &text, kind, set)
    }

    fn parse(name: String, text: &str, kind: ImportKind, set: &[(String, String)]) -> Result<Self, MappingError> {
        let mut file = MappingFile::parse(&name, text)?;
        for (column, value) in set {
            file.columns.remove(column);
            file.constants.insert(column.clone(), value.clone());
        }
        file.into_mapping(name, kind)
    }

    /// What the file holds.
    #[must_use]
    pub const fn kind(&self) -> ImportKind {
        self.kind
    }

    const fn columns(&self) -> Columns {
        self.kind.columns()
    }

    /// The headings that the file should have, for people.
    pub(super) fn expected(&self) -> String {
        let headings = self.sources.values().filter_map(|source| match source {
            Source::Constant(_) => None,
            Source::Column { headings, .. } => headings.first().cloned(),
        });
        headings.collect::<Vec<_>>().join(", ")
    }

    /// Finds the columns of a file by its header.
    pub(super) fn layout(&self, path: &Path, header: &[String]) -> Result<Layout, TableError> {
        let found: Vec<String> = header.iter().map(|heading| unnumbered(heading)).collect();
        let names: Vec<&'static str> = self.columns().all().collect();
        let place = |name: &&'static str| match self.sources.get(name) {
            Some(Source::Column { headings, may_be_absent }) => match place_of(path, &found, header, headings)? {
                None if !may_be_absent => Err(TableError::Unmapped {
                    path: path.to_owned(),
                    column: name,
                    headings: headings.iter().map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(" or "),
                    found: header.join(", "),
                }),
                place => Ok(place),
            },
            Some(Source::Constant(_)) | None => Ok(None),
        };
        Ok(Layout { places: names.iter().map(place).collect::<Result<_, _>>()?, names })
    }
}

/// The place of the first heading that the file has.
fn place_of(
    path: &Path,
    found: &[String],
    header: &[String],
    headings: &[String],
) -> Result<Option<usize>, TableError> {
    for heading in headings {
        let wanted = unnumbered(heading);
        let mut places = (0..found.len()).filter(|place| found[*place] == wanted);
        match (places.next(), places.next()) {
            (None, _) => {}
            (place, None) => return Ok(place),
            (Some(place), Some(_)) => {
                return Err(TableError::RepeatedColumn { path: path.to_owned(), column: header[place].clone() });
            }
        }
    }
    Ok(None)
}

/// A text as its words: letters and digits, no capitals, one blank between. Forms and spreadsheets differ in the rest.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A heading in plain words without the number of its question.
fn unnumbered(heading: &str) -> String {
    let words = plain(heading);
    match words.split_once(' ') {
        Some((number, rest)) if number.bytes().all(|byte| byte.is_ascii_digit()) => rest.to_owned(),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_words() {
        assert_eq!(unnumbered("3. Bagaimana  kecepatan\nwaktu?"), unnumbered("Bagaimana kecepatan waktu"));
        assert_ne!(unnumbered("U8"), unnumbered("U9"));
        assert_eq!(unnumbered("8"), "8");
    }

    #[test]
    fn what_comes_with_the_product_can_be_read() {
        let at = |text: &str| ("mpp".to_owned(), text.to_owned());
        for (name, kind) in builtin::all() {
            let set = [at("kab-kampar"), ("filled_at".to_owned(), "2026-03-31".to_owned())];
            let set = if kind == ImportKind::Responses { &set[..] } else { &set[..1] };
            let mapping = Mapping::load(name, kind, set).unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(mapping.kind(), kind, "{name}");
        }
    }

    #[test]
    fn the_examples_of_the_manual_are_mappings() {
        let manual = include_str!("../../../docs/import.md");
        let blocks = manual.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
        let blocks: Vec<&str> = blocks.collect();
        assert_eq!(blocks.len(), 2);
        let parse = |name: &str, text, set: &[(String, String)]| {
            Mapping::parse(name.to_owned(), text, ImportKind::Responses, set).unwrap()
        };
        assert!(!parse("kampar.toml", blocks[0], &[]).sources.contains_key("biaya"));
        let set = [("mpp".to_owned(), "kab-kampar".to_owned())];
        let written_out = parse("opd-kuesioner", blocks[1], &set);
        assert_eq!(written_out, Mapping::load("opd-kuesioner", ImportKind::Responses, &set).unwrap());
    }
}
