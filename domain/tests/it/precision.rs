//! Standard error and interval against the definitions, respondent by respondent.

use proptest::prelude::*;
use suara_domain::distribution::student_quantile;
use suara_domain::element::{Answers, Element, Score};
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::tally::Tally;

use crate::strategies::accepted_answers;

/// STATISTICS 2 as it is written: NRR, then a z for every respondent, then their variance. `None` where undefined.
fn naive(rows: &[Answers]) -> Option<(f64, f64)> {
    let n = rows.len() as f64;
    let score = |row: &Answers, element| row.get(element).map(|score| f64::from(score.get()));
    let means: Vec<(Element, f64, f64)> = Element::ALL
        .into_iter()
        .filter_map(|element| {
            let scores: Vec<f64> = rows.iter().filter_map(|row| score(row, element)).collect();
            let count = scores.len() as f64;
            (!scores.is_empty()).then(|| (element, scores.iter().sum::<f64>() / count, count))
        })
        .collect();
    if rows.len() < 2 || means.iter().any(|(_, _, count)| *count < 2.0) {
        return None;
    }
    let k = means.len() as f64;
    let index = 25.0 / k * means.iter().map(|(_, mean, _)| mean).sum::<f64>();
    let z = |row: &Answers| {
        let deviation = |(element, mean, count): &(Element, f64, f64)| {
            score(row, *element).map_or(0.0, |score| (score - mean) * n / count)
        };
        25.0 / k * means.iter().map(deviation).sum::<f64>()
    };
    let variance = rows.iter().map(|row| z(row).powi(2)).sum::<f64>() / (n - 1.0);
    Some((index, variance))
}

fn close(ours: f64, expected: f64) -> bool {
    (ours - expected).abs() <= 1e-9 * expected.abs().max(1.0)
}

proptest! {
    #[test]
    fn follows_the_definitions(
        rows in prop::collection::vec(accepted_answers(), 1..80),
        population in prop::option::of(1_u64..400),
    ) {
        let tally: Tally = rows.iter().collect();
        let precision = Precision::of(&tally, population).unwrap();
        let Some((index, variance)) = naive(&rows) else {
            prop_assert_eq!((precision.se, precision.interval, precision.class_probability), (None, None, None));
            prop_assert_eq!(precision.flag, PrecisionFlag::TidakUntukDibandingkan);
            return Ok(());
        };
        let n = rows.len() as f64;
        let f = population.filter(|users| *users >= tally.n()).map_or(0.0, |users| n / users as f64);
        prop_assert!(close(precision.sampling_fraction, f));
        prop_assert_eq!(precision.population_exceeded, population.is_some_and(|users| users < tally.n()));
        let (se, open) = (precision.se.unwrap(), precision.se_uncorrected.unwrap());
        prop_assert!((se.powi(2) - (1.0 - f) * variance / n).abs() < 1e-9, "{} {}", se, variance);
        prop_assert!((open.powi(2) - variance / n).abs() < 1e-9);
        if open > 0.0 {
            let p = (index - 25.0) / 75.0;
            let half = student_quantile(0.975, n - 1.0) * se / 75.0 / (p * (1.0 - p));
            let end = |side: f64| 25.0 + 75.0 / (1.0 + libm::exp(-(libm::log(p / (1.0 - p)) + side * half)));
            let (lower, upper) = precision.interval.unwrap();
            prop_assert!(close(lower, end(-1.0)) && close(upper, end(1.0)));
            prop_assert!(lower <= index + 1e-9 && index - 1e-9 <= upper);
            prop_assert_eq!(precision.class_probability.is_some(), rows.len() >= 10);
        }
        if let Some(probability) = precision.class_probability {
            prop_assert!((probability.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn equal_respondents_have_no_variance_at_all(answers in accepted_answers(), n in 2_u64..5_000_000) {
        let mut tally = Tally::default();
        tally.add(&answers, n);
        let precision = Precision::of(&tally, None).unwrap();
        prop_assert_eq!((precision.se, precision.class_probability), (Some(0.0), None));
        let (lower, upper) = precision.interval.unwrap();
        prop_assert!(lower < upper && lower >= 25.0 && upper <= 100.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn an_element_is_judged_by_its_own_answers(rows in prop::collection::vec(accepted_answers(), 2..60)) {
        let tally: Tally = rows.iter().collect();
        for element in Element::ALL {
            let own: Vec<Answers> = rows
                .iter()
                .filter_map(|row| row.get(element))
                .map(|score| {
                    let mut answers = Answers::default();
                    answers.set(element, score);
                    answers
                })
                .collect();
            let alone = Precision::of(&own.iter().collect(), Some(300));
            prop_assert_eq!(Precision::of_element(&tally, element, Some(300)), alone);
        }
    }
}

/// `n` respondents of whom `threes` gave all threes and the others all fours.
fn threes_and_fours(n: u64, threes: u64) -> Tally {
    let mut tally = Tally::default();
    tally.add(&Answers::new([Score::new(3); 9]), threes);
    tally.add(&Answers::new([Score::new(4); 9]), n - threes);
    tally
}

#[test]
fn the_flag_is_tested_in_its_order() {
    let flag = |tally: &Tally| Precision::of(tally, None).unwrap().flag;
    assert_eq!(flag(&threes_and_fours(29, 1)), PrecisionFlag::TidakUntukDibandingkan);
    assert_eq!(flag(&threes_and_fours(30, 15)), PrecisionFlag::TidakUntukDibandingkan, "half width above 4");
    assert_eq!(flag(&threes_and_fours(100, 50)), PrecisionFlag::HatiHati, "half width above 2");
    assert_eq!(flag(&threes_and_fours(119, 1)), PrecisionFlag::HatiHati, "at the ceiling with n < 120");
    assert_eq!(flag(&threes_and_fours(900, 450)), PrecisionFlag::Baik);
}

#[test]
fn a_whole_population_leaves_nothing_to_chance() {
    let precision = Precision::of(&threes_and_fours(40, 20), Some(40)).unwrap();
    assert_eq!((precision.sampling_fraction, precision.se), (1.0, Some(0.0)));
    assert_eq!(precision.class_probability, Some([0.0, 1.0, 0.0, 0.0]));
    assert_eq!((precision.points_to_lower_class, precision.points_to_higher_class), (None, None));
    assert!(precision.se_uncorrected.unwrap() > 1.0);
}

#[test]
fn silence_that_would_change_the_class_is_told_in_points() {
    // IKM 87.5 (B from 76.605), 40 of 80 users: the other half would have to differ by twice the distance.
    let precision = Precision::of(&threes_and_fours(40, 20), Some(80)).unwrap();
    assert!(close(precision.points_to_lower_class.unwrap(), (87.5 - 76.605) / 0.5));
    assert!(close(precision.points_to_higher_class.unwrap(), (88.305 - 87.5) / 0.5));
    let best = Precision::of(&threes_and_fours(40, 2), Some(80)).unwrap();
    assert!(best.points_to_lower_class.is_some() && best.points_to_higher_class.is_none());
    assert_eq!(Precision::of(&threes_and_fours(40, 20), None).unwrap().points_to_lower_class, None);
    let exceeded = Precision::of(&threes_and_fours(40, 20), Some(39)).unwrap();
    assert!(exceeded.population_exceeded && exceeded.sampling_fraction == 0.0);
}
