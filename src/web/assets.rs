//! Style and script: inlined on the citizens' pages (allowed by hash), linked under a hashed name where they are not
//! needed for the first sight of a page.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use data_encoding::{BASE64, HEXLOWER};
use sha2::{Digest, Sha256};
use suara_domain::respondent::Language;

use super::notice::{Notice, NoticePage};
use super::reply::{DAILY, FOR_EVER, Reply};
use super::worker::{Worker, page_texts};

/// Media type of scripts.
pub(super) const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const ICON: &str = "/static/icon.svg";

/// Everything that is made from the files in `static/`, once.
pub(super) struct Assets {
    /// Style of the citizens' pages, inlined.
    pub style: String,
    /// Script of the survey page, inlined.
    pub script: String,
    /// Script that fetches, once a page is there, what it needs for later; inlined.
    pub later: String,
    /// Style of the public pages.
    pub site_style: Hashed,
    /// Script that brings the worker and shows what waits on the phone.
    pub offline_script: Hashed,
    /// Script of the tablet at the counter.
    pub kiosk_script: Hashed,
    /// Its style, beside that of the citizens' pages.
    pub kiosk_style: Hashed,
    /// The service worker.
    pub worker: Worker,
    /// The content security policy of every response.
    pub policy: String,
}

/// A file under a name that changes with its content, so that it may be kept for ever.
pub(super) struct Hashed {
    /// Its address.
    pub path: String,
    content_type: &'static str,
    body: String,
}

impl Hashed {
    fn new(name: &str, content_type: &'static str, body: String) -> Self {
        let digest = HEXLOWER.encode(&Sha256::digest(&body)[..8]);
        let extension = if content_type == CSS { "css" } else { "js" };
        Self { path: format!("/static/{name}.{digest}.{extension}"), content_type, body }
    }
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
        let offline = lean_script(include_str!("static/offline.js"));
        let offline_script = Hashed::new("offline", JAVASCRIPT, format!("var TEXTS = {};\n{offline}\n", page_texts()));
        let kiosk_script = Hashed::new("kiosk", JAVASCRIPT, lean_script(include_str!("static/kiosk.js")));
        let kiosk_style = Hashed::new("kiosk", CSS, dense(&[include_str!("static/kiosk.css")]));
        let later = load_later(&offline_script.path);
        let kept = [&offline_script.path, &kiosk_script.path, &kiosk_style.path].map(String::as_str);
        Self {
            worker: Worker::new(&kept, &style),
            policy: policy(&style, &[&script, &later]),
            site_style: Hashed::new("site", CSS, site_style),
            style,
            script,
            later,
            offline_script,
            kiosk_script,
            kiosk_style,
        }
    }

    fn file(&self, path: &str) -> Option<&Hashed> {
        let files = [&self.site_style, &self.offline_script, &self.kiosk_script, &self.kiosk_style];
        files.into_iter().find(|file| file.path == path)
    }
}

/// The policy: nothing but our own files, and the texts that are inlined.
fn policy(style: &str, scripts: &[&str]) -> String {
    let scripts: Vec<String> = scripts.iter().map(|script| format!("'{}'", source_hash(script))).collect();
    format!(
        "default-src 'none'; style-src 'self' '{}'; script-src 'self' {}; worker-src 'self'; connect-src 'self'; \
         img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        source_hash(style),
        scripts.join(" "),
    )
}

/// A script that fetches another one when the page is complete: it costs the first sight nothing.
fn load_later(path: &str) -> String {
    format!(
        "addEventListener(\"load\",function(){{var s=document.createElement(\"script\");s.src=\"{path}\";\
         document.body.appendChild(s)}})"
    )
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

/// The same without the comments, which stand on lines of their own.
pub(super) fn lean_script(script: &str) -> String {
    let mut is_open = false;
    let mut lines = Vec::new();
    for line in script.lines().map(str::trim) {
        let is_comment = is_open || line.starts_with("/*");
        is_open = is_comment && !line.ends_with("*/");
        if !is_comment && !line.is_empty() && !line.starts_with("//") {
            lines.push(line);
        }
    }
    lines.join("\n")
}

/// `GET /static/{name}`.
pub(super) async fn asset(request: HttpRequest) -> HttpResponse {
    if request.path() == ICON {
        return icon(request).await;
    }
    let Some(file) = Assets::get().file(request.path()) else {
        return NoticePage::new(Notice::NotFound, Language::Indonesian).send(&request);
    };
    let body = file.body.clone();
    Reply { status: StatusCode::OK, content_type: file.content_type, cache: FOR_EVER, body }.send(&request)
}

/// The icon, also where browsers look for it unasked.
pub(super) async fn icon(request: HttpRequest) -> HttpResponse {
    let body = include_str!("static/icon.svg").to_owned();
    Reply { status: StatusCode::OK, content_type: "image/svg+xml", cache: DAILY, body }.send(&request)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lean_script_has_its_code_and_no_comment() {
        let script = "/* a\n   b */\nvar x = 1;\n  /** c */\n\n  // d\n  x /* kept */ += 1;\n";
        assert_eq!(lean_script(script), "var x = 1;\nx /* kept */ += 1;");
    }
}
