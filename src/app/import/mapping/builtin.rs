//! The mappings that come with the product.

use super::ImportKind;

/// Name, kind and text of each.
const ALL: [(&str, ImportKind, &str); 4] = [
    ("google-forms", ImportKind::Responses, include_str!("../../../../data/mappings/google-forms.toml")),
    ("opd-kuesioner", ImportKind::Responses, include_str!("../../../../data/mappings/opd-kuesioner.toml")),
    ("opd-definisi", ImportKind::Responses, include_str!("../../../../data/mappings/opd-definisi.toml")),
    ("rekap-ikm", ImportKind::History, include_str!("../../../../data/mappings/rekap-ikm.toml")),
];

/// Their names, and what they are for.
pub(super) fn all() -> impl Iterator<Item = (&'static str, ImportKind)> {
    ALL.iter().map(|(name, kind, _)| (*name, *kind))
}

/// The text of the mapping with this name.
pub(super) fn find(name: &str) -> Option<&'static str> {
    ALL.iter().find(|(known, _, _)| *known == name).map(|(_, _, text)| *text)
}
