//! What the publication poster prints ("publikasi IKM").

use serde::Serialize;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;

use super::view::{HeadingView, ResultView, veiled_count};
use crate::cells;
use crate::fonts::breakable;
use crate::report::SemesterReport;
use crate::voice::Voice;

/// Everything the poster prints.
#[derive(Serialize)]
pub(super) struct PosterView {
    heading: HeadingView,
    /// `None` below ten responses.
    result: Option<ResultView>,
    n: Option<String>,
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct GroupView {
    name: &'static str,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    label: String,
    n: String,
}

impl PosterView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let n = report.tallies.total().n();
        let public = n >= PUBLIC_FROM;
        let groups =
            if public { vec![Dimension::Sex, Dimension::Education, Dimension::Disability] } else { Vec::new() };
        Self {
            heading: HeadingView::of(report, voice),
            result: ResultView::of(report, voice).filter(|_| public),
            n: public.then(|| voice.count(n)),
            groups: groups.into_iter().map(|dimension| group(report, dimension, voice)).collect(),
        }
    }
}

/// The groups with their public counts; "not said" only where somebody did not say.
fn group(report: &SemesterReport, dimension: Dimension, voice: Voice) -> GroupView {
    let cells = cells::margin_of(report, dimension, voice);
    let rows = cells.iter().map(|cell| RowView { label: breakable(&cell.label), n: veiled_count(cell, voice) });
    GroupView { name: voice.dimension(dimension), rows: rows.collect() }
}
