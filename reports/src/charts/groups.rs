//! The groups of one dimension side by side: service channels, or ways of answering.

use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::precision::Precision;
use suara_domain::suppression::{RANKED_FROM, rounded_count};
use suara_domain::tally_set::Dimension;

use super::rows::{self, Bar, Lead, Row};
use super::{Chart, ChartError};
use crate::cells::{self, Cell};
use crate::report::SemesterReport;
use crate::voice::Voice;

/// The four service channels.
pub(super) fn channels(report: &SemesterReport, voice: Voice) -> Result<Chart, ChartError> {
    let alt = voice.say(
        "Diagram batang nilai IKM menurut kanal layanan beserta interval 95%.",
        "Bar chart of the index by service channel with 95% intervals.",
    );
    draw("channels", alt, &cells::margin_of(report, Dimension::Channel, voice), voice)
}

/// The ways of answering; `None` unless at least two of them may be seen, since one alone compares with nothing.
pub(super) fn modes(report: &SemesterReport, voice: Voice) -> Result<Option<Chart>, ChartError> {
    let cells = cells::margin_of(report, Dimension::Mode, voice);
    if cells.iter().filter(|cell| cell.is_open() && cell.tally.n() > 0).count() < 2 {
        return Ok(None);
    }
    let alt = voice.say(
        "Diagram batang nilai IKM menurut cara pengisian beserta interval 95%.",
        "Bar chart of the index by how it was answered with 95% intervals.",
    );
    draw("modes", alt, &cells, voice).map(Some)
}

fn draw(name: &'static str, alt: &str, cells: &[Cell], voice: Voice) -> Result<Chart, ChartError> {
    let rows: Vec<Row> = cells.iter().map(|cell| row(cell, voice)).collect();
    let lead = Lead { name, alt: alt.to_owned(), former: String::new(), nation: String::new() };
    rows::draw(&lead, &rows, voice)
}

/// A public cell as a row: one decimal, count rounded to five, or why it is not shown.
fn row(cell: &Cell, voice: Voice) -> Row {
    let n = cell.tally.n();
    let bar = match Index::of(cell.tally).filter(|_| cell.is_open()) {
        None => Err(absence(cell, voice)),
        Some(index) => Ok(Bar {
            value: index.to_f64(),
            text: voice.fixed(Fixed::<1>::round(index.exact())),
            mutu: (n >= RANKED_FROM).then(|| index.mutu()),
            interval: Precision::of(cell.tally, None).and_then(|it| it.interval),
            former: None,
            nation: None,
        }),
    };
    Row { label: cell.label.clone(), n: voice.count(rounded_count(n)), bar }
}

/// What stands in the place of a figure.
pub(super) fn absence(cell: &Cell, voice: Voice) -> String {
    cell.veil.words(voice).unwrap_or_else(|| voice.say("belum ada jawaban", "no answers yet")).to_owned()
}
