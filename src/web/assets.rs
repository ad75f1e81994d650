//! Style and script: inlined on the citizens' pages (allowed by hash), linked under a hashed name on the others.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};
use suara_domain::language::Language;

use super::notice::{Notice, NoticePage};
use super::reply::{DAILY, FOR_EVER, Reply};

/// Everything that is made from the files in `static/`, once.
pub(super) struct Assets {
    /// Style of the citizens' pages, inlined.
    pub style: String,
    /// Script of the survey page, inlined.
    pub script: String,
    /// Style of the public pages.
    pub site_style: String,
    /// Its address; the name changes with the content, so it may be kept for ever.
    pub site_style_path: String,
    /// The content security policy of every response.
    pub policy: String,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

impl Assets {
    /// The assets.
    pub fn get() -> &'static Self {
        &ASSETS
    }

    fn load() -> Self {
        let tokens = &crate::app::design::css();
        let base = include_str!("static/base.css");
        let style = dense(&[tokens, base, include_str!("static/survey.css")]);
        let site_style = dense(&[tokens, base, include_str!("static/site.css")]);
        let script = dense_script(include_str!("static/survey.js"));
        let policy = format!(
            "default-src 'none'; style-src 'self' '{}'; script-src '{}'; img-src 'self'; form-action 'self'; \
             frame-ancestors 'none'; base-uri 'none'",
            source_hash(&style),
            source_hash(&script),
        );
        let digest = HEXLOWER.encode(&Sha256::digest(&site_style)[..8]);
        Self { style, script, site_style, site_style_path: format!("/static/site.{digest}.css"), policy }
    }
}

/// The source expression that allows exactly this inline text.
fn source_hash(text: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(text)))
}

/// Style sheets without the white space and the comments (each a line) that are only for their readers.
fn dense(sheets: &[&str]) -> String {
    let lines = sheets.iter().flat_map(|sheet| sheet.lines()).map(str::trim);
    let joined: String = lines.filter(|line| !line.starts_with("/*")).collect();
    [(": ", ":"), (" {", "{"), ("{ ", "{"), ("; ", ";"), (" }", "}"), (";}", "}"), (", ", ",")]
        .iter()
        .fold(joined, |text, (wide, narrow)| text.replace(wide, narrow))
}

/// A script without indentation. Line ends stay: they may end statements.
fn dense_script(script: &str) -> String {
    script.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// `GET /static/{name}`.
pub(super) async fn asset(request: HttpRequest) -> HttpResponse {
    let assets = Assets::get();
    let path = request.path();
    if path == assets.site_style_path {
        let body = assets.site_style.clone();
        return Reply { status: StatusCode::OK, content_type: "text/css; charset=utf-8", cache: FOR_EVER, body }
            .send(&request);
    }
    if path == "/static/icon.svg" {
        return icon(request).await;
    }
    NoticePage::new(Notice::NotFound, Language::Indonesian).send(&request)
}

/// The icon, also where browsers look for it unasked.
pub(super) async fn icon(request: HttpRequest) -> HttpResponse {
    let body = include_str!("static/icon.svg").to_owned();
    Reply { status: StatusCode::OK, content_type: "image/svg+xml", cache: DAILY, body }.send(&request)
}
