//! `POST /api/v1/responses`: one response, or up to a hundred.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::future::join_all;
use serde::Serialize;
use utoipa::ToSchema;

use super::openapi::ResponseInput;
use super::problem::{Kind, PROBLEM_JSON, Problem};
use super::wire::{self, Posted, WireError};
use crate::app::record_response::{RecordError, RecordStatus, Recorded};
use crate::web::body::{self, BodyError};
use crate::web::fields::{self, Arrived};
use crate::web::reply::{JSON, NO_STORE, Reply};
use crate::web::state::Web;

/// A response that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Accepted {
    /// Its id, in lower case.
    id: Option<String>,
    /// Its receipt, with which it can be withdrawn; null if nothing was stored.
    receipt: Option<String>,
    /// `recorded`, `already_recorded`, `late` or `not_recorded`.
    status: &'static str,
}

/// One item of the answer to a list.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(super) enum Item {
    Accepted {
        http_status: u16,
        #[serde(flatten)]
        accepted: Accepted,
    },
    Refused {
        id: Option<String>,
        http_status: u16,
        #[serde(flatten)]
        problem: Problem,
    },
}

/// Takes one response or a list.
#[utoipa::path(
    post,
    path = "/api/v1/responses",
    description = "Sends one response, or a list of up to 100. Safe to repeat with the same id.",
    request_body(content = ResponseInput, description = "One response (64 kB), or a list of up to 100 (1 MB)"),
    responses(
        (status = 201, description = "Stored: `recorded`, or `late` if its period is closed", body = Accepted),
        (status = 200, description = "Stored before (`already_recorded`), or thanked and not stored (`not_recorded`)", body = Accepted),
        (status = 207, description = "A list in the order of the items", body = [Item]),
        (status = 400, description = "`malformed_json`", body = Problem, content_type = PROBLEM_JSON),
        (status = 409, description = "`id_conflict`: stored with other content", body = Problem, content_type = PROBLEM_JSON),
        (status = 410, description = "`withdrawn`", body = Problem, content_type = PROBLEM_JSON),
        (status = 413, description = "`too_large`", body = Problem, content_type = PROBLEM_JSON),
        (status = 415, description = "`unsupported_media_type`", body = Problem, content_type = PROBLEM_JSON),
        (status = 422, description = "`invalid`, `unknown_mpp` or `unknown_service`, with every wrong field", body = Problem, content_type = PROBLEM_JSON),
        (status = 503, description = "`busy`: send the same again after `Retry-After`", body = Problem, content_type = PROBLEM_JSON),
    )
)]
pub(in crate::web) async fn responses(state: web::Data<Web>, request: HttpRequest, sent: body::Sent) -> HttpResponse {
    if !body::is_kind(&request, JSON) {
        return Problem::new(Kind::UnsupportedMediaType).send(&request);
    }
    let bytes = match sent.limited(body::ARRAY_LIMIT) {
        Ok(bytes) => bytes,
        Err(BodyError::TooLarge) => return Problem::new(Kind::TooLarge).send(&request),
        Err(BodyError::Broken) => return Problem::new(Kind::MalformedJson).send(&request),
    };
    match wire::parse(&bytes) {
        Ok(Posted::One(_)) if bytes.len() > body::SINGLE_LIMIT => Problem::new(Kind::TooLarge).send(&request),
        Ok(Posted::One(arrived)) => match record(&state, &arrived).await {
            Ok((status, accepted)) => reply(&request, status, &accepted),
            Err(problem) => problem.send(&request),
        },
        Ok(Posted::Many(items)) => {
            let items = join_all(items.iter().map(|arrived| item(&state, arrived))).await;
            reply(&request, StatusCode::MULTI_STATUS, &items)
        }
        Err(WireError::TooMany) => Problem::new(Kind::TooLarge).send(&request),
        Err(WireError::Malformed) => Problem::new(Kind::MalformedJson).send(&request),
    }
}

async fn item(state: &Web, arrived: &Arrived) -> Item {
    match record(state, arrived).await {
        Ok((status, accepted)) => Item::Accepted { http_status: status.as_u16(), accepted },
        Err(problem) => {
            let id = arrived.raw.id.as_deref().map(|id| id.chars().take(64).collect());
            Item::Refused { id, http_status: problem.status, problem }
        }
    }
}

async fn record(state: &Web, arrived: &Arrived) -> Result<(StatusCode, Accepted), Problem> {
    let repeated = arrived.repeated();
    if !repeated.is_empty() {
        let others = state.app.check(&arrived.raw).err().unwrap_or_default();
        state.metrics.ingest("invalid");
        return Err(Problem::invalid(&fields::in_order(repeated.into_iter().chain(others))));
    }
    let result = state.app.record_response(&arrived.raw).await;
    state.metrics.ingest(outcome(&result));
    match result {
        Ok(recorded) => Ok(accepted(&recorded)),
        Err(RecordError::Invalid(errors)) => Err(Problem::invalid(&errors)),
        Err(RecordError::Conflict) => Err(Problem::new(Kind::IdConflict)),
        Err(RecordError::Withdrawn) => Err(Problem::new(Kind::Withdrawn)),
        Err(RecordError::Busy | RecordError::Unavailable) => Err(Problem::new(Kind::Busy)),
    }
}

fn accepted(recorded: &Recorded) -> (StatusCode, Accepted) {
    let (http_status, status) = match recorded.status {
        RecordStatus::Recorded => (StatusCode::CREATED, "recorded"),
        RecordStatus::AlreadyRecorded => (StatusCode::OK, "already_recorded"),
        RecordStatus::Late => (StatusCode::CREATED, "late"),
        RecordStatus::NotRecorded => (StatusCode::OK, "not_recorded"),
    };
    let id = recorded.id.map(|id| id.to_string());
    (http_status, Accepted { id, receipt: recorded.receipt.map(|receipt| receipt.to_string()), status })
}

/// The label of a result in the metrics.
pub(in crate::web) const fn outcome(result: &Result<Recorded, RecordError>) -> &'static str {
    match result {
        Ok(recorded) => match recorded.status {
            RecordStatus::Recorded => "recorded",
            RecordStatus::AlreadyRecorded => "already_recorded",
            RecordStatus::Late => "late",
            RecordStatus::NotRecorded => "not_recorded",
        },
        Err(RecordError::Invalid(_)) => "invalid",
        Err(RecordError::Conflict) => "conflict",
        Err(RecordError::Withdrawn) => "withdrawn",
        Err(RecordError::Busy) => "busy",
        Err(RecordError::Unavailable) => "unavailable",
    }
}

fn reply(request: &HttpRequest, status: StatusCode, body: &impl Serialize) -> HttpResponse {
    match serde_json::to_string(body) {
        Ok(body) => Reply { status, content_type: JSON, cache: NO_STORE, body }.send(request),
        Err(_) => Problem::new(Kind::Failed).send(request),
    }
}
