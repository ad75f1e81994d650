//! The cells of a table as a reader may see them: groups of a dimension in reading order, small ones veiled
//! (STATISTICS 5).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use suara_domain::element::{ELEMENTS, Element};
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Sex};
use suara_domain::suppression::{Audience, PUBLIC_FROM, Shown, visible};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use crate::report::{SemesterReport, Service};
use crate::voice::Voice;
use crate::{fonts, indonesian};

static EMPTY: LazyLock<Tally> = LazyLock::new(Tally::default);

/// What the public may see of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Veil {
    /// Everything.
    Open,
    /// Too few answered.
    TooFew,
    /// Enough answered, but the cell would give away one that has too few.
    Protecting,
}

impl Veil {
    /// The veil of a cell of so many responses that may be shown or not.
    fn of(count: u64, visible: bool) -> Self {
        match count {
            1..PUBLIC_FROM => Self::TooFew,
            0 => Self::Open,
            _ if visible => Self::Open,
            _ => Self::Protecting,
        }
    }
}

/// One group and what may be seen of it.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    /// Key in the tally set.
    pub key: String,
    /// Name, printable; in Bahasa Indonesia unless [`margin_in`] or [`margin_of`] was asked.
    pub label: String,
    /// Its tally.
    pub tally: &'a Tally,
    /// What the public may see.
    pub veil: Veil,
}

impl Veil {
    /// What stands in the place of a figure, in every table and chart alike; `None` where the figure may be seen.
    pub const fn words(self, voice: Voice) -> Option<&'static str> {
        match self {
            Self::Open => None,
            Self::TooFew => Some("n < 10"),
            Self::Protecting => Some(voice.say("disembunyikan", "withheld")),
        }
    }
}

/// What the public may see of each element's answers, in the order of the form. A document about fewer than ten
/// respondents is not for publication, and shows all of them.
pub(crate) fn veils_of_elements(total: &Tally) -> [Veil; ELEMENTS] {
    let counts = Element::ALL.map(|element| total.answered(element));
    let shown = if total.n() < PUBLIC_FROM { vec![true; ELEMENTS] } else { visible(&counts) };
    std::array::from_fn(|place| match (shown[place], counts[place]) {
        (true, _) => Veil::Open,
        (false, n) if n < PUBLIC_FROM => Veil::TooFew,
        (false, _) => Veil::Protecting,
    })
}

impl Cell<'_> {
    /// Whether the public may see figures of it.
    pub fn is_open(&self) -> bool {
        self.veil == Veil::Open
    }
}

/// An agency with its services.
#[derive(Clone, Debug)]
pub(crate) struct AgencyCells<'a> {
    /// Name, printable.
    pub label: String,
    /// Its services with their master data; none for responses to the MPP as a whole.
    pub services: Vec<(Option<&'a Service>, Cell<'a>)>,
}

/// The groups of a dimension: the options in the order they are asked, then anything else by key, "not said" last (and
/// only if there is any).
pub(crate) fn margin(set: &TallySet, dimension: Dimension) -> Vec<Cell<'_>> {
    let groups: Vec<(&str, &Tally)> = set.groups(dimension).collect();
    let veils = veils(&groups.iter().map(|(_, tally)| tally.n()).collect::<Vec<_>>());
    let mut cells: Vec<Cell> = options(dimension)
        .into_iter()
        .filter(|option| !groups.iter().any(|(key, _)| key == option))
        .map(|option| cell(dimension, option, &EMPTY, Veil::Open))
        .collect();
    let known = groups.iter().zip(veils).filter(|((key, tally), _)| !key.is_empty() || tally.n() > 0);
    cells.extend(known.map(|((key, tally), veil)| cell(dimension, key, tally, veil)));
    let order = options(dimension);
    let place = |key: &str| order.iter().position(|option| *option == key).unwrap_or(order.len());
    cells.sort_by(|a, b| (a.key.is_empty(), place(&a.key), &a.key).cmp(&(b.key.is_empty(), place(&b.key), &b.key)));
    cells
}

/// The same, named in the language of a voice.
pub(crate) fn margin_in(set: &TallySet, dimension: Dimension, voice: Voice) -> Vec<Cell<'_>> {
    let mut cells = margin(set, dimension);
    for cell in &mut cells {
        cell.label = fonts::printable(&voice.group(dimension, &cell.key));
    }
    cells
}

/// The groups of a dimension of a report, named in the language of a voice. Agencies and channels stand beside each other
/// and the services, so they are veiled together.
pub(crate) fn margin_of(report: &SemesterReport, dimension: Dimension, voice: Voice) -> Vec<Cell<'_>> {
    let mut cells = margin_in(&report.tallies, dimension, voice);
    if matches!(dimension, Dimension::Agency | Dimension::Channel) {
        let shown = shown(report);
        for cell in &mut cells {
            cell.veil = Veil::of(cell.tally.n(), shown.shows(dimension, &cell.key));
        }
    }
    cells
}

