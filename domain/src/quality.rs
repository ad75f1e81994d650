//! Is the data honest? Flags for responses that look careless or machine-made (STATISTICS 8). A flag never refuses or
//! removes a response: the report prints the index with and without the flagged ones.
//!
//! Whether a response stands alone or in a crowd is known only when its hour is over. An [`Inspection`] therefore reads
//! the responses of one MPP once, in the order of time, and hands each one back as soon as nothing that may still come
//! can change its flags. It keeps one hour of responses and four weeks of counts per counter, however many it reads.
//!
//! What says something about a whole MPP, and nothing about a single response, is no flag: [`Hurry`], [`EqualAnswers`]
//! and [`StraightLines`] count it while the responses go by.

mod burst;
mod equal;
mod flags;
mod hurry;
mod repetition;
mod runs;

use std::collections::VecDeque;
use std::vec::Drain;

use chrono::{DateTime, TimeDelta, Utc};

use self::burst::Bursts;
pub use self::equal::{EqualAnswers, Share};
pub use self::flags::{Flag, Flags};
pub use self::hurry::Hurry;
use self::repetition::{Key, Repetitions};
pub use self::runs::{StraightLine, StraightLines};
use crate::element::Answers;
use crate::period::TimeZone;
use crate::respondent::Mode;

/// An inspection has to begin so many local days before the first response whose flags are wanted: what is usual at a
/// counter is taken from them.
pub const LOOK_BACK_DAYS: i64 = 28;
/// Equal responses are a repetition if the first and the last are at most this far apart. An inspection has to go on
/// for as long after the last response whose flags are wanted.
pub const WINDOW_MINUTES: i64 = 60;
/// A response that arrives later than this after it was filled in has waited on the device: it comes from the offline
/// queue. Sending takes seconds, and a clock that is wrong by more is rare; nothing in a stored row says it better.
pub const OFFLINE_AFTER_MINUTES: i64 = 5;
/// Nobody reads and answers a question in less time than this.
const SECONDS_PER_ANSWER: usize = 1;

/// Whether a response has waited in the offline queue of a device.
#[must_use]
pub fn from_offline_queue(filled_at: DateTime<Utc>, received_at: DateTime<Utc>) -> bool {
    received_at - filled_at > TimeDelta::minutes(OFFLINE_AFTER_MINUTES)
}

/// What the rules look at in one response.
#[derive(Clone, Debug)]
pub struct Observation<'a> {
    /// When it counts as filled in.
    pub filled_at: DateTime<Utc>,
    /// Name of the counter; all responses without one are a group of their own.
    pub counter: Option<&'a str>,
    /// How the answers were given.
    pub mode: Mode,
    /// The answers.
    pub answers: Answers,
    /// The comment as it is stored.
    pub comment: Option<&'a str>,
    /// Whole seconds from opening the page to sending it, rounded down.
    pub duration_s: Option<i32>,
    /// The duration was measured by the server, not claimed by a device or an imported file.
    pub server_measured: bool,
    /// See [`from_offline_queue`].
    pub offline_queue: bool,
    /// The flags that are stored with it. Only [`Flags::AT_RECEIPT`] are taken over, the others are found anew.
    pub stored: Flags,
}

/// Inspects the responses of one MPP; `T` is whatever the caller knows a response by.
///
/// ```
/// # use suara_domain::quality::{Inspection, Observation};
/// # fn inspect<'a>(rows: impl Iterator<Item = (u64, Observation<'a>)>) {
/// let mut inspection = Inspection::new(suara_domain::period::TimeZone::Jakarta);
/// let mut flagged = 0;
/// for (id, observation) in rows {
///     flagged += inspection.push(id, &observation).filter(|(_, flags)| !flags.is_empty()).count();
/// }
/// flagged += inspection.finish().filter(|(_, flags)| !flags.is_empty()).count();
/// # }
/// ```
#[derive(Debug)]
pub struct Inspection<T> {
    repetitions: Repetitions,
    bursts: Bursts,
    /// The responses of the last hour, the oldest first.
    pending: VecDeque<Pending<T>>,
    /// How many responses have left `pending`, which is also the number of its first one.
    left: usize,
    /// Left `pending` and not handed back yet.
    settled: Vec<(T, Flags)>,
}

/// A response whose flags may still change.
#[derive(Debug)]
struct Pending<T> {
    response: T,
    filled_at: DateTime<Utc>,
    flags: Flags,
    repetition: Option<Key>,
}

impl<T> Inspection<T> {
    /// Nothing read yet. Ten-minute slots and days are those of `zone`.
    #[must_use]
    pub fn new(zone: TimeZone) -> Self {
        Self {
            repetitions: Repetitions::default(),
            bursts: Bursts::new(zone),
            pending: VecDeque::new(),
            left: 0,
            settled: Vec::new(),
        }
    }

    /// Takes the next response, which must not be older than the one before (equal times may come in any order).
    /// Hands back the responses whose flags are final now, in the order in which they were pushed.
    #[must_use = "the responses that are handed back are handed back once"]
    pub fn push(&mut self, response: T, observation: &Observation<'_>) -> Drain<'_, (T, Flags)> {
        let filled_at = observation.filled_at;
        let burst = self.bursts.advance(filled_at);
        self.set(Flag::Burst, burst);
        self.settle_before(filled_at - TimeDelta::minutes(WINDOW_MINUTES));
        let number = self.left + self.pending.len();
        let repetition = repetition::key(observation);
        self.pending.push_back(Pending { response, filled_at, flags: alone(observation), repetition });
        if let Some(key) = repetition {
            let repeated = self.repetitions.add(key, number);
            self.set(Flag::Repetition, repeated);
        }
        self.bursts.add(observation, number);
        self.settled.drain(..)
    }

    /// Nothing more comes: hands back the rest, in the order in which it was pushed.
    pub fn finish(mut self) -> impl Iterator<Item = (T, Flags)> {
        let burst = self.bursts.close_slot();
        self.set(Flag::Burst, burst);
        self.pending.into_iter().map(|pending| (pending.response, pending.flags))
    }

    /// Flags the pending responses with these numbers.
    fn set(&mut self, flag: Flag, numbers: Vec<usize>) {
        for number in numbers {
            if let Some(pending) = number.checked_sub(self.left).and_then(|place| self.pending.get_mut(place)) {
                pending.flags = pending.flags.with(flag);
            }
        }
    }

    /// Lets go of what no rule reaches any more. A slot is shorter than the window, so the window decides.
    fn settle_before(&mut self, oldest: DateTime<Utc>) {
        while let Some(pending) = self.pending.pop_front_if(|pending| pending.filled_at < oldest) {
            if let Some(key) = pending.repetition {
                self.repetitions.forget_oldest(&key);
            }
            self.left += 1;
            self.settled.push((pending.response, pending.flags));
        }
    }
}

/// The flags that need no other response.
fn alone(observation: &Observation<'_>) -> Flags {
    let flags = observation.stored.and(Flags::AT_RECEIPT);
    if is_too_fast(observation) { flags.with(Flag::TooFast) } else { flags }
}

/// Paper is typed in by an officer, and a duration that a device or a file claims proves nothing.
fn is_too_fast(observation: &Observation<'_>) -> bool {
    let shortest = observation.answers.answered() * SECONDS_PER_ANSWER;
    let seconds = observation.duration_s.and_then(|seconds| usize::try_from(seconds).ok());
    observation.server_measured && observation.mode != Mode::Paper && seconds.is_some_and(|seconds| seconds < shortest)
}
