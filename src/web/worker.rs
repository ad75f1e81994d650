//! `GET /s/sw.js`: the service worker that keeps surveys and answers on a phone without a network.

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use suara_domain::respondent::Language;

use super::assets::{Assets, JAVASCRIPT, lean_script};
use super::notice::language_query;
use super::reply::{REVALIDATE, Reply};
use super::text::{Texts, source};

/// The parts of the worker, in the order in which they need each other.
const PARTS: [&str; 5] = [
    include_str!("static/sw/store.js"),
    include_str!("static/sw/send.js"),
    include_str!("static/sw/pages.js"),
    include_str!("static/sw/forms.js"),
    include_str!("static/sw/events.js"),
];

/// What the kept page about waiting answers is made of, beside the style and the scripts: when it changes, phones have
/// to fetch it anew.
const PAGES: [&str; 2] = [include_str!("templates/saved.html"), include_str!("templates/citizen.html")];

/// The worker's script.
pub(super) struct Worker {
    body: String,
    version: String,
}

impl Worker {
    /// The worker that keeps files under these addresses, and pages in this style. Its version changes with anything it
    /// keeps, so that phones notice.
    pub fn new(files: &[&str], style: &str) -> Self {
        let texts = json!({ "id": plain(Language::Indonesian), "en": plain(Language::English) });
        let script = lean_script(&PARTS.concat());
        let files = json!(files).to_string();
        let messages = [source(Language::Indonesian), source(Language::English)];
        let sources = messages.into_iter().chain([style, files.as_str(), script.as_str()]).chain(PAGES);
        let digest = sources.fold(Sha256::new(), Digest::chain_update);
        let version = HEXLOWER.encode(&digest.finalize()[..8]);
        let head = format!("\"use strict\";\nconst VERSION = \"{version}\";\nconst ASSETS = {files};");
        let body = format!("{head}\nconst TEXTS = {texts};\n{script}\n");
        Self { body, version }
    }
}

/// What the worker says if it cannot even keep a page to say it with.
fn plain(language: Language) -> Value {
    let t = Texts::of(language);
    let text = |heading: &str, text: &str| json!([heading, text]);
    json!({
        "list": text(t.say("saved-title"), t.say("saved-none")),
        "saved": text(t.say("saved-heading"), t.say("saved-text")),
        "kiosk": text(t.say("saved-kiosk-heading"), t.say("saved-kiosk-text")),
        "sent": text(t.say("saved-sent-heading"), t.say("thanks-text")),
        "minor": text(t.say("minor-heading"), t.say("minor-text")),
        "full": text(t.say("unsaved-heading"), t.say("unsaved-text")),
        "again": t.say("busy-button"),
    })
}

/// What `offline.js` says, by language.
pub(super) fn page_texts() -> Value {
    json!({ "id": spoken(Language::Indonesian), "en": spoken(Language::English) })
}

fn spoken(language: Language) -> Value {
    let t = Texts::of(language);
    json!({
        "waiting": t.say("queue-count"),
        "look": t.say("queue-look"),
        "query": language_query(language),
        "why": {
            "id_conflict": t.say("refused-id_conflict"),
            "withdrawn": t.say("refused-withdrawn"),
            "unknown_mpp": t.say("refused-unknown_mpp"),
            "unknown_service": t.say("refused-unknown_service"),
            "too_large": t.say("refused-too_large"),
            "other": t.say("refused-other"),
        },
    })
}

/// The script. Browsers ask for it at every visit; as long as nothing changed, the answer has no body.
pub(super) async fn worker(request: HttpRequest) -> HttpResponse {
    let worker = &Assets::get().worker;
    let known = request.headers().get(IF_NONE_MATCH).and_then(|known| known.to_str().ok());
    let is_known = known.is_some_and(|known| known.contains(&worker.version));
    let (status, body) =
        if is_known { (StatusCode::NOT_MODIFIED, String::new()) } else { (StatusCode::OK, worker.body.clone()) };
    let mut response = Reply { status, content_type: JAVASCRIPT, cache: REVALIDATE, body }.send(&request);
    // A weak tag: the body may come compressed or not.
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{}\"", worker.version)) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
