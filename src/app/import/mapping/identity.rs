//! Identities for rows that have none: the same row of the same file is the same response, however often it is imported.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::plain;

/// Makes ids and counts equal rows: two people who ticked the same in the same second are two people.
#[derive(Default)]
pub(super) struct Identities {
    seen: HashMap<[u8; 32], u64>,
}

impl Identities {
    /// The id of a row from its fields as they stand in the file under their headings, the code of its MPP among them,
    /// and from how many equal rows stand before it: a UUID of version 8 (RFC 9562, 5.8) out of a SHA-256. Columns that
    /// the mapping does not read, and the order of columns, do not count; rows that are appended later change no id.
    pub fn next<'a>(&mut self, fields: impl Iterator<Item = (&'a str, &'a str)>) -> Uuid {
        let fields: BTreeSet<(String, &str)> = fields.map(|(heading, text)| (plain(heading), text)).collect();
        let mut hasher = Sha256::new();
        hasher.update(b"suara: a row without an id, 1");
        for (heading, text) in &fields {
            for part in [heading, *text] {
                hasher.update((part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        }
        let content: [u8; 32] = hasher.finalize().into();
        let before = self.seen.entry(content).or_default();
        let mut hasher = Sha256::new();
        hasher.update(content);
        hasher.update(before.to_le_bytes());
        *before += 1;
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hasher.finalize()[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }
}
