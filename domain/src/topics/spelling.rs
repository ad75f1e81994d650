//! One slip of the finger: a letter too many, too few, wrong, or two in the wrong order (Damerau 1964).

/// Shorter words are each other's misspellings too often: "antri" and "anti", "rusak" and "rasak".
pub(super) const SHORTEST: usize = 6;

/// The only word among `words` that this one is a slip away from; `None` if there is none, or more than one. The first
/// letter is taken to be right.
pub(super) fn corrected(written: &str, words: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let mut found = words.filter(|word| word.len() >= SHORTEST && is_slip(written.as_bytes(), word.as_bytes()));
    match (found.next(), found.next()) {
        (Some(word), None) => Some(word),
        _ => None,
    }
}

fn is_slip(written: &[u8], word: &[u8]) -> bool {
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

    const WORDS: [&str; 5] = ["petugas", "parkir", "kursus", "formulir", "lambat"];

    #[test]
    fn one_slip_is_mended_two_are_not() {
        for (written, word) in [
            ("petgas", Some("petugas")),
            ("petuggas", Some("petugas")),
            ("petugaz", Some("petugas")),
            ("petuags", Some("petugas")),
            ("formolir", Some("formulir")),
            ("pakrir", Some("parkir")),
            ("petgs", None),
            ("betugas", None),
            ("sampah", None),
            ("", None),
        ] {
            assert_eq!(corrected(written, WORDS.into_iter()), word, "{written}");
        }
        assert_eq!(corrected("parkin", ["parkir", "parkit"].into_iter()), None, "either may be meant");
    }
}
