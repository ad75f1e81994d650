//! The receipt: what a person keeps to prove, or to take back, a response. Derived from the id, never stored.

use std::fmt;

use suara_storage::Database;
use uuid::Uuid;

use super::mac::MacKey;
use super::{AppError, crockford};

/// Twelve digits of five bits.
const LENGTH: usize = 12;

/// 60 bits that cannot be guessed, shown as `7K3M-9QRT-2XYZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt(u64);

/// Makes receipts. Every node that shares a database shares the key, so the same id has the same receipt everywhere.
#[derive(Clone)]
pub struct ReceiptKey(MacKey);

impl ReceiptKey {
    /// A key from its 32 secret bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(MacKey::new(secret))
    }

    /// The key of a database.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(database: &Database) -> Result<Self, AppError> {
        Ok(Self(MacKey::load(database, "receipt.key")?))
    }

    /// The receipt of a response.
    #[must_use]
    pub fn receipt(&self, id: Uuid) -> Receipt {
        Receipt(self.0.bits(&[id.as_bytes()]) >> 4)
    }
}

impl Receipt {
    /// Reads a receipt as people write it: any case, with or without hyphens and spaces, O for 0, I and L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        crockford::parse(text, LENGTH).and_then(|bits| u64::try_from(bits).ok()).map(Self)
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crockford::text(self.0.into(), LENGTH, 4))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_same_for_the_same_id_and_key_only() {
        let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001);
        let key = ReceiptKey::new(&[7; 32]);
        let receipt = key.receipt(id);
        assert_eq!(receipt, ReceiptKey::new(&[7; 32]).receipt(id));
        assert_ne!(receipt, ReceiptKey::new(&[8; 32]).receipt(id));
        assert_ne!(receipt, key.receipt(Uuid::from_u128(2)));
    }

    #[test]
    fn survives_being_written_by_hand() {
        let receipt = ReceiptKey::new(&[1; 32]).receipt(Uuid::from_u128(1));
        let shown = receipt.to_string();
        assert_eq!(shown.len(), 14);
        assert_eq!(Receipt::parse(&shown), Some(receipt));
        assert_eq!(Receipt::parse(&shown.to_lowercase().replace('-', " ")), Some(receipt));
        assert_eq!(Receipt::parse("OIL0-0000-0000"), Receipt::parse("0110-0000-0000"));
    }

    #[test]
    fn refuses_what_is_no_receipt() {
        for text in ["", "7K3M-9QRT", "7K3M-9QRT-2XYZ-1", "7K3M-9QRT-2XYU", "<script>xxxxx"] {
            assert_eq!(Receipt::parse(text), None, "{text}");
        }
    }
}
