//! The chart of scores: how soon it notices a change, and how seldom it cries wolf.

use proptest::prelude::*;
use suara_domain::element::Answers;
use suara_domain::monitoring::{Baseline, DayScores, Ewma, Signal};

use crate::random::Random;
use crate::strategies::{any_answers, people};

proptest! {
    #[test]
    fn a_mean_is_exact_with_whatever_is_missing(rows in prop::collection::vec(any_answers(), 0..40)) {
        let mut day = DayScores::default();
        let mut half = [DayScores::default(), DayScores::default()];
        for (place, answers) in rows.iter().enumerate() {
            day.add(answers, 1);
            half[place % 2].add(answers, 1);
        }
        prop_assert_eq!(half.iter().sum::<DayScores>(), day);
        let means: Vec<f64> = rows
            .iter()
            .filter(|answers| answers.answered() > 0)
            .map(|answers| {
                let sum: u32 = answers.digits().iter().map(|digit| u32::from(*digit)).sum();
                25.0 * f64::from(sum) / answers.answered() as f64
            })
            .collect();
        prop_assert_eq!(day.n, means.len() as u64);
        let expected = means.iter().sum::<f64>() / means.len() as f64;
        prop_assert!(day.mean().is_none_or(|mean| (mean - expected).abs() < 1e-9));
        prop_assert_eq!(day.mean().is_none(), means.is_empty());
    }
}

fn scores<'a>(rows: impl IntoIterator<Item = &'a Answers>) -> DayScores {
    let mut scores = DayScores::default();
    rows.into_iter().for_each(|answers| scores.add(answers, 1));
    scores
}

#[test]
fn a_baseline_needs_three_hundred_who_differ() {
    let rows = people(300, 0.5, 20260108);
    assert!(Baseline::of(&scores(&rows)).is_some());
    assert_eq!(Baseline::of(&scores(&rows[1..])), None);
    let mut alike = DayScores::default();
    alike.add(&Answers::from_digits([4; 9]).unwrap(), 1_000);
    assert_eq!(Baseline::of(&alike), None);
}

#[test]
fn days_without_responses_do_not_count_and_a_signal_starts_anew() {
    let baseline = Baseline { mean: 80.0, deviation: 10.0 };
    let mut bad = DayScores::default();
    bad.add(&Answers::from_digits([1; 9]).unwrap(), 4);
    let mut chart = Ewma::new(baseline);
    assert_eq!(chart.next_day(&DayScores::default()), None);
    let first = chart.next_day(&bad).unwrap();
    // (25 − 80) · √4 / 10 · 0.2 against 3.5 · 0.2.
    assert!((first.value + 2.2).abs() < 1e-12 && (first.limit - 0.7).abs() < 1e-12);
    assert_eq!(first.signal, Some(Signal::Below));
    assert_eq!(chart.next_day(&bad), Some(first), "the day after is a first one again");
    let steps: Vec<_> = Ewma::steps(baseline, &[bad, DayScores::default(), bad]).collect();
    assert_eq!(steps, [first, first]);
}

/// Days until the first signal; at most `most`.
fn run_length(random: &mut Random, baseline: Baseline, rows: &[Answers], per_day: usize, most: u64) -> u64 {
    let mut chart = Ewma::new(baseline);
    for day in 1..=most {
        let today: Vec<&Answers> = (0..per_day).map(|_| random.pick(rows)).collect();
        if chart.next_day(&scores(today)).is_some_and(|step| step.signal.is_some()) {
            return day;
        }
    }
    most
}

fn mean(lengths: &[u64]) -> f64 {
    lengths.iter().sum::<u64>() as f64 / lengths.len() as f64
}

#[test]
#[expect(clippy::print_stdout, reason = "the rates are what these tests are for")]
fn it_is_quiet_while_nothing_changes_and_notices_a_change_within_days() {
    let mut random = Random::new(20260109);
    let usual = people(3_000, 0.5, 20260110);
    let baseline = Baseline::of(&scores(&usual)).unwrap();
    let mut lengths = |rows: &[Answers], runs: usize, most| -> Vec<u64> {
        (0..runs).map(|_| run_length(&mut random, baseline, rows, 8, most)).collect()
    };
    let in_control = mean(&lengths(&usual, 60, 20_000));
    println!("8 a day, nothing changes: a false signal every {in_control:.0} days");
    assert!((1_200.0..6_000.0).contains(&in_control), "{in_control}");
    let mut before = f64::INFINITY;
    for (quality, within) in [(0.3, 60.0), (0.1, 15.0), (-0.3, 6.0)] {
        let worse = people(3_000, quality, 20260111);
        let shift = scores(&worse).mean().unwrap() - baseline.mean;
        let length = mean(&lengths(&worse, 200, 2_000));
        println!(
            "8 a day, {shift:.1} points ({:.2} deviations): noticed after {length:.1} days",
            shift / baseline.deviation
        );
        assert!(length < within && length < before, "{shift}: {length}");
        before = length;
    }
}

/// The price of a baseline that is itself a sample: how many MPPs without any change see a signal in a semester.
#[test]
#[expect(clippy::print_stdout, reason = "the rates are what these tests are for")]
fn a_baseline_of_few_costs_false_signals_at_busy_mpps() {
    let mut random = Random::new(20260112);
    let usual = people(3_000, 0.5, 20260110);
    let mut share = |former: usize, per_day: usize| {
        let alarmed = (0..100).filter(|_| {
            let before: Vec<&Answers> = (0..former).map(|_| random.pick(&usual)).collect();
            let baseline = Baseline::of(&scores(before)).unwrap();
            run_length(&mut random, baseline, &usual, per_day, 126) < 126
        });
        alarmed.count()
    };
    // Baseline of a semester with as many a day, and of the fewest responses there may be.
    let (equal, few) = (share(126 * 8, 8), share(300, 40));
    println!(
        "of 100 MPPs without change have a signal in 126 days: {equal} (8 a day, before 1 008), {few} (40 a day, before 300)"
    );
    assert!(equal <= 20, "{equal}");
    assert!(few <= 60, "{few}");
}
