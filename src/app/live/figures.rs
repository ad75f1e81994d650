//! The present figures of one MPP, for those who may see everything.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::sample_size;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_storage::visitors;

use super::super::directory::Mpp;
use super::super::summary::{
    ChannelSummary, ElementSummary, FiguresStatus, GroupSummary, ModeSummary, ServiceSummary, SummaryFacts, groups,
    services,
};
use super::super::{App, AppError};
use super::current_tallies;

/// The figures of an MPP in a period as they stand: unsuppressed, so for its manager and the ministry, never for the
/// public. In the terms of `summary::MppSummary`, without what needs the rows themselves: flags, clusters and the annex; so the
/// precision flag here does not know of clusters.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LiveFigures {
    /// Code of the MPP.
    pub code: String,
    /// `2026-S1`.
    pub period: String,
    /// Provisional until the figures are frozen.
    pub status: FiguresStatus,
    /// Users of the whole MPP in the period, if known.
    pub population: Option<u64>,
    /// Minimum sample after Krejcie and Morgan.
    pub sample_minimum: u64,
    /// All accepted responses that are counted.
    #[serde(flatten)]
    pub total: GroupSummary,
    /// Class in words.
    pub kinerja: Option<String>,
    /// The nine elements in the order of the form.
    pub elements: Vec<ElementSummary>,
    /// By service; null is the MPP as a whole.
    pub services: Vec<ServiceSummary>,
    /// By channel; null is unknown.
    pub channels: Vec<ChannelSummary>,
    /// By mode.
    pub modes: Vec<ModeSummary>,
    /// By week, ascending; weeks without responses are left out.
    pub weeks: Vec<WeekSummary>,
}

/// A week's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WeekSummary {
    /// Its Monday, `2026-03-02`.
    pub week: String,
    /// Figures.
    #[serde(flatten)]
    pub figures: GroupSummary,
}

impl App {
    /// The present figures of an MPP. Blocks: call it off the workers.
    ///
    /// # Errors
    /// The database fails.
    pub fn live_figures(&self, mpp: &Mpp, period: Period) -> Result<LiveFigures, AppError> {
        let (tallies, status) = current_tallies(self.database(), mpp.id, period)?;
        let counts = self.database().read(|connection| visitors::of_mpp(connection, mpp.id, period))?;
        let whole = counts.iter().find(|count| count.service.is_none()).map(|count| count.visitors.into());
        let of_service = |count: &visitors::VisitorCount| {
            let service = mpp
                .agencies()
                .iter()
                .flat_map(|agency| &agency.services)
                .find(|service| Some(service.id) == count.service)?;
            Some((service.code.clone(), count.visitors.into()))
        };
        let users: Vec<(String, u64)> = counts.iter().filter_map(of_service).collect();
        let facts = SummaryFacts {
            code: mpp.code.as_str(),
            population: whole,
            service_users: &users,
            ..SummaryFacts::default()
        };
        Ok(LiveFigures::of(&tallies, &facts, status, period))
    }
}

impl LiveFigures {
    fn of(tallies: &TallySet, facts: &SummaryFacts<'_>, status: FiguresStatus, period: Period) -> Self {
        let total = tallies.total();
        let week = |(week, tally): (&str, &Tally)| WeekSummary {
            week: week.to_owned(),
            figures: GroupSummary::of(tally, None),
        };
        Self {
            code: facts.code.to_owned(),
            period: period.to_string(),
            status,
            population: facts.population,
            sample_minimum: sample_size::minimum(facts.population).minimum,
            total: GroupSummary::of(&total, facts.population),
            kinerja: Index::of(&total).map(|index| index.mutu().kinerja().to_owned()),
            elements: Element::ALL.iter().map(|element| ElementSummary::of(&total, *element)).collect(),
            services: services(tallies, facts),
            channels: groups(tallies, Dimension::Channel, |channel, figures| ChannelSummary { channel, figures }),
            modes: groups(tallies, Dimension::Mode, |mode, figures| ModeSummary { mode, figures }),
            weeks: tallies.groups(Dimension::Week).map(week).collect(),
        }
    }
}
