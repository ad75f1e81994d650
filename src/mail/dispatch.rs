//! Working off the outbox: what to send, what to try again and when, what to give up.

use chrono::{DateTime, TimeDelta, Utc};

use super::address::Correspondent;
use super::message::OutgoingMail;
use super::transport::{SendError, Stage, Transport};
use crate::clock::Clock;

/// Waiting times before the 2nd, 3rd, … attempt, in minutes; the last one repeats.
const BACK_OFF_MINUTES: [i64; 5] = [1, 5, 15, 60, 240];
/// After this many attempts that got as far as the message itself, a mail is given up.
pub const MAX_ATTEMPTS: u32 = 8;
/// How long a mail waits that could not even be tried because of the server or the disk.
const POSTPONED_MINUTES: i64 = 1;
/// After this many mails in a row to which the server said nothing, the others need not wait for it too.
const SILENT_IN_A_ROW: u32 = 3;

/// What is to become of a mail after an attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// The other side has it.
    Sent,
    /// Try again at `at`; counts as an attempt of this mail.
    Retry {
        /// Not before.
        at: DateTime<Utc>,
        /// What happened.
        reason: String,
    },
    /// The server (or the disk) is in trouble, whatever the mail: try again at `at`, without counting it, so that a
    /// long outage costs no mail.
    Postpone {
        /// Not before.
        at: DateTime<Utc>,
        /// What happened.
        reason: String,
    },
    /// Given up.
    Fail {
        /// What happened.
        reason: String,
    },
}

impl Decision {
    /// What happened; `None` for a mail that was sent.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Sent => None,
            Self::Retry { reason, .. } | Self::Postpone { reason, .. } | Self::Fail { reason } => Some(reason),
        }
    }
}

/// What becomes of a mail that had `attempts` counted attempts before this one.
///
/// A permanent refusal (5xx) of recipient or message ends this mail. What the server refuses to everybody (login,
/// sender), does not answer, or the disk does not take, is postponed. Everything else (4xx, silence, a connection
/// dropped in the middle of the message) is tried again after 1, 5, 15, 60 and then every 240 minutes.
#[must_use]
pub fn decide(result: &Result<(), SendError>, attempts: u32, now: DateTime<Utc>) -> Decision {
    let Err(error) = result else { return Decision::Sent };
    let reason = error.to_string();
    match (error.stage(), error.reply()) {
        (Stage::Connect | Stage::Login | Stage::Sender | Stage::Store, _) => {
            Decision::Postpone { at: now + TimeDelta::minutes(POSTPONED_MINUTES), reason }
        }
        (Stage::Recipient | Stage::Content, Some(500..)) => Decision::Fail { reason },
        (Stage::Recipient | Stage::Content, _) => try_again(reason, attempts, now),
    }
}

fn try_again(reason: String, attempts: u32, now: DateTime<Utc>) -> Decision {
    if attempts + 1 >= MAX_ATTEMPTS {
        return Decision::Fail { reason: format!("given up after {MAX_ATTEMPTS} attempts: {reason}") };
    }
    let step = usize::try_from(attempts).unwrap_or(usize::MAX).min(BACK_OFF_MINUTES.len() - 1);
    Decision::Retry { at: now + TimeDelta::minutes(BACK_OFF_MINUTES[step]), reason }
}

/// A mail taken from the outbox for one attempt.
#[derive(Clone, Debug)]
pub struct Claim<T> {
    /// What the outbox knows it by.
    pub ticket: T,
    /// Counted attempts so far.
    pub attempts: u32,
    /// Message-ID without brackets.
    pub message_id: String,
}

/// One attempt, for the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// When.
    pub at: DateTime<Utc>,
    /// With what result.
    pub decision: Decision,
}

/// Where mails wait. Every method is a short transaction of its own.
pub trait Outbox {
    /// What identifies a mail.
    type Ticket;
    /// Why the outbox does not work.
    type Error;

    /// Takes, under a lease that begins at `now`, one mail that is due at `due_by`, the longest due first; `None` if
    /// there is none. Two drains never hold the same mail.
    ///
    /// # Errors
    /// The outbox cannot be read or written.
    fn claim(&mut self, now: DateTime<Utc>, due_by: DateTime<Utc>) -> Result<Option<Claim<Self::Ticket>>, Self::Error>;

