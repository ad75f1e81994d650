//! Signed counter codes: the poster of a counter carries a code that only we can make, so that a response with it was
//! begun at that counter, or by somebody who has been there. It names a place, never a person.

use suara_domain::mpp::MppCode;
use suara_storage::Database;

use super::mac::MacKey;
use super::{AppError, crockford};

/// Digits of five bits.
const LENGTH: usize = 8;

/// Makes the codes of counters and recognises them. The same on every node that shares a database.
#[derive(Clone)]
pub struct CounterKey(MacKey);

impl CounterKey {
    /// The key of a database, made when first asked for.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(database: &Database) -> Result<Self, AppError> {
        Ok(Self(MacKey::load(database, "counter.key")?))
    }

    /// The code of the counter with this name: eight digits, for the parameter `kode` of its address.
    #[must_use]
    pub fn code(&self, mpp: &MppCode, counter: &str) -> String {
        crockford::text(self.bits(mpp, counter), LENGTH, LENGTH)
    }

    /// Whether this is the code of that counter, as people write it.
    #[must_use]
    pub fn fits(&self, mpp: &MppCode, counter: &str, code: &str) -> bool {
        crockford::parse(code, LENGTH) == Some(self.bits(mpp, counter))
    }

    /// 40 bits. The zero between them is in no code of an MPP.
    fn bits(&self, mpp: &MppCode, counter: &str) -> u128 {
        let bits = self.0.bits(&[mpp.as_str().as_bytes(), &[0], counter.as_bytes()]);
        u128::from(bits >> 24)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_its_counter_and_mpp_alone() {
        let key = CounterKey(MacKey::new(&[7; 32]));
        let [kampar, konawe] = ["kab-kampar", "kab-konawe"].map(|code| MppCode::parse(code).unwrap());
        let code = key.code(&kampar, "Loket 1");
        assert!(code.len() == 8 && !code.contains('-'), "{code}");
        assert!(key.fits(&kampar, "Loket 1", &code) && key.fits(&kampar, "Loket 1", &code.to_lowercase()));
        assert!(!key.fits(&kampar, "Loket 2", &code) && !key.fits(&konawe, "Loket 1", &code));
        assert!(!CounterKey(MacKey::new(&[8; 32])).fits(&kampar, "Loket 1", &code));
        for wrong in ["", "00000000", "0", "000000000", "<script>"] {
            assert!(!key.fits(&kampar, "Loket 1", wrong), "{wrong}");
        }
    }
}
