//! `GET /s/{mpp}`, `/s/{mpp}/kiosk` and `/s/{mpp}/bantu`: the empty form with a fresh id.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use suara_domain::respondent::Mode;
use suara_domain::response::RawResponse;

use super::survey_page::Survey;
use super::{code_of, language_of};
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply;
use crate::web::state::Web;

/// The survey on the person's own device.
pub(in crate::web) async fn survey(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    open(&state, &request, None)
}

/// The survey on a tablet of the MPP.
pub(in crate::web) async fn kiosk(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    open(&state, &request, Some(Mode::Kiosk))
}

/// The survey on an officer's tablet, read aloud.
pub(in crate::web) async fn assisted(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    open(&state, &request, Some(Mode::Assisted))
}

fn open(state: &Web, request: &HttpRequest, mode: Option<Mode>) -> HttpResponse {
    let language = language_of(request);
    let Some(mpp) = code_of(request).and_then(|code| state.app.mpp(&code)) else {
        return NoticePage::new(Notice::UnknownMpp, language).send(request);
    };
    let query = request.query_string();
    let counter = form::query_value(query, "loket").filter(|counter| mpp.counter(counter).is_some());
    let mut only = counter.iter().flat_map(|counter| mpp.services_at(counter)).map(|service| service.code.clone());
    let of_counter = only.next().filter(|_| only.next().is_none());
    let asked = form::query_value(query, "layanan").filter(|code| mpp.service(code).is_some());
    let values = RawResponse {
        id: Some(state.app.fresh_id().to_string()),
        service: asked.or(of_counter),
        counter: counter.clone(),
        mode: mode.map(|mode| mode.key().to_owned()),
        ..RawResponse::default()
    };
    let services = state.services(&mpp);
    let survey = Survey { mpp: &mpp, services: &services, language, values: &values, errors: &[], fresh: true };
    match survey.render() {
        Ok(html) => reply::page(request, StatusCode::OK, html),
        Err(_) => NoticePage::new(Notice::Failure, language).send(request),
    }
}