    /// Sets the mail. An inner `Err` says why it cannot be set now, for example because the report's file is missing;
    /// the mail is tried again later like one that the server refused for now.
    ///
    /// # Errors
    /// The outbox cannot be read.
    fn load(&mut self, claim: &Claim<Self::Ticket>) -> Result<Result<OutgoingMail, String>, Self::Error>;

    /// Writes the attempt into the ledger and the decision into the mail, and ends the lease. Only `Retry` and `Fail`
    /// count as attempts.
    ///
    /// # Errors
    /// The outbox cannot be written.
    fn record(&mut self, claim: &Claim<Self::Ticket>, attempt: &Attempt) -> Result<(), Self::Error>;
}

/// What a drain did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Mails that left.
    pub sent: u64,
    /// Mails that wait for another attempt.
    pub waiting: u64,
    /// Mails that were given up.
    pub failed: u64,
    /// Why the drain ended before the outbox was empty.
    pub stopped: Option<String>,
}

/// Sends what is due when the drain begins, one mail after the other; what fails is due later and is left for the next
/// drain. Ends early when the server is in trouble, so that hundreds of mails need not wait for it one by one.
/// `progress` is told after every attempt.
///
/// At least once: if the process dies between the server's 250 and the ledger, the mail is repeated, with the same
/// Message-ID.
///
/// # Errors
/// The outbox does not work.
pub fn drain<O: Outbox>(
    outbox: &mut O,
    transport: &Transport,
    clock: &dyn Clock,
    progress: &mut dyn FnMut(&Drained),
) -> Result<Drained, O::Error> {
    let due_by = clock.now();
    let mut drained = Drained::default();
    let mut silent = 0;
    while drained.stopped.is_none() {
        let Some(claim) = outbox.claim(clock.now(), due_by)? else { break };
        let (decision, answered) = match outbox.load(&claim)? {
            Ok(mail) => attempt(&mail, transport, claim.attempts, clock),
            Err(reason) => {
                tracing::warn!(mail.message_id = %claim.message_id, mail.reason = %reason, "mail cannot be set");
                (try_again(reason, claim.attempts, clock.now()), true)
            }
        };
        outbox.record(&claim, &Attempt { at: clock.now(), decision: decision.clone() })?;
        silent = if answered { 0 } else { silent + 1 };
        count(&mut drained, decision, silent);
        progress(&drained);
    }
    Ok(drained)
}

/// The decision, and whether the other side said anything.
fn attempt(mail: &OutgoingMail, transport: &Transport, attempts: u32, clock: &dyn Clock) -> (Decision, bool) {
    let result = transport.send(mail);
    let answered = result.as_ref().err().is_none_or(|error| error.reply().is_some());
    let decision = decide(&result, attempts, clock.now());
    log(mail.recipient(), mail.message_id(), &decision);
    (decision, answered)
}

fn count(drained: &mut Drained, decision: Decision, silent: u32) {
    match decision {
        Decision::Sent => drained.sent += 1,
        Decision::Fail { .. } => drained.failed += 1,
        Decision::Retry { reason, .. } => {
            drained.waiting += 1;
            drained.stopped = (silent >= SILENT_IN_A_ROW).then_some(reason);
        }
        Decision::Postpone { reason, .. } => {
            drained.waiting += 1;
            drained.stopped = Some(reason);
        }
    }
}

/// Servers like to repeat the address in their refusals; the ledger may have it, the log may not.
fn log(recipient: &Correspondent, message_id: &str, decision: &Decision) {
    let masked = recipient.to_string();
    let reason = decision.reason().map(|reason| reason.replace(recipient.address(), &masked));
    match (decision, reason) {
        (Decision::Fail { .. }, Some(reason)) => {
            tracing::error!(mail.recipient = %masked, mail.message_id = %message_id, mail.reason = %reason, "mail given up");
        }
        (_, Some(reason)) => {
            tracing::warn!(mail.recipient = %masked, mail.message_id = %message_id, mail.reason = %reason, "mail not sent yet");
        }
        (_, None) => tracing::info!(mail.recipient = %masked, mail.message_id = %message_id, "mail sent"),
    }
}
