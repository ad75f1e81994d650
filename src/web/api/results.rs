//! Published results as open data, JSON or CSV by the ending of the address.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use utoipa::ToSchema;

use super::csv_tables;
use super::problem::{Kind, PROBLEM_JSON, Problem};
use crate::app::directory::Mpp;
use crate::app::published::{Headline, MppFigures, NationalFigures, PublishedError};
use crate::web::reply::{BRIEFLY, CSV, JSON, Reply};
use crate::web::state::Web;

/// An MPP in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct ListedMpp {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Its own brand name.
    pub brand: Option<String>,
    /// Code of the regency, city or province that owns it.
    pub region_code: &'static str,
    /// Name of the owner.
    pub region: &'static str,
    /// Province.
    pub province: &'static str,
    /// Time zone its periods are cut in.
    pub time_zone: &'static str,
    /// Path of its survey.
    pub survey: String,
    /// The last published result.
    pub latest: Option<Headline>,
}

/// One MPP with all its published periods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct MppWithResults {
    /// The MPP.
    #[serde(flatten)]
    pub mpp: ListedMpp,
    /// Published periods, ascending.
    pub results: Vec<Headline>,
}

/// Which form of the data is asked for.
#[derive(Clone, Copy)]
enum Form {
    Json,
    Csv,
}

/// `GET /api/v1/mpp`.
#[utoipa::path(
    get,
    path = "/api/v1/mpp",
    description = "All MPPs with their last published result; `/api/v1/mpp.csv` as CSV.",
    responses((status = 200, body = [ListedMpp]))
)]
pub(in crate::web) async fn mpp_list(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    data(&request, Form::Json, &listed(&state), |all| csv_tables::mpps(all))
}

/// `GET /api/v1/mpp.csv`.
pub(in crate::web) async fn mpp_list_csv(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    data(&request, Form::Csv, &listed(&state), |all| csv_tables::mpps(all))
}

/// `GET /api/v1/mpp/{code}`.
#[utoipa::path(
    get,
    path = "/api/v1/mpp/{code}",
    description = "One MPP with its published periods; `.csv` after the code for CSV.",
    params(("code" = String, Path, example = "kab-kampar")),
    responses(
        (status = 200, body = MppWithResults),
        (status = 404, description = "`not_found`", body = Problem, content_type = PROBLEM_JSON),
    )
)]
pub(in crate::web) async fn mpp(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let (code, form) = ending(&request, "mpp");
    let Some(mpp) = find(&state, code) else { return Problem::new(Kind::NotFound).send(&request) };
    let results = state.app.headlines(mpp.id);
    let with_results = MppWithResults { mpp: ListedMpp::new(&mpp, results.last().cloned()), results };
    data(&request, form, &with_results, csv_tables::periods)
}

/// `GET /api/v1/mpp/{code}/results/{period}`.
#[utoipa::path(
    get,
    path = "/api/v1/mpp/{code}/results/{period}",
    description = "Published figures of an MPP and period; `.csv` after the period for CSV. Small cells are hidden.",
    params(("code" = String, Path, example = "kab-kampar"), ("period" = String, Path, example = "2026-S1")),
    responses(
        (status = 200, body = MppFigures),
        (status = 404, description = "`not_found`: not closed yet", body = Problem, content_type = PROBLEM_JSON),
    )
)]
pub(in crate::web) async fn mpp_results(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let (period, form) = ending(&request, "period");
    let mpp = find(&state, request.match_info().get("mpp").unwrap_or_default());
    let (Some(mpp), Ok(period)) = (mpp, Period::parse(period)) else {
        return Problem::new(Kind::NotFound).send(&request);
    };
    let app = state.app.clone();
    match blocking(move || app.published(&mpp, period)).await {
        Ok(figures) => data(&request, form, &figures, csv_tables::figures),
        Err(kind) => Problem::new(kind).send(&request),
    }
}

/// `GET /api/v1/national/{period}`.
#[utoipa::path(
    get,
    path = "/api/v1/national/{period}",
    description = "Published national figures of a period; `.csv` after the period for CSV.",
    params(("period" = String, Path, example = "2026-S1")),
    responses(
        (status = 200, body = NationalFigures),
        (status = 404, description = "`not_found`: no MPP is closed yet", body = Problem, content_type = PROBLEM_JSON),
    )
)]
pub(in crate::web) async fn national(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let (period, form) = ending(&request, "period");
    let Ok(period) = Period::parse(period) else { return Problem::new(Kind::NotFound).send(&request) };
    let app = state.app.clone();
    match blocking(move || app.published_national(period)).await {
        Ok(figures) => data(&request, form, &figures, csv_tables::national),
        Err(kind) => Problem::new(kind).send(&request),
    }
}

impl ListedMpp {
    fn new(mpp: &Mpp, latest: Option<Headline>) -> Self {
        Self {
            code: mpp.code.to_string(),
            name: mpp.name.clone(),
            brand: mpp.brand.clone(),
            region_code: mpp.region.code,
            region: mpp.region.name,
            province: mpp.region.province,
            time_zone: mpp.zone.key(),
            survey: format!("/s/{}", mpp.code),
            latest,
        }
    }
}

fn listed(state: &Web) -> Vec<ListedMpp> {
    state.app.directory().mpps().map(|mpp| ListedMpp::new(mpp, state.app.latest(mpp.id))).collect()
}

fn find(state: &Web, code: &str) -> Option<Arc<Mpp>> {
    state.app.mpp(&MppCode::parse(code).ok()?)
}

/// The last part of the address without `.csv`, and which form it asks for.
fn ending<'a>(request: &'a HttpRequest, name: &str) -> (&'a str, Form) {
    let given = request.match_info().get(name).unwrap_or_default();
    given.strip_suffix(".csv").map_or((given, Form::Json), |given| (given, Form::Csv))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PublishedError> + Send + 'static,
) -> Result<T, Kind> {
    match web::block(work).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(PublishedError::NotPublished(_))) => Err(Kind::NotFound),
        Ok(Err(PublishedError::Storage(error))) if error.is_temporary() => Err(Kind::Busy),
        Ok(Err(error)) => {
            tracing::error!(error = %error, "published results cannot be read");
            Err(Kind::Failed)
        }
        Err(_) => Err(Kind::Failed),
    }
}

/// Open data: may be kept for a few minutes and read from any site.
fn data<T: Serialize>(
    request: &HttpRequest,
    form: Form,
    value: &T,
    table: impl FnOnce(&T) -> Option<String>,
) -> HttpResponse {
    let (content_type, body) = match form {
        Form::Json => (JSON, serde_json::to_string(value).ok()),
        Form::Csv => (CSV, table(value)),
    };
    let Some(body) = body else { return Problem::new(Kind::Failed).send(request) };
    let mut response = Reply { status: StatusCode::OK, content_type, cache: BRIEFLY, body }.send(request);
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let resource_policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resource_policy, HeaderValue::from_static("cross-origin"));
    response
}
