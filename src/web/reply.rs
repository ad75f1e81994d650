//! Bodies of responses: content type, caching and compression in one place.

use std::io::Write;

use actix_web::http::StatusCode;
use actix_web::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use actix_web::{HttpRequest, HttpResponse};
use flate2::Compression;
use flate2::write::GzEncoder;

/// May be kept by nobody: the page has a fresh id, or a receipt.
pub(super) const NO_STORE: &str = "no-store";
/// May be kept for a few minutes.
pub(super) const BRIEFLY: &str = "public, max-age=300";
/// May be kept for a day.
pub(super) const DAILY: &str = "public, max-age=86400";
/// May be kept for ever: the name changes with the content.
pub(super) const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// May be kept, and is asked for again every time.
pub(super) const REVALIDATE: &str = "no-cache";

/// HTML.
pub(super) const HTML: &str = "text/html; charset=utf-8";
/// JSON.
pub(super) const JSON: &str = "application/json";
/// JSON for linked data.
pub(super) const JSON_LD: &str = "application/ld+json";
/// CSV.
pub(super) const CSV: &str = "text/csv; charset=utf-8";

/// Smaller bodies are not worth compressing.
const COMPRESS_FROM: usize = 1_024;

/// A whole body with its kind and how long it may be kept.
pub(super) struct Reply<'a> {
    /// Status.
    pub status: StatusCode,
    /// Content type.
    pub content_type: &'a str,
    /// Value of `Cache-Control`.
    pub cache: &'a str,
    /// Body.
    pub body: String,
}

impl Reply<'_> {
    /// The response, compressed if the client takes it.
    pub fn send(self, request: &HttpRequest) -> HttpResponse {
        let mut builder = HttpResponse::build(self.status);
        builder.insert_header((CONTENT_TYPE, self.content_type)).insert_header((CACHE_CONTROL, self.cache));
        if self.body.len() < COMPRESS_FROM {
            return builder.body(self.body);
        }
        builder.insert_header((VARY, "Accept-Encoding"));
        match accepts_gzip(request).then(|| gzip(self.body.as_bytes())) {
            Some(Ok(compressed)) => builder.insert_header((CONTENT_ENCODING, "gzip")).body(compressed),
            _ => builder.body(self.body),
        }
    }
}

/// An HTML page that nobody may keep.
pub(super) fn page(request: &HttpRequest, status: StatusCode, body: String) -> HttpResponse {
    Reply { status, content_type: HTML, cache: NO_STORE, body }.send(request)
}

/// The same for a page that is compressed already; ask [`accepts_gzip`] before.
pub(super) fn compressed_page(body: Vec<u8>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, HTML))
        .insert_header((CACHE_CONTROL, NO_STORE))
        .insert_header((VARY, "Accept-Encoding"))
        .insert_header((CONTENT_ENCODING, "gzip"))
        .body(body)
}

/// Whether the client takes gzip. A weight of 0 means it does not.
pub(super) fn accepts_gzip(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 3), Compression::new(6));
    encoder.write_all(body)?;
    encoder.finish()
}
