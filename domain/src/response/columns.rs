//! The names of a response's fields: the same in files, forms and the API. Every list of them is made here.

/// Columns that every `responses.csv` has, in order (DESIGN 3.2).
pub const REQUIRED: [&str; 21] = [
    "id",
    "mpp",
    "service",
    "filled_at",
    "channel",
    "mode",
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
    "sex",
    "age_band",
    "education",
    "occupation",
    "disability",
    "comment",
];

/// What may be told beside it, over every way.
const DETAILS: [&str; 3] = ["counter", "duration_s", "language"];

/// What the service finds out itself; a client has no say in it.
const FOUND: [&str; 2] = ["verified", "counter_signed"];

/// What a client sends to be looked at and never stored as it is.
pub const PROOFS: [&str; 3] = ["token", "counter_code", "device_marker"];

/// What is found when figures are made: the keys of the quality flags, with a blank between them.
const JUDGED: [&str; 1] = ["flags"];

/// What is stored of a response, in order.
pub const STORED: [&str; 26] = joined(REQUIRED, joined::<3, 2, 5>(DETAILS, FOUND));

/// The columns of an exported file, in order. More may follow.
pub const EXPORTED: [&str; 27] = joined(STORED, JUDGED);

/// Columns that an imported file may have. Of a device marker nothing is made: files are of paper and of other systems.
/// Nor of flags: they are found anew, among whatever else is there.
pub const OPTIONAL: [&str; 7] = joined(joined::<5, 1, 6>(joined::<3, 2, 5>(DETAILS, FOUND), JUDGED), ["device_marker"]);

/// The fields a page or the API sends, in the order in which errors are told.
pub const SENT: [&str; 27] = joined(joined::<21, 3, 24>(REQUIRED, DETAILS), PROOFS);

const fn joined<const A: usize, const B: usize, const N: usize>(
    first: [&'static str; A],
    then: [&'static str; B],
) -> [&'static str; N] {
    assert!(A + B == N, "the list has another length than its parts");
    let mut all = [""; N];
    let mut place = 0;
    while place < N {
        all[place] = if place < A { first[place] } else { then[place - A] };
        place += 1;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::Element;

    #[test]
    fn lists_are_made_of_the_same_names() {
        assert_eq!(EXPORTED[..21], REQUIRED);
        assert_eq!(EXPORTED[21..], ["counter", "duration_s", "language", "verified", "counter_signed", "flags"]);
        assert_eq!(OPTIONAL[..6], EXPORTED[21..]);
        assert_eq!(SENT[..24], EXPORTED[..24]);
        assert!(SENT.iter().all(|name| !FOUND.contains(name)), "what the service finds out is not sent");
        assert_eq!(REQUIRED[6..15], Element::ALL.map(Element::key));
    }
}
