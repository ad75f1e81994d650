//! The first line of a file: which separator it has, and where the columns are.

use std::path::Path;

use super::TableError;

/// The columns a file must and may have.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// Without these the file is refused.
    pub required: &'static [&'static str],
    /// These may be absent.
    pub optional: &'static [&'static str],
}

impl Columns {
    /// All of them, in order.
    pub fn all(self) -> impl Iterator<Item = &'static str> {
        self.required.iter().chain(self.optional).copied()
    }
}

/// Where in a file the fields of a row are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Names of the fields.
    pub names: Vec<&'static str>,
    /// For each name its place in the file, if it has one.
    pub places: Vec<Option<usize>>,
}

impl Layout {
    /// Columns under their own names, in any order and in capitals or not.
    pub(super) fn of_columns(path: &Path, header: &[String], columns: Columns) -> Result<Self, TableError> {
        let header: Vec<String> = header.iter().map(|heading| heading.to_lowercase()).collect();
        check(path, &header, columns)?;
        let place = |name: &&str| header.iter().position(|column| column == name);
        let names: Vec<&'static str> = columns.all().collect();
        Ok(Self { places: names.iter().map(place).collect(), names })
    }
}

fn check(path: &Path, header: &[String], columns: Columns) -> Result<(), TableError> {
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

/// The first line. A line break inside quotes is part of it: questions of a form may have several lines.
pub(super) fn first_line(start: &[u8]) -> &[u8] {
    let mut quoted = false;
    let ends = |byte: &u8| {
        quoted ^= *byte == b'"';
        *byte == b'\n' && !quoted
    };
    let end = start.iter().position(ends);
    &start[..end.unwrap_or(start.len())]
}

/// The separator that the header uses most. Commas inside quotes are those of a sentence.
pub(super) fn delimiter(header: &[u8]) -> u8 {
    let outside = || header.split(|byte| *byte == b'"').step_by(2).flatten();
    let count = |separator: u8| outside().filter(|byte| **byte == separator).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_in_a_header_are_no_separators() {
        let header = b"\"Pengaduan, saran, masukan, lain,\nbaris dua\";U1;U2\r\n1;2;3\r\n";
        let line = first_line(header);
        assert!(line.ends_with(b";U2\r"), "{}", String::from_utf8_lossy(line));
        assert_eq!(delimiter(line), b';');
        assert_eq!(delimiter(b"code"), b',');
    }
}
