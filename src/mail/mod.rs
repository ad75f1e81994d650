//! Mail: what a report's mail says, how it leaves, and what becomes of a failure.
//!
//! [`report::ReportMail`] is turned into an [`message::OutgoingMail`], a [`transport::Transport`] sends it, and
//! [`dispatch::drain`] works off an outbox: every mail is an SMTP transaction of its own, every attempt is recorded.

pub mod address;
pub mod dispatch;
pub mod message;
pub mod national;
pub mod report;
pub mod smtp;
pub mod transport;
mod wording;
