//! `GET /hasil/{mpp}`: the published results of an MPP.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use suara_domain::element::Element;
use suara_domain::period::Period;

use super::gauge::Gauge;
use super::{Site, badge, semester};
use crate::app::directory::Mpp;
use crate::app::published::{CellFigures, Headline, MppFigures, PublishedError};
use crate::web::citizen::{code_of, language_of};
use crate::web::form;
use crate::web::notice::{Notice, NoticePage};
use crate::web::reply::{BRIEFLY, HTML, Reply};
use crate::web::state::Web;
use crate::web::text::Texts;

struct Row {
    name: String,
    width: Option<String>,
    ikm: String,
    mutu: String,
    n: String,
}

struct Table {
    heading: String,
    column: String,
    rows: Vec<Row>,
    long: bool,
}

struct Total {
    ikm: String,
    mutu: String,
    badge: &'static str,
    class_name: String,
    respondents: String,
    precision: String,
    sample: String,
    gauge: Option<Gauge>,
}

struct ResultView {
    period: String,
    semester: String,
    total: Option<Total>,
    elements: Vec<Row>,
    tables: Vec<Table>,
}

struct Point {
    period: String,
    semester: String,
    ikm: String,
    mutu: String,
    n: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "results.html")]
struct ResultsPage<'a> {
    t: &'static Texts,
    site: Site,
    mpp: &'a Mpp,
    result: Option<ResultView>,
    trend: Vec<Point>,
}

/// The page; the last published period unless `?periode=` asks for another.
pub(in crate::web) async fn results(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let language = language_of(&request);
    let Some(mpp) = code_of(&request).and_then(|code| state.app.mpp(&code)) else {
        return NoticePage::new(Notice::UnknownMpp, language).send(&request);
    };
    let headlines = state.app.headlines(mpp.id);
    let asked = form::query_value(request.query_string(), "periode");
    let period = asked.or_else(|| headlines.last().map(|headline| headline.period.clone()));
    let figures = match period.as_deref().map(Period::parse) {
        None => None,
        Some(Err(_)) => return NoticePage::new(Notice::NotFound, language).at(&mpp.code).send(&request),
        Some(Ok(period)) => match figures(&state, &mpp, period).await {
            Ok(figures) => Some(figures),
            Err(notice) => return NoticePage::new(notice, language).at(&mpp.code).send(&request),
        },
    };
    let t = Texts::of(language);
    let view = figures.map(|figures| ResultView::of(t, &figures));
    let current = view.as_ref().map(|view| view.period.clone()).unwrap_or_default();
    let trend = headlines.into_iter().map(|headline| Point::of(t, headline, &current)).collect();
    let page = ResultsPage { t, site: Site::of(&request, language), mpp: &mpp, result: view, trend };
    match page.render() {
        Ok(body) => Reply { status: StatusCode::OK, content_type: HTML, cache: BRIEFLY, body }.send(&request),
        Err(_) => NoticePage::new(Notice::Failure, language).send(&request),
    }
}

async fn figures(state: &Web, mpp: &Arc<Mpp>, period: Period) -> Result<MppFigures, Notice> {
    let (app, mpp) = (state.app.clone(), Arc::clone(mpp));
    let read = web::block(move || app.published(&mpp, period)).await.map_err(|_| Notice::Unavailable)?;
    read.map_err(|error| match error {
        PublishedError::NotPublished(_) => Notice::NotFound,
        PublishedError::Storage(_) | PublishedError::Unreadable(_) => {
            tracing::error!(error = %error, "published results cannot be read");
            Notice::Unavailable
        }
    })
}

impl ResultView {
    fn of(t: &'static Texts, figures: &MppFigures) -> Self {
        let services = figures.services.iter().map(|cell| {
            let name = cell.name.clone().or_else(|| cell.key.clone());
            cell_row(t, name.unwrap_or_else(|| t.say("whole-mall").to_owned()), cell)
        });
        let channels = figures.channels.iter().map(|cell| cell_row(t, channel_name(t, cell.key.as_deref()), cell));
        let tables = [
            table(t.say("services-heading"), t.say("service"), services.collect()),
            table(t.say("channels-heading"), t.say("channel"), channels.collect()),
        ];
        Self {
            period: figures.period.clone(),
            semester: semester(t, &figures.period),
            total: Total::of(t, figures),
            elements: elements(t, figures),
            tables: tables.into_iter().filter(|table| table.rows.len() > 1).collect(),
        }
    }
}

