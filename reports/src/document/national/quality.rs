//! How far the data can be trusted.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::language::Language;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use super::standings::by_name;
use crate::cells::{self, Veil};
use crate::fonts::breakable;
use crate::indonesian::{count, decimal, fixed, percent};
use crate::national::{NationalMpp, NationalReport};

#[derive(Serialize)]
pub(super) struct QualityView {
    modes: Vec<ShareView>,
    channels: Vec<ShareView>,
    verified: Vec<ShareView>,
    /// Share of responses without an answer, by element.
    missing: Vec<ShareView>,
    flagged: String,
    /// MPPs of which more than one response in twenty is flagged.
    suspects: Vec<SuspectView>,
}

#[derive(Serialize)]
struct ShareView {
    label: String,
    n: String,
    share: String,
}

#[derive(Serialize)]
struct SuspectView {
    name: String,
    n: String,
    share: String,
    ikm: String,
    without: String,
    moved: String,
}

impl QualityView {
    pub fn of(report: &NationalReport) -> Self {
        let mut nation = TallySet::default();
        for mpp in &report.mpps {
            nation.merge(&mpp.tallies);
        }
        let total = nation.total();
        let unflagged = nation.get(Dimension::Unflagged, "").map_or(0, Tally::n);
        let missing = |element: Element| ShareView {
            label: report.instrument.question(element).name.get(Language::Indonesian).to_owned(),
            n: String::new(),
            share: percent(total.n() - total.answered(element), total.n()),
        };
        let public = total.n() >= PUBLIC_FROM;
        Self {
            modes: shares(&nation, Dimension::Mode),
            channels: shares(&nation, Dimension::Channel),
            verified: shares(&nation, Dimension::Verified),
            missing: if public { Element::ALL.map(missing).into() } else { Vec::new() },
            flagged: percent(total.n() - unflagged.min(total.n()), total.n()),
            suspects: by_name(report).into_iter().filter_map(SuspectView::of).collect(),
        }
    }
}

fn shares(nation: &TallySet, dimension: Dimension) -> Vec<ShareView> {
    let n = nation.total().n();
    cells::margin(nation, dimension)
        .into_iter()
        .filter(|cell| cell.tally.n() > 0)
        .map(|cell| {
            let shown = rounded_count(cell.tally.n());
            let (n, share) = match cell.veil {
                Veil::Open => (count(shown), percent(shown.min(n), n)),
                Veil::TooFew => ("n < 10".to_owned(), "–".to_owned()),
                Veil::Protecting => ("ditutup".to_owned(), "–".to_owned()),
            };
            ShareView { label: cell.label, n, share }
        })
        .collect()
}

impl SuspectView {
    /// An MPP with many flagged responses; the flagged ones are a cell that has to be ten at least.
    fn of(mpp: &NationalMpp) -> Option<Self> {
        let total = mpp.total();
        let unflagged = mpp.tallies.get(Dimension::Unflagged, "").cloned().unwrap_or_default();
        let flagged = total.n().checked_sub(unflagged.n())?;
        if !mpp.is_ranked() || flagged < PUBLIC_FROM || flagged * 20 <= total.n() {
            return None;
        }
        let (with, without) = (Index::of(&total)?, Index::of(&unflagged)?);
        let moved = without.to_f64() - with.to_f64();
        Some(Self {
            name: breakable(&mpp.name),
            n: count(total.n()),
            share: percent(flagged, total.n()),
            ikm: fixed(with.rounded()),
            without: fixed(without.rounded()),
            moved: format!("{}{}", if moved > 0.0 { "+" } else { "" }, decimal(moved, 2)).replace('-', "−"),
        })
    }
}
