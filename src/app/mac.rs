//! Codes that only we can make: HMAC-SHA256 under the secrets of the database. Every node that shares the database makes
//! the same ones.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use suara_storage::{Database, settings};

use super::AppError;

/// A secret, ready to be used.
#[derive(Clone)]
pub(super) struct MacKey(Hmac<Sha256>);

impl MacKey {
    /// A key from its 32 secret bytes.
    pub fn new(secret: &[u8; 32]) -> Self {
        let mut block = [0; 64];
        block[..32].copy_from_slice(secret);
        // HMAC fills a shorter key with zeros to a whole block, so this is the same key.
        Self(Hmac::new(&block.into()))
    }

    /// The secret of this name in a database, made when first asked for.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(database: &Database, name: &str) -> Result<Self, AppError> {
        Ok(Self::new(&database.write("secret", |connection| settings::secret(connection, name))?))
    }

    /// The tag of these parts, one after the other. Where one of them has no fixed length, a byte that cannot be in it
    /// or parts of fixed length alone must follow.
    pub fn tag(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.fed(parts).finalize().into_bytes().into()
    }

    /// The first 64 bits of the tag.
    pub fn bits(&self, parts: &[&[u8]]) -> u64 {
        let tag = self.tag(parts);
        tag.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
    }

    /// Whether the tag begins with these bytes, in a time that does not tell how many of them are right.
    pub fn begins_with(&self, parts: &[&[u8]], bytes: &[u8]) -> bool {
        self.fed(parts).verify_truncated_left(bytes).is_ok()
    }

    fn fed(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        mac
    }
}

#[cfg(test)]
mod tests {
    use data_encoding::HEXLOWER;

    use super::*;

    #[test]
    fn is_hmac_as_the_standard_has_it() {
        // RFC 4231, test case 1: its key of 20 bytes is the same key when filled with zeros.
        let mut secret = [0; 32];
        secret[..20].fill(0x0b);
        let key = MacKey::new(&secret);
        let tag = key.tag(&[b"Hi", b" There"]);
        assert_eq!(HEXLOWER.encode(&tag), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        assert_eq!(key.bits(&[b"Hi There"]), 0xb034_4c61_d8db_3853);
        assert!(key.begins_with(&[b"Hi There"], &tag[..20]));
        assert!(!key.begins_with(&[b"Hi there"], &tag[..20]) && !key.begins_with(&[b"Hi There"], &[]));
    }
}
