//! Tallies add up, whatever the order or the partition.

use proptest::prelude::*;
use suara_domain::element::{Answers, Element, Score};
use suara_domain::index::Index;
use suara_domain::precision::Precision;
use suara_domain::tally::{ColumnsError, Tally};
use suara_domain::tally_set::{Dimension, TallySet};

use crate::strategies::{accepted_answers, any_answers};

/// Counts by the definitions, with loops over pairs and rows, and compares every number of the tally.
fn assert_counts(tally: &Tally, rows: &[Answers]) {
    let score = |row: &Answers, element| row.get(element).map_or(0, |score| u64::from(score.get()));
    let answered = |row: &Answers, element| u64::from(row.get(element).is_some());
    let sum = |value: &dyn Fn(&Answers) -> u64| rows.iter().map(value).sum::<u64>();
    assert_eq!(tally.n(), rows.iter().filter(|row| row.answered() > 0).count() as u64);
    for u in Element::ALL {
        for value in Score::ALL {
            assert_eq!(tally.count(u, value), rows.iter().filter(|row| row.get(u) == Some(value)).count() as u64);
        }
        assert_eq!(tally.score_sum(u), sum(&|row| score(row, u)));
        assert_eq!(tally.answered(u), sum(&|row| answered(row, u)));
        for v in Element::ALL {
            assert_eq!(tally.both_answered(u, v), sum(&|row| answered(row, u) * answered(row, v)));
            assert_eq!(tally.score_where_answered(u, v), sum(&|row| score(row, u) * answered(row, v)));
            assert_eq!(tally.score_products(u, v), sum(&|row| score(row, u) * score(row, v)));
        }
    }
}

proptest! {
    #[test]
    fn counts_what_the_definitions_say(rows in prop::collection::vec(any_answers(), 0..40)) {
        assert_counts(&rows.iter().collect(), &rows);
    }

    #[test]
    fn order_and_partition_never_matter(
        rows in prop::collection::vec((any_answers(), 0_usize..4, any::<u32>()), 0..60),
    ) {
        let whole: Tally = rows.iter().map(|(answers, _, _)| answers).collect();
        let mut parts = vec![Tally::default(); 4];
        for (answers, part, _) in &rows {
            parts[*part].add(answers, 1);
        }
        prop_assert_eq!(&parts.iter().sum::<Tally>(), &whole);
        prop_assert_eq!(&parts.iter().rev().sum::<Tally>(), &whole);
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|(_, _, order)| *order);
        let shuffled: Tally = shuffled.iter().map(|(answers, _, _)| answers).collect();
        prop_assert_eq!(Precision::of(&shuffled, Some(500)), Precision::of(&whole, Some(500)));
        prop_assert_eq!(shuffled, whole);
    }

    #[test]
    fn what_was_added_can_be_taken_out(
        whole in prop::collection::vec(accepted_answers(), 1..30),
        others in prop::collection::vec(accepted_answers(), 0..30),
        part in 0_usize..30,
    ) {
        let part = part.min(whole.len());
        let tally: Tally = whole.iter().collect();
        prop_assert_eq!(tally.without(&whole[..part].iter().collect()), Some(whole[part..].iter().collect()));
        let more: Tally = whole.iter().chain(&others).collect();
        prop_assert_eq!(tally.without(&more).is_some(), others.is_empty(), "more than there is cannot be taken out");
    }

    #[test]
    fn counting_columns_is_counting_rows(
        rows in prop::collection::vec(prop_oneof![3 => accepted_answers(), 1 => any_answers()], 0..50),
        copies in 0_usize..40,
        complete in any::<bool>(),
    ) {
        // Copies reach past one block; complete rows take another way than rows with gaps.
        let rows: Vec<Answers> = rows
            .iter()
            .map(|row| row.digits().map(|digit| if complete { digit.max(1) } else { digit }))
            .map(|digits| Answers::from_digits(digits).unwrap())
            .cycle()
            .take(rows.len() * copies)
            .collect();
        let columns = Element::ALL.map(|u| rows.iter().map(|row| row.digits()[u.index()]).collect::<Vec<u8>>());
        let mut tally = Tally::default();
        tally.add_columns(&columns.each_ref().map(Vec::as_slice)).unwrap();
        prop_assert_eq!(tally, rows.iter().collect::<Tally>());
    }

    #[test]
    fn adding_many_times_is_adding_many(answers in any_answers(), times in 0_u64..50) {
        let mut at_once = Tally::default();
        at_once.add(&answers, times);
        let one_by_one: Tally = std::iter::repeat_n(&answers, usize::try_from(times).unwrap()).collect();
        prop_assert_eq!(at_once, one_by_one);
    }

    #[test]
    fn words_and_vectors_read_back(rows in prop::collection::vec(any_answers(), 0..30)) {
        let tally: Tally = rows.iter().collect();
        let words = tally.to_words();
        prop_assert_eq!(Tally::from_words(&words), Some(tally));
        prop_assert_eq!(Tally::from_words(&words[1..]), None);
        for answers in rows {
            prop_assert_eq!(Answers::from_vector(answers.vector()), Some(answers));
        }
    }

    #[test]
    fn an_index_lies_between_25_and_100(rows in prop::collection::vec(accepted_answers(), 1..60)) {
        let tally: Tally = rows.iter().collect();
        let index = Index::of(&tally).unwrap();
        prop_assert!((25.0..=100.0).contains(&index.to_f64()));
        prop_assert!((2_500..=10_000).contains(&index.rounded().units()));
        prop_assert!((index.to_f64() - index.rounded().to_f64()).abs() <= 0.005 + 1e-9);
    }

    #[test]
    fn merging_sets_is_counting_both(
        rows in prop::collection::vec((accepted_answers(), 0_usize..3, any::<bool>()), 0..40),
    ) {
        let (mut whole, mut left, mut right) = (TallySet::default(), TallySet::default(), TallySet::default());
        for (answers, key, to_left) in &rows {
            let key = ["", "ktp-el", "skck"][*key];
            whole.entry(Dimension::Service, key).add(answers, 1);
            let part = if *to_left { &mut left } else { &mut right };
            part.entry(Dimension::Service, key).add(answers, 1);
        }
        left.merge(&right);
        prop_assert_eq!(left, whole);
    }
}

#[test]
fn columns_that_are_no_answers_are_refused_whole() {
    let good = [3_u8; 2];
    let mut tally = Tally::default();
    let mut columns = [good.as_slice(); 9];
    columns[4] = &[4, 5];
    assert_eq!(tally.add_columns(&columns), Err(ColumnsError::NotAScore(Element::Produk)));
    columns[4] = &[4];
    assert_eq!(tally.add_columns(&columns), Err(ColumnsError::UnequalLengths));
    assert_eq!(tally, Tally::default());
}

#[test]
fn numbers_that_are_no_answers_are_refused() {
    assert_eq!(Answers::from_vector(5), None);
    assert_eq!(Answers::from_vector(1 << 27), None);
    assert_eq!(Answers::from_digits([4, 4, 4, 4, 4, 4, 4, 4, 5]), None);
    assert_eq!((Score::new(0), Score::new(5)), (None, None));
}
