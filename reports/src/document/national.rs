//! What the national report prints: every figure already written in Bahasa Indonesia and already suppressed.

mod coverage;
mod elements;
mod figures;
mod learning;
mod listing;
mod quality;
mod standings;

use serde::Serialize;

use crate::charts::Charts;
use crate::indonesian;
use crate::national::NationalReport;
use crate::national::provinces::provinces;
use crate::report::Status;

/// Everything the national report prints.
#[derive(Serialize)]
pub(super) struct NationalView {
    heading: HeadingView,
    figures: figures::FiguresView,
    coverage: coverage::CoverageView,
    standings: standings::StandingsView,
    elements: elements::ElementsView,
    changes: standings::ChangesView,
    learning: learning::LearningView,
    listing: Vec<listing::ProvinceView>,
    quality: quality::QualityView,
    charts: Vec<ChartView>,
}

impl NationalView {
    pub fn of(report: &NationalReport, charts: &Charts) -> Self {
        let provinces = provinces(report);
        Self {
            heading: HeadingView::of(report),
            figures: figures::FiguresView::of(report),
            coverage: coverage::CoverageView::of(report, &provinces),
            standings: standings::StandingsView::of(report),
            elements: elements::ElementsView::of(report, &provinces),
            changes: standings::ChangesView::of(report),
            learning: learning::LearningView::of(report),
            listing: listing::of(&provinces),
            quality: quality::QualityView::of(report),
            charts: charts.iter().map(|chart| ChartView { name: chart.name, alt: chart.alt.clone() }).collect(),
        }
    }
}

/// When and which edition: cover, header, footer.
#[derive(Serialize)]
struct HeadingView {
    /// The page style names the author of a document by this.
    mpp: AuthorView,
    period: String,
    short_period: String,
    former_period: String,
    first_day: String,
    last_day: String,
    provisional: bool,
    revision: u32,
    reason: Option<String>,
    generated_on: String,
    manifest: Option<String>,
    rule: String,
    instrument: String,
}

#[derive(Serialize)]
struct AuthorView {
    name: &'static str,
}

impl HeadingView {
    fn of(report: &NationalReport) -> Self {
        let edition = &report.edition;
        Self {
            mpp: AuthorView { name: "Mal Pelayanan Publik" },
            period: indonesian::period(report.period),
            short_period: indonesian::short_period(report.period),
            former_period: indonesian::period(report.period.previous()),
            first_day: indonesian::date(report.period.first_day()),
            last_day: indonesian::date(report.period.last_day()),
            provisional: edition.status == Status::Provisional,
            revision: edition.revision,
            reason: edition.reason.clone(),
            generated_on: indonesian::date(edition.generated_at.date_naive()),
            manifest: edition.manifest_sha256.clone(),
            rule: report.instrument.rule.clone(),
            instrument: report.instrument.id.clone(),
        }
    }
}

#[derive(Serialize)]
struct ChartView {
    name: &'static str,
    alt: String,
}