/// What may be shown of agencies, services and channels side by side.
fn shown(report: &SemesterReport) -> Shown {
    report.crossing.shown(Audience::Public)
}

/// The services by agency, agencies by name, veiled together with agencies and channels.
pub(crate) fn services(report: &SemesterReport) -> Vec<AgencyCells<'_>> {
    let (set, shown) = (&report.tallies, shown(report));
    let listed: BTreeSet<&str> = report.services.iter().map(|service| service.code.as_str()).collect();
    let mut agencies: BTreeSet<&str> = report.services.iter().map(|service| service.agency.as_str()).collect();
    agencies.remove("");
    agencies
        .into_iter()
        .chain([""])
        .map(|agency| {
            let mut rows: Vec<(&str, Option<&Service>)> = report
                .services
                .iter()
                .filter(|service| service.agency == agency)
                .map(|service| (service.code.as_str(), Some(service)))
                .collect();
            if agency.is_empty() {
                let unlisted = set.groups(Dimension::Service).filter(|(key, _)| !listed.contains(key));
                rows.extend(unlisted.filter(|(_, tally)| tally.n() > 0).map(|(key, _)| (key, None)));
            }
            agency_cells(set, agency, &rows, &shown)
        })
        .filter(|agency| !agency.services.is_empty())
        .collect()
}

fn agency_cells<'a>(
    set: &'a TallySet,
    agency: &str,
    rows: &[(&'a str, Option<&'a Service>)],
    shown: &Shown,
) -> AgencyCells<'a> {
    let services = rows.iter().map(|(code, service)| {
        let tally = set.get(Dimension::Service, code).unwrap_or(&EMPTY);
        let veil = Veil::of(tally.n(), shown.shows(Dimension::Service, code));
        let mut cell = cell(Dimension::Service, code, tally, veil);
        if let Some(service) = service {
            cell.label = fonts::printable(&service.name);
        }
        (*service, cell)
    });
    AgencyCells { label: fonts::printable(&indonesian::group(Dimension::Agency, agency)), services: services.collect() }
}

fn cell<'a>(dimension: Dimension, key: &str, tally: &'a Tally, veil: Veil) -> Cell<'a> {
    Cell { key: key.to_owned(), label: fonts::printable(&indonesian::group(dimension, key)), tally, veil }
}

fn veils(counts: &[u64]) -> Vec<Veil> {
    visible(counts).into_iter().zip(counts).map(|(visible, count)| Veil::of(*count, visible)).collect()
}

/// The keys of a closed list; empty for open ones.
fn options(dimension: Dimension) -> Vec<&'static str> {
    match dimension {
        Dimension::Sex => Sex::ALL.iter().map(|option| option.key()).collect(),
        Dimension::AgeBand => AgeBand::ALL.iter().map(|option| option.key()).collect(),
        Dimension::Education => Education::ALL.iter().map(|option| option.key()).collect(),
        Dimension::Occupation => Occupation::ALL.iter().map(|option| option.key()).collect(),
        Dimension::Disability => Disability::ALL.iter().map(|option| option.key()).collect(),
        Dimension::Channel => Channel::ALL.iter().map(|option| option.key()).collect(),
        Dimension::Mode => Mode::ALL.iter().map(|option| option.key()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use suara_domain::element::Answers;

    use super::*;

    fn set(groups: &[(Dimension, &str, u64)]) -> TallySet {
        let answers = Answers::from_digits([3; 9]).expect("digits of the scale");
        let mut set = TallySet::default();
        for (dimension, key, n) in groups {
            set.entry(*dimension, key).add(&answers, *n);
        }
        set
    }

    #[test]
    fn options_stand_in_their_order_with_small_ones_veiled() {
        let set = set(&[
            (Dimension::Sex, "", 4),
            (Dimension::Sex, "P", 40),
            (Dimension::Education, "s1", 30),
            (Dimension::Education, "sd", 12),
        ]);
        let sex: Vec<_> = margin(&set, Dimension::Sex).into_iter().map(|cell| (cell.key, cell.veil)).collect();
        let expected = [("L", Veil::Open), ("P", Veil::Protecting), ("", Veil::TooFew)];
        assert_eq!(sex, expected.map(|(key, veil)| (key.to_owned(), veil)));
        let education = margin(&set, Dimension::Education);
        assert_eq!(education[1].key, "sd");
        assert!(education.iter().all(Cell::is_open));
        assert_eq!(education.len(), 8);
    }
}
