//! Clusters add up, in whatever parts they come, and change nothing where everybody is a cluster alone.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use suara_domain::cluster::{ClusterSums, Clustered};
use suara_domain::element::{Answers, Score};
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::tally::Tally;

use crate::strategies::accepted_answers;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 5).unwrap() + Days::new(number)
}

proptest! {
    #[test]
    fn alone_in_a_cluster_is_no_cluster(rows in prop::collection::vec(accepted_answers(), 2..60)) {
        let tally: Tally = rows.iter().collect();
        let mut sums = ClusterSums::default();
        for (number, answers) in (0..).zip(&rows) {
            sums.add(day(number), "", answers, 1);
        }
        let plain = Precision::of(&tally, None).unwrap();
        let Some(clustered) = Clustered::of(&sums, &tally) else {
            prop_assert!(plain.se.is_none_or(|se| se == 0.0));
            return Ok(());
        };
        prop_assert!((clustered.deff - 1.0).abs() < 1e-9, "{clustered:?}");
        prop_assert!((clustered.se - plain.se_uncorrected.unwrap()).abs() < 1e-9);
        prop_assert_eq!(Precision::with_clusters(&tally, None, Some(&clustered)), Some(plain));
    }

    #[test]
    fn parts_add_up_in_whatever_order(rows in prop::collection::vec((accepted_answers(), 0_u64..4, 0_u64..3), 1..60)) {
        let mut whole = ClusterSums::default();
        let mut parts = [ClusterSums::default(), ClusterSums::default()];
        for (place, (answers, date, counter)) in rows.iter().enumerate() {
            let counter = ["", "Loket 1", "Loket 2"][usize::try_from(*counter).unwrap()];
            whole.add(day(*date), counter, answers, 1);
            parts[place % 2].add(day(*date), counter, answers, 1);
        }
        let [mut first, second] = parts;
        let mut backwards = second.clone();
        backwards.merge(&first);
        first.merge(&second);
        prop_assert_eq!(&first, &whole);
        prop_assert_eq!(&backwards, &whole);
        let tally: Tally = rows.iter().map(|(answers, ..)| answers).collect();
        prop_assert_eq!(Clustered::of(&first, &tally), Clustered::of(&whole, &tally));
    }
}

/// Days at one counter on which everybody gave threes or everybody gave fours, in turn.
fn moods(days: u64, people: u64) -> (ClusterSums, Tally) {
    let (mut sums, mut tally) = (ClusterSums::default(), Tally::default());
    for number in 0..days {
        let answers = Answers::new([Score::new(if number % 2 == 0 { 3 } else { 4 }); 9]);
        sums.add(day(number), "Loket 1", &answers, people);
        tally.add(&answers, people);
    }
    (sums, tally)
}

#[test]
fn people_who_answer_alike_are_worth_one() {
    let (sums, tally) = moods(20, 45);
    let clustered = Clustered::of(&sums, &tally).unwrap();
    assert_eq!(clustered.clusters, 20);
    // Every day is one draw of 75 or 100: 12.5 · √(1/19).
    assert!((clustered.se - 12.5 / 19_f64.sqrt()).abs() < 1e-9);
    assert!((clustered.deff - 899.0 / 19.0).abs() < 1e-9);
    let plain = Precision::of(&tally, None).unwrap();
    let judged = Precision::with_clusters(&tally, None, Some(&clustered)).unwrap();
    assert_eq!((plain.flag, judged.flag), (PrecisionFlag::Baik, PrecisionFlag::TidakUntukDibandingkan));
    assert_eq!(Precision { flag: plain.flag, ..judged }, plain, "nothing but the flag changes");
    assert_eq!(Precision::with_clusters(&tally, None, None), Some(plain));
}

#[test]
fn clusters_that_say_nothing_are_none() {
    let (sums, tally) = moods(1, 30);
    assert_eq!(Clustered::of(&sums, &tally), None, "a single cluster");
    let (sums, mut tally) = moods(6, 5);
    assert!(Clustered::of(&sums, &tally).is_some());
    tally.add(&Answers::new([Score::new(4); 9]), 1);
    assert_eq!(Clustered::of(&sums, &tally), None, "clusters of other responses");
    let (mut sums, mut tally) = (ClusterSums::default(), Tally::default());
    let four = Answers::new([Score::new(4); 9]);
    for number in 0..5 {
        sums.add(day(number), "", &four, 9);
        tally.add(&four, 9);
    }
    assert_eq!(Clustered::of(&sums, &tally), None, "nobody deviates");
    assert_eq!(Clustered::of(&ClusterSums::default(), &Tally::default()), None);
    sums.add(day(9), "", &Answers::default(), 3);
    assert_eq!(sums.len(), 5, "without an answer there is no cluster");
}
