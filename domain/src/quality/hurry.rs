//! Hurry: so many of an MPP's responses came fast that the way they were asked should be looked at.

use std::ops::AddAssign;

use super::Observation;
use crate::respondent::Mode;

/// Faster than so many seconds per answer is hasty for a reader, though not impossible.
const HASTY_SECONDS_PER_ANSWER: usize = 2;
/// An MPP with more than one hasty response in so many is looked at: 5 %.
const ALERT_ABOVE_ONE_IN: u64 = 20;

/// How many of an MPP's web responses were filled in hastily. Only durations that the server measured count: what a
/// device or a file claims proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hurry {
    /// Web responses whose duration the server measured.
    pub measured: u64,
    /// Those of them that took less than two seconds per answer.
    pub hasty: u64,
}

impl Hurry {
    /// Takes a response; the order does not matter.
    pub fn add(&mut self, observation: &Observation<'_>) {
        let seconds = observation.duration_s.and_then(|seconds| usize::try_from(seconds).ok());
        let Some(seconds) = seconds.filter(|_| observation.mode == Mode::Web && observation.server_measured) else {
            return;
        };
        self.measured += 1;
        self.hasty += u64::from(seconds < observation.answers.answered() * HASTY_SECONDS_PER_ANSWER);
    }

    /// Share of hasty responses, 0 to 1; `None` if no duration was measured.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.measured > 0).then(|| self.hasty as f64 / self.measured as f64)
    }

    /// Whether the MPP should be looked at: more than 5 % were hasty.
    #[must_use]
    pub const fn is_alert(&self) -> bool {
        self.hasty * ALERT_ABOVE_ONE_IN > self.measured
    }
}

impl AddAssign<&Hurry> for Hurry {
    fn add_assign(&mut self, other: &Hurry) {
        self.measured += other.measured;
        self.hasty += other.hasty;
    }
}
