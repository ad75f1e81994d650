//! Reliability at its ends, and where the quadrant has nothing to say.

use proptest::prelude::*;
use suara_domain::element::{Answers, Element};
use suara_domain::reliability::{FOLDS, Quadrant, Quadrants, Reliability, fold_key, fold_of};
use suara_domain::tally::Tally;
use uuid::Uuid;

use crate::random::Random;

fn tally(rows: &[[u8; 9]]) -> Tally {
    rows.iter().map(|digits| Answers::from_digits(*digits).unwrap()).collect::<Vec<Answers>>().iter().collect()
}

/// Fair respondents, the elements after the third less alike, each with a fold.
fn respondents(n: u64) -> (Tally, Vec<Tally>) {
    let mut random = Random::new(20260106);
    let (mut all, mut folds) = (Tally::default(), vec![Tally::default(); usize::from(FOLDS)]);
    for number in 0..n {
        let mood = random.between(1, 2);
        let mut digits = [0; 9];
        for (element, digit) in digits.iter_mut().enumerate() {
            let own = random.between(0, if element < 3 { 1 } else { 2 });
            *digit = u8::try_from((mood + own + i64::from(element % 2 == 0)).min(4)).unwrap();
        }
        let answers = Answers::from_digits(digits).unwrap();
        all.add(&answers, 1);
        folds[usize::from(fold_of(Uuid::from_u128(u128::from(number))))].add(&answers, 1);
    }
    (all, folds)
}

#[test]
fn perfect_agreement_and_none() {
    let alike = Reliability::of(&tally(&[[1; 9], [3; 9], [4; 9], [4; 9]])).unwrap();
    assert_eq!((alike.n, alike.alpha), (4, Some(1.0)));
    assert!(alike.item_rest.iter().all(|r| r.is_some_and(|r| (r - 1.0).abs() < 1e-12)));
    let constant = Reliability::of(&tally(&[[4; 9], [4; 9]])).unwrap();
    assert_eq!((constant.alpha, constant.item_rest), (None, [None; 9]));
    let one = Reliability::of(&tally(&[[1, 2, 3, 4, 1, 2, 3, 4, 1]])).unwrap();
    assert_eq!((one.n, one.alpha, one.item_rest), (1, None, [None; 9]));
    // The first element varies, the sum of the others does not; theirs vary and so do their rests.
    let apart = Reliability::of(&tally(&[[1, 2, 3, 3, 3, 3, 3, 3, 3], [4, 3, 2, 3, 3, 3, 3, 3, 3]])).unwrap();
    assert_eq!(apart.item_rest[0], None);
    assert!((apart.item_rest[1].unwrap() - 1.0).abs() < 1e-12 && (apart.item_rest[2].unwrap() + 1.0).abs() < 1e-12);
}

#[test]
fn only_complete_answers_are_judged() {
    assert_eq!(Reliability::of(&tally(&[[4; 9], [3, 3, 3, 3, 0, 3, 3, 3, 3]])), None);
    assert_eq!(Reliability::of(&Tally::default()), None);
}

#[test]
fn the_quadrant_splits_at_the_means() {
    let (all, folds) = respondents(600);
    let folds: Vec<&Tally> = folds.iter().collect();
    let quadrants = Quadrants::of(&all, &all, &folds).unwrap();
    assert_eq!((quadrants.n, quadrants.points.len()), (600, 9));
    for point in &quadrants.points {
        let high = point.nrr >= quadrants.nrr_mean;
        let strong = point.correlation >= quadrants.correlation_mean;
        assert_eq!(point.quadrant == Quadrant::HighStrong || point.quadrant == Quadrant::HighWeak, high);
        assert_eq!(point.quadrant == Quadrant::HighStrong || point.quadrant == Quadrant::LowStrong, strong);
        assert_eq!(strong, point.element.index() < 3, "{point:?}");
        let (lower, upper) = point.interval.unwrap();
        assert!(lower < point.correlation && point.correlation < upper && upper - lower < 0.4, "{point:?}");
    }
    assert!(Quadrant::ALL.iter().all(|quadrant| !quadrant.label().contains("penting")));
    let other = tally(&[[4; 9]]);
    let without = Quadrants::of(&all, &all, &[&other]).unwrap();
    assert!(without.points.iter().all(|point| point.interval.is_none()), "folds of other responses");
}

#[test]
fn few_or_constant_answers_have_no_quadrant() {
    let (all, folds) = respondents(99);
    assert_eq!(Quadrants::of(&all, &all, &folds.iter().collect::<Vec<_>>()), None);
    let mut fours = Tally::default();
    fours.add(&Answers::from_digits([4; 9]).unwrap(), 500);
    assert_eq!(Quadrants::of(&fours, &fours, &[&fours]), None);
    // One element that never varies has no place; the others have theirs.
    let mut free = Tally::default();
    for (digits, times) in [([3, 3, 3, 4, 3, 3, 2, 3, 3], 60), ([4, 3, 4, 4, 4, 4, 4, 4, 4], 90), ([2; 9], 0)] {
        free.add(&Answers::from_digits(digits).unwrap(), times);
    }
    let quadrants = Quadrants::of(&free, &free, &[]).unwrap();
    let placed: Vec<Element> = quadrants.points.iter().map(|point| point.element).collect();
    assert!(!placed.contains(&Element::Biaya) && !placed.contains(&Element::Prosedur) && placed.len() == 7);
}

proptest! {
    #[test]
    fn every_response_has_a_fold(id in any::<u128>()) {
        let fold = fold_of(Uuid::from_u128(id));
        prop_assert!(fold < FOLDS);
        prop_assert_eq!(fold_key(fold).parse::<u8>(), Ok(fold));
        prop_assert_eq!(fold_key(fold).len(), 2);
    }
}
