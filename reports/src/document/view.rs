//! What the templates print: every figure already written in Bahasa Indonesia, every text from outside printable.
//!
//! Templates decide how a thing looks, this module what it says. A `None` prints as a dotted line or is left out.

mod analysis;
mod collection;
mod quality;
mod results;

pub(super) use results::veiled_count;
use serde::Serialize;
use suara_domain::index::Index;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};

use crate::charts::Charts;
use crate::fonts::breakable;
use crate::indonesian;
use crate::report::{Mpp, SemesterReport, Status};

/// Everything the semester report prints.
#[derive(Serialize)]
pub(super) struct SemesterView {
    heading: HeadingView,
    result: Option<ResultView>,
    collection: collection::CollectionView,
    results: results::ResultsView,
    analysis: analysis::AnalysisView,
    quality: quality::QualityView,
    questions: Vec<QuestionView>,
    charts: Vec<ChartView>,
}

impl SemesterView {
    pub fn of(report: &SemesterReport, charts: &Charts) -> Self {
        Self {
            heading: HeadingView::of(report),
            result: ResultView::of(report),
            collection: collection::CollectionView::of(report),
            results: results::ResultsView::of(report),
            analysis: analysis::AnalysisView::of(report),
            quality: quality::QualityView::of(report),
            questions: questions(report),
            charts: charts.iter().map(|chart| ChartView { name: chart.name, alt: chart.alt.clone() }).collect(),
        }
    }
}

/// Who, when and which edition: cover, header, footer, signature.
#[derive(Serialize)]
pub(super) struct HeadingView {
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
    pub fn of(report: &SemesterReport) -> Self {
        let (edition, zone) = (&report.edition, report.mpp.time_zone);
        let local = |instant| indonesian::date(zone.local(instant).date_naive());
        let former = edition.former.iter().map(|former| FormerRevisionView {
            revision: former.revision,
            generated_on: local(former.generated_at),
            reason: text(former.reason.as_ref()),
        });
        Self {
            mpp: MppView::of(&report.mpp),
            period: indonesian::period(report.period),
            short_period: indonesian::short_period(report.period),
            first_day: indonesian::date(report.period.first_day()),
            last_day: indonesian::date(report.period.last_day()),
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
    pub kinerja: &'static str,
    pub n: String,
    /// Ten responses or more: may be told to everyone.
    pub public: bool,
    /// Thirty responses or more: classes may be coloured, elements ranked without a warning.
    pub ranked: bool,
}

impl ResultView {
    pub fn of(report: &SemesterReport) -> Option<Self> {
        let total = report.tallies.total();
        let index = Index::of(&total)?;
        Some(Self {
            ikm: indonesian::fixed(index.rounded()),
            mutu: index.mutu().letter(),
            kinerja: index.mutu().kinerja(),
            n: indonesian::count(total.n()),
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

fn questions(report: &SemesterReport) -> Vec<QuestionView> {
    use suara_domain::element::Score;
    use suara_domain::language::Language::Indonesian;
    let question = |question: &suara_domain::instrument::Question| QuestionView {
        name: question.name.get(Indonesian).to_owned(),
        wording: question.wording.get(Indonesian).to_owned(),
        options: Score::ALL.iter().map(|score| question.option(*score).get(Indonesian).to_owned()).collect(),
    };
    report.instrument.questions().iter().map(question).collect()
}

/// A text from outside that may be missing; one without a printable character is missing.
fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| breakable(text)).filter(|text| !text.is_empty())
}
