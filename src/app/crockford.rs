//! Digits after Crockford, five bits each: no I, L, O and U, so that a code survives being read aloud and copied by hand.

use std::fmt::Write;

const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Digits that fit into the bits given to [`text`] and returned by [`parse`].
const LONGEST: usize = 25;

/// The lowest `5 * length` bits as so many digits, the highest first, in groups joined by hyphens.
pub(super) fn text(bits: u128, length: usize, group: usize) -> String {
    let mut text = String::with_capacity(length + length / group.max(1));
    for place in 0..length.min(LONGEST) {
        if place > 0 && place % group.max(1) == 0 {
            text.push('-');
        }
        let digit = bits >> (5 * (length - 1 - place)) & 31;
        // Writing to a text does not fail.
        let _ = write!(text, "{}", char::from(DIGITS[usize::try_from(digit).unwrap_or_default()]));
    }
    text
}

/// Reads exactly `length` digits as people write them: any case, with or without hyphens and spaces, O for 0, I and L
/// for 1. `None` for anything else.
pub(super) fn parse(text: &str, length: usize) -> Option<u128> {
    let mut bits = 0_u128;
    let mut found = 0;
    for character in text.chars().filter(|character| !matches!(character, '-' | ' ' | '\u{2013}')) {
        let digit = match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            digit => digit,
        };
        let value = DIGITS.iter().position(|known| char::from(*known) == digit)?;
        found += 1;
        if found > length.min(LONGEST) {
            return None;
        }
        bits = bits << 5 | value as u128;
    }
    (found == length).then_some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_read_as_they_are_written() {
        for (bits, length, group, written) in [
            (0, 8, 8, "00000000"),
            (31, 8, 4, "0000-000Z"),
            (0x1_2345_6789_abcd, 12, 4, "0093-8NKR-KAYD"),
            (u128::MAX, 20, 5, "ZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ"),
        ] {
            assert_eq!(text(bits, length, group), written);
            let kept = bits & ((1 << (5 * length)) - 1);
            assert_eq!(parse(written, length), Some(kept));
            assert_eq!(parse(&written.to_lowercase().replace('-', " \u{2013} "), length), Some(kept));
        }
        assert_eq!(parse("o-I-l", 3), parse("011", 3));
    }

    #[test]
    fn anything_else_is_refused() {
        for wrong in ["", "0000000", "000000000", "0000000U", "0000000é", "=1+1", "<script>", "0000_0000"] {
            assert_eq!(parse(wrong, 8), None, "{wrong}");
        }
        assert_eq!(parse(&"0".repeat(26), 26), None, "more than fits");
    }
}
