//! Pages for everybody: the list of MPPs and the published results.

mod catalogue;
mod gauge;
mod home;
mod results;

use actix_web::HttpRequest;
use suara_domain::language::Language;
use suara_domain::period::Period;

use crate::web::assets::Assets;
use crate::web::text::Texts;

pub(super) use catalogue::catalogue;
pub(super) use home::home;
pub(super) use results::results;

/// What every public page has around its content.
struct Site {
    style_path: &'static str,
    lang_query: &'static str,
    /// The language as a further part of a query.
    lang_more: String,
    /// This page in the other languages.
    others: Vec<(&'static Texts, String)>,
}

impl Site {
    fn of(request: &HttpRequest, language: Language) -> Self {
        let kept = request.query_string().split('&').filter(|part| !part.is_empty() && !part.starts_with("bahasa="));
        let kept: Vec<&str> = kept.collect();
        let address = |texts: &'static Texts| {
            let language = texts.query().trim_start_matches('?');
            let query: Vec<&str> = kept.iter().copied().chain([language]).filter(|part| !part.is_empty()).collect();
            let mark = if query.is_empty() { "" } else { "?" };
            (texts, format!("{}{mark}{}", request.path(), query.join("&")))
        };
        let t = Texts::of(language);
        Self {
            style_path: &Assets::get().site_style.path,
            lang_query: t.query(),
            lang_more: t.more(),
            others: t.others().map(address).collect(),
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
