//! Unsigned numbers in as many bytes as they need (LEB128): a tally is mostly small numbers.

/// Encodes numbers one after the other, seven bits a byte, the lowest first.
pub(crate) fn encode(words: &[u64]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(words.len() * 2);
    for word in words {
        let mut rest = *word;
        loop {
            let low = rest.to_le_bytes()[0] & 0x7f;
            rest >>= 7;
            if rest == 0 {
                bytes.push(low);
                break;
            }
            bytes.push(low | 0x80);
        }
    }
    bytes
}

/// The inverse of [`encode`]; `None` if the last number is not finished or one has more than 64 bits.
pub(crate) fn decode(bytes: &[u8]) -> Option<Vec<u64>> {
    // Most words take a byte or two.
    let mut words = Vec::with_capacity(bytes.len());
    let (mut word, mut shift) = (0_u64, 0_u32);
    for byte in bytes {
        let low = u64::from(byte & 0x7f);
        if shift > 63 || (shift == 63 && low > 1) {
            return None;
        }
        word |= low << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            words.push(word);
            (word, shift) = (0, 0);
        }
    }
    (shift == 0).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        let words = [0, 1, 127, 128, 16_383, 16_384, u64::from(u32::MAX), u64::MAX - 1, u64::MAX];
        let bytes = encode(&words);
        assert_eq!(decode(&bytes).as_deref(), Some(words.as_slice()));
        assert_eq!(bytes[..4], [0, 1, 127, 0x80]);
    }

    #[test]
    fn damaged_bytes_are_refused() {
        assert_eq!(decode(&[0x80]), None);
        assert_eq!(decode(&[0xff; 10]), None);
        assert_eq!(decode(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2]), None);
    }
}
