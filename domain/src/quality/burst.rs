//! Burst: far more responses at one counter in ten minutes than people can have stood there.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Utc};

use super::{LOOK_BACK_DAYS, Observation};
use crate::distribution::poisson_tail;
use crate::period::TimeZone;
use crate::respondent::Mode;

const SLOT_SECONDS: i64 = 600;
const SLOTS_PER_DAY: i64 = 86_400 / SLOT_SECONDS;
/// Fewer responses in a slot are never a burst, however quiet the counter was before.
const BURST_FROM: usize = 15;
/// A slot with so many responses or more happens less often than once in a million.
const BURST_BELOW: f64 = 1e-6;
/// A counter without a past, or with a very quiet one, is expected to have at least so many responses per slot.
const LOWEST_RATE: f64 = 0.25;

/// The traffic of every counter of one MPP.
#[derive(Debug)]
pub(super) struct Bursts {
    zone: TimeZone,
    /// By name of the counter; what came without one is a group of its own under the empty name.
    counters: BTreeMap<String, Counter>,
    /// The slot that is being filled, counted from 1970 on the wall clock of the MPP.
    slot: i64,
}

#[derive(Debug, Default)]
struct Counter {
    /// The days with responses, the oldest first, none older than the look-back.
    days: VecDeque<Day>,
    /// Numbers of the responses in the present slot that may belong to a burst.
    members: Vec<usize>,
}

#[derive(Debug)]
struct Day {
    date: i64,
    first_slot: i64,
    last_slot: i64,
    responses: i64,
}

impl Bursts {
    pub(super) const fn new(zone: TimeZone) -> Self {
        Self { zone, counters: BTreeMap::new(), slot: i64::MIN }
    }

    /// Goes on to the slot of this instant. Returns the responses of the slot before that belong to a burst.
    pub(super) fn advance(&mut self, instant: DateTime<Utc>) -> Vec<usize> {
        let slot = self.zone.local(instant).naive_local().and_utc().timestamp().div_euclid(SLOT_SECONDS);
        if slot == self.slot {
            return Vec::new();
        }
        let burst = self.close_slot();
        self.slot = slot;
        burst
    }

    /// Judges the present slot as it is. Returns the responses that belong to a burst.
    pub(super) fn close_slot(&mut self) -> Vec<usize> {
        let date = self.slot.div_euclid(SLOTS_PER_DAY);
        let mut burst = Vec::new();
        for counter in self.counters.values_mut() {
            if counter.members.len() >= BURST_FROM
                && poisson_tail(counter.members.len() as u64, counter.rate_before(date)) < BURST_BELOW
            {
                burst.append(&mut counter.members);
            }
            counter.members.clear();
        }
        burst
    }

    /// Takes a response of the present slot. Paper does not count: its time is what an officer wrote down. What waited
    /// in the offline queue is part of a counter's usual traffic, but never of a burst.
    pub(super) fn add(&mut self, observation: &Observation<'_>, number: usize) {
        if observation.mode == Mode::Paper {
            return;
        }
        let name = observation.counter.unwrap_or_default();
        let counter = match self.counters.get_mut(name) {
            Some(counter) => counter,
            None => self.counters.entry(name.to_owned()).or_default(),
        };
        counter.count(self.slot);
        if !observation.offline_queue {
            counter.members.push(number);
        }
    }
}

impl Counter {
    fn count(&mut self, slot: i64) {
        let date = slot.div_euclid(SLOTS_PER_DAY);
        match self.days.back_mut() {
            Some(day) if day.date == date => {
                day.last_slot = slot;
                day.responses += 1;
            }
            _ => {
                self.days.retain(|day| day.date >= date - LOOK_BACK_DAYS);
                self.days.push_back(Day { date, first_slot: slot, last_slot: slot, responses: 1 });
            }
        }
    }

    /// Responses per open slot on the days of the look-back before `date`. A day is open from the slot of its first
    /// response to that of its last, both included.
    fn rate_before(&self, date: i64) -> f64 {
        let days = self.days.iter().filter(|day| (date - LOOK_BACK_DAYS..date).contains(&day.date));
        let (responses, open_slots) = days.fold((0, 0), |(responses, open_slots), day| {
            (responses + day.responses, open_slots + day.last_slot - day.first_slot + 1)
        });
        // Without any day 0 ÷ 0, which is not a number and loses against the lowest rate.
        f64::max(responses as f64 / open_slots as f64, LOWEST_RATE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counter(slots: &[i64]) -> Counter {
        let mut counter = Counter::default();
        for slot in slots {
            counter.count(*slot);
        }
        counter
    }

    #[test]
    fn the_rate_is_that_of_open_slots_in_four_weeks() {
        let exactly = |counter: &Counter, date: i64| (counter.rate_before(date) * 1_000.0).round();
        let day = SLOTS_PER_DAY;
        // Two responses in one slot; three from the first to the third slot of the next day.
        let usual = counter(&[50, 50, day + 50, day + 50, day + 52]);
        assert!((exactly(&usual, 2) - 1_250.0).abs() < 0.5, "5 responses in 4 slots");
        assert!((exactly(&usual, 1) - 2_000.0).abs() < 0.5, "a day does not count for itself");
        assert!((exactly(&usual, 28) - 1_250.0).abs() < 0.5, "the 28th day before");
        assert!((exactly(&usual, 29) - 1_000.0).abs() < 0.5, "the 29th is forgotten");
        assert!((exactly(&usual, 30) - 250.0).abs() < 0.5, "no past at all");
        assert!((exactly(&counter(&[0, 99]), 1) - 250.0).abs() < 0.5, "a very quiet one");
    }

    #[test]
    fn days_out_of_sight_are_let_go() {
        let busy = counter(&(0..200).map(|date| date * SLOTS_PER_DAY).collect::<Vec<_>>());
        assert_eq!(busy.days.len(), 29, "today and four weeks");
    }
}
