//! Change between semesters: what is no test, and what is said.

mod simulation;

use std::iter::repeat_n;

use proptest::prelude::*;
use suara_domain::change::{Change, Verdict, adjusted};
use suara_domain::element::{Answers, Element};
use suara_domain::tally::Tally;

use crate::strategies::accepted_answers;

fn of(rows: impl IntoIterator<Item = ([u8; 9], u64)>) -> Tally {
    let mut tally = Tally::default();
    for (digits, times) in rows {
        tally.add(&Answers::from_digits(digits).unwrap(), times);
    }
    tally
}

/// `n` respondents of whom `threes` gave all threes and the others all fours.
fn threes_and_fours(n: u64, threes: u64) -> Tally {
    of([([3; 9], threes), ([4; 9], n - threes)])
}

#[test]
fn fewer_than_thirty_are_not_compared() {
    let (few, enough) = (threes_and_fours(29, 10), threes_and_fours(30, 10));
    assert_eq!(Change::between(&few, &enough), None);
    assert_eq!(Change::between(&enough, &few), None);
    assert!(Change::between(&enough, &enough).is_some());
}

#[test]
fn an_element_needs_thirty_answers_of_its_own() {
    // 40 respondents, of whom 11 left out the last element.
    let gaps = of([([4, 4, 4, 4, 4, 4, 4, 4, 0], 11), ([3; 9], 9), ([4; 9], 20)]);
    assert!(Change::between(&gaps, &gaps).is_some());
    assert!(Change::of_element(&gaps, &gaps, Element::Waktu).is_some());
    assert_eq!(Change::of_element(&gaps, &gaps, Element::Pengaduan), None);
}

#[test]
fn an_element_with_a_single_answer_leaves_no_standard_error() {
    let single = of([([4, 4, 4, 4, 4, 4, 4, 4, 0], 39), ([3; 9], 1)]);
    assert_eq!(Change::between(&single, &threes_and_fours(40, 20)), None);
}

#[test]
fn without_any_variance_there_is_no_test() {
    let change = Change::between(&threes_and_fours(50, 50), &threes_and_fours(60, 0)).unwrap();
    assert_eq!((change.difference(), change.rounded().to_string().as_str()), (25.0, "25.00"));
    assert_eq!(
        (change.se, change.df, change.p, change.interval, change.smallest_detectable),
        (0.0, None, None, None, None)
    );
    assert_eq!(Verdict::of(change.difference(), change.p), Verdict::TidakBerubahNyata);
}

#[test]
fn one_side_without_variance_leaves_the_degrees_of_the_other() {
    let change = Change::between(&threes_and_fours(50, 0), &threes_and_fours(40, 20)).unwrap();
    assert!((change.df.unwrap() - 39.0).abs() < 1e-9, "{change:?}");
    assert!(change.p.unwrap() < 1e-6);
}

#[test]
fn the_difference_is_rounded_from_the_exact_indices() {
    // 83.333… and 91.666… print as 83.33 and 91.67, 8.34 apart on paper.
    let (first, second) = (threes_and_fours(30, 20), threes_and_fours(30, 10));
    assert_eq!(Change::between(&first, &second).unwrap().rounded().to_string(), "8.33");
    assert_eq!(Change::between(&second, &first).unwrap().rounded().to_string(), "-8.33");
}

#[test]
fn verdicts_need_an_adjusted_p_of_five_percent() {
    assert_eq!(Verdict::of(1.2, Some(0.05)), Verdict::Naik);
    assert_eq!(Verdict::of(-1.2, Some(0.01)), Verdict::Turun);
    assert_eq!(Verdict::of(9.9, Some(0.050_001)), Verdict::TidakBerubahNyata);
    assert_eq!(Verdict::of(9.9, None), Verdict::TidakBerubahNyata);
    assert_eq!(Verdict::of(0.0, Some(0.0)), Verdict::TidakBerubahNyata);
    let labels = [Verdict::Naik, Verdict::Turun, Verdict::TidakBerubahNyata].map(Verdict::label);
    assert_eq!(labels, ["naik", "turun", "tidak berubah nyata"]);
}

#[test]
fn nothing_to_adjust_is_nothing() {
    assert_eq!(adjusted(&[]), Vec::<f64>::new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Looking back is looking forward with the other sign.
    #[test]
    fn a_change_and_its_opposite_agree(
        before in prop::collection::vec(accepted_answers(), 30..60),
        after in prop::collection::vec(accepted_answers(), 30..60),
    ) {
        let (before, after): (Tally, Tally) = (before.iter().collect(), after.iter().collect());
        let there = Change::between(&before, &after).unwrap();
        let back = Change::between(&after, &before).unwrap();
        prop_assert!((there.difference() + back.difference()).abs() < 1e-12);
        prop_assert_eq!(there.rounded().units(), -back.rounded().units());
        prop_assert!((there.se - back.se).abs() < 1e-12 && (there.p.unwrap() - back.p.unwrap()).abs() < 1e-12);
        let (lower, upper) = there.interval.unwrap();
        prop_assert!(lower < there.difference() && there.difference() < upper);
        // The interval and the test of this change alone say the same.
        prop_assert_eq!(lower > 0.0 || upper < 0.0, there.p.unwrap() < 0.05);
    }

    /// The definition of Benjamini and Hochberg: what is found are the tests up to the last that lies below the line.
    #[test]
    fn finds_the_tests_below_the_line(p in prop::collection::vec(0.0..0.2_f64, 1..40), copies in 1_usize..3) {
        let p: Vec<f64> = p.into_iter().flat_map(|p| repeat_n(p, copies)).collect();
        let mut sorted = p.clone();
        sorted.sort_by(f64::total_cmp);
        let tests = p.len() as f64;
        let below = sorted.iter().zip(1_u32..).filter(|(p, place)| **p <= 0.05 * f64::from(*place) / tests);
        let limit = below.map(|(p, _)| *p).last();
        for (p, adjusted) in p.iter().zip(adjusted(&p)) {
            prop_assert!(*p <= adjusted && adjusted <= 1.0);
            prop_assert_eq!(limit.is_some_and(|limit| *p <= limit), adjusted <= 0.05);
        }
    }
}
