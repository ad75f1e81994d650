//! What a run tells while it goes on, and at its end.

use serde::Serialize;

/// A step of a run.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A phase begins.
    Phase {
        /// Its name.
        name: String,
        /// How many steps it has.
        steps: u64,
    },
    /// One MPP is through a phase.
    Step {
        /// Code of the MPP.
        mpp: String,
        /// What happened: `closed`, `unchanged`, `rendered`, `empty`, `rejected`.
        outcome: &'static str,
    },
    /// One MPP could not be done; the others go on.
    Rejected {
        /// Code of the MPP.
        mpp: String,
        /// Why.
        reason: String,
    },
}

impl Event {
    /// As one line of JSON.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct BatchReport {
    /// The periods it was about.
    pub periods: Vec<String>,
    /// MPPs closed by this run.
    pub closed: u64,
    /// Of those, MPPs without a single response; they get no documents.
    pub empty: u64,
    /// MPPs that were closed before.
    pub unchanged: u64,
    /// Reports rendered.
    pub rendered: u64,
    /// National reports rendered.
    pub national: u64,
    /// National snapshots frozen.
    pub snapshots: u64,
    /// Mails put into the outbox.
    pub queued: u64,
    /// Mails sent.
    pub sent: u64,
    /// Mails the server refused for good.
    pub failed: u64,
    /// What could not be done: code of the MPP and reason.
    pub rejected: Vec<(String, String)>,
}

impl BatchReport {
    /// For a person.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        if self.periods.is_empty() {
            return vec!["nothing is due".to_owned()];
        }
        let mut lines = vec![
            format!("period {}", self.periods.join(", ")),
            format!("closed {} ({} without responses), unchanged {}", self.closed, self.empty, self.unchanged),
            format!("snapshots {}, reports {}, national reports {}", self.snapshots, self.rendered, self.national),
            format!("mail queued {}, sent {}, failed {}", self.queued, self.sent, self.failed),
        ];
        lines.extend(self.rejected.iter().map(|(mpp, reason)| format!("rejected {mpp}: {reason}")));
        lines
    }
}
