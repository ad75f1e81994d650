//! What the publication poster prints ("publikasi IKM").

use serde::Serialize;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;

use super::view::{HeadingView, ResultView, veiled_count};
use crate::cells;
use crate::indonesian::{self, count};
use crate::report::SemesterReport;

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
    pub fn of(report: &SemesterReport) -> Self {
        let n = report.tallies.total().n();
        let public = n >= PUBLIC_FROM;
        let groups =
            if public { vec![Dimension::Sex, Dimension::Education, Dimension::Disability] } else { Vec::new() };
        Self {
            heading: HeadingView::of(report),
            result: ResultView::of(report).filter(|_| public),
            n: public.then(|| count(n)),
            groups: groups.into_iter().map(|dimension| group(report, dimension)).collect(),
        }
    }
}

/// The groups with their public counts; "not said" only where somebody did not say.
fn group(report: &SemesterReport, dimension: Dimension) -> GroupView {
    let cells = cells::margin(&report.tallies, dimension);
    let rows = cells.iter().map(|cell| RowView { label: cell.label.clone(), n: veiled_count(cell) });
    GroupView { name: indonesian::dimension(dimension), rows: rows.collect() }
}
