//! `POST /s/{mpp}/kiosk/detak`: the page of a kiosk says that it works. Only its script reads the answer.

use actix_web::http::StatusCode;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{code_of, language_of};
use crate::app::heartbeat::Heartbeat;
use crate::web::body::{self, BodyError};
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply::NO_STORE;
use crate::web::state::Web;

/// Takes a heartbeat. What it tells is never wrong, only left out.
pub(in crate::web) async fn heartbeat(state: web::Data<Web>, request: HttpRequest, sent: body::Sent) -> HttpResponse {
    let refuse = |notice| NoticePage::new(notice, language_of(&request)).send(&request);
    let Some(mpp) = code_of(&request).and_then(|code| state.app.mpp(&code)) else { return refuse(Notice::UnknownMpp) };
    if !body::is_kind(&request, "application/x-www-form-urlencoded") {
        return refuse(Notice::MediaType);
    }
    let fields = match sent.limited(body::SINGLE_LIMIT) {
        Ok(bytes) => form::decode(&bytes),
        Err(BodyError::TooLarge) => return refuse(Notice::TooLarge),
        Err(BodyError::Broken) => return refuse(Notice::Unreadable),
    };
    let Ok(fields) = fields else { return refuse(Notice::Unreadable) };
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str());
    let heartbeat = Heartbeat::of(&mpp, value("counter"), value("waiting"), value("version"));
    let counter = heartbeat.counter.clone();
    if state.takes_heartbeat(&mpp.code, &counter) {
        let (app, of) = (state.app.clone(), mpp.clone());
        let recorded = web::block(move || app.record_heartbeat(&of, heartbeat)).await;
        if !matches!(recorded, Ok(Ok(()))) {
            state.forget_heartbeat(&mpp.code, &counter);
            return refuse(Notice::Busy);
        }
    }
    HttpResponse::build(StatusCode::NO_CONTENT).insert_header((CACHE_CONTROL, NO_STORE)).finish()
}
