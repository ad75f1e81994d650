//! Krejcie–Morgan and the spread over services.

use proptest::prelude::*;
use suara_domain::sample_size::{SampleBasis, allocate, formula, minimum, table};

#[test]
fn formula_and_table_agree_on_all_ninety_rows() {
    let rows: Vec<(u64, u64)> = include_str!("../../../data/krejcie_morgan.csv")
        .lines()
        .skip(1)
        .map(|line| {
            let (population, sample) = line.split_once(',').unwrap();
            (population.parse().unwrap(), sample.parse().unwrap())
        })
        .collect();
    assert_eq!(rows.len(), 90);
    for (population, sample) in rows {
        assert_eq!((formula(population), table(population)), (sample, sample), "N = {population}");
    }
}

#[test]
fn between_rows_the_larger_of_formula_and_next_row_counts() {
    for (population, expected, basis) in [
        (None, 384, SampleBasis::UnknownPopulation),
        (Some(0), 0, SampleBasis::Everyone),
        (Some(1), 1, SampleBasis::Everyone),
        (Some(9), 9, SampleBasis::Everyone),
        (Some(10), 10, SampleBasis::Everyone),
        (Some(646), 242, SampleBasis::Table),
        (Some(4_384), 354, SampleBasis::Table),
        (Some(1_000_001), 384, SampleBasis::Table),
        (Some(u64::MAX), 384, SampleBasis::Table),
    ] {
        let size = minimum(population);
        assert_eq!((size.minimum, size.basis), (expected, basis), "N = {population:?}");
    }
    assert_eq!((formula(9), formula(5)), (9, 5), "8.82 and 4.95, rounded to nearest");
}

proptest! {
    #[test]
    fn the_formula_is_the_printed_one(population in 1_u64..5_000_000) {
        let n = population as f64;
        let exact = 3.841 * n * 0.25 / (0.0025 * (n - 1.0) + 3.841 * 0.25);
        prop_assert!((formula(population) as f64 - exact).abs() <= 0.5 + 1e-6);
    }

    #[test]
    fn the_minimum_grows_with_the_population_and_never_exceeds_it(population in 0_u64..2_000_000) {
        let here = minimum(Some(population)).minimum;
        prop_assert!(here <= population && here <= 384);
        prop_assert!(here <= minimum(Some(population + 1)).minimum);
    }

    #[test]
    fn an_allocation_spends_the_sample_and_asks_no_one_twice(
        users in prop::collection::vec(prop_oneof![1 => Just(0_u64), 4 => 0_u64..3_000], 0..40),
    ) {
        let total: u64 = users.iter().sum();
        let sample = minimum(Some(total)).minimum;
        let quota = allocate(sample, &users);
        let served = users.iter().filter(|users| **users > 0).count() as u64;
        prop_assert_eq!(quota.len(), users.len());
        prop_assert!(quota.iter().sum::<u64>() <= sample.max(served));
        for (quota, users) in quota.iter().zip(&users) {
            prop_assert!(quota <= users);
            prop_assert_eq!(*quota > 0, *users > 0);
        }
    }

    #[test]
    fn quotas_stay_within_one_of_proportional(users in prop::collection::vec(400_u64..3_000, 1..20)) {
        let total: u64 = users.iter().sum();
        let quota = allocate(384, &users);
        prop_assert_eq!(quota.iter().sum::<u64>(), 384);
        for (quota, users) in quota.iter().zip(&users) {
            let exact = 384.0 * *users as f64 / total as f64;
            prop_assert!((*quota as f64 - exact).abs() < 1.0);
        }
    }
}

#[test]
fn remainders_ties_and_small_samples() {
    assert_eq!(allocate(10, &[50, 50, 50]), [4, 3, 3], "the tie goes to the first code");
    assert_eq!(allocate(10, &[100, 300, 0]), [2, 8, 0], "2.5 and 7.5: the tie goes to the larger service");
    assert_eq!(allocate(10, &[1, 1, 998]), [1, 1, 8], "services at 0 take from the largest");
    assert_eq!(allocate(2, &[5, 5, 5, 5]), [1, 1, 1, 1], "fewer units than services");
    assert_eq!(allocate(384, &[3, 2]), [3, 2], "never more than the users");
    assert_eq!(allocate(10, &[0, 0]), [0, 0]);
}
