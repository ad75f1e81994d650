//! `POST /api/v1/visits`: the queue system of an MPP asks for visit tokens.

use std::ops::RangeInclusive;

use actix_web::http::StatusCode;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::problem::{FieldProblemView, Kind, PROBLEM_JSON, Problem};
use crate::app::visit_token::VisitToken;
use crate::app::visits::{VisitError, VisitOrder, Visits};
use crate::web::body::{self, BodyError};
use crate::web::reply::{JSON, NO_STORE, Reply};
use crate::web::state::Web;

const COUNT: RangeInclusive<u32> = 1..=100;
const DAYS: RangeInclusive<u32> = 1..=30;
const DEFAULT_DAYS: u32 = 7;

/// An order of visit tokens.
#[derive(Serialize, ToSchema)]
pub(super) struct VisitsInput {
    /// Code of the MPP.
    #[schema(example = "kab-kampar")]
    mpp: String,
    /// Tokens wanted; 1 if absent.
    #[schema(minimum = 1, maximum = 100)]
    count: Option<u32>,
    /// The last day on which they are valid is so many days after today; 7 if absent.
    #[schema(minimum = 1, maximum = 30)]
    days: Option<u32>,
}

/// Tokens, each for one visitor.
#[derive(Serialize, ToSchema)]
pub(super) struct VisitsView {
    /// Code of the MPP.
    mpp: String,
    /// Last day on which they are valid, in the time zone of the MPP.
    #[schema(format = Date)]
    last_valid_day: String,
    /// The tokens.
    tokens: Vec<VisitView>,
}

/// One token.
#[derive(Serialize, ToSchema)]
pub(super) struct VisitView {
    /// To be printed for the visitor to type.
    #[schema(example = "7K3M9-QRT2X-YZ000-00000")]
    token: String,
    /// Address of the survey with the token in it, to be printed as a QR code.
    url: String,
}

/// Gives out visit tokens.
#[utoipa::path(
    post,
    path = "/api/v1/visits",
    description = "Gives out visit tokens to the queue system of an MPP. A response that comes with an unused one is \
        verified. Which token came with which response is not stored.",
    security(("queue_key" = [])),
    request_body(content = VisitsInput, description = "The order (64 kB)"),
    responses(
        (status = 201, description = "New tokens", body = VisitsView),
        (status = 400, description = "`malformed_json`", body = Problem, content_type = PROBLEM_JSON),
        (status = 401, description = "`unauthorized`: no key, that of another MPP, a former one, or no such MPP", body = Problem, content_type = PROBLEM_JSON),
        (status = 413, description = "`too_large`", body = Problem, content_type = PROBLEM_JSON),
        (status = 415, description = "`unsupported_media_type`", body = Problem, content_type = PROBLEM_JSON),
        (status = 422, description = "`invalid`, with every wrong field", body = Problem, content_type = PROBLEM_JSON),
        (status = 503, description = "`busy`: send the same again after `Retry-After`", body = Problem, content_type = PROBLEM_JSON),
    )
)]
pub(in crate::web) async fn visits(state: web::Data<Web>, request: HttpRequest, sent: body::Sent) -> HttpResponse {
    match give_out(&state, &request, sent).await {
        Ok(visits) => {
            let body = serde_json::to_string(&view(&visits, &state.public_url)).unwrap_or_default();
            Reply { status: StatusCode::CREATED, content_type: JSON, cache: NO_STORE, body }.send(&request)
        }
        Err(problem) => problem.send(&request),
    }
}

async fn give_out(state: &Web, request: &HttpRequest, sent: body::Sent) -> Result<Visits, Problem> {
    let key = bearer(request).ok_or_else(|| Problem::new(Kind::Unauthorized))?;
    if !body::is_kind(request, JSON) {
        return Err(Problem::new(Kind::UnsupportedMediaType));
    }
    let bytes = sent.limited(body::SINGLE_LIMIT).map_err(|error| match error {
        BodyError::TooLarge => Problem::new(Kind::TooLarge),
        BodyError::Broken => Problem::new(Kind::MalformedJson),
    })?;
    let Ok(Value::Object(body)) = serde_json::from_slice(&bytes) else {
        return Err(Problem::new(Kind::MalformedJson));
    };
    let mpp = mpp(&body)?;
    let order = order(&body);
    let app = state.app.clone();
    let given_out = web::block(move || -> Result<Visits, Problem> {
        // Who may not ask is not told what is wrong with the order.
        let mpp = app.mpp_of_queue(&mpp, &key).map_err(|error| busy(&error))?;
        let mpp = mpp.ok_or_else(|| Problem::new(Kind::Unauthorized))?;
        app.issue_visits(&mpp, order.map_err(Problem::of_fields)?).map_err(|error| match error {
            VisitError::Storage(error) => busy(&error),
            VisitError::Exhausted(_) => {
                Problem::of_fields(vec![problem("days", "exhausted", "no more tokens can be valid until that day")])
            }
        })
    });
    let visits = given_out.await.map_err(|_| Problem::new(Kind::Busy))??;
    state.metrics.visits(visits.tokens.len());
    Ok(visits)
}

fn busy(error: &dyn std::fmt::Display) -> Problem {
    tracing::warn!(error = %error, "no visit tokens were given out");
    Problem::new(Kind::Busy)
}

/// The key the request came with.
fn bearer(request: &HttpRequest) -> Option<String> {
    let given = request.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, key) = given.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| key.trim().to_owned())
}

fn mpp(body: &Map<String, Value>) -> Result<String, Problem> {
    match body.get("mpp").and_then(Value::as_str).map(str::trim) {
        Some(mpp) if !mpp.is_empty() => Ok(mpp.to_owned()),
        _ => Err(Problem::of_fields(vec![problem("mpp", "required", "is required")])),
    }
}

fn order(body: &Map<String, Value>) -> Result<VisitOrder, Vec<FieldProblemView>> {
    match (number(body, "count", COUNT, 1), number(body, "days", DAYS, DEFAULT_DAYS)) {
        (Ok(count), Ok(days)) => Ok(VisitOrder { count, days }),
        (count, days) => Err([count, days].into_iter().filter_map(Result::err).collect()),
    }
}

/// A whole number, as number or text; absent, null and empty are the same.
fn number(
    body: &Map<String, Value>,
    field: &'static str,
    range: RangeInclusive<u32>,
    default: u32,
) -> Result<u32, FieldProblemView> {
    let given = match body.get(field) {
        None | Some(Value::Null) => Some(default),
        Some(Value::String(text)) if text.trim().is_empty() => Some(default),
        Some(Value::String(text)) => text.trim().parse().ok(),
        Some(value) => value.as_u64().and_then(|number| u32::try_from(number).ok()),
    };
    given.filter(|number| range.contains(number)).ok_or_else(|| {
        problem(field, "out_of_range", &format!("must be a whole number from {} to {}", range.start(), range.end()))
    })
}

fn problem(field: &'static str, code: &'static str, message: &str) -> FieldProblemView {
    FieldProblemView { field, code, message: message.to_owned() }
}

fn view(visits: &Visits, public_url: &str) -> VisitsView {
    let token = |token: &VisitToken| VisitView { token: token.to_string(), url: visits.address(public_url, token) };
    VisitsView {
        mpp: visits.mpp.to_string(),
        last_valid_day: visits.last_valid_day.to_string(),
        tokens: visits.tokens.iter().map(token).collect(),
    }
}
