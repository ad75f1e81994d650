//! Why a mapping is refused, before any row is read.

use super::builtin;

/// Why a mapping cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// It is neither a name nor a file that can be read.
    #[error("cannot read the mapping {name}: {source}; those with a name are {}", names())]
    Unreadable {
        /// As it was given.
        name: String,
        /// Why.
        source: std::io::Error,
    },
    /// Not TOML, or with unknown keys.
    #[error("in the mapping {name}: {source}")]
    NotToml {
        /// The mapping.
        name: String,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
    /// Made for another kind of file.
    #[error("the mapping {name} is for {given}, not for {wanted}")]
    OtherKind {
        /// The mapping.
        name: String,
        /// What it says.
        given: String,
        /// What was to be imported.
        wanted: &'static str,
    },
    /// It names a column or an element that does not exist.
    #[error("the mapping {name} speaks of \"{column}\" under {section}, which is no column of {kind}: {columns}")]
    UnknownColumn {
        /// The mapping.
        name: String,
        /// Part of the mapping.
        section: &'static str,
        /// What it names.
        column: String,
        /// What was to be imported.
        kind: &'static str,
        /// What there is.
        columns: String,
    },
    /// It is silent about something that every row needs.
    #[error("the mapping {name} does not say where {columns} comes from{hint}")]
    Silent {
        /// The mapping.
        name: String,
        /// The columns.
        columns: String,
        /// What to do.
        hint: &'static str,
    },
    /// Two of our columns from one of the file's.
    #[error("the mapping {name} reads both {one} and {other} from the column \"{heading}\"")]
    ReadTwice {
        /// The mapping.
        name: String,
        /// A column.
        one: &'static str,
        /// Another.
        other: &'static str,
        /// The heading.
        heading: String,
    },
    /// A value that cannot be.
    #[error("the mapping {name}, {section}: {reason}")]
    Value {
        /// The mapping.
        name: String,
        /// Part of the mapping.
        section: String,
        /// What is wrong.
        reason: String,
    },
}

fn names() -> String {
    builtin::all().map(|(name, _)| name).collect::<Vec<_>>().join(", ")
}
