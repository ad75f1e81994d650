//! A report to send, and an outbox in memory.

use chrono::{DateTime, TimeDelta, Utc};
use suara::mail::address::Correspondent;
use suara::mail::dispatch::{Attempt, Claim, Decision, Outbox};
use suara::mail::message::{OutgoingMail, SIZE_LIMIT};
use suara::mail::report::{Figures, ReportMail, message_id};
use suara_domain::element::Answers;
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_domain::tally::Tally;

pub const PUBLIC_URL: &str = "https://suara.example.go.id";

/// Everything a mail is made of, owned.
#[derive(Clone)]
pub struct Report {
    pub recipient: Correspondent,
    pub language: Language,
    pub mpp_name: String,
    pub revision: u32,
    pub pdf: Vec<u8>,
    pub xlsx: Vec<u8>,
}

impl Report {
    /// A report for Kampar to this recipient, in Indonesian. The "files" hold every byte, so that a wrong encoding
    /// cannot hide.
    pub fn to(address: &str, name: &str) -> Self {
        let every_byte: Vec<u8> = (0..=u8::MAX).cycle().take(4000).collect();
        Self {
            recipient: Correspondent::new(address, name).unwrap(),
            language: Language::Indonesian,
            mpp_name: "MPP Kabupaten Kampar".to_owned(),
            revision: 1,
            pdf: [b"%PDF-1.7\r\n.\r\n", every_byte.as_slice()].concat(),
            xlsx: [b"PK\x03\x04", every_byte.as_slice()].concat(),
        }
    }

    pub fn compose(&self) -> OutgoingMail {
        self.compose_within(SIZE_LIMIT)
    }

    pub fn compose_within(&self, size_limit: usize) -> OutgoingMail {
        let mpp = MppCode::parse("kab-kampar").unwrap();
        let period = Period::parse("2026-S1").unwrap();
        let mail = ReportMail {
            message_id: &message_id(&mpp, period, self.revision, self.recipient.address(), PUBLIC_URL),
            sender: &Correspondent::parse("Suara Kampar <suara@kampar.go.id>").unwrap(),
            recipient: &self.recipient,
            language: self.language,
            mpp: &mpp,
            mpp_name: &self.mpp_name,
            period,
            revision: self.revision,
            date: "2026-07-15T03:00:00Z".parse().unwrap(),
            figures: Figures::of(&tally(), Some(5000)).unwrap(),
            link: "https://suara.example.go.id/mpp/kab-kampar",
            pdf: &self.pdf,
            xlsx: &self.xlsx,
        };
        OutgoingMail::compose(&mail, size_limit).unwrap()
    }
}

/// 1 200 responses: all elements 4 or 3 but waktu (3, 2), pengaduan and sarana (3).
fn tally() -> Tally {
    let mut tally = Tally::default();
    tally.add(&Answers::from_digits([4, 4, 3, 4, 4, 4, 4, 3, 3]).unwrap(), 700);
    tally.add(&Answers::from_digits([3, 4, 2, 4, 3, 4, 4, 3, 3]).unwrap(), 500);
    tally
}

/// A mail in the outbox and its ledger.
pub struct Waiting {
    pub report: Result<Report, String>,
    pub due: DateTime<Utc>,
    pub attempts: u32,
    pub open: bool,
    pub ledger: Vec<Attempt>,
}

/// An outbox in memory that keeps to the rules of the trait.
#[derive(Default)]
pub struct MemoryOutbox(pub Vec<Waiting>);

impl MemoryOutbox {
    pub fn of(reports: Vec<Report>, due: DateTime<Utc>) -> Self {
        let waiting = |report| Waiting { report: Ok(report), due, attempts: 0, open: true, ledger: Vec::new() };
        Self(reports.into_iter().map(waiting).collect())
    }

    pub fn outcomes(&self) -> Vec<&'static str> {
        let outcome = |waiting: &Waiting| match waiting.ledger.last().map(|attempt| &attempt.decision) {
            None => "untried",
            Some(Decision::Sent) => "sent",
            Some(Decision::Retry { .. }) => "retry",
            Some(Decision::Postpone { .. }) => "postponed",
            Some(Decision::Fail { .. }) => "failed",
        };
        self.0.iter().map(outcome).collect()
    }

    /// The reason of the last attempt of one mail.
    pub fn reason(&self, index: usize) -> &str {
        self.0[index].ledger.last().and_then(|attempt| attempt.decision.reason()).unwrap_or_default()
    }

    /// How long one mail is to wait after its last attempt.
    pub fn wait(&self, index: usize) -> TimeDelta {
        self.0[index].due - self.0[index].ledger.last().unwrap().at
    }
}

impl Outbox for MemoryOutbox {
    type Ticket = usize;
    type Error = std::convert::Infallible;

    fn claim(&mut self, _now: DateTime<Utc>, due_by: DateTime<Utc>) -> Result<Option<Claim<usize>>, Self::Error> {
        let due = |(_, waiting): &(usize, &Waiting)| waiting.open && waiting.due <= due_by;
        let next = self.0.iter().enumerate().filter(due).min_by_key(|(_, waiting)| waiting.due);
        let claim = |(ticket, waiting): (usize, &Waiting)| Claim {
            ticket,
            attempts: waiting.attempts,
            message_id: ticket.to_string(),
        };
        Ok(next.map(claim))
    }

    fn load(&mut self, claim: &Claim<usize>) -> Result<Result<OutgoingMail, String>, Self::Error> {
        Ok(self.0[claim.ticket].report.as_ref().map(Report::compose).map_err(Clone::clone))
    }

    fn record(&mut self, claim: &Claim<usize>, attempt: &Attempt) -> Result<(), Self::Error> {
        let waiting = &mut self.0[claim.ticket];
        match &attempt.decision {
            Decision::Sent => waiting.open = false,
            Decision::Retry { at, .. } => {
                waiting.due = *at;
                waiting.attempts += 1;
            }
            Decision::Postpone { at, .. } => waiting.due = *at,
            Decision::Fail { .. } => {
                waiting.open = false;
                waiting.attempts += 1;
            }
        }
        waiting.ledger.push(attempt.clone());
        Ok(())
    }
}
