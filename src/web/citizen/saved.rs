//! `GET /s/{mpp}/tersimpan`: the answers that wait on a phone. The phone keeps a copy of this page, and its worker and
//! script decide what of it shows; the server knows nothing of those answers.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::{code_of, language_of};
use crate::app::directory::Mpp;
use crate::web::assets::Assets;
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply;
use crate::web::state::Web;
use crate::web::text::Texts;

#[derive(Template)]
#[template(path = "saved.html")]
struct SavedPage {
    t: &'static Texts,
    style: &'static str,
    assets: &'static Assets,
    lang_query: &'static str,
    mpp: Arc<Mpp>,
    view: &'static str,
}

/// The page about waiting answers.
pub(in crate::web) async fn saved(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let Some(mpp) = code_of(&request).and_then(|code| state.app.mpp(&code)) else {
        return NoticePage::new(Notice::UnknownMpp, language).send(&request);
    };
    let assets = Assets::get();
    let page = SavedPage {
        t: Texts::of(language),
        style: &assets.style,
        assets,
        lang_query: Texts::of(language).query(),
        mpp,
        view: view(request.query_string()),
    };
    match page.render() {
        Ok(html) => reply::page(&request, StatusCode::OK, html),
        Err(_) => NoticePage::new(Notice::Failure, language).send(&request),
    }
}

/// The part of the page that shows; the worker decides alike.
fn view(query: &str) -> &'static str {
    let asks = |name| form::query_value(query, name).is_some();
    match (asks("muda"), asks("kiosk"), asks("id")) {
        (true, _, _) => "minor",
        (_, true, _) => "kiosk",
        (_, _, true) => "saved",
        _ => "list",
    }
}
