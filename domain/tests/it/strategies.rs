//! Random answers and rows.

use proptest::prelude::*;
use suara_domain::element::{Answers, ELEMENTS, Element, Score};
use suara_domain::tally::Tally;

use crate::random::Random;

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

/// `n` people of one MPP whose moods differ moderately. At a quality of 0.5 the IKM is about 83.
pub fn people(n: usize, quality: f64, seed: u64) -> Vec<Answers> {
    people_with_moods(n, quality, 0.6, seed)
}

/// `n` people of one MPP: every one has a mood, every element a difficulty, and `quality` moves them all. `moods` is how
/// much the moods differ, in standard deviations of the latent scale.
pub fn people_with_moods(n: usize, quality: f64, moods: f64, seed: u64) -> Vec<Answers> {
    let mut random = Random::new(seed);
    (0..n)
        .map(|_| {
            let mood = moods * random.normal();
            let mut digits = [0; ELEMENTS];
            for (element, digit) in Element::ALL.into_iter().zip(&mut digits) {
                let own = match element {
                    Element::Biaya => 1.0,
                    Element::Waktu => -0.4,
                    _ => 0.0,
                };
                let latent = quality + own + mood + 0.8 * random.normal();
                *digit = 1 + u8::from(latent > -1.6) + u8::from(latent > -0.7) + u8::from(latent > 0.6);
            }
            Answers::from_digits(digits).unwrap()
        })
        .collect()
}
