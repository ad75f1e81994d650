//! Masks what identifies a person in free text before it is stored: NIK, phone numbers and e-mail addresses
//! (UU 27/2022). Prices, dates and queue numbers stay readable.

use std::sync::LazyLock;

use regex::Regex;

/// What stands where something was masked.
pub const NIK_MASK: &str = "[NIK]";
/// What stands where a phone number was.
pub const PHONE_MASK: &str = "[telepon]";
/// What stands where an e-mail address was.
pub const EMAIL_MASK: &str = "[surel]";

// The NIK (16 digits, also written in groups) comes before phone numbers, which could be a part of one.
static RULES: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    let rules = [
        (r"(?i)[a-z0-9._%+\-]+\s?@\s?[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}", EMAIL_MASK),
        (r"\b\d(?:[ .\-]?\d){15}\b", NIK_MASK),
        (r"(?:\+|\b00|\b)62[ .\-]?\(?0?\)?[ .\-]?8\d(?:[ .\-]?\d){6,10}\b", PHONE_MASK),
        (r"\b0[ .\-]?8[ .\-]?\d(?:[ .\-]?\d){6,10}\b", PHONE_MASK),
        (r"\b8[1-9]\d(?:[ \-]?\d){7,9}\b", PHONE_MASK),
        (r"\(0\d{2,3}\)[ .\-]?\d(?:[ .\-]?\d){4,7}\b", PHONE_MASK),
        (r"\b0[2-79]\d{1,2}[ .\-]?\d(?:[ .\-]?\d){5,7}\b", PHONE_MASK),
    ];
    rules.iter().filter_map(|(pattern, mask)| Some((Regex::new(pattern).ok()?, *mask))).collect()
});

/// The text with every NIK, phone number and e-mail address replaced.
#[must_use]
pub fn mask(text: &str) -> String {
    let mut masked = text.to_owned();
    for (rule, mask) in RULES.iter() {
        if let std::borrow::Cow::Owned(replaced) = rule.replace_all(&masked, *mask) {
            masked = replaced;
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_compiles() {
        assert_eq!(RULES.len(), 7);
    }

    #[test]
    fn masks_identifiers_and_leaves_prices_and_dates() {
        for (text, expected) in [
            ("NIK saya 1401012345678901 hilang", "NIK saya [NIK] hilang"),
            ("nik 1401 0123 4567 8901", "nik [NIK]"),
            ("hubungi 0812-3456-7890 ya", "hubungi [telepon] ya"),
            ("WA +62 812 3456 7890", "WA [telepon]"),
            ("WA 6281234567890.", "WA [telepon]."),
            ("kantor (0761) 123456", "kantor [telepon]"),
            ("surat ke budi.s@contoh.co.id", "surat ke [surel]"),
            ("bayar Rp 1.500.000 pada 17-08-2026 jam 08.30", "bayar Rp 1.500.000 pada 17-08-2026 jam 08.30"),
            ("antrean A-0812 dan loket 17", "antrean A-0812 dan loket 17"),
        ] {
            assert_eq!(mask(text), expected);
        }
    }
}
