//! `GET` and `POST /s/{mpp}/tarik`: taking a response back with its receipt.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use suara_domain::language::Language;

use super::{code_of, language_of};
use crate::app::directory::Mpp;
use crate::app::receipt::Receipt;
use crate::app::withdraw::{WithdrawError, Withdrawn};
use crate::web::assets::Assets;
use crate::web::body::{self, BodyError};
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply;
use crate::web::state::Web;
use crate::web::text::Texts;

#[derive(Template)]
#[template(path = "withdraw.html")]
struct WithdrawPage<'a> {
    t: &'static Texts,
    style: &'static str,
    lang_query: &'static str,
    mpp: &'a Mpp,
    given: &'a str,
    invalid: bool,
}

/// The form.
pub(in crate::web) async fn withdraw_form(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    match code_of(&request).and_then(|code| state.app.mpp(&code)) {
        Some(mpp) => ask(&request, &mpp, language, None),
        None => NoticePage::new(Notice::UnknownMpp, language).send(&request),
    }
}

/// Withdraws.
pub(in crate::web) async fn withdraw(state: web::Data<Web>, request: HttpRequest, body: body::Sent) -> HttpResponse {
    let language = language_of(&request);
    let Some(mpp) = code_of(&request).and_then(|code| state.app.mpp(&code)) else {
        return NoticePage::new(Notice::UnknownMpp, language).send(&request);
    };
    let notice = |notice, language| NoticePage::new(notice, language).at(&mpp.code).send(&request);
    if !body::is_kind(&request, "application/x-www-form-urlencoded") {
        return notice(Notice::MediaType, language);
    }
    let fields = match body.limited(body::SINGLE_LIMIT) {
        Ok(bytes) => form::decode(&bytes),
        Err(BodyError::TooLarge) => return notice(Notice::TooLarge, language),
        Err(BodyError::Broken) => return notice(Notice::Unreadable, language),
    };
    let Ok(fields) = fields else { return notice(Notice::Unreadable, language) };
    let value = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
    let language = value("language").and_then(Language::from_key).unwrap_or(language);
    let given = value("receipt").unwrap_or_default();
    let Some(receipt) = Receipt::parse(given) else { return ask(&request, &mpp, language, Some(given)) };
    match state.app.withdraw(&mpp, receipt).await {
        Ok(Withdrawn::Now) => notice(Notice::Withdrawn, language),
        Ok(Withdrawn::Before) => notice(Notice::AlreadyWithdrawn, language),
        Err(WithdrawError::Unknown) => notice(Notice::UnknownReceipt, language),
        Err(WithdrawError::Unavailable) => notice(Notice::Unavailable, language),
    }
}

/// The form; with what was given if that is no receipt.
fn ask(request: &HttpRequest, mpp: &Mpp, language: Language, wrong: Option<&str>) -> HttpResponse {
    let page = WithdrawPage {
        t: Texts::of(language),
        style: &Assets::get().style,
        lang_query: Texts::of(language).query(),
        mpp,
        given: wrong.unwrap_or_default(),
        invalid: wrong.is_some(),
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    match page.render() {
        Ok(html) => reply::page(request, status, html),
        Err(_) => NoticePage::new(Notice::Failure, language).send(request),
    }
}
