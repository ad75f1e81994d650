//! The official index: limits of the classes, rounding, missing answers, means.

use num_rational::BigRational;
use suara_domain::element::{Answers, Element, Score};
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, Mutu, ikm_weight_011, nrr_rounded, nrr_weighted};
use suara_domain::tally::Tally;

use crate::strategies::tally_of_sums;

#[test]
fn the_rounded_value_decides_the_class() {
    for (exact, rounded, mutu) in [
        ("64994/1000", "64.99", Mutu::D),
        ("64995/1000", "65.00", Mutu::C),
        ("65", "65.00", Mutu::C),
        ("7660/100", "76.60", Mutu::C),
        ("7660499/100000", "76.60", Mutu::C),
        ("76605/1000", "76.61", Mutu::B),
        ("8830/100", "88.30", Mutu::B),
        ("8830499/100000", "88.30", Mutu::B),
        ("88305/1000", "88.31", Mutu::A),
        ("8831/100", "88.31", Mutu::A),
        ("100", "100.00", Mutu::A),
        ("25", "25.00", Mutu::D),
    ] {
        let fixed = Fixed::<2>::round(&exact.parse::<BigRational>().unwrap());
        assert_eq!((fixed.to_string().as_str(), Mutu::of(fixed)), (rounded, mutu), "{exact}");
    }
}

#[test]
fn an_interval_reaches_the_classes_it_crosses() {
    let reached = |ends| Mutu::reached(ends).map(Mutu::letter).collect::<String>();
    for (ends, classes) in [
        ((80.0, 86.0), "B"),
        ((76.604, 76.604), "C"),
        ((76.605, 76.605), "B"),
        ((70.0, 88.305), "ABC"),
        ((25.0, 65.0), "CD"),
        ((88.305, 100.0), "A"),
    ] {
        assert_eq!(reached(ends), classes, "{ends:?}");
    }
    for mutu in Mutu::ALL {
        assert_eq!(mutu.least().map(Mutu::of), mutu.least().map(|_| mutu));
        assert_eq!(mutu.least().map(Fixed::to_f64), mutu.lower_limit().map(|limit| (limit * 100.0).ceil() / 100.0));
    }
}

#[test]
fn a_half_is_rounded_away_from_zero_and_only_once() {
    for (exact, rounded) in
        [("5/1000", "0.01"), ("4999/1000000", "0.00"), ("-5/1000", "-0.01"), ("-1234/100", "-12.34")]
    {
        assert_eq!(Fixed::<2>::round(&exact.parse().unwrap()).to_string(), rounded);
    }
    // 76.4749 would become 76.48 by way of 76.475.
    assert_eq!(Fixed::<2>::round(&"764749/10000".parse().unwrap()).to_string(), "76.47");
    assert_eq!(Fixed::<0>::round(&"5/2".parse().unwrap()).to_string(), "3");
}

#[test]
fn an_exact_tie_of_real_answers_goes_up() {
    // 25 · 31790 / (9 · 1000) = 88.30555… is an A only because it is rounded first.
    let tally = tally_of_sums(&[3533, 3533, 3532, 3532, 3532, 3532, 3532, 3532, 3532], 1000);
    let index = Index::of(&tally).unwrap();
    assert_eq!((index.rounded().to_string().as_str(), index.mutu()), ("88.31", Mutu::A));
}

#[test]
fn each_element_is_divided_by_its_own_answers() {
    let mut tally = Tally::default();
    let full = Answers::new([Score::new(4); 9]);
    let mut partial = [None; 9];
    partial[Element::Waktu.index()] = Score::new(1);
    tally.add(&full, 3);
    tally.add(&Answers::new(partial), 1);
    tally.add(&Answers::default(), 7);
    assert_eq!(tally.n(), 4);
    assert_eq!(nrr_rounded(&tally, Element::Waktu).unwrap().to_string(), "3.250");
    assert_eq!(nrr_weighted(&tally, Element::Waktu).unwrap().to_string(), "0.361");
    assert_eq!(nrr_rounded(&tally, Element::Biaya).unwrap().to_string(), "4.000");
    assert_eq!(Index::of(&tally).unwrap().rounded().to_string(), "97.92");
    assert_eq!(ikm_weight_011(&tally).unwrap().to_string(), "96.94");
}

#[test]
fn an_element_nobody_answered_is_left_out() {
    let mut scores = [Score::new(3); 9];
    scores[Element::Biaya.index()] = None;
    let tally: Tally = [Answers::new(scores)].iter().collect();
    assert_eq!(Index::of(&tally).unwrap().rounded().to_string(), "75.00");
    assert_eq!(nrr_weighted(&tally, Element::Waktu).unwrap().to_string(), "0.375");
    assert_eq!(ikm_weight_011(&tally), None);
    assert_eq!(Index::of_element(&tally, Element::Biaya), None);
    assert_eq!(Index::of(&Tally::default()), None);
}

#[test]
fn nine_unequal_large_counts_stay_exact() {
    // Nine coprime counts near 10⁷: their common denominator has some 200 bits.
    let mut tally = Tally::default();
    for (element, times) in Element::ALL.into_iter().zip(
        [10_000_019, 10_000_079, 10_000_103, 10_000_121, 10_000_139]
            .into_iter()
            .chain([10_000_141, 10_000_169, 10_000_189, 10_000_223]),
    ) {
        let mut answers = Answers::default();
        answers.set(element, Score::new(3).unwrap());
        tally.add(&answers, times);
        answers.set(element, Score::new(4).unwrap());
        tally.add(&answers, 1);
    }
    let index = Index::of(&tally).unwrap();
    assert!(index.exact().denom().bits() > 128);
    assert_eq!(index.rounded().to_string(), "75.00");
}

#[test]
fn the_mean_of_malls_is_unweighted_and_exact() {
    let one: Tally = [Answers::new([Score::new(4); 9])].iter().collect();
    let mut other = Tally::default();
    other.add(&Answers::new([Score::new(1); 9]), 99);
    let indices: Vec<Index> = [&one, &other].into_iter().filter_map(Index::of).collect();
    assert_eq!(Index::mean(&indices).unwrap().rounded().to_string(), "62.50");
    assert_eq!(Index::mean(&[]), None);
}
