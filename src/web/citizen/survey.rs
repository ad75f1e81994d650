//! `GET /s/{mpp}`, `/s/{mpp}/kiosk` and `/s/{mpp}/bantu`: the empty form with a fresh id.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use suara_domain::respondent::Mode;
use suara_domain::response::RawResponse;

use super::ready_pages::Variant;
use super::survey_page::{HOLE, Survey, identity};
use super::{code_of, language_of};
use crate::app::directory::Mpp;
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply;
use crate::web::spliced::Spliced;
use crate::web::state::Web;
use crate::web::text::Texts;

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
    let value = |name| form::query_value(request.query_string(), name);
    let counter = value("loket").filter(|counter| mpp.counter(counter).is_some());
    let mut only = counter.iter().flat_map(|counter| mpp.services_at(counter)).map(|service| service.code.clone());
    let of_counter = only.next().filter(|_| only.next().is_none());
    drop(only);
    let asked = value("layanan").filter(|code| mpp.service(code).is_some());
    let variant = Variant {
        language,
        mode,
        service: asked.or(of_counter),
        agency: value("instansi").filter(|agency| mpp.services_of(agency).next().is_some()),
        embedded: value("sematan").is_some(),
        counter: counter.clone(),
    };
    let proof = |name| value(name).map(|text: String| text.chars().take(PROOF_LENGTH).collect());
    let values = RawResponse {
        id: Some(state.app.fresh_id().to_string()),
        token: proof("tiket"),
        counter_code: proof("kode").filter(|_| counter.is_some()),
        service: variant.service.clone(),
        counter,
        mode: mode.map(|mode| mode.key().to_owned()),
        ..RawResponse::default()
    };
    page(state, request, &mpp, &variant, &values)
        .unwrap_or_else(|| NoticePage::new(Notice::Failure, language).send(request))
}

/// Tokens and codes are shorter; longer ones are not worth carrying along.
const PROOF_LENGTH: usize = 40;

/// The page: compressed once for all who take it so, else made for this person.
fn page(
    state: &Web,
    request: &HttpRequest,
    mpp: &Arc<Mpp>,
    variant: &Variant,
    values: &RawResponse,
) -> Option<HttpResponse> {
    let services = state.services(mpp);
    let survey = Survey {
        mpp,
        services: &services,
        t: Texts::of(variant.language),
        values,
        errors: &[],
        fresh: true,
        agency: variant.agency.as_deref(),
        embedded: variant.embedded,
    };
    if !reply::accepts_gzip(request) {
        return Some(reply::page(request, StatusCode::OK, survey.render().ok()?));
    }
    let ready = if let Some(ready) = state.ready.get(mpp, variant) {
        ready
    } else {
        let html = survey.render_with(HOLE).ok()?;
        let (before, after) = html.split_once(HOLE)?;
        let ready = Arc::new(Spliced::new(before, after)?);
        state.ready.keep(mpp, variant.clone(), &ready);
        ready
    };
    Some(reply::compressed_page(ready.filled(identity(values).as_bytes())?))
}
