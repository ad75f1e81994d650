//! `GET /`: every MPP by province, with its survey and its last result.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use fluent_bundle::FluentArgs;

use super::{Site, badge, semester};
use crate::app::directory::Mpp;
use crate::app::published::Headline;
use crate::web::citizen::language_of;
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply::{BRIEFLY, HTML, Reply};
use crate::web::state::Web;
use crate::web::text::Texts;

struct Latest {
    ikm: Option<String>,
    mutu: String,
    badge: &'static str,
    semester: String,
    n: String,
}

struct Mall {
    code: String,
    name: String,
    brand: Option<String>,
    latest: Option<Latest>,
}

struct Province {
    code: &'static str,
    name: &'static str,
    mpps: Vec<Mall>,
}

#[derive(Template)]
#[template(path = "home.html")]
struct HomePage {
    t: &'static Texts,
    site: Site,
    total: usize,
    query: String,
    found: Option<String>,
    provinces: Vec<Province>,
}

/// The list.
pub(in crate::web) async fn home(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let t = Texts::of(language);
    let query = form::query_value(request.query_string(), "q").unwrap_or_default();
    let query: String = query.trim().chars().take(80).collect();
    let directory = state.app.directory();
    let wanted = query.to_lowercase();
    let found: Vec<&Arc<Mpp>> = directory.mpps().filter(|mpp| matches(mpp, &wanted)).collect();
    let count = found.len();
    let page = HomePage {
        t,
        site: Site::of(&request, language),
        total: directory.mpps().len(),
        found: (!query.is_empty()).then(|| told(t, count, &query)),
        provinces: by_province(&state, t, &found),
        query,
    };
    match page.render() {
        Ok(body) => Reply { status: StatusCode::OK, content_type: HTML, cache: BRIEFLY, body }.send(&request),
        Err(_) => NoticePage::new(Notice::Failure, language).send(&request),
    }
}

/// Whether every word looked for is part of the name, brand, region or province.
fn matches(mpp: &Mpp, wanted: &str) -> bool {
    let brand = mpp.brand.as_deref().unwrap_or_default();
    let text = format!("{} {brand} {} {}", mpp.name, mpp.region.name, mpp.region.province).to_lowercase();
    wanted.split_whitespace().all(|word| text.contains(word))
}

fn told(t: &Texts, count: usize, query: &str) -> String {
    let mut args = FluentArgs::new();
    args.set("count", count);
    args.set("query", query.to_owned());
    t.fill("search-found", &args)
}

fn by_province(state: &Web, t: &Texts, mpps: &[&Arc<Mpp>]) -> Vec<Province> {
    let mut provinces: BTreeMap<&'static str, Province> = BTreeMap::new();
    for mpp in mpps {
        let region = mpp.region;
        let province = provinces.entry(region.province_code).or_insert_with(|| Province {
            code: region.province_code,
            name: region.province,
            mpps: Vec::new(),
        });
        province.mpps.push(Mall {
            code: mpp.code.to_string(),
            name: mpp.name.clone(),
            brand: mpp.brand.clone(),
            latest: state.app.latest(mpp.id).map(|headline| latest(t, headline)),
        });
    }
    let mut provinces: Vec<Province> = provinces.into_values().collect();
    for province in &mut provinces {
        province.mpps.sort_by(|a, b| a.name.cmp(&b.name));
    }
    provinces
}

fn latest(t: &Texts, headline: Headline) -> Latest {
    Latest {
        badge: badge(headline.mutu.as_deref(), headline.n),
        ikm: headline.ikm.as_deref().map(|ikm| t.decimal(ikm).into_owned()),
        mutu: headline.mutu.unwrap_or_default(),
        semester: semester(t, &headline.period),
        n: headline.n.map_or_else(|| "n < 10".to_owned(), |n| t.with("n-small", "n", t.count(n))),
    }
}
