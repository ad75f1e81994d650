//! The nine elements in every province, as a table whose cells are the darker the higher the figure.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM, Total, rounded_count};
use suara_domain::tally::Tally;

use super::names::element_name;
use crate::design::{Colour, INK, PAPER, TEAL};
use crate::national::provinces::Province;
use crate::national::{NationalMpp, NationalReport};
use crate::voice::Voice;

/// From this darkness on letters are light.
const DARK: f64 = 0.7;

#[derive(Serialize)]
pub(super) struct ElementsView {
    names: Vec<String>,
    nation: Option<RowView>,
    provinces: Vec<RowView>,
    lowest: Option<String>,
    highest: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    name: String,
    n: String,
    /// Nine cells, or none where the province is not shown.
    cells: Vec<CellView>,
}

#[derive(Serialize)]
struct CellView {
    text: String,
    /// Ground and letters; `None` where there are too few answers to compare.
    fill: Option<String>,
    ink: String,
}

impl ElementsView {
    pub fn of(report: &NationalReport, provinces: &[Province<'_>], voice: Voice) -> Self {
        let nation: Tally = report.mpps.iter().map(NationalMpp::total).collect::<Vec<_>>().iter().sum();
        let shown: Vec<&Province> = provinces.iter().filter(|province| province.tally.n() > 0).collect();
        let told = Total::of(report.mpps.iter().map(NationalMpp::n)) != Total::Hidden;
        let open = || shown.iter().filter(|it| it.is_open()).map(|it| &it.tally).chain(told.then_some(&nation));
        let values =
            || open().flat_map(|tally| Element::ALL.into_iter().filter_map(|element| coloured(tally, element)));
        let range = (values().fold(100.0, f64::min), values().fold(25.0, f64::max));
        let known = values().next().is_some();
        let scale = Scale { range, voice };
        Self {
            names: Element::ALL.map(|element| element_name(report, element, voice)).into(),
            nation: (nation.n() >= PUBLIC_FROM).then(|| scale.row("Indonesia", &nation, told)),
            provinces: shown.iter().map(|it| scale.row(it.name, &it.tally, it.is_open())).collect(),
            lowest: known.then(|| voice.decimal(range.0, 1)),
            highest: known.then(|| voice.decimal(range.1, 1)),
        }
    }
}

/// A figure that may be compared.
fn coloured(tally: &Tally, element: Element) -> Option<f64> {
    let enough = tally.answered(element) >= RANKED_FROM;
    Index::of_element(tally, element).filter(|_| enough).map(|index| index.to_f64())
}

/// From the palest to the darkest cell, in a language.
struct Scale {
    range: (f64, f64),
    voice: Voice,
}

impl Scale {
    fn row(&self, name: &str, tally: &Tally, open: bool) -> RowView {
        let n = match tally.n() {
            n if n < PUBLIC_FROM => "n < 10".to_owned(),
            _ if !open => self.voice.say("disembunyikan", "withheld").to_owned(),
            n => self.voice.count(rounded_count(n)),
        };
        let cells = if open && tally.n() >= PUBLIC_FROM {
            Element::ALL.map(|element| self.cell(tally, element)).into()
        } else {
            Vec::new()
        };
        RowView { name: name.to_owned(), n, cells }
    }

    fn cell(&self, tally: &Tally, element: Element) -> CellView {
        let (lowest, highest) = self.range;
        let public = tally.answered(element) >= PUBLIC_FROM;
        let index = Index::of_element(tally, element).filter(|_| public);
        let text = index.map_or_else(|| "–".to_owned(), |index| self.voice.fixed(Fixed::<1>::round(index.exact())));
        let darkness = coloured(tally, element)
            .map(|value| if highest > lowest { (value - lowest) / (highest - lowest) } else { 0.5 });
        CellView {
            text,
            fill: darkness.map(|darkness| blend(darkness).hex()),
            ink: if darkness.is_some_and(|darkness| darkness > DARK) { PAPER.hex() } else { INK.hex() },
        }
    }
}

/// From paper to the colour of the house.
fn blend(darkness: f64) -> Colour {
    let mix = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * darkness).round();
    let channel = |from, to| (0..=u8::MAX).find(|value| f64::from(*value) >= mix(from, to)).unwrap_or(u8::MAX);
    Colour(channel(PAPER.0, TEAL.0), channel(PAPER.1, TEAL.1), channel(PAPER.2, TEAL.2))
}
