//! An MPP's index as it would be with the nation's mix of services (STATISTICS 7, case mix): a secondary figure, for
//! MPPs that have many more paid or mobile services than others. Direct standardisation over channel × free.

use std::collections::{BTreeMap, BTreeSet};

use libm::sqrt;

use crate::index::Index;
use crate::precision::Precision;
use crate::respondent::Channel;
use crate::tally::Tally;

/// Smaller cells are not used alone.
pub const CELL_FROM: u64 = 5;
/// Stands in a key for what is not known.
const UNKNOWN: &str = "unknown";

/// Channel of a response and whether its service is free; `None` where that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseCell {
    /// Channel.
    pub channel: Option<Channel>,
    /// The service costs nothing.
    pub free: Option<bool>,
}

impl CaseCell {
    /// The stable key under which tallies are stored: `direct/free`, `mobile/paid`, `unknown/unknown`.
    #[must_use]
    pub fn key(self) -> String {
        let free = self.free.map_or(UNKNOWN, |free| if free { "free" } else { "paid" });
        format!("{}/{free}", self.channel.map_or(UNKNOWN, Channel::key))
    }

    /// The cell with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        let (channel, free) = key.split_once('/')?;
        let channel = if channel == UNKNOWN { None } else { Some(Channel::from_key(channel)?) };
        let free = match free {
            "free" => Some(true),
            "paid" => Some(false),
            UNKNOWN => None,
            _ => return None,
        };
        Some(Self { channel, free })
    }
}

/// A standardised index. Points on the 25..100 scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standardised {
    /// `Σ W_c · IKM_c`.
    pub ikm: f64,
    /// `sqrt(Σ W_c² · s_c²/n_c)`; `None` if a used cell has no variance of its own.
    pub se: Option<f64>,
}

/// The MPP's index with every cell weighted as in the nation, whose accepted responses are `nation`. Where an MPP has
/// fewer than 5 responses in a cell that the nation has, all channels of that price are taken together, in the MPP and
/// in the nation: most MPPs lack some channel, and would have no figure otherwise. `None` if that still leaves fewer than
/// 5, or the nation has no responses. To be shown only where the MPP's own index is compared at all (n ≥ 30).
#[must_use]
pub fn standardised(mpp: &BTreeMap<CaseCell, Tally>, nation: &BTreeMap<CaseCell, u64>) -> Option<Standardised> {
    let weighty = || nation.iter().filter(|(_, responses)| **responses > 0);
    let total: u64 = weighty().map(|(_, responses)| responses).sum();
    let prices: BTreeSet<Option<bool>> = weighty().map(|(cell, _)| cell.free).collect();
    let mut used: Vec<(u64, Tally)> = Vec::new();
    for free in prices {
        let own = |cell: &CaseCell| mpp.get(cell).cloned().unwrap_or_default();
        let of_price = weighty().filter(|(cell, _)| cell.free == free);
        let cells: Vec<(u64, Tally)> = of_price.map(|(cell, responses)| (*responses, own(cell))).collect();
        if cells.iter().all(|(_, tally)| tally.n() >= CELL_FROM) {
            used.extend(cells);
        } else {
            used.push((cells.iter().map(|(responses, _)| responses).sum(), cells.iter().map(|(_, tally)| tally).sum()));
        }
    }
    if used.is_empty() || used.iter().any(|(_, tally)| tally.n() < CELL_FROM) {
        return None;
    }
    let weighted = |(responses, tally): &(u64, Tally)| {
        let weight = *responses as f64 / total as f64;
        let se = Precision::of(tally, None)?.se_uncorrected;
        Some((weight * Index::of(tally)?.to_f64(), se.map(|se| weight * weight * se * se)))
    };
    let cells: Vec<(f64, Option<f64>)> = used.iter().map(weighted).collect::<Option<_>>()?;
    Some(Standardised {
        ikm: cells.iter().map(|(ikm, _)| ikm).sum(),
        se: cells.iter().map(|(_, variance)| *variance).sum::<Option<f64>>().map(sqrt),
    })
}
