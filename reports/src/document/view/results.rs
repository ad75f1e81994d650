//! Chapter III and the processing sheet: respondents, the index, elements, services, agencies, channels, modes.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::{self, Index};
use suara_domain::language::Language;
use suara_domain::precision::Precision;
use suara_domain::suppression::{RANKED_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;

use crate::cells::{self, AgencyCells, Cell, Veil};
use crate::fonts::breakable;
use crate::indonesian::{self, count, decimal, fixed, percent};
use crate::report::SemesterReport;

/// Profile questions in the order they are printed.
const PROFILE: [Dimension; 5] =
    [Dimension::Sex, Dimension::AgeBand, Dimension::Education, Dimension::Occupation, Dimension::Disability];

#[derive(Serialize)]
pub(super) struct ResultsView {
    /// Always nine, in the order of the form.
    elements: Vec<ElementView>,
    weighted_sum: Option<String>,
    ikm: Option<String>,
    ikm_weight_011: Option<String>,
    weight: String,
    profile: Vec<ProfileView>,
    agencies: Vec<CellView>,
    services: Vec<AgencyView>,
    channels: Vec<CellView>,
    modes: Vec<CellView>,
}

impl ResultsView {
    pub fn of(report: &SemesterReport) -> Self {
        let total = report.tallies.total();
        let table = |dimension| -> Vec<CellView> {
            cells::margin(&report.tallies, dimension).iter().map(|cell| CellView::of(cell, &total)).collect()
        };
        let profile =
            PROFILE.map(|dimension| ProfileView { name: indonesian::dimension(dimension), rows: table(dimension) });
        Self {
            elements: Element::ALL.iter().map(|element| ElementView::of(report, &total, *element)).collect(),
            weighted_sum: index::nrr_weighted_sum(&total).map(fixed),
            ikm: Index::of(&total).map(|index| fixed(index.rounded())),
            ikm_weight_011: index::ikm_weight_011(&total).map(fixed),
            weight: weight(total.used().count()),
            profile: profile.into(),
            agencies: table(Dimension::Agency),
            services: cells::services(report).iter().map(AgencyView::of).collect(),
            channels: table(Dimension::Channel),
            modes: table(Dimension::Mode),
        }
    }
}

/// "1/9 = 0,1111".
fn weight(used: usize) -> String {
    match used {
        0 => "1/9 = 0,1111".to_owned(),
        used => format!("1/{used} = {}", decimal(1.0 / used as f64, 4)),
    }
}

#[derive(Serialize)]
struct ElementView {
    /// Place on the form, `U1` to `U9`.
    code: String,
    name: String,
    n: String,
    sum: String,
    nrr: Option<String>,
    weighted: Option<String>,
    ikm: Option<String>,
    interval: Option<String>,
    mutu: Option<&'static str>,
    /// Enough answers to colour the class.
    ranked: bool,
    /// Share of each score, the lowest first.
    scores: Vec<String>,
    unanswered: String,
}

impl ElementView {
    fn of(report: &SemesterReport, total: &Tally, element: Element) -> Self {
        let index = Index::of_element(total, element);
        let precision = Precision::of_element(total, element, report.population);
        let answered = total.answered(element);
        Self {
            code: format!("U{}", element.index() + 1),
            name: report.instrument.question(element).name.get(Language::Indonesian).to_owned(),
            n: count(answered),
            sum: count(total.score_sum(element)),
            nrr: index::nrr_rounded(total, element).map(fixed),
            weighted: index::nrr_weighted(total, element).map(fixed),
            interval: precision.and_then(|precision| precision.interval).map(interval),
            mutu: index.as_ref().map(|index| index.mutu().letter()),
            ranked: answered >= RANKED_FROM,
            ikm: index.map(|index| fixed(index.rounded())),
            scores: total.counts(element).iter().map(|score| percent(*score, answered)).collect(),
            unanswered: percent(total.n() - answered, total.n()),
        }
    }
}

/// "90,6–92,3".
pub(super) fn interval((lower, upper): (f64, f64)) -> String {
    format!("{}–{}", decimal(lower, 1), decimal(upper, 1))
}

#[derive(Serialize)]
struct ProfileView {
    name: &'static str,
    rows: Vec<CellView>,
}

/// A public cell: counts rounded to five, figures to one decimal, or what stands in their place.
#[derive(Serialize)]
struct CellView {
    label: String,
    n: String,
    share: String,
    ikm: Option<String>,
    interval: Option<String>,
    mutu: Option<&'static str>,
}

impl CellView {
    fn of(cell: &Cell, total: &Tally) -> Self {
        let n = cell.tally.n();
        let index = Index::of(cell.tally).filter(|_| cell.is_open());
        let precision = index.as_ref().and_then(|_| Precision::of(cell.tally, None));
        Self {
            label: breakable(&cell.label),
            n: veiled_count(cell),
            share: if cell.is_open() { percent(rounded_count(n), total.n()) } else { "–".to_owned() },
            interval: precision.and_then(|precision| precision.interval).map(interval),
            mutu: index.as_ref().filter(|_| n >= RANKED_FROM).map(|index| index.mutu().letter()),
            ikm: index.map(|index| fixed(Fixed::<1>::round(index.exact()))),
        }
    }
}

/// The count of a cell as the public may see it.
pub(in crate::document) fn veiled_count(cell: &Cell) -> String {
    match cell.veil {
        Veil::Open => count(rounded_count(cell.tally.n())),
        Veil::TooFew => "n < 10".to_owned(),
        Veil::Protecting => "ditutup".to_owned(),
    }
}

/// An agency's services: a row for each that may be shown and was answered, the names of the others.
#[derive(Serialize)]
struct AgencyView {
    name: String,
    services: Vec<ServiceView>,
    /// Veiled ones.
    veiled: Vec<String>,
    /// Those nobody answered for.
    silent: Vec<String>,
}

#[derive(Serialize)]
struct ServiceView {
    label: String,
    n: String,
    users: Option<String>,
    ikm: Option<String>,
    mutu: Option<&'static str>,
}

impl AgencyView {
    fn of(agency: &AgencyCells) -> Self {
        let mut view =
            Self { name: breakable(&agency.label), services: Vec::new(), veiled: Vec::new(), silent: Vec::new() };
        for (service, cell) in &agency.services {
            match (cell.is_open(), cell.tally.n()) {
                (false, _) => view.veiled.push(breakable(&cell.label)),
                (true, 0) => view.silent.push(breakable(&cell.label)),
                (true, n) => view.services.push(ServiceView {
                    label: breakable(&cell.label),
                    n: veiled_count(cell),
                    users: service.and_then(|service| service.visitors).map(count),
                    mutu: Index::of(cell.tally).filter(|_| n >= RANKED_FROM).map(|index| index.mutu().letter()),
                    ikm: Index::of(cell.tally).map(|index| fixed(Fixed::<1>::round(index.exact()))),
                }),
            }
        }
        view
    }
}
