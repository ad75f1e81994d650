//! The API: `POST` responses, ask for visit tokens, read what is published, and its own description.

mod csv_tables;
mod openapi;
mod problem;
mod responses;
mod results;
mod visits;
mod wire;

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_MAX_AGE};
use actix_web::{HttpRequest, HttpResponse};

pub(super) use openapi::openapi;
pub(super) use responses::{outcome, responses};
pub(super) use results::{mpp, mpp_list, mpp_list_csv, mpp_results, national};
pub(super) use visits::visits;

use problem::{Kind, Problem};

/// A browser asks whether a script of another site may send a response: it may, as anybody may.
pub(super) async fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((ACCESS_CONTROL_ALLOW_HEADERS, "content-type"))
        .insert_header((ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// No such address.
pub(super) async fn not_found(request: HttpRequest) -> HttpResponse {
    Problem::new(Kind::NotFound).send(&request)
}

/// An address that does not take this method.
pub(super) async fn method_not_allowed(request: HttpRequest) -> HttpResponse {
    Problem::new(Kind::MethodNotAllowed).send(&request)
}
