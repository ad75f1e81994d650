//! The rules once more, slowly and straight from their wording, on random traffic.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta, Timelike};
use proptest::prelude::*;
use suara_domain::distribution::poisson_tail;
use suara_domain::element::Answers;
use suara_domain::period::TimeZone;
use suara_domain::quality::{Flag, Flags, Inspection, LOOK_BACK_DAYS, Observation};
use suara_domain::respondent::Mode;

use super::{at, inspect, response};

fn is_repetition(all: &[Observation<'_>], one: &Observation<'_>) -> bool {
    let says = |other: &Observation<'_>| {
        let comment: String = other.comment?.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
        (comment.len() >= 15 && other.mode != Mode::Paper).then_some((other.answers, comment))
    };
    let Some(said) = says(one) else { return false };
    let group: Vec<_> = all.iter().filter(|other| says(other).as_ref() == Some(&said)).collect();
    group.iter().any(|first| {
        let window = first.filled_at..=first.filled_at + TimeDelta::minutes(60);
        let inside = group.iter().filter(|other| window.contains(&other.filled_at)).count();
        window.contains(&one.filled_at) && inside >= 3
    })
}

/// Local date and ten-minute slot of the day.
fn slot(observation: &Observation<'_>) -> (NaiveDate, u32) {
    let local = TimeZone::Jakarta.local(observation.filled_at);
    (local.date_naive(), (local.hour() * 60 + local.minute()) / 10)
}

fn is_burst(all: &[Observation<'_>], one: &Observation<'_>) -> bool {
    let counts = |other: &&Observation<'_>| other.mode != Mode::Paper && !other.offline_queue;
    if !counts(&one) {
        return false;
    }
    let counter: Vec<_> =
        all.iter().filter(|other| other.counter == one.counter && other.mode != Mode::Paper).collect();
    let x = counter.iter().copied().filter(counts).filter(|other| slot(other) == slot(one)).count();
    let mut days: BTreeMap<NaiveDate, Vec<u32>> = BTreeMap::new();
    for (date, slot) in counter.iter().map(|other| slot(other)) {
        days.entry(date).or_default().push(slot);
    }
    let (mut responses, mut open) = (0.0, 0.0);
    for back in 1..=28 {
        if let Some(slots) = days.get(&(slot(one).0 - Days::new(back))) {
            responses += slots.len() as f64;
            open += f64::from(slots.iter().max().unwrap() - slots.iter().min().unwrap() + 1);
        }
    }
    let rate = if open > 0.0 { f64::max(responses / open, 0.25) } else { 0.25 };
    x >= 15 && poisson_tail(x as u64, rate) < 1e-6
}

/// Heaps of responses that are alike, somewhere in six weeks.
fn traffic() -> impl Strategy<Value = Vec<Observation<'static>>> {
    let heap = (
        0_i64..42,
        prop_oneof![Just(0_i64), Just(28_790), Just(36_000), Just(38_400), Just(86_390)],
        1_i64..24,
        prop::sample::select(vec![1_i64, 20, 150, 1_200, 1_800]),
        prop::sample::select(vec![None, Some("Loket 1"), Some("Loket 2")]),
        prop::sample::select(vec![Mode::Web, Mode::Web, Mode::Kiosk, Mode::Paper]),
        prop::bool::weighted(0.2),
        prop::sample::select(vec![None, Some("Baik"), Some("Pelayanan ramah, cepat"), Some("pelayanan RAMAH cepat!")]),
        3_u8..=4,
    );
    let spread = |heap: Vec<_>| {
        let mut all = Vec::new();
        for (day, start, count, apart, counter, mode, offline_queue, comment, score) in heap {
            let answers = Answers::from_digits([score; 9]).unwrap();
            let one = |number| Observation {
                counter,
                mode,
                answers,
                comment,
                offline_queue,
                ..response(at(day, start + number * apart))
            };
            all.extend((0..count).map(one));
        }
        all
    };
    prop::collection::vec(heap, 1..12).prop_map(spread).prop_shuffle()
}

fn in_order(mut observations: Vec<Observation<'static>>) -> Vec<Observation<'static>> {
    observations.sort_by_key(|observation| observation.filled_at);
    observations
}

/// Flags of what was filled in from one day on until before another, read with no more around it than the rules need.
fn inspect_days(observations: &[Observation<'static>], from: i64, until: i64) -> Vec<Flags> {
    let (start, end) = (at(from - LOOK_BACK_DAYS, 0), at(until, 3_600));
    let mut inspection = Inspection::new(TimeZone::Jakarta);
    let mut found = Vec::new();
    for observation in observations.iter().filter(|observation| (start..=end).contains(&observation.filled_at)) {
        found.extend(inspection.push(observation.filled_at, observation));
    }
    found.extend(inspection.finish());
    found.retain(|(filled_at, _)| (at(from, 0)..at(until, 0)).contains(filled_at));
    found.into_iter().map(|(_, flags)| flags).collect()
}

proptest! {
    // The definition takes the square of the traffic.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_flags_are_those_of_the_definition_in_whatever_order(observations in traffic()) {
        // Shuffled before it is sorted: equal times come in any order.
        let observations = in_order(observations);
        for (observation, flags) in observations.iter().zip(inspect(&observations)) {
            prop_assert_eq!(flags.contains(Flag::Repetition), is_repetition(&observations, observation));
            prop_assert_eq!(flags.contains(Flag::Burst), is_burst(&observations, observation));
        }
    }

    #[test]
    fn a_part_read_alone_has_the_same_flags(observations in traffic(), from in 20_i64..40, days in 1_i64..20) {
        let observations = in_order(observations);
        let whole = inspect(&observations);
        let part = at(from, 0)..at(from + days, 0);
        let expected: Vec<Flags> = observations
            .iter()
            .zip(whole)
            .filter(|(observation, _)| part.contains(&observation.filled_at))
            .map(|(_, flags)| flags)
            .collect();
        prop_assert_eq!(inspect_days(&observations, from, from + days), expected);
    }
}
