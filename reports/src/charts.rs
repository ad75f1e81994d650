//! The charts of a semester as SVG: text stays text in the embedded font, the same input gives the same bytes.
//!
//! Every chart has an alternative text with its figures, draws public cells only, and can be read in black and white.

mod answers;
mod calendar;
mod canvas;
mod elements;
mod groups;
mod national;
mod quadrant;
mod rows;
mod services;
mod trend;

use suara_domain::language::Language;
use suara_domain::suppression::PUBLIC_FROM;

use crate::report::SemesterReport;
use crate::voice::Voice;

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
    /// What it shows, with its figures, for those who cannot see it; in the language of the chart.
    pub alt: String,
}

/// The charts of one semester, in the order of the report. A chart without anything to show is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Charts(Vec<Chart>);

impl Charts {
    /// Draws all charts in a language: `elements`, `trend`, `answers`, `calendar`, `channels`, `modes`, `services`
    /// and `quadrant`. Below ten responses only the first two, which are then for the MPP and the ministry alone.
    ///
    /// # Errors
    /// The drawing library fails, which no input should bring about.
    pub fn draw(report: &SemesterReport, language: Language) -> Result<Self, ChartError> {
        let voice = Voice::of(language);
        let n = report.tallies.total().n();
        let mut charts = Vec::new();
        if n > 0 {
            charts.push(elements::draw(report, voice)?);
        }
        charts.extend(trend::draw(report, voice)?);
        if n >= PUBLIC_FROM {
            charts.push(answers::draw(report, voice)?);
            charts.extend(calendar::draw(report, voice)?);
            charts.push(groups::channels(report, voice)?);
            charts.extend(groups::modes(report, voice)?);
            charts.extend(services::draw(report, voice)?);
            charts.extend(quadrant::draw(report, voice)?);
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
