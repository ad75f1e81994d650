//! The key with which the queue system of an MPP asks for visit tokens. It is computed, not stored: from a secret of the
//! database, the MPP and a number that grows when the key is renewed.

use std::sync::Arc;

use suara_domain::mpp::MppCode;
use suara_storage::{Connection, Database, StorageError, settings};

use super::country::Country;
use super::directory::Mpp;
use super::mac::MacKey;
use super::{App, AppError, crockford};

/// What a key begins with, so that one that strays into a public place is recognised.
const PREFIX: &str = "suara_";
/// Bytes of a key; two halves of 16 digits.
const BYTES: usize = 20;
const HALF: usize = 16;

/// Makes the keys of queue systems and recognises them.
#[derive(Clone)]
pub(super) struct QueueKeys(MacKey);

/// The present key of the MPP's queue system; with `renew` a new one, and every former one is void.
///
/// # Errors
/// There is no such MPP, or the database fails.
pub fn queue_key(database: &Database, mpp: &MppCode, renew: bool) -> Result<String, AppError> {
    Country::load(database)?.mpp(mpp)?;
    let keys = QueueKeys::load(database)?;
    let generation = if renew {
        database.write("renew queue key", |connection| {
            settings::increment(connection, &setting(mpp))?;
            generation(connection, mpp)
        })?
    } else {
        database.read(|connection| generation(connection, mpp))?
    };
    Ok(keys.key(mpp, generation))
}

impl App {
    /// The MPP with this code, if the key is that of its queue system. Blocks.
    ///
    /// # Errors
    /// The database fails.
    pub fn mpp_of_queue(&self, code: &str, key: &str) -> Result<Option<Arc<Mpp>>, StorageError> {
        let Some(mpp) = self.mpp_named(code) else { return Ok(None) };
        let generation = self.database().read(|connection| generation(connection, &mpp.code))?;
        Ok(self.queue_keys().fits(&mpp.code, generation, key).then_some(mpp))
    }
}

impl QueueKeys {
    pub(super) fn load(database: &Database) -> Result<Self, AppError> {
        Ok(Self(MacKey::load(database, "visit.api")?))
    }

    fn key(&self, mpp: &MppCode, generation: u64) -> String {
        let tag = self.0.tag(&[mpp.as_str().as_bytes(), &generation.to_be_bytes()]);
        let half = |bytes: &[u8]| {
            let bits = bytes.iter().fold(0, |bits: u128, byte| bits << 8 | u128::from(*byte));
            crockford::text(bits, HALF, HALF)
        };
        format!("{PREFIX}{}{}", half(&tag[..BYTES / 2]), half(&tag[BYTES / 2..BYTES]))
    }

    fn fits(&self, mpp: &MppCode, generation: u64, key: &str) -> bool {
        let parts: [&[u8]; 2] = [mpp.as_str().as_bytes(), &generation.to_be_bytes()];
        bytes(key).is_some_and(|bytes| self.0.begins_with(&parts, &bytes))
    }
}

/// The bytes of a key; `None` if the text is none.
fn bytes(key: &str) -> Option<[u8; BYTES]> {
    let digits = key.strip_prefix(PREFIX).filter(|digits| digits.is_ascii() && digits.len() == 2 * HALF)?;
    let (first, second) = digits.split_at(HALF);
    let mut bytes = [0; BYTES];
    for (half, digits) in bytes.chunks_mut(BYTES / 2).zip([first, second]) {
        half.copy_from_slice(&crockford::parse(digits, HALF)?.to_be_bytes()[16 - BYTES / 2..]);
    }
    Some(bytes)
}

/// How often the key was renewed.
fn generation(connection: &mut Connection, mpp: &MppCode) -> Result<u64, StorageError> {
    settings::counter(connection, &setting(mpp))
}

fn setting(mpp: &MppCode) -> String {
    format!("visit.api.{mpp}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_its_mpp_and_generation_alone() {
        let keys = QueueKeys(MacKey::new(&[7; 32]));
        let [kampar, konawe] = ["kab-kampar", "kab-konawe"].map(|code| MppCode::parse(code).unwrap());
        let key = keys.key(&kampar, 3);
        assert!(key.starts_with("suara_") && key.len() == 38, "{key}");
        assert!(keys.fits(&kampar, 3, &key));
        assert!(!keys.fits(&kampar, 4, &key) && !keys.fits(&konawe, 3, &key));
        assert!(!QueueKeys(MacKey::new(&[8; 32])).fits(&kampar, 3, &key));
        let changed = key.replace('Z', "Y");
        let shorter = &key[..37];
        let longer = format!("{key}0");
        let nothing = format!("suara_{}", "0".repeat(32));
        let hyphens = format!("suara_{}", "-".repeat(32));
        for wrong in ["", "suara_", shorter, &longer, &nothing, &hyphens, "suara_é", &key[6..]] {
            assert!(!keys.fits(&kampar, 3, wrong), "{wrong}");
        }
        assert!(changed == key || !keys.fits(&kampar, 3, &changed));
    }
}
