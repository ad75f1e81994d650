//! What the national report prints: every figure already written in its language and already suppressed.

mod changes;
mod coverage;
mod elements;
mod figures;
mod learning;
mod listing;
mod names;
mod quality;
mod standings;

use serde::Serialize;

use crate::charts::Charts;
use crate::national::NationalReport;
use crate::national::provinces::provinces;
use crate::report::Status;
use crate::voice::Voice;

/// Everything the national report prints.
#[derive(Serialize)]
pub(super) struct NationalView {
    heading: HeadingView,
    figures: figures::FiguresView,
    coverage: coverage::CoverageView,
    standings: standings::StandingsView,
    elements: elements::ElementsView,
    changes: changes::ChangesView,
    learning: learning::LearningView,
    listing: Vec<listing::ProvinceView>,
    quality: quality::QualityView,
    charts: Vec<ChartView>,
}

impl NationalView {
    pub fn of(report: &NationalReport, charts: &Charts, voice: Voice) -> Self {
        let provinces = provinces(report);
        Self {
            heading: HeadingView::of(report, voice),
            figures: figures::FiguresView::of(report, voice),
            coverage: coverage::CoverageView::of(report, &provinces, voice),
            standings: standings::StandingsView::of(report, voice),
            elements: elements::ElementsView::of(report, &provinces, voice),
            changes: changes::ChangesView::of(report, voice),
            learning: learning::LearningView::of(report, voice),
            listing: listing::of(&provinces, voice),
            quality: quality::QualityView::of(report, voice),
            charts: charts.iter().map(|chart| ChartView { name: chart.name, alt: chart.alt.clone() }).collect(),
        }
    }
}

/// When and which edition: cover, header, footer.
#[derive(Serialize)]
struct HeadingView {
    /// Key of the catalogue: `id` or `en`.
    language: &'static str,
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
    fn of(report: &NationalReport, voice: Voice) -> Self {
        let edition = &report.edition;
        Self {
            language: voice.say("id", "en"),
            mpp: AuthorView { name: voice.say("Mal Pelayanan Publik", "Public Service Malls") },
            period: voice.period(report.period),
            short_period: voice.short_period(report.period),
            former_period: voice.period(report.period.previous()),
            first_day: voice.date(report.period.first_day()),
            last_day: voice.date(report.period.last_day()),
            provisional: edition.status == Status::Provisional,
            revision: edition.revision,
            reason: edition.reason.clone(),
            generated_on: voice.date(edition.generated_at.date_naive()),
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
