//! The national figures, in both readings, with their intervals.

use serde::Serialize;
use suara_domain::compare::Comparison;
use suara_domain::distribution::Z95;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, by_weakness};
use suara_domain::suppression::{PUBLIC_FROM, Total, rounded_count};
use suara_domain::tally::Tally;

use super::names::element_name;
use crate::national::{NationalMpp, NationalReport};
use crate::voice::Voice;

/// How many elements are named as the lowest and as the highest.
const NAMED: usize = 3;
/// Readings closer than this many points are called the same.
const SAME_WITHIN: f64 = 0.5;

#[derive(Serialize)]
pub(super) struct FiguresView {
    /// Responses of the country; `None` below ten.
    n: Option<String>,
    /// Whether the counts and figures are coarse, so that no small MPP can be computed from them.
    coarse: bool,
    pooled: Option<FigureView>,
    mean: Option<FigureView>,
    /// MPPs of the mean.
    mpps: u64,
    /// Which of the two readings is higher: `pooled`, `mean`, or `same`.
    apart: Option<&'static str>,
    weakest: Vec<NamedView>,
    strongest: Vec<NamedView>,
}

#[derive(Serialize)]
struct FigureView {
    ikm: String,
    mutu: &'static str,
    interval: Option<String>,
}

#[derive(Serialize)]
struct NamedView {
    name: String,
    ikm: String,
}

impl FiguresView {
    pub fn of(report: &NationalReport, voice: Voice) -> Self {
        let totals: Vec<Tally> = report.mpps.iter().map(NationalMpp::total).collect();
        let nation = Comparison::of(&totals);
        let n = nation.pooled_tally.n();
        let shown = Total::of(totals.iter().map(Tally::n));
        let (coarse, public) = (shown != Total::Exact, shown != Total::Hidden);
        let figure = |index: &Index, se: Option<f64>| FigureView::of(index, se, coarse, voice);
        let order = if public { by_weakness(&nation.pooled_tally) } else { Vec::new() };
        let named = |element: &Element| NamedView {
            name: element_name(report, *element, voice),
            ikm: Index::of_element(&nation.pooled_tally, *element)
                .map_or_else(String::new, |index| voice.fixed(Fixed::<1>::round(index.exact()))),
        };
        Self {
            n: (n >= PUBLIC_FROM).then(|| voice.count(if coarse { rounded_count(n) } else { n })),
            coarse,
            pooled: nation.pooled.as_ref().filter(|_| public).map(|index| figure(index, nation.pooled_se)),
            mean: nation.mean.as_ref().filter(|_| !coarse).map(|index| figure(index, nation.mean_se)),
            mpps: nation.mpps,
            apart: nation.pooled.as_ref().zip(nation.mean.as_ref()).filter(|_| !coarse).map(apart),
            weakest: order.iter().take(NAMED).map(named).collect(),
            strongest: order.iter().rev().take(NAMED).map(named).collect(),
        }
    }
}

impl FigureView {
    fn of(index: &Index, se: Option<f64>, coarse: bool, voice: Voice) -> Self {
        let value = index.to_f64();
        let ends = |se: f64| (value - Z95 * se, value + Z95 * se);
        let places = if coarse { 1 } else { 2 };
        let end = |value: f64| voice.decimal(value.clamp(25.0, 100.0), places);
        Self {
            ikm: if coarse { voice.fixed(Fixed::<1>::round(index.exact())) } else { voice.fixed(index.rounded()) },
            mutu: index.mutu().letter(),
            interval: se.map(ends).map(|(lower, upper)| format!("{}–{}", end(lower), end(upper))),
        }
    }
}

/// Which of two readings is higher.
fn apart((pooled, mean): (&Index, &Index)) -> &'static str {
    match pooled.to_f64() - mean.to_f64() {
        difference if difference.abs() < SAME_WITHIN => "same",
        difference if difference > 0.0 => "pooled",
        _ => "mean",
    }
}
