//! One slip of the finger: a letter too many, too few, wrong, or two in the wrong order (Damerau 1964).

/// Shorter words are each other's misspellings too often: "antri" and "anti", "rusak" and "rasak".
pub(super) const SHORTEST: usize = 6;

/// Whether both words differ by one slip and no more. The first letter is taken to be right.
pub(super) fn is_slip(written: &str, word: &str) -> bool {
    word.len() >= SHORTEST && differ_by_one(written.as_bytes(), word.as_bytes())
}

fn differ_by_one(written: &[u8], word: &[u8]) -> bool {
    if written.first() != word.first() || written.len().abs_diff(word.len()) > 1 {
        return false;
    }
    let same = written.iter().zip(word).take_while(|(a, b)| a == b).count();
    let (written, word) = (&written[same..], &word[same..]);
    match (written, word) {
        ([_, after @ ..], rest) if after == rest => true,
        (rest, [_, after @ ..]) if after == rest => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        ([a, b, after @ ..], [c, d, rest @ ..]) => (a, b) == (d, c) && after == rest,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_mended_two_are_not() {
        for (written, word, expected) in [
            ("petgas", "petugas", true),
            ("petuggas", "petugas", true),
            ("petugaz", "petugas", true),
            ("petuags", "petugas", true),
            ("pteugas", "petugas", true),
            ("formolir", "formulir", true),
            ("petugasa", "petugas", true),
            ("petgs", "petugas", false),
            ("betugas", "petugas", false),
            ("sampah", "sampai", true),
            ("anti", "antri", false),
            ("", "petugas", false),
        ] {
            assert_eq!(is_slip(written, word), expected, "{written}");
        }
    }
}
