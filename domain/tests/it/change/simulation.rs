//! How often a change is told that is none.

use suara_domain::change::{Change, SIGNIFICANT_AT, Verdict, adjusted};

use crate::country::{sample, size, tell};
use crate::random::Random;

/// The true changes of the MPPs of one country with what was found of each.
fn verdicts(truths: &[f64], random: &mut Random) -> Vec<(f64, Change, Verdict)> {
    let change = |truth: &f64, random: &mut Random| {
        let n = (size(30.0, 600.0, random), size(30.0, 600.0, random));
        Change::between(&sample(86.0, n.0, random), &sample(86.0 + truth, n.1, random)).unwrap()
    };
    let changes: Vec<Change> = truths.iter().map(|truth| change(truth, random)).collect();
    let p: Vec<f64> = changes.iter().map(|change| change.p.unwrap()).collect();
    let verdict = |(change, p): (Change, f64)| (Verdict::of(change.difference(), Some(p)), change);
    let found = changes.into_iter().zip(adjusted(&p)).map(verdict);
    truths.iter().zip(found).map(|(truth, (verdict, change))| (*truth, change, verdict)).collect()
}

#[test]
fn where_nothing_changed_hardly_a_country_hears_of_a_change() {
    const COUNTRIES: u64 = 120;
    let (mut alone, mut countries, mut held, mut all) = (0.0, 0.0, 0.0, 0.0);
    for seed in 0..COUNTRIES {
        let found = verdicts(&[0.0; 60], &mut Random::new(3_000 + seed));
        countries += f64::from(u8::from(found.iter().any(|(.., verdict)| *verdict != Verdict::TidakBerubahNyata)));
        for (_, change, _) in &found {
            let (lower, upper) = change.interval.unwrap();
            alone += f64::from(u8::from(change.p.unwrap() <= SIGNIFICANT_AT));
            held += f64::from(u8::from(lower <= 0.0 && 0.0 <= upper));
            all += 1.0;
        }
    }
    tell(
        "60 MPPs that did not change, 120 countries",
        &[
            ("of 60, p below 0.05 before the adjustment", alone / COUNTRIES as f64),
            ("countries with any \"naik\" or \"turun\", %", 100.0 * countries / COUNTRIES as f64),
            ("95 % intervals that hold the truth, %", 100.0 * held / all),
        ],
    );
    assert!((1.5..5.0).contains(&(alone / COUNTRIES as f64)), "three of sixty by chance");
    assert!(countries / (COUNTRIES as f64) < 0.12, "one country in twenty at most, and chance");
    assert!((0.93..0.97).contains(&(held / all)));
}

#[test]
fn where_a_third_changed_few_of_the_changes_told_are_none() {
    const COUNTRIES: u64 = 80;
    let truths: Vec<f64> = (0..60).map(|mpp| [4.0, -4.0, 0.0, 0.0, 0.0, 0.0][mpp % 6]).collect();
    let (mut told, mut wrong, mut share, mut changed, mut found_of_changed) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for seed in 0..COUNTRIES {
        let (mut of_country, mut wrong_here) = (0.0, 0.0);
        for (truth, _, verdict) in verdicts(&truths, &mut Random::new(4_000 + seed)) {
            let (is_told, is_change) = (verdict != Verdict::TidakBerubahNyata, truth.abs() > 0.0);
            let right = (verdict == Verdict::Naik && truth > 0.0) || (verdict == Verdict::Turun && truth < 0.0);
            of_country += f64::from(u8::from(is_told));
            wrong_here += f64::from(u8::from(is_told && !right));
            changed += f64::from(u8::from(is_change));
            found_of_changed += f64::from(u8::from(right));
        }
        told += of_country;
        wrong += wrong_here;
        share += if of_country > 0.0 { wrong_here / of_country } else { 0.0 };
    }
    tell(
        "60 MPPs, a third changed by 4 points, 80 countries",
        &[
            ("changes told in a country", told / COUNTRIES as f64),
            ("of these wrong", wrong / COUNTRIES as f64),
            ("false discovery rate, %", 100.0 * share / COUNTRIES as f64),
            ("of the true changes found, %", 100.0 * found_of_changed / changed),
        ],
    );
    assert!(share / (COUNTRIES as f64) < 0.07, "at most one in twenty, and chance");
    assert!(found_of_changed / changed > 0.3, "four points are seen in many of them");
}
