//! Random answers and rows.

use proptest::prelude::*;
use suara_domain::element::{Answers, ELEMENTS, Element, Score};
use suara_domain::tally::Tally;

/// Any answers, also none at all.
pub fn any_answers() -> impl Strategy<Value = Answers> {
    prop::array::uniform9(0_u8..=4).prop_map(|digits| Answers::from_digits(digits).unwrap())
}

/// Answers with at least one score, mostly complete ones.
pub fn accepted_answers() -> impl Strategy<Value = Answers> {
    let digit = prop_oneof![1 => Just(0_u8), 1 => Just(1), 2 => Just(2), 6 => Just(3), 6 => Just(4)];
    prop::array::uniform9(digit)
        .prop_filter("at least one answer", |digits| digits.iter().any(|digit| *digit > 0))
        .prop_map(|digits| Answers::from_digits(digits).unwrap())
}

/// A tally in which every element has this sum of scores over `n` respondents, spread as evenly as scores allow.
pub fn tally_of_sums(sums: &[u64; ELEMENTS], n: u64) -> Tally {
    let mut tally = Tally::default();
    for respondent in 0..n {
        let mut answers = Answers::default();
        for element in Element::ALL {
            let sum = sums[element.index()];
            let score = sum / n + u64::from(respondent < sum % n);
            answers.set(element, Score::new(u8::try_from(score).unwrap()).unwrap());
        }
        tally.add(&answers, 1);
    }
    tally
}
