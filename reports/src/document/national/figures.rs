//! The national figures, in both readings, with their intervals.

use serde::Serialize;
use suara_domain::compare::Comparison;
use suara_domain::distribution::Z95;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, by_weakness};
use suara_domain::language::Language;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally::Tally;

use crate::indonesian::{count, decimal, fixed};
use crate::national::provinces::hides_nobody;
use crate::national::{NationalMpp, NationalReport};

/// How many elements are named as the lowest and as the highest.
const NAMED: usize = 3;

#[derive(Serialize)]
pub(super) struct FiguresView {
    n: String,
    /// Whether the counts and figures are coarse, so that no small MPP can be computed from them.
    coarse: bool,
    pooled: Option<FigureView>,
    mean: Option<FigureView>,
    /// MPPs of the mean.
    mpps: u64,
    /// Words on how far the two readings lie apart.
    apart: Option<&'static str>,
    weakest: Vec<NamedView>,
    strongest: Vec<NamedView>,
}

#[derive(Serialize)]
struct FigureView {
    ikm: String,
    mutu: &'static str,
    kinerja: &'static str,
    interval: Option<String>,
}

#[derive(Serialize)]
struct NamedView {
    name: String,
    ikm: String,
}

impl FiguresView {
    pub fn of(report: &NationalReport) -> Self {
        let totals: Vec<Tally> = report.mpps.iter().map(NationalMpp::total).collect();
        let nation = Comparison::of(&totals);
        let n = nation.pooled_tally.n();
        let coarse = !hides_nobody(totals.iter().map(Tally::n));
        let public = n >= PUBLIC_FROM;
        let figure = |index: &Index, se: Option<f64>| FigureView::of(index, se, coarse);
        let order = if public { by_weakness(&nation.pooled_tally) } else { Vec::new() };
        let named = |element: &Element| NamedView {
            name: report.instrument.question(*element).name.get(Language::Indonesian).to_owned(),
            ikm: Index::of_element(&nation.pooled_tally, *element)
                .map_or_else(String::new, |index| decimal(index.to_f64(), 1)),
        };
        Self {
            n: if public { count(if coarse { rounded_count(n) } else { n }) } else { "kurang dari 10".to_owned() },
            coarse,
            pooled: nation.pooled.as_ref().filter(|_| public).map(|index| figure(index, nation.pooled_se)),
            mean: nation.mean.as_ref().filter(|_| public).map(|index| figure(index, nation.mean_se)),
            mpps: nation.mpps,
            apart: nation.pooled.as_ref().zip(nation.mean.as_ref()).filter(|_| public).map(apart),
            weakest: order.iter().take(NAMED).map(named).collect(),
            strongest: order.iter().rev().take(NAMED).map(named).collect(),
        }
    }
}

impl FigureView {
    fn of(index: &Index, se: Option<f64>, coarse: bool) -> Self {
        let places = if coarse { 1 } else { 2 };
        let value = index.to_f64();
        let end = |value: f64| decimal(value.clamp(25.0, 100.0), places);
        Self {
            ikm: if coarse { fixed(Fixed::<1>::round(index.exact())) } else { fixed(index.rounded()) },
            mutu: index.mutu().letter(),
            kinerja: index.mutu().kinerja(),
            interval: se.map(|se| format!("{} – {}", end(value - Z95 * se), end(value + Z95 * se))),
        }
    }
}

/// What it means that the two readings differ.
fn apart((pooled, mean): (&Index, &Index)) -> &'static str {
    let difference = pooled.to_f64() - mean.to_f64();
    if difference.abs() < 0.5 {
        "Kedua angka hampir sama: MPP dengan banyak responden dan MPP dengan sedikit responden menilai serupa."
    } else if difference > 0.0 {
        "Gabungan lebih tinggi daripada rata-rata: MPP dengan banyak responden dinilai lebih baik daripada MPP dengan \
         sedikit responden."
    } else {
        "Gabungan lebih rendah daripada rata-rata: MPP dengan banyak responden dinilai kurang baik dibanding MPP dengan \
         sedikit responden."
    }
}
