//! Agencies, services and channels: three margins of the same responses, published side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::Audience;
use super::network::{Entry, Network};
use crate::tally_set::Dimension;

/// The accepted responses of one MPP and period by agency, service and channel at once. It is not published itself: it
/// tells which cells of the three margins have to be hidden *together*. A service that is hidden only to protect another,
/// and that alone makes up a channel, would be known by that channel's figure, and the other one with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Crossing(BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>);

impl Crossing {
    /// Counts responses. The keys are those of [`Dimension::Agency`], [`Dimension::Service`] and [`Dimension::Channel`],
    /// "" for what was not said.
    pub fn add(&mut self, [agency, service, channel]: [&str; 3], count: u64) {
        let known = self.0.get_mut(agency).and_then(|services| services.get_mut(service)?.get_mut(channel));
        if let Some(known) = known {
            *known += count;
        } else if count > 0 {
            let services = self.0.entry(agency.to_owned()).or_default();
            services.entry(service.to_owned()).or_default().insert(channel.to_owned(), count);
        }
    }

    /// Its cells, by agency, service and channel.
    pub fn cells(&self) -> impl Iterator<Item = ([&str; 3], u64)> {
        self.0.iter().flat_map(|(agency, services)| {
            services.iter().flat_map(move |(service, channels)| {
                channels.iter().map(move |(channel, count)| ([agency, service, channel].map(String::as_str), *count))
            })
        })
    }

    /// What may be shown of the three margins. Cells below the audience's smallest number are hidden, and as many more,
    /// small ones first, as it takes that from everything that is shown, and from knowing which services are given by
    /// which channel, neither a hidden cell can be computed nor the sum of hidden ones that are together below that
    /// number: those of a margin, of an agency, or of a channel.
    #[must_use]
    pub fn shown(&self, audience: Audience) -> Shown {
        let total: u64 = self.cells().map(|(_, count)| count).sum();
        let layers = Layers::of(self);
        if total < audience.smallest() {
            return Shown { hidden: layers.margins.into_keys().collect() };
        }
        let network = Network::settled(audience.smallest(), total, layers.nodes(), layers.entries());
        let hidden = layers.margins.into_keys().enumerate().filter(|(index, _)| !network.shows(*index));
        Shown { hidden: hidden.map(|(_, margin)| margin).collect() }
    }
}

/// What may be shown of the margins of a [`Crossing`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    hidden: BTreeSet<Margin>,
}

impl Shown {
    /// Whether a cell of a margin may be shown. It says nothing against empty cells and other dimensions.
    #[must_use]
    pub fn shows(&self, dimension: Dimension, key: &str) -> bool {
        !self.hidden.contains(&(dimension, key.to_owned()))
    }
}

/// A cell of a margin.
type Margin = (Dimension, String);

/// The sums of a crossing. All responses come from the start, flow through their agency, service and channel, and go to
/// the end.
struct Layers {
    margins: BTreeMap<Margin, u64>,
    /// Agency and service, service and channel.
    between: BTreeMap<(Margin, Margin), u64>,
}

const START: usize = 0;
const END: usize = 1;

impl Layers {
    fn of(crossing: &Crossing) -> Self {
        let mut layers = Self { margins: BTreeMap::new(), between: BTreeMap::new() };
        for ([agency, service, channel], count) in crossing.cells() {
            let agency = (Dimension::Agency, agency.to_owned());
            let service = (Dimension::Service, service.to_owned());
            let channel = (Dimension::Channel, channel.to_owned());
            *layers.between.entry((agency.clone(), service.clone())).or_default() += count;
            *layers.between.entry((service.clone(), channel.clone())).or_default() += count;
            for margin in [agency, service, channel] {
                *layers.margins.entry(margin).or_default() += count;
            }
        }
        layers
    }

    /// Start, end, and one node before and one after each cell of a margin.
    fn nodes(&self) -> usize {
        2 + 2 * self.margins.len()
    }

    /// The cells of the margins, in their order, and then what is between them.
    fn entries(&self) -> Vec<Entry> {
        let places: BTreeMap<&Margin, usize> = self.margins.keys().enumerate().map(|(place, it)| (it, place)).collect();
        let before = |margin: &Margin| if margin.0 == Dimension::Agency { START } else { 2 + 2 * places[margin] };
        let after = |margin: &Margin| if margin.0 == Dimension::Channel { END } else { 3 + 2 * places[margin] };
        let cell = |(margin, count): (&Margin, &u64)| Entry {
            from: before(margin),
            to: after(margin),
            count: *count,
            margin: Some(margin.0),
        };
        let join = |((one, next), count): (&(Margin, Margin), &u64)| Entry {
            from: after(one),
            to: before(next),
            count: *count,
            margin: None,
        };
        self.margins.iter().map(cell).chain(self.between.iter().map(join)).collect()
    }
}
