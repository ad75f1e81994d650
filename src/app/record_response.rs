//! Recording one response: from raw fields to a durable row and a receipt.

use std::sync::Arc;

use suara_domain::period::Period;
use suara_domain::quality::Flag;
use suara_domain::respondent::UNDER_17;
use suara_domain::response::{FieldError, FieldProblem, RawResponse, Source, Submission};
use suara_storage::ServiceId;
use suara_storage::ingest::{IngestError, Outcome};
use suara_storage::responses::NewResponse;
use uuid::Uuid;

use super::App;
use super::directory::Mpp;
use super::receipt::Receipt;

/// What became of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordStatus {
    /// Stored, and it counts.
    Recorded,
    /// It was there before, with the same content.
    AlreadyRecorded,
    /// Stored after its period was closed: outside the figures.
    Late,
    /// The person is under 17: thanked, nothing stored.
    NotRecorded,
}

/// A response that was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its id.
    pub id: Option<Uuid>,
    /// Its receipt; `None` if nothing was stored.
    pub receipt: Option<Receipt>,
    /// What became of it.
    pub status: RecordStatus,
    /// Whether it came after the closing of its period, now or the first time.
    pub late: bool,
}

/// Why a response was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// These fields are wrong.
    #[error("{} fields are wrong", .0.len())]
    Invalid(Vec<FieldError>),
    /// The id is there already, with other content.
    #[error("the id is there already, with other content")]
    Conflict,
    /// The id was taken back.
    #[error("the response was withdrawn")]
    Withdrawn,
    /// More arrives than can be stored.
    #[error("too many responses wait to be stored")]
    Busy,
    /// The database cannot be reached, or refuses the row.
    #[error("the response cannot be stored")]
    Unavailable,
}

/// A valid response with what it names.
#[derive(Debug)]
pub struct Checked {
    submission: Submission,
    mpp: Arc<Mpp>,
    service: Option<ServiceId>,
}

impl App {
    /// Reads raw fields and looks up what they name.
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the form.
    pub fn check(&self, raw: &RawResponse) -> Result<Checked, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mpp = given(raw.mpp.as_deref()).map(|code| self.mpp_named(code));
        if let (Some(code), Some(None)) = (given(raw.mpp.as_deref()), &mpp) {
            errors.push(FieldError { field: "mpp", problem: FieldProblem::UnknownMpp(shortened(code)) });
        }
        let mpp = mpp.flatten();
        let service = given(raw.service.as_deref()).zip(mpp.as_deref()).map(|(code, mpp)| (code, mpp.service(code)));
        if let Some((code, None)) = service {
            errors.push(FieldError { field: "service", problem: FieldProblem::UnknownService(shortened(code)) });
        }
        let service = service.and_then(|(_, service)| service).map(|service| service.id);
        match (Submission::parse(raw, Source::Http), mpp) {
            (Ok(submission), Some(mpp)) if errors.is_empty() => Ok(Checked { submission, mpp, service }),
            (Ok(_), _) => Err(errors),
            (Err(parsed), _) => Err(merged(parsed, errors)),
        }
    }

    /// Records a response; returns when it is durable.
    ///
    /// # Errors
    /// See [`RecordError`]; after [`RecordError::Unavailable`] the same id can be sent again safely.
    pub async fn record_response(&self, raw: &RawResponse) -> Result<Recorded, RecordError> {
        let received_at = self.clock().now();
        let checked = match self.check(raw) {
            Ok(checked) => checked,
            Err(errors) if is_minor(raw) && errors.iter().all(|error| !matches!(error.field, "id" | "mpp")) => {
                return Ok(not_recorded(given(raw.id.as_deref()).and_then(|id| Uuid::try_parse(id).ok())));
            }
            Err(errors) => return Err(RecordError::Invalid(errors)),
        };
        if checked.submission.under_17 {
            return Ok(not_recorded(Some(checked.submission.id)));
        }
        let response = self.response(checked, received_at);
        let id = response.id;
        let (status, late) = match self.writer().submit(response).await {
            Ok(Outcome::Recorded) => (RecordStatus::Recorded, false),
            Ok(Outcome::Late) => (RecordStatus::Late, true),
            Ok(Outcome::AlreadyRecorded { late }) => (RecordStatus::AlreadyRecorded, late),
            Ok(Outcome::Conflict) => return Err(RecordError::Conflict),
            Ok(Outcome::Withdrawn) => return Err(RecordError::Withdrawn),
            Err(IngestError::Busy) => return Err(RecordError::Busy),
            Err(IngestError::Unavailable(_)) => return Err(RecordError::Unavailable),
            Err(IngestError::Rejected(reason)) => {
                tracing::error!(ingest.reason = reason, "the database refused a valid response");
                return Err(RecordError::Unavailable);
            }
        };
        Ok(Recorded { id: Some(id), receipt: Some(self.receipts().receipt(id)), status, late })
    }

    fn response(&self, checked: Checked, received_at: chrono::DateTime<chrono::Utc>) -> NewResponse {
        let Checked { submission, mpp, service } = checked;
        let (filled_at, clock_was_off) = submission.settled_time(received_at);
        // A counter that was renamed since the poster was printed is no reason to refuse an answer.
        let counter = submission.counter.as_deref().and_then(|name| Some((name, mpp.counter(name)?)));
        let signed = counter.zip(submission.counter_code.as_deref());
        NewResponse {
            id: submission.id,
            mpp: mpp.id,
            service,
            counter: counter.map(|(_, id)| id),
            period: Period::containing(filled_at, mpp.zone),
            filled_at,
            received_at,
            content_hash: submission.content_hash(),
            channel: submission.channel,
            mode: submission.mode,
            answers: submission.answers,
            profile: submission.profile,
            duration_s: submission.duration_s,
            language: submission.language,
            // Only a token verifies; whether it is still unused is seen when it is stored.
            verified: false,
            visit: self.ticket(&mpp, submission.token.as_deref(), filled_at),
            counter_signed: signed.is_some_and(|((name, _), code)| self.counters().fits(&mpp.code, name, code)),
            device_marker: submission.device_marker,
            flags: if clock_was_off { i32::from(Flag::Clock.bit()) } else { 0 },
            instrument: self.instrument(),
            comment: submission.comment,
        }
    }
}

const fn not_recorded(id: Option<Uuid>) -> Recorded {
    Recorded { id, receipt: None, status: RecordStatus::NotRecorded, late: false }
}

fn given(raw: Option<&str>) -> Option<&str> {
    raw.map(str::trim).filter(|text| !text.is_empty())
}

/// A child is thanked whatever else is missing: nobody asks it for more.
fn is_minor(raw: &RawResponse) -> bool {
    given(raw.age_band.as_deref()) == Some(UNDER_17)
}

fn shortened(text: &str) -> String {
    text.chars().take(40).filter(|character| !character.is_control()).collect()
}

/// Both lists; where a field is in both, the parser's error says more.
fn merged(parsed: Vec<FieldError>, looked_up: Vec<FieldError>) -> Vec<FieldError> {
    let mut errors = parsed;
    for error in looked_up {
        if errors.iter().all(|known| known.field != error.field) {
            // What is looked up belongs before the answers, after the id.
            let place = errors.iter().take_while(|known| matches!(known.field, "id" | "mpp")).count();
            errors.insert(place, error);
        }
    }
    errors
}
