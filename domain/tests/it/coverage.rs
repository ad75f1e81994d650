//! How often the 95 % interval holds the truth, on people whose truth is known (STATISTICS 2).

use chrono::{Days, NaiveDate};
use suara_domain::cluster::{ClusterSums, Clustered};
use suara_domain::element::Answers;
use suara_domain::index::Index;
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::tally::Tally;

use crate::random::Random;
use crate::strategies::{people, people_with_moods};

const RUNS: u32 = 1_000;
/// Fewer where every run counts clusters, which takes long.
const CLUSTERED_RUNS: u32 = 400;

fn truth(rows: &[Answers]) -> f64 {
    Index::of(&rows.iter().collect()).unwrap().to_f64()
}

/// People whose IKM is as close to `ikm` as steps of the latent quality make it.
fn people_at(ikm: f64, moods: f64) -> Vec<Answers> {
    let (mut low, mut high) = (-3.0, 12.0);
    for _ in 0..13 {
        let middle = f64::midpoint(low, high);
        if truth(&people_with_moods(2_000, middle, moods, 20260113)) < ikm { low = middle } else { high = middle }
    }
    people_with_moods(2_000, high, moods, 20260113)
}

/// Which share of the intervals from `n` people holds the truth.
#[expect(clippy::print_stdout, reason = "the rates are what these tests are for")]
fn coverage(random: &mut Random, rows: &[Answers], n: u32) -> f64 {
    let truth = truth(rows);
    let held = (0..RUNS).filter(|_| {
        let mut tally = Tally::default();
        (0..n).for_each(|_| tally.add(random.pick(rows), 1));
        let (lower, upper) = Precision::of(&tally, None).unwrap().interval.unwrap();
        (lower..=upper).contains(&truth)
    });
    let share = f64::from(u32::try_from(held.count()).unwrap()) / f64::from(RUNS);
    println!("IKM {truth:.2}, n = {n}: {:.1} % of the intervals hold it", 100.0 * share);
    share
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let mut random = Random::new(20260114);
    for (ikm, at_least) in [(85.0, [0.93, 0.93, 0.93]), (95.0, [0.93, 0.93, 0.93]), (98.5, [0.90, 0.92, 0.93])] {
        let rows = people_at(ikm, 0.6);
        for (n, at_least) in [30, 120, 384].into_iter().zip(at_least) {
            let share = coverage(&mut random, &rows, n);
            assert!((at_least..=0.975).contains(&share), "IKM {ikm}, n = {n}: {share}");
        }
    }
}

/// Nearly everybody gives all fours and a few are unhappy with everything: small samples often miss the few. The flag
/// says "hati-hati" there.
#[test]
fn at_the_ceiling_small_samples_hold_it_less_often() {
    let mut random = Random::new(20260116);
    let rows = people_at(98.5, 2.5);
    let share = coverage(&mut random, &rows, 30);
    assert!((0.70..0.93).contains(&share), "{share}");
    assert!(coverage(&mut random, &rows, 120) > share);
    let mut tally = Tally::default();
    rows.iter().take(30).for_each(|answers| tally.add(answers, 1));
    assert_ne!(Precision::of(&tally, None).unwrap().flag, PrecisionFlag::Baik);
}

/// Days at counters, each with a mood of its own and from 3 to 15 people.
fn days_at_counters(random: &mut Random) -> Vec<Vec<Answers>> {
    (0..400)
        .map(|_| {
            let quality = 0.5 + 0.45 * random.normal();
            let size = usize::try_from(random.between(3, 15)).unwrap();
            people(size, quality, random.next())
        })
        .collect()
}

#[test]
#[expect(clippy::print_stdout, reason = "the rates are what these tests are for")]
fn with_clusters_the_interval_holds_what_it_loses_without() {
    let mut random = Random::new(20260115);
    let clusters = days_at_counters(&mut random);
    let truth = truth(&clusters.concat());
    let first_day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    let (mut plain, mut aware, mut deff) = (0, 0, 0.0);
    for _ in 0..CLUSTERED_RUNS {
        let (mut tally, mut sums) = (Tally::default(), ClusterSums::default());
        for day in 0..40 {
            for answers in random.pick(&clusters) {
                tally.add(answers, 1);
                sums.add(first_day + Days::new(day), "Loket 1", answers, 1);
            }
        }
        let holds = |(lower, upper): (f64, f64)| u32::from((lower..=upper).contains(&truth));
        let clustered = Clustered::of(&sums, &tally).unwrap();
        plain += holds(Precision::of(&tally, None).unwrap().interval.unwrap());
        aware += holds(clustered.interval(&Index::of(&tally).unwrap()));
        deff += clustered.deff / f64::from(CLUSTERED_RUNS);
    }
    let percent = |count: u32| 100.0 * f64::from(count) / f64::from(CLUSTERED_RUNS);
    println!("40 clusters, deff {deff:.2}: {:.1} % with clusters, {:.1} % without", percent(aware), percent(plain));
    assert!((92.0..=97.0).contains(&percent(aware)), "{}", percent(aware));
    assert!(percent(plain) < 85.0, "{}", percent(plain));
}
