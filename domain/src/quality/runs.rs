//! Straight lines: one and the same response, time after time at one counter, longer than chance explains.

use std::collections::BTreeMap;

use super::Observation;
use crate::element::Answers;

/// Shorter runs are never told: at a good MPP many people in a row give all fours.
const TOLD_FROM: u64 = 15;
/// A run is told if fewer than so many are to be expected in the whole MPP.
const EXPECTED_BELOW: f64 = 0.01;

/// A run of equal responses that chance does not explain. An alert about a counter, not a flag on responses.
#[derive(Clone, Debug, PartialEq)]
pub struct StraightLine {
    /// Name of the counter, "" for what came without one.
    pub counter: String,
    /// What all of them answered.
    pub answers: Answers,
    /// Length of the longest run of these answers at the counter.
    pub length: u64,
    /// Share of these answers among all responses of the MPP, `q`.
    pub share: f64,
    /// Roughly how many runs of fifteen such responses are to be expected in the MPP by chance, `q^15 · n`.
    pub expected: f64,
}

/// Finds runs of equal responses in the traffic of one MPP.
#[derive(Clone, Debug, Default)]
pub struct StraightLines {
    n: u64,
    /// How often each vector of answers came.
    vectors: BTreeMap<u32, u64>,
    counters: BTreeMap<String, Counter>,
}

#[derive(Clone, Debug, Default)]
struct Counter {
    vector: u32,
    length: u64,
    /// The longest run of each vector that had one worth telling.
    longest: BTreeMap<u32, u64>,
}

impl StraightLines {
    /// Takes the next response in the order of time. Where times are equal the caller has to see to an order that is
    /// always the same, or runs differ from one reading to the next.
    pub fn add(&mut self, observation: &Observation<'_>) {
        let vector = observation.answers.vector();
        if vector == 0 {
            return;
        }
        self.n += 1;
        *self.vectors.entry(vector).or_default() += 1;
        let name = observation.counter.unwrap_or_default();
        match self.counters.get_mut(name) {
            Some(counter) => counter.count(vector),
            None => self.counters.entry(name.to_owned()).or_default().count(vector),
        }
    }

    /// The runs of at least fifteen equal responses at one counter of which fewer than 0.01 were to be expected, by
    /// counter.
    #[must_use]
    pub fn alerts(&self) -> Vec<StraightLine> {
        let runs = self
            .counters
            .iter()
            .flat_map(|(name, counter)| counter.longest.iter().map(move |(vector, length)| (name, *vector, *length)));
        runs.filter_map(|(counter, vector, length)| {
            let share = *self.vectors.get(&vector)? as f64 / self.n as f64;
            let expected = (0..TOLD_FROM).fold(self.n as f64, |expected, _| expected * share);
            let answers = Answers::from_vector(vector)?;
            let line = StraightLine { counter: counter.clone(), answers, length, share, expected };
            (expected < EXPECTED_BELOW).then_some(line)
        })
        .collect()
    }
}

impl Counter {
    fn count(&mut self, vector: u32) {
        self.length = if vector == self.vector { self.length + 1 } else { 1 };
        self.vector = vector;
        if self.length >= TOLD_FROM {
            let longest = self.longest.entry(vector).or_default();
            *longest = self.length.max(*longest);
        }
    }
}