impl Total {
    fn of(t: &Texts, figures: &MppFigures) -> Option<Self> {
        let (n, ikm, mutu) = (figures.n?, figures.ikm.as_deref()?, figures.mutu.as_deref()?);
        let precision = match figures.precision.as_deref() {
            Some("baik") => t.say("precision-baik"),
            Some("hati-hati") => t.say("precision-hati-hati"),
            _ => t.say("precision-tidak"),
        };
        let reached = if n >= figures.sample_minimum { t.say("sample-met") } else { t.say("sample-missed") };
        let minimum = t.with("sample-line", "minimum", t.count(figures.sample_minimum));
        Some(Self {
            ikm: t.decimal(ikm).into_owned(),
            mutu: mutu.to_owned(),
            badge: badge(Some(mutu), Some(n)),
            class_name: class_name(t, mutu).to_owned(),
            respondents: t.with("respondents", "n", t.count(n)),
            precision: precision.to_owned(),
            sample: format!("{minimum} ({reached})"),
            gauge: Gauge::of(t, ikm, figures.ci95),
        })
    }
}

impl Point {
    fn of(t: &Texts, headline: Headline, current: &str) -> Self {
        Self {
            semester: semester(t, &headline.period),
            current: headline.period == current,
            period: headline.period,
            ikm: shown(t, headline.ikm.as_deref()),
            mutu: headline.mutu.unwrap_or_default(),
            n: counted(t, headline.n),
        }
    }
}

fn elements(t: &Texts, figures: &MppFigures) -> Vec<Row> {
    let rows = figures.elements.iter().filter_map(|row| Some((Element::from_key(&row.key)?, row)));
    rows.map(|(element, row)| Row {
        name: t.question(element).name.clone(),
        width: row.ikm.as_deref().and_then(width),
        ikm: shown(t, row.ikm.as_deref()),
        mutu: row.mutu.clone().unwrap_or_default(),
        n: counted(t, row.n),
    })
    .collect()
}

fn cell_row(t: &Texts, name: String, cell: &CellFigures) -> Row {
    Row {
        name,
        width: cell.ikm.as_deref().and_then(width),
        ikm: shown(t, cell.ikm.as_deref()),
        mutu: cell.mutu.clone().unwrap_or_default(),
        n: counted(t, cell.n),
    }
}

fn table(heading: &str, column: &str, rows: Vec<Row>) -> Table {
    Table { heading: heading.to_owned(), column: column.to_owned(), long: rows.len() > 12, rows }
}

fn channel_name(t: &Texts, key: Option<&str>) -> String {
    match key {
        Some("direct") => t.say("channel-direct"),
        Some("mobile") => t.say("channel-mobile"),
        Some("self_service") => t.say("channel-self_service"),
        Some("electronic") => t.say("channel-electronic"),
        _ => t.say("channel-unknown"),
    }
    .to_owned()
}

fn class_name<'a>(t: &'a Texts, mutu: &str) -> &'a str {
    match mutu {
        "A" => t.say("class-A"),
        "B" => t.say("class-B"),
        "C" => t.say("class-C"),
        _ => t.say("class-D"),
    }
}

/// A figure or the dash of a hidden one.
fn shown(t: &Texts, ikm: Option<&str>) -> String {
    ikm.map_or_else(|| "–".to_owned(), |ikm| t.decimal(ikm).into_owned())
}

fn counted(t: &Texts, n: Option<u64>) -> String {
    n.map_or_else(|| "–".to_owned(), |n| t.count(n))
}

/// Length of a bar on the scale from 25 to 100.
fn width(ikm: &str) -> Option<String> {
    let value: f64 = ikm.parse().ok()?;
    Some(format!("{:.2}", (value - 25.0).max(0.0)))
}
