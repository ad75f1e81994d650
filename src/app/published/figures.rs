//! The published figures of one MPP and period.

use serde::Serialize;
use suara_domain::period::Period;
use suara_domain::suppression::{PUBLIC_FROM, visible};
use utoipa::ToSchema;

use super::super::directory::Mpp;
use super::super::summary::MppSummary;
use super::cells::{Visible, suppressed};

/// Published figures of an MPP. Official decimals are texts with fixed places. Null where fewer than ten people
/// answered, or where a figure is hidden so that another cannot be computed.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct MppFigures {
    /// Code of the MPP.
    pub code: String,
    /// Name of the MPP.
    pub name: String,
    /// `2026-S1`.
    pub period: String,
    /// Always `final`: only closed periods are published.
    pub status: &'static str,
    /// Questionnaire and rule.
    pub instrument: &'static str,
    /// Accepted responses; null below ten.
    pub n: Option<u64>,
    /// Users of the MPP in the period, if known.
    pub population: Option<u64>,
    /// Minimum sample after Krejcie and Morgan.
    pub sample_minimum: u64,
    /// IKM, two decimals.
    pub ikm: Option<String>,
    /// Class A to D.
    pub mutu: Option<String>,
    /// The class in the law's words.
    pub kinerja: Option<String>,
    /// 95 % interval of the IKM.
    pub ci95: Option<[f64; 2]>,
    /// How far the figure can be relied on: `baik`, `hati-hati` or `tidak untuk dibandingkan`.
    pub precision: Option<String>,
    /// The nine elements in the order of the form.
    pub elements: Vec<ElementFigures>,
    /// By service; key null is the MPP as a whole.
    pub services: Vec<CellFigures>,
    /// By channel; key null is unknown.
    pub channels: Vec<CellFigures>,
}

/// One element.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ElementFigures {
    /// Key of the element.
    pub key: String,
    /// How many answered it.
    pub n: Option<u64>,
    /// 25 · NRR, two decimals.
    pub ikm: Option<String>,
    /// Class.
    pub mutu: Option<String>,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct CellFigures {
    /// Code or key.
    pub key: Option<String>,
    /// Name, where it has one.
    pub name: Option<String>,
    /// Responses, rounded to five.
    pub n: Option<u64>,
    /// IKM, one decimal.
    pub ikm: Option<String>,
    /// Class, from 30 responses on.
    pub mutu: Option<String>,
}

impl MppFigures {
    /// What may be shown of a final summary.
    #[must_use]
    pub fn of(summary: &MppSummary, mpp: &Mpp, period: Period) -> Self {
        let public = summary.n >= PUBLIC_FROM;
        let visible = Visible::of(summary);
        let name = |code: Option<&str>| code.and_then(|code| mpp.service(code)).map(|service| service.name.as_str());
        let services: Vec<_> = summary
            .services
            .iter()
            .map(|cell| (cell.service.as_deref(), name(cell.service.as_deref()), &cell.figures))
            .collect();
        let channels: Vec<_> =
            summary.channels.iter().map(|cell| (cell.channel.as_deref(), None, &cell.figures)).collect();
        Self {
            code: mpp.code.to_string(),
            name: mpp.name.clone(),
            period: period.to_string(),
            status: "final",
            instrument: &suara_domain::instrument::Instrument::standard().id,
            n: public.then_some(summary.n),
            population: summary.population,
            sample_minimum: summary.sample_minimum,
            ikm: summary.ikm.clone().filter(|_| public),
            mutu: summary.mutu.clone().filter(|_| public),
            kinerja: summary.kinerja.clone().filter(|_| public),
            ci95: summary.ci95.filter(|_| public),
            precision: public.then(|| summary.precision.clone()),
            elements: elements(summary, public),
            services: if public { suppressed(&services, &visible.services) } else { Vec::new() },
            channels: if public { suppressed(&channels, &visible.channels) } else { Vec::new() },
        }
    }
}

/// Elements are part of the official total. One that fewer than ten answered is hidden, and then a second one too:
/// the index is the mean of all nine, and would give it away.
fn elements(summary: &MppSummary, public: bool) -> Vec<ElementFigures> {
    let counts: Vec<u64> = summary.elements.iter().map(|element| element.n).collect();
    let figures = summary.elements.iter().zip(visible(&counts));
    figures
        .map(|(element, visible)| {
            let shown = public && visible && element.n > 0;
            ElementFigures {
                key: element.key.clone(),
                n: shown.then_some(element.n),
                ikm: element.ikm.clone().filter(|_| shown),
                mutu: element.mutu.clone().filter(|_| shown),
            }
        })
        .collect()
}
