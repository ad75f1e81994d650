//! Masks what identifies a person in free text before it is stored: NIK, phone numbers and e-mail addresses
//! (UU 27/2022), however they are written. Prices, dates and queue numbers stay readable.
//!
//! The rules run one after the other on a shadow of the text, in which every digit is a plain one; what one rule has
//! settled, none after it sees. In doubt a number is masked: a complaint loses little by it, a person may lose much
//! without it.

mod place;
mod rules;
mod shadow;

use self::place::Place;
use self::rules::RULES;
use self::shadow::Shadow;

/// What stands where something was masked.
pub const NIK_MASK: &str = "[NIK]";
/// What stands where a phone number was.
pub const PHONE_MASK: &str = "[telepon]";
/// What stands where an e-mail address was.
pub const EMAIL_MASK: &str = "[surel]";

/// The text with every NIK, phone number and e-mail address replaced. Takes time in proportion to the text.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut shadow = Shadow::of(text);
    for rule in RULES.iter() {
        for range in rule.finds(&shadow) {
            if !Place::new(&shadow, range.clone()).meets(rule.condition) {
                continue;
            }
            match rule.mask {
                Some(mask) => shadow.mask(range, mask),
                None => shadow.cover(range),
            }
        }
    }
    shadow.masked(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_identifiers_and_leaves_prices_and_dates() {
        for (text, expected) in [
            ("NIK saya 1401012345678901 hilang", "NIK saya [NIK] hilang"),
            ("nik 1401 0123 4567 8901", "nik [NIK]"),
            ("hubungi 0812-3456-7890 ya", "hubungi [telepon] ya"),
            ("WA +62 812 3456 7890", "WA [telepon]"),
            ("WA 6281234567890.", "WA [telepon]."),
            ("kantor (0761) 123456", "kantor [telepon]"),
            ("(hp 081234567890)", "(hp [telepon])"),
            ("(081234567890)", "([telepon])"),
            ("surat ke budi.s@contoh.co.id", "surat ke [surel]"),
            ("bayar Rp 1.500.000 pada 17-08-2026 jam 08.30", "bayar Rp 1.500.000 pada 17-08-2026 jam 08.30"),
            ("antrean A-0812 dan loket 17", "antrean A-0812 dan loket 17"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }
}
