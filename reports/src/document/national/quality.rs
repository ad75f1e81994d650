//! How far the data can be trusted.

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use super::super::view::veiled_count;
use super::names::{by_name, element_name, official, short, signed};
use crate::cells;
use crate::national::{NationalMpp, NationalReport};
use crate::percent;
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct QualityView {
    modes: Vec<ShareView>,
    channels: Vec<ShareView>,
    verified: Vec<ShareView>,
    /// Share of responses without an answer, by element.
    missing: Vec<ShareView>,
    /// Share of flagged responses; `None` without any response.
    flagged: Option<String>,
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
    pub fn of(report: &NationalReport, voice: Voice) -> Self {
        let mut nation = TallySet::default();
        for mpp in &report.mpps {
            nation.merge(&mpp.tallies);
        }
        let total = nation.total();
        let unflagged = nation.get(Dimension::Unflagged, "").map_or(0, Tally::n);
        let missing = |element: Element| ShareView {
            label: element_name(report, element, voice),
            n: String::new(),
            share: percent::share(total.n() - total.answered(element), total.n()),
        };
        let public = total.n() >= PUBLIC_FROM;
        Self {
            modes: shares(&nation, Dimension::Mode, voice),
            channels: shares(&nation, Dimension::Channel, voice),
            verified: shares(&nation, Dimension::Verified, voice),
            missing: if public { Element::ALL.map(missing).into() } else { Vec::new() },
            flagged: (total.n() > 0).then(|| percent::share(total.n() - unflagged.min(total.n()), total.n())),
            suspects: by_name(report).into_iter().filter_map(|mpp| SuspectView::of(mpp, voice)).collect(),
        }
    }
}

fn shares(nation: &TallySet, dimension: Dimension, voice: Voice) -> Vec<ShareView> {
    let n = nation.total().n();
    cells::margin_in(nation, dimension, voice)
        .into_iter()
        .filter(|cell| cell.tally.n() > 0)
        .map(|cell| {
            let shown = rounded_count(cell.tally.n()).min(n);
            let share = if cell.is_open() { percent::share(shown, n) } else { "–".to_owned() };
            ShareView { n: veiled_count(&cell, voice), label: cell.label, share }
        })
        .collect()
}

impl SuspectView {
    /// An MPP with many flagged responses; the flagged ones are a cell that has to be ten at least.
    fn of(mpp: &NationalMpp, voice: Voice) -> Option<Self> {
        let total = mpp.total();
        let unflagged = mpp.tallies.get(Dimension::Unflagged, "").cloned().unwrap_or_default();
        let flagged = total.n().checked_sub(unflagged.n())?;
        if !mpp.is_ranked() || flagged < PUBLIC_FROM || flagged * 20 <= total.n() {
            return None;
        }
        let with = Index::of(&total)?;
        let without = Index::of(&unflagged).filter(|_| unflagged.n() >= PUBLIC_FROM);
        let moved = without.as_ref().map(|without| without.to_f64() - with.to_f64());
        Some(Self {
            name: short(&mpp.name),
            n: voice.count(total.n()),
            share: percent::share(flagged, total.n()),
            ikm: official(mpp, voice),
            without: without.map_or_else(|| "–".to_owned(), |without| voice.fixed(without.rounded())),
            moved: moved.map_or_else(|| "–".to_owned(), |moved| signed(moved, 2, voice)),
        })
    }
}
