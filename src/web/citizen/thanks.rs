//! `GET /s/{mpp}/terima-kasih/{receipt}`: it arrived, and how to take it back.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{NextPerson, code_of, language_of};
use crate::app::directory::Mpp;
use crate::app::receipt::Receipt;
use crate::web::assets::Assets;
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply;
use crate::web::state::Web;
use crate::web::text::Texts;

#[derive(Template)]
#[template(path = "thanks.html")]
struct ThanksPage<'a> {
    t: &'static Texts,
    style: &'static str,
    forget: &'static str,
    lang_query: &'static str,
    mpp: &'a Mpp,
    receipt: Receipt,
    late: bool,
    next: Option<NextPerson>,
    /// The tablet is left to the next person at once: what leads elsewhere is left out.
    at_kiosk: bool,
}

/// The thank-you page. The receipt is shown, not checked: nothing is looked up by it here.
pub(in crate::web) async fn thanks(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let receipt = request.match_info().get("receipt").and_then(Receipt::parse);
    let mpp = code_of(&request).and_then(|code| state.app.mpp(&code));
    let (Some(mpp), Some(receipt)) = (mpp, receipt) else {
        return NoticePage::new(Notice::NotFound, language).send(&request);
    };
    let query = request.query_string();
    let lang_query = Texts::of(language).query();
    let next = NextPerson::of_query(&mpp.code, query, language);
    let page = ThanksPage {
        t: Texts::of(language),
        style: &Assets::get().style,
        forget: &Assets::get().forget,
        lang_query,
        mpp: &mpp,
        receipt,
        late: form::query_value(query, "terlambat").is_some(),
        at_kiosk: next.as_ref().is_some_and(|next| next.seconds > 0),
        next,
    };
    match page.render() {
        Ok(html) => reply::page(&request, StatusCode::OK, html),
        Err(_) => NoticePage::new(Notice::Failure, language).send(&request),
    }
}
