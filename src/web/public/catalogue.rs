//! `GET /data.jsonld`: what there is as open data, for machines (DCAT).

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::app::open_data;
use crate::web::reply::{BRIEFLY, JSON_LD, Reply};
use crate::web::state::Web;

/// The catalogue. Any site may read it, as the data itself.
pub(in crate::web) async fn catalogue(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let body = open_data::offered(&state.public_url, &state.app.published_periods()).to_string();
    let reply = Reply { status: StatusCode::OK, content_type: JSON_LD, cache: BRIEFLY, body };
    let mut response = reply.send(&request);
    let headers = response.headers_mut();
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    let resource_policy = HeaderName::from_static("cross-origin-resource-policy");
    headers.insert(resource_policy, HeaderValue::from_static("cross-origin"));
    response
}
