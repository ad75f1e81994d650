//! Twenty random groups of responses that every machine cuts alike.

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Number of folds (STATISTICS 9).
pub const FOLDS: u8 = 20;

/// The fold of a response, 0 to 19: the first eight bytes of the SHA-256 of the sixteen bytes of its id, as a big-endian
/// number, modulo twenty. Neither the time in the id nor the order of the rows has a say in it.
#[must_use]
pub fn fold_of(id: Uuid) -> u8 {
    let hash = Sha256::digest(id.as_bytes());
    let number = hash.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    u8::try_from(number % u64::from(FOLDS)).unwrap_or_default()
}

/// The key of a fold in [`crate::tally_set::Dimension::Fold`], "00" to "19".
#[must_use]
pub fn fold_key(fold: u8) -> String {
    format!("{fold:02}")
}
