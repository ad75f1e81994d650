//! Errors of the API: RFC 9457 problem documents with a stable code. The list of codes is closed.

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use suara_domain::response::{FieldError, FieldProblem};
use utoipa::ToSchema;

use crate::web::notice::RETRY_SECONDS;
use crate::web::reply::{NO_STORE, Reply};

/// Media type of problems.
pub(super) const PROBLEM_JSON: &str = "application/problem+json";

/// A problem document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Always `about:blank`; the code tells the kind.
    pub r#type: &'static str,
    /// The status in words.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: &'static str,
    /// What happened.
    pub detail: String,
    /// Every wrong field.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblemView>,
}

/// One wrong field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct FieldProblemView {
    /// Name of the field.
    pub field: &'static str,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
}

/// Every kind of problem the API knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    MalformedJson,
    Unauthorized,
    NotFound,
    MethodNotAllowed,
    IdConflict,
    Withdrawn,
    TooLarge,
    UnsupportedMediaType,
    Invalid,
    UnknownMpp,
    UnknownService,
    Busy,
    Failed,
}

impl Kind {
    const fn facts(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::MalformedJson => {
                (StatusCode::BAD_REQUEST, "malformed_json", "the body is not a JSON object or list in UTF-8")
            }
            Self::Unauthorized => (
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "this needs the key of the MPP's queue system as Authorization: Bearer",
            ),
            Self::NotFound => (StatusCode::NOT_FOUND, "not_found", "there is nothing at this address"),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this address does not take this method")
            }
            Self::IdConflict => {
                (StatusCode::CONFLICT, "id_conflict", "this id is stored with other content; the first stays")
            }
            Self::Withdrawn => (StatusCode::GONE, "withdrawn", "the response with this id was withdrawn"),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "at most 64 kB for one response, 1 MB and 100 items for a list",
            ),
            Self::UnsupportedMediaType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_media_type", "the body must be application/json")
            }
            Self::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, "invalid", "some fields are wrong"),
            Self::UnknownMpp => (StatusCode::UNPROCESSABLE_ENTITY, "unknown_mpp", "there is no such MPP"),
            Self::UnknownService => {
                (StatusCode::UNPROCESSABLE_ENTITY, "unknown_service", "the MPP has no such service")
            }
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy", "nothing can be stored now; send the same again"),
            Self::Failed => (StatusCode::INTERNAL_SERVER_ERROR, "failed", "the fault is ours"),
        }
    }
}

impl Problem {
    /// A problem of a kind.
    pub fn new(kind: Kind) -> Self {
        let (status, code, detail) = kind.facts();
        Self {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            code,
            detail: detail.to_owned(),
            errors: Vec::new(),
        }
    }

    /// The problem of wrong fields. If all that is wrong is the MPP or the service, the code says so.
    pub fn invalid(errors: &[FieldError]) -> Self {
        let kind = match errors {
            [FieldError { problem: FieldProblem::UnknownMpp(_), .. }] => Kind::UnknownMpp,
            [FieldError { problem: FieldProblem::UnknownService(_), .. }] => Kind::UnknownService,
            _ => Kind::Invalid,
        };
        let view = |error: &FieldError| FieldProblemView {
            field: error.field,
            code: error.problem.code(),
            message: error.problem.to_string(),
        };
        Self { errors: errors.iter().map(view).collect(), ..Self::new(kind) }
    }

    /// The problem of fields that no response has.
    pub fn of_fields(errors: Vec<FieldProblemView>) -> Self {
        Self { errors, ..Self::new(Kind::Invalid) }
    }

    /// The response.
    pub fn send(&self, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(self).unwrap_or_default();
        let mut response = Reply { status, content_type: PROBLEM_JSON, cache: NO_STORE, body }.send(request);
        response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, RETRY_SECONDS);
        }
        response
    }
}
