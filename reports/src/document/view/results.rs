//! Chapter III and the processing sheet: respondents, the index, elements, services, agencies, channels, modes.

use serde::Serialize;
use suara_domain::element::{Element, Score};
use suara_domain::fixed::Fixed;
use suara_domain::index::{self, Index};
use suara_domain::precision::Precision;
use suara_domain::suppression::{RANKED_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;

use super::{code, name};
use crate::cells::{self, AgencyCells, Cell};
use crate::fonts::{breakable, printable};
use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

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
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let total = report.tallies.total();
        let table = |dimension| -> Vec<CellView> {
            let cells = cells::margin_of(report, dimension, voice);
            cells.iter().map(|cell| CellView::of(cell, &total, voice)).collect()
        };
        let profile = PROFILE.map(|dimension| ProfileView { name: voice.dimension(dimension), rows: table(dimension) });
        Self {
            elements: Element::ALL.iter().map(|element| ElementView::of(report, &total, *element, voice)).collect(),
            weighted_sum: index::nrr_weighted_sum(&total).map(|sum| voice.fixed(sum)),
            ikm: Index::of(&total).map(|index| voice.fixed(index.rounded())),
            ikm_weight_011: index::ikm_weight_011(&total).map(|index| voice.fixed(index)),
            weight: weight(total.used().count(), voice),
            profile: profile.into(),
            agencies: table(Dimension::Agency),
            services: cells::services(report).iter().map(|agency| AgencyView::of(agency, voice)).collect(),
            channels: table(Dimension::Channel),
            modes: table(Dimension::Mode),
        }
    }
}

/// "1/9 = 0,1111".
fn weight(used: usize, voice: Voice) -> String {
    let used = if used == 0 { Element::ALL.len() } else { used };
    format!("1/{used} = {}", voice.decimal(1.0 / used as f64, 4))
}

#[derive(Serialize)]
struct ElementView {
    code: String,
    name: String,
    n: String,
    sum: Option<String>,
    nrr: Option<String>,
    weighted: Option<String>,
    ikm: Option<String>,
    interval: Option<String>,
    mutu: Option<&'static str>,
    /// Enough answers to colour the class.
    ranked: bool,
    /// Share of each score, the lowest first.
    scores: Vec<String>,
    unanswered: Option<String>,
}

impl ElementView {
    /// Of an element of which nothing may be told but why.
    fn hidden(code: String, name: String, why: &str) -> Self {
        Self {
            code,
            name,
            n: why.to_owned(),
            sum: None,
            nrr: None,
            weighted: None,
            ikm: None,
            interval: None,
            mutu: None,
            ranked: false,
            scores: Score::ALL.map(|_| "–".to_owned()).into(),
            unanswered: None,
        }
    }

    fn of(report: &SemesterReport, total: &Tally, element: Element, voice: Voice) -> Self {
        let answered = total.answered(element);
        let (code, name) = (code(element), name(report, element, voice));
        if let Some(words) = cells::veils_of_elements(total)[element.index()].words(voice) {
            return Self::hidden(code, name, words);
        }
        let index = Index::of_element(total, element);
        let precision = Precision::of_element(total, element, report.population);
        Self {
            code,
            name,
            n: voice.count(answered),
            sum: Some(voice.count(total.score_sum(element))),
            nrr: index::nrr_rounded(total, element).map(|nrr| voice.fixed(nrr)),
            weighted: index::nrr_weighted(total, element).map(|nrr| voice.fixed(nrr)),
            interval: precision.and_then(|precision| precision.interval).map(|ends| voice.interval(ends)),
            mutu: index.as_ref().map(|index| index.mutu().letter()),
            ranked: answered >= RANKED_FROM,
            ikm: index.map(|index| voice.fixed(index.rounded())),
            scores: total.counts(element).iter().map(|score| percent::share(*score, answered)).collect(),
            unanswered: Some(percent::share(total.n() - answered, total.n())),
        }
    }
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
    /// The share as a number from 0 to 100, for a bar.
    bar: Option<u64>,
    ikm: Option<String>,
    interval: Option<String>,
    mutu: Option<&'static str>,
}

impl CellView {
    fn of(cell: &Cell, total: &Tally, voice: Voice) -> Self {
        let n = cell.tally.n();
        let index = Index::of(cell.tally).filter(|_| cell.is_open());
        let precision = index.as_ref().and_then(|_| Precision::of(cell.tally, None));
        let rounded = cell.is_open().then(|| rounded_count(n).min(total.n()));
        Self {
            label: breakable(&cell.label),
            n: veiled_count(cell, voice),
            share: rounded.map_or_else(|| "–".to_owned(), |rounded| percent::share(rounded, total.n())),
            bar: rounded.and_then(|rounded| (100 * rounded).checked_div(total.n())),
            interval: precision.and_then(|precision| precision.interval).map(|ends| voice.interval(ends)),
            mutu: index.as_ref().filter(|_| n >= RANKED_FROM).map(|index| index.mutu().letter()),
            ikm: index.map(|index| voice.fixed(Fixed::<1>::round(index.exact()))),
        }
    }
}

/// The count of a cell as the public may see it.
pub(in crate::document) fn veiled_count(cell: &Cell, voice: Voice) -> String {
    cell.veil.words(voice).map_or_else(|| voice.count(rounded_count(cell.tally.n())), str::to_owned)
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
    fn of(agency: &AgencyCells, voice: Voice) -> Self {
        let (mut services, mut veiled, mut silent) = (Vec::new(), Vec::new(), Vec::new());
        for (service, cell) in &agency.services {
            let label = match service {
                Some(service) => breakable(&service.name),
                None => breakable(&printable(&voice.group(Dimension::Service, &cell.key))),
            };
            match (cell.is_open(), cell.tally.n()) {
                (false, _) => veiled.push(label),
                (true, 0) => silent.push(label),
                (true, n) => services.push(ServiceView {
                    label,
                    n: veiled_count(cell, voice),
                    users: service.and_then(|service| service.visitors).map(|users| voice.count(users)),
                    mutu: Index::of(cell.tally).filter(|_| n >= RANKED_FROM).map(|index| index.mutu().letter()),
                    ikm: Index::of(cell.tally).map(|index| voice.fixed(Fixed::<1>::round(index.exact()))),
                }),
            }
        }
        // Only the group of answers without a service has a name that depends on the language.
        let general = agency.services.iter().all(|(service, _)| service.is_none_or(|it| it.agency.is_empty()));
        let name = if general { voice.group(Dimension::Agency, "") } else { agency.label.clone() };
        Self { name: breakable(&name), services, veiled, silent }
    }
}
