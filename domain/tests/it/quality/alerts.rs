//! What is told about an MPP and not about a response: haste, equal answers, straight lines.

use proptest::prelude::*;
use suara_domain::element::Answers;
use suara_domain::quality::{EqualAnswers, Hurry, Observation, StraightLines};
use suara_domain::respondent::Mode;

use super::{at, response};
use crate::random::Random;

fn answers(digits: [u8; 9]) -> Answers {
    Answers::from_digits(digits).unwrap()
}

#[test]
fn an_mpp_is_in_a_hurry_if_one_in_twenty_is_exceeded() {
    let base = response(at(0, 0));
    let count = |durations: &[i32]| {
        let mut hurry = Hurry::default();
        for seconds in durations {
            hurry.add(&Observation { duration_s: Some(*seconds), ..base.clone() });
        }
        hurry
    };
    let mut durations = [18; 40];
    durations[..2].fill(17);
    let usual = count(&durations);
    assert_eq!((usual.measured, usual.hasty, usual.share()), (40, 2, Some(0.05)));
    assert!(!usual.is_alert(), "5 % is not more than 5 %");
    assert!(count(&durations[..39]).is_alert());
    assert!(!Hurry::default().is_alert() && Hurry::default().share().is_none());
    let mut both = usual;
    both += &count(&[0, 0]);
    assert_eq!((both.measured, both.hasty), (42, 4));
}

#[test]
fn haste_is_that_of_web_responses_the_server_measured() {
    let base = Observation { duration_s: Some(3), ..response(at(0, 0)) };
    let mut hurry = Hurry::default();
    for mode in [Mode::Kiosk, Mode::Assisted, Mode::Paper] {
        hurry.add(&Observation { mode, ..base.clone() });
    }
    hurry.add(&Observation { server_measured: false, ..base.clone() });
    hurry.add(&Observation { duration_s: None, ..base.clone() });
    assert_eq!(hurry, Hurry::default());
    hurry.add(&Observation { answers: answers([4, 0, 0, 0, 0, 0, 0, 0, 0]), ..base });
    assert_eq!((hurry.measured, hurry.hasty), (1, 0), "three seconds are enough for one answer");
}

#[test]
fn equal_answers_are_counted_by_mode() {
    let (mut equal, mut elsewhere) = (EqualAnswers::default(), EqualAnswers::default());
    equal.add(&response(at(0, 0)));
    equal.add(&Observation { answers: answers([4, 4, 4, 4, 3, 4, 4, 4, 4]), ..response(at(0, 1)) });
    equal.add(&Observation { answers: answers([0, 2, 0, 0, 2, 0, 0, 0, 0]), ..response(at(0, 2)) });
    equal.add(&Observation { answers: answers([0, 2, 0, 0, 0, 0, 0, 0, 0]), ..response(at(0, 3)) });
    elsewhere.count(Mode::Web, &answers([1; 9]), 3);
    elsewhere.count(Mode::Paper, &answers([1; 9]), 5);
    assert_eq!((equal.of(Mode::Web).responses, equal.of(Mode::Web).equal), (3, 2));
    equal.merge(&elsewhere);
    assert_eq!((equal.of(Mode::Web).responses, equal.of(Mode::Web).equal), (6, 5));
    assert_eq!(equal.of(Mode::Paper).value(), Some(1.0));
    assert_eq!(equal.of(Mode::Kiosk).value(), None);
}

/// Responses one after another, `None` for one unlike all others, at a counter each.
fn lines(traffic: &[(&str, Option<Answers>)]) -> StraightLines {
    let mut lines = StraightLines::default();
    let mut random = Random::new(20260107);
    for (seconds, (counter, said)) in (0..).zip(traffic) {
        let mut other = [0; 9];
        other.fill_with(|| u8::try_from(random.between(1, 4)).unwrap());
        let answers = said.unwrap_or_else(|| answers(other));
        lines.add(&Observation { counter: Some(counter), answers, ..response(at(0, seconds)) });
    }
    lines
}

#[test]
fn fifteen_equal_responses_in_a_row_are_told() {
    let copied = Some(answers([3, 4, 3, 4, 3, 4, 3, 4, 3]));
    let mut traffic = vec![("Loket 1", None); 200];
    traffic.extend([("Loket 1", copied); 14]);
    traffic.push(("Loket 1", None));
    assert!(lines(&traffic).alerts().is_empty(), "fourteen are not");
    traffic.pop();
    // What happens at another counter does not break the row.
    traffic.extend([("Loket 2", None), ("Loket 1", copied), ("Loket 1", copied), ("Loket 1", None)]);
    let alerts = lines(&traffic).alerts();
    assert_eq!(alerts.len(), 1);
    let (line, n) = (&alerts[0], traffic.len() as f64);
    assert_eq!((line.counter.as_str(), line.length, Some(line.answers)), ("Loket 1", 16, copied));
    assert!((line.share - 16.0 / n).abs() < 1e-12);
    assert!((line.expected / (libm::pow(16.0 / n, 15.0) * n) - 1.0).abs() < 1e-9);
}

#[test]
fn a_row_that_chance_explains_is_not_told() {
    let fours = Some(answers([4; 9]));
    // Four of five give all fours: rows of fifteen are to be expected.
    let mut traffic: Vec<(&str, Option<Answers>)> = vec![("Loket 1", fours); 16];
    traffic.extend([("Loket 1", None); 4]);
    assert!(lines(&traffic).alerts().is_empty());
    // The same row where hardly anybody does.
    traffic.extend([("Loket 2", None); 40]);
    assert_eq!(lines(&traffic).alerts().len(), 1);
    assert!(StraightLines::default().alerts().is_empty());
}

proptest! {
    #[test]
    fn lines_are_those_of_the_definition(traffic in prop::collection::vec((0_usize..2, 0_usize..4, 1_usize..22), 1..20)) {
        let vectors = [Some(answers([4; 9])), Some(answers([3; 9])), Some(answers([1, 2, 3, 4, 1, 2, 3, 4, 1])), None];
        let counters = ["Loket 1", "Loket 2"];
        let mut all = Vec::new();
        for (counter, vector, times) in traffic {
            all.extend(vec![(counters[counter], vectors[vector]); times]);
        }
        let mut expected = Vec::new();
        for counter in counters {
            let said: Vec<_> = all.iter().filter(|(name, _)| *name == counter).map(|(_, said)| *said).collect();
            for vector in vectors.iter().flatten() {
                let longest = said.split(|said| said != &Some(*vector)).map(<[_]>::len).max().unwrap_or_default();
                let times = all.iter().filter(|(_, said)| said == &Some(*vector)).count();
                let n = all.len() as f64;
                if longest >= 15 && libm::pow(times as f64 / n, 15.0) * n < 0.01 {
                    expected.push((counter.to_owned(), *vector, longest as u64));
                }
            }
        }
        expected.sort();
        let found: Vec<_> =
            lines(&all).alerts().into_iter().map(|line| (line.counter, line.answers, line.length)).collect();
        prop_assert_eq!(found, expected);
    }
}
