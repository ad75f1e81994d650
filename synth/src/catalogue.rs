//! Agencies and services as they are found in such malls.

use std::sync::LazyLock;

use suara_domain::respondent::Channel;

/// An agency and what it offers, the commonest first.
pub(crate) struct Agency {
    pub name: &'static str,
    pub services: Vec<Offer>,
}

/// A service on offer.
pub(crate) struct Offer {
    pub name: &'static str,
    pub free: bool,
    pub channel: Channel,
}

pub(crate) static AGENCIES: LazyLock<Vec<Agency>> = LazyLock::new(|| {
    let mut agencies: Vec<Agency> = Vec::new();
    for line in include_str!("../data/catalogue.txt").lines() {
        match (line.strip_prefix("# "), line.split_once(" | "), agencies.last_mut()) {
            (Some(name), ..) => agencies.push(Agency { name, services: Vec::new() }),
            (None, Some((name, terms)), Some(agency)) => {
                let mut terms = terms.split(' ');
                let free = terms.next() == Some("free");
                let channel = terms.next().and_then(Channel::from_key).unwrap_or(Channel::Direct);
                agency.services.push(Offer { name, free, channel });
            }
            _ => {}
        }
    }
    agencies
});

/// A code from a name: lower-case words joined by hyphens, at most 48 characters.
pub(crate) fn slug(name: &str) -> String {
    let lower = name.to_lowercase();
    let words = lower.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() + 1 > 48 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}
