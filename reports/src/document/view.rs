//! What the templates print: every figure already written in the language of the document, every text from outside
//! printable.
//!
//! Templates decide how a thing looks, the catalogues of `texts/` how it is said, this module what is said: a value, a
//! key of the catalogue, or `None`, which prints as a dotted line or is left out.

mod alerts;
mod analysis;
mod collection;
mod comments;
mod follow_up;
mod method;
mod quality;
mod results;
mod trend;
mod untested;

pub(super) use results::veiled_count;
use serde::Serialize;
use suara_domain::element::{Element, Score};
use suara_domain::index::Index;
use suara_domain::instrument::Question;
use suara_domain::precision::Precision;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};

use crate::charts::Charts;
use crate::fonts::breakable;
use crate::report::{Mpp, SemesterReport, Status};
use crate::voice::Voice;

/// Everything the semester report prints.
#[derive(Serialize)]
pub(super) struct SemesterView {
    heading: HeadingView,
    result: Option<ResultView>,
    collection: collection::CollectionView,
    results: results::ResultsView,
    analysis: analysis::AnalysisView,
    follow_up: follow_up::FollowUpView,
    trend: trend::TrendView,
    quality: quality::QualityView,
    alerts: alerts::AlertsView,
    method: method::MethodView,
    questions: Vec<QuestionView>,
    charts: Vec<ChartView>,
}

impl SemesterView {
    pub fn of(report: &SemesterReport, charts: &Charts, voice: Voice) -> Self {
        Self {
            heading: HeadingView::of(report, voice),
            result: ResultView::of(report, voice),
            collection: collection::CollectionView::of(report, voice),
            results: results::ResultsView::of(report, voice),
            analysis: analysis::AnalysisView::of(report, voice),
            follow_up: follow_up::FollowUpView::of(report, voice),
            trend: trend::TrendView::of(report, voice),
            quality: quality::QualityView::of(report, voice),
            alerts: alerts::AlertsView::of(report, voice),
            method: method::MethodView::of(report, voice),
            questions: questions(report, voice),
            charts: charts.iter().map(|chart| ChartView { name: chart.name, alt: chart.alt.clone() }).collect(),
        }
    }
}

/// Who, when and which edition: cover, header, footer, signature.
#[derive(Serialize)]
pub(super) struct HeadingView {
    /// Key of the catalogue: `id` or `en`.
    language: &'static str,
    mpp: MppView,
    period: String,
    short_period: String,
    first_day: String,
    last_day: String,
    year: i32,
    provisional: bool,
    revision: u32,
    reason: Option<String>,
    former: Vec<FormerRevisionView>,
    generated_on: String,
    manifest: Option<String>,
    rule: String,
    instrument: String,
}

impl HeadingView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let (edition, zone) = (&report.edition, report.mpp.time_zone);
        let local = |instant| voice.date(zone.local(instant).date_naive());
        let former = edition.former.iter().map(|former| FormerRevisionView {
            revision: former.revision,
            generated_on: local(former.generated_at),
            reason: text(former.reason.as_ref()),
        });
        Self {
            language: voice.say("id", "en"),
            mpp: MppView::of(&report.mpp),
            period: voice.period(report.period),
            short_period: voice.short_period(report.period),
            first_day: voice.date(report.period.first_day()),
            last_day: voice.date(report.period.last_day()),
            year: report.period.year(),
            provisional: edition.status == Status::Provisional,
            revision: edition.revision,
            reason: text(edition.reason.as_ref()),
            former: former.collect(),
            generated_on: local(edition.generated_at),
            manifest: edition.manifest_sha256.clone(),
            rule: report.instrument.rule.clone(),
            instrument: report.instrument.id.clone(),
        }
    }
}

#[derive(Serialize)]
struct FormerRevisionView {
    revision: u32,
    generated_on: String,
    reason: Option<String>,
}

#[derive(Serialize)]
struct MppView {
    code: String,
    name: String,
    brand: Option<String>,
    region: String,
    province: String,
    address: Option<String>,
    organiser: Option<String>,
    surveyor: Option<String>,
    signatory: Option<String>,
    signatory_title: Option<String>,
}

impl MppView {
    fn of(mpp: &Mpp) -> Self {
        Self {
            code: mpp.code.to_string(),
            name: breakable(&mpp.name),
            brand: text(mpp.brand.as_ref()),
            region: breakable(&mpp.region),
            province: breakable(&mpp.province),
            address: text(mpp.address.as_ref()),
            organiser: text(mpp.organiser.as_ref()),
            surveyor: text(mpp.surveyor.as_ref()),
            signatory: text(mpp.signatory.as_ref()),
            signatory_title: text(mpp.signatory_title.as_ref()),
        }
    }
}

/// The official figure.
#[derive(Serialize)]
pub(super) struct ResultView {
    pub ikm: String,
    pub mutu: &'static str,
    /// 95 % interval.
    pub interval: Option<String>,
    /// Index and ends of its interval on the scale from 25 to 100, as percent of its length.
    pub place: f64,
    pub ends: Option<(f64, f64)>,
    pub n: String,
    /// Ten responses or more: may be told to everyone.
    pub public: bool,
    /// Thirty responses or more: classes may be coloured, elements ranked without a warning.
    pub ranked: bool,
}

impl ResultView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Option<Self> {
        let total = report.tallies.total();
        let index = Index::of(&total)?;
        let ends = Precision::of(&total, report.population).and_then(|precision| precision.interval);
        let place = |value: f64| (value - 25.0) / 0.75;
        Some(Self {
            ikm: voice.fixed(index.rounded()),
            mutu: index.mutu().letter(),
            interval: ends.map(|ends| voice.interval(ends)),
            place: place(index.to_f64()),
            ends: ends.map(|(lower, upper)| (place(lower), place(upper))),
            n: voice.count(total.n()),
            public: total.n() >= PUBLIC_FROM,
            ranked: total.n() >= RANKED_FROM,
        })
    }
}

#[derive(Serialize)]
struct QuestionView {
    name: String,
    wording: String,
    options: Vec<String>,
}

#[derive(Serialize)]
struct ChartView {
    name: &'static str,
    alt: String,
}

fn questions(report: &SemesterReport, voice: Voice) -> Vec<QuestionView> {
    let language = voice.language();
    let question = |question: &Question| QuestionView {
        name: question.name.get(language).to_owned(),
        wording: question.wording.get(language).to_owned(),
        options: Score::ALL.iter().map(|score| question.option(*score).get(language).to_owned()).collect(),
    };
    report.instrument.questions().iter().map(question).collect()
}

/// Place on the form, `U1` to `U9`.
fn code(element: Element) -> String {
    format!("U{}", element.index() + 1)
}

/// What an element is called.
fn name(report: &SemesterReport, element: Element, voice: Voice) -> String {
    report.instrument.question(element).name.get(voice.language()).to_owned()
}

/// A text from outside that may be missing; one without a printable character is missing.
fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| breakable(text)).filter(|text| !text.is_empty())
}
