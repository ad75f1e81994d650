//! Responses: storing, streaming, withdrawing, counting.

mod counts;
mod spending;
mod store;
mod stream;
mod withdraw;

use chrono::{DateTime, Utc};
use suara_domain::element::Answers;
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_domain::respondent::{Channel, Mode, Profile};
use uuid::Uuid;

use crate::codes::codes;
use crate::error::StorageError;
use crate::ids::{CounterId, InstrumentId, MppId, ServiceId};
use crate::visit_tokens::VisitTicket;

pub use counts::{Counts, DayCount, counts, counts_of, daily_counts, last_before};
pub(crate) use spending::lock_tickets;
pub use store::{Imported, insert_batch};
pub(crate) use store::{Stored, WhenClosed, store};
pub(crate) use stream::answers;
pub use stream::{Filter, ResponseRow, for_each, ids};
pub use withdraw::{Withdrawal, withdraw};

/// A valid response whose MPP, service and counter are known, ready to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewResponse {
    /// Identity; the same id is the same response.
    pub id: Uuid,
    /// MPP.
    pub mpp: MppId,
    /// Service of that MPP; `None` for the MPP as a whole.
    pub service: Option<ServiceId>,
    /// Counter of that MPP.
    pub counter: Option<CounterId>,
    /// The period of `filled_at` in the zone of the MPP.
    pub period: Period,
    /// When it counts as given.
    pub filled_at: DateTime<Utc>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// Channel as given; `None` means that of the service.
    pub channel: Option<Channel>,
    /// Mode.
    pub mode: Mode,
    /// The answers.
    pub answers: Answers,
    /// The profile.
    pub profile: Profile,
    /// Seconds taken.
    pub duration_s: Option<i32>,
    /// Language of the page.
    pub language: Option<Language>,
    /// Came with a valid visit token, as a file says it. Where there is a ticket, the ticket decides.
    pub verified: bool,
    /// The visit token it came with. Its response is verified if nobody used it before.
    pub visit: Option<VisitTicket>,
    /// Came with the signed code of its counter.
    pub counter_signed: bool,
    /// What the page calls the device today. Hashed before it is stored, and apart from the response.
    pub device_marker: Option<String>,
    /// Quality flags as a bit set.
    pub flags: i32,
    /// `Submission::content_hash`: what makes two posts of one id the same response.
    pub content_hash: [u8; 16],
    /// The questionnaire that was answered.
    pub instrument: InstrumentId,
    /// Comment, already masked.
    pub comment: Option<String>,
}

/// What became of a stored response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It counts.
    Accepted,
    /// It came after its period was closed: listed, outside the figures.
    Late,
    /// The person took it back; only the id is left.
    Withdrawn,
}

codes! {
    State { Accepted = 1, Late = 2, Withdrawn = 3 }
}

/// The UUID in 16 stored bytes.
pub(crate) fn uuid(bytes: &[u8]) -> Result<Uuid, StorageError> {
    Uuid::from_slice(bytes).map_err(|error| StorageError::corrupt("an id of 16 bytes", error))
}

/// The period behind a stored number.
pub(crate) fn period(number: i32) -> Result<Period, StorageError> {
    Period::from_number(number).ok_or_else(|| StorageError::corrupt("a period", number))
}
