//! Pages for everybody: the list of MPPs and the published results.

mod gauge;
mod home;
mod results;

use actix_web::HttpRequest;
use suara_domain::period::Period;
use suara_domain::language::Language;

use crate::web::assets::Assets;
use crate::web::citizen::other;
use crate::web::notice::language_query;
use crate::web::text::Texts;

pub(super) use home::home;
pub(super) use results::results;

/// What every public page has around its content.
struct Site {
    style_path: &'static str,
    lang_query: &'static str,
    /// The language as a further part of a query.
    lang_more: &'static str,
    other_tag: &'static str,
    /// This page in the other language.
    other_address: String,
}

impl Site {
    fn of(request: &HttpRequest, language: Language) -> Self {
        let other = other(language);
        let kept = request.query_string().split('&').filter(|part| !part.is_empty() && !part.starts_with("bahasa="));
        let query: Vec<&str> = kept.chain((other == Language::English).then_some("bahasa=en")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        Self {
            style_path: &Assets::get().site_style.path,
            lang_query: language_query(language),
            lang_more: if language == Language::English { "&bahasa=en" } else { "" },
            other_tag: Texts::of(other).tag(),
            other_address: format!("{}{mark}{}", request.path(), query.join("&")),
        }
    }
}

/// "Semester 1 2026".
fn semester(t: &Texts, period: &str) -> String {
    let Ok(period) = Period::parse(period) else { return period.to_owned() };
    let mut args = fluent_bundle::FluentArgs::new();
    args.set("half", period.half());
    // As a text: a number would get a separator for its thousands.
    args.set("year", period.year().to_string());
    t.fill("semester", &args)
}

/// CSS class of a badge; only from 30 responses on is a class coloured (STATISTICS 5).
fn badge(mutu: Option<&str>, n: Option<u64>) -> &'static str {
    match (mutu, n) {
        (Some("A"), Some(30..)) => "class-a",
        (Some("B"), Some(30..)) => "class-b",
        (Some("C"), Some(30..)) => "class-c",
        (Some("D"), Some(30..)) => "class-d",
        _ => "",
    }
}
