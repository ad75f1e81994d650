//! The charts of a semester as SVG: text stays text in the embedded font, the same input gives the same bytes.
//!
//! Every chart has an alternative text with its figures, draws public cells only, and can be read in black and white.

mod canvas;
mod national;
mod profile;
mod rows;
mod trend;
mod weeks;

use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::language::Language;
use suara_domain::precision::Precision;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM, rounded_count};
use suara_domain::tally_set::Dimension;

use crate::cells::{self, Cell, Veil};
use crate::indonesian::{self, count};
use crate::report::SemesterReport;
use rows::{Bar, Row};

/// A drawing cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("chart \"{name}\" cannot be drawn: {reason}")]
pub struct ChartError {
    /// Name of the chart.
    pub name: &'static str,
    /// What the drawing library says.
    pub reason: String,
}

/// One chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Stable name, fit for a file name.
    pub name: &'static str,
    /// The drawing, a complete SVG document.
    pub svg: String,
    /// What it shows, in Bahasa Indonesia, for those who cannot see it.
    pub alt: String,
}

/// The charts of one semester, in the order of the report. A chart without anything to show is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charts(Vec<Chart>);

impl Charts {
    /// Draws all charts: `elements`, `trend`, `channels`, `weeks`, and `sex`, `age_band`, `education`, `occupation`.
    /// Below ten responses only the first two, which are then for the MPP and the ministry alone.
    ///
    /// # Errors
    /// The drawing library fails, which no input should bring about.
    pub fn draw(report: &SemesterReport) -> Result<Self, ChartError> {
        let n = report.tallies.total().n();
        let mut charts = Vec::new();
        if n > 0 {
            charts.push(elements(report)?);
        }
        charts.extend(trend::draw(report)?);
        if n >= PUBLIC_FROM {
            charts.push(channels(report)?);
            charts.push(weeks::draw(report)?);
            for dimension in [Dimension::Sex, Dimension::AgeBand, Dimension::Education, Dimension::Occupation] {
                charts.push(profile::draw(report, dimension)?);
            }
        }
        Ok(Self(charts))
    }

    /// The chart with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Chart> {
        self.0.iter().find(|chart| chart.name == name)
    }

    /// All charts.
    pub fn iter(&self) -> impl Iterator<Item = &Chart> {
        self.0.iter()
    }
}

/// The nine elements in the order of the form, with 95 % intervals.
fn elements(report: &SemesterReport) -> Result<Chart, ChartError> {
    let total = report.tallies.total();
    let rows = Element::ALL.map(|element| {
        let name = report.instrument.question(element).name.get(Language::Indonesian);
        let n = total.answered(element);
        let bar = Index::of_element(&total, element).map(|index| Bar {
            value: index.rounded().to_f64(),
            text: indonesian::fixed(index.rounded()),
            mutu: (n >= RANKED_FROM).then(|| index.mutu()),
            interval: Precision::of_element(&total, element, report.population).and_then(|it| it.interval),
        });
        let absence = "tidak dijawab".to_owned();
        Row { label: format!("U{} {name}", element.index() + 1), n: count(n), bar: bar.ok_or(absence) }
    });
    rows::draw("elements", "Diagram batang nilai IKM sembilan unsur beserta interval 95 %.", &rows)
}

/// The four service channels side by side.
fn channels(report: &SemesterReport) -> Result<Chart, ChartError> {
    let cells = cells::margin(&report.tallies, Dimension::Channel);
    let rows: Vec<Row> = cells.iter().map(row).collect();
    rows::draw("channels", "Diagram batang nilai IKM menurut kanal layanan beserta interval 95 %.", &rows)
}

/// A public cell as a row: one decimal, count rounded to five, or why it is not shown.
fn row(cell: &Cell) -> Row {
    let n = cell.tally.n();
    let bar = match (cell.veil, Index::of(cell.tally)) {
        (Veil::TooFew, _) => Err("n < 10".to_owned()),
        (Veil::Protecting, _) => Err("ditutup".to_owned()),
        (Veil::Open, None) => Err("belum ada jawaban".to_owned()),
        (Veil::Open, Some(index)) => Ok(Bar {
            value: index.to_f64(),
            text: indonesian::fixed(suara_domain::fixed::Fixed::<1>::round(index.exact())),
            mutu: (n >= RANKED_FROM).then(|| index.mutu()),
            interval: Precision::of(cell.tally, None).and_then(|it| it.interval),
        }),
    };
    Row { label: cell.label.clone(), n: count(rounded_count(n)), bar }
}
