//! The receipt: what a person keeps to prove, or to take back, a response. Derived from the id, never stored.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

/// Digits after Crockford: no I, L, O and U, so that a code survives being read aloud and copied by hand.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Twelve digits of five bits.
const LENGTH: usize = 12;

/// 60 bits that cannot be guessed, shown as `7K3M-9QRT-2XYZ`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt(u64);

/// Makes receipts. Every node that shares a database shares the key, so the same id has the same receipt everywhere.
#[derive(Clone)]
pub struct ReceiptKey(Hmac<Sha256>);

impl ReceiptKey {
    /// A key from its 32 secret bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        let mut block = [0; 64];
        block[..32].copy_from_slice(secret);
        // HMAC fills a shorter key with zeros to a whole block, so this is the same key.
        Self(Hmac::new(&block.into()))
    }

    /// The receipt of a response.
    #[must_use]
    pub fn receipt(&self, id: Uuid) -> Receipt {
        let mut mac = self.0.clone();
        mac.update(id.as_bytes());
        let tag = mac.finalize().into_bytes();
        let first = tag.iter().take(8).fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
        Receipt(first >> 4)
    }
}

impl Receipt {
    /// Reads a receipt as people write it: any case, with or without hyphens and spaces, O for 0, I and L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut bits = 0_u64;
        let mut length = 0;
        for character in text.chars().filter(|character| !matches!(character, '-' | ' ' | '\u{2013}')) {
            let digit = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                digit => digit,
            };
            let value = DIGITS.iter().position(|known| char::from(*known) == digit)?;
            length += 1;
            if length > LENGTH {
                return None;
            }
            bits = bits << 5 | value as u64;
        }
        (length == LENGTH).then_some(Self(bits))
    }
}

impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in 0..LENGTH {
            if place > 0 && place % 4 == 0 {
                f.write_str("-")?;
            }
            let digit = self.0 >> (5 * (LENGTH - 1 - place)) & 31;
            write!(f, "{}", char::from(DIGITS[usize::try_from(digit).unwrap_or_default()]))?;
        }
        Ok(())
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
