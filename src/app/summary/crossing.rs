//! The crossing of agencies, services and channels, in the form it is frozen in.

use serde::{Deserialize, Serialize};
use suara_domain::suppression::Crossing;

/// The responses of one service of one agency by one channel; null is what was not said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CrossingCell {
    /// Name of the agency.
    pub agency: Option<String>,
    /// Code of the service.
    pub service: Option<String>,
    /// Key of the channel.
    pub channel: Option<String>,
    /// Accepted responses.
    pub n: u64,
}

impl CrossingCell {
    /// The cells of a crossing.
    pub(super) fn all(crossing: &Crossing) -> Vec<Self> {
        let cell = |(keys, n): ([&str; 3], u64)| {
            let [agency, service, channel] = keys.map(super::known);
            Self { agency, service, channel, n }
        };
        crossing.cells().map(cell).collect()
    }

    /// The crossing of these cells.
    #[must_use]
    pub fn crossing(cells: &[Self]) -> Crossing {
        let mut crossing = Crossing::default();
        for cell in cells {
            let keys = [&cell.agency, &cell.service, &cell.channel].map(|key| key.as_deref().unwrap_or_default());
            crossing.add(keys, cell.n);
        }
        crossing
    }
}
