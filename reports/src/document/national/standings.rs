//! Where MPPs stand and what changed: in groups and by the alphabet, never as a league table.

use serde::Serialize;
use suara_domain::change::Verdict;
use suara_domain::distribution::Z95;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::nation::{MODEL_FROM, Standing, Tier, Zone};

use crate::fonts::breakable;
use crate::indonesian::{count, decimal, fixed};
use crate::national::{NationalMpp, NationalReport};

#[derive(Serialize)]
pub(super) struct StandingsView {
    /// Comparable MPPs.
    mpps: usize,
    /// `ranked`, `equal` (nothing shows that MPPs differ), `few` (too few MPPs to say) or `none`.
    state: &'static str,
    /// Fewest MPPs for a comparison.
    from: usize,
    target: Option<String>,
    mean: Option<String>,
    /// Standard deviation of the true figures, points.
    between: Option<String>,
    above: Vec<StandingView>,
    below: Vec<StandingView>,
    middle: usize,
    /// Beyond the 99.8 % limits of the funnel.
    outside: Vec<OutsideView>,
    /// Within the 95 % limits.
    within: usize,
    /// Width of a typical 90 % interval of ranks.
    typical_ranks: Option<String>,
}

#[derive(Serialize)]
struct StandingView {
    name: String,
    province: &'static str,
    n: String,
    ikm: String,
    estimate: String,
    interval: String,
    ranks: String,
}

#[derive(Serialize)]
struct OutsideView {
    name: String,
    province: &'static str,
    n: String,
    ikm: String,
    z: String,
    direction: &'static str,
}

impl StandingsView {
    pub fn of(report: &NationalReport) -> Self {
        let all = by_name(report);
        let standings: Vec<(&NationalMpp, &Standing)> =
            all.iter().filter_map(|mpp| Some((*mpp, mpp.standing.as_ref()?))).collect();
        let of_tier = |tier| standings.iter().filter(move |(_, standing)| standing.tier == tier);
        let rows = |tier| of_tier(tier).map(|(mpp, standing)| StandingView::of(mpp, standing)).collect();
        let model = report.heterogeneity;
        let outside = |standing: &Standing| matches!(standing.zone, Zone::Above998 | Zone::Below998);
        Self {
            mpps: standings.len(),
            state: match model {
                _ if standings.is_empty() => "none",
                None => "few",
                Some(model) if model.tau2 > 0.0 => "ranked",
                Some(_) => "equal",
            },
            from: MODEL_FROM,
            target: report.funnel.map(|funnel| decimal(funnel.theta0, 1)),
            mean: model.map(|model| decimal(model.mu, 1)),
            between: model.map(|model| decimal(model.tau2.sqrt(), 1)),
            above: rows(Tier::ClearlyAbove),
            below: rows(Tier::ClearlyBelow),
            middle: of_tier(Tier::NotDistinguishable).count(),
            outside: standings
                .iter()
                .filter(|(_, standing)| outside(standing))
                .map(|(mpp, standing)| OutsideView::of(mpp, standing))
                .collect(),
            within: standings.iter().filter(|(_, standing)| standing.zone == Zone::Within).count(),
            typical_ranks: typical_ranks(&standings),
        }
    }
}

/// Half of the MPPs have a narrower interval of ranks than this.
fn typical_ranks(standings: &[(&NationalMpp, &Standing)]) -> Option<String> {
    let ranks = standings.iter().filter_map(|(_, standing)| standing.ranks);
    let mut widths: Vec<u64> = ranks.map(|ranks| ranks.interval.1 - ranks.interval.0 + 1).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).map(|width| count(*width))
}

impl StandingView {
    fn of(mpp: &NationalMpp, standing: &Standing) -> Self {
        let shrunken = standing.shrunken.map(|shrunken| (shrunken.ikm, Z95 * shrunken.se));
        Self {
            name: breakable(&mpp.name),
            province: province(mpp),
            n: count(standing.n),
            ikm: official(mpp),
            estimate: shrunken.map_or_else(String::new, |(estimate, _)| decimal(estimate, 1)),
            interval: shrunken.map_or_else(String::new, |(estimate, half)| {
                format!("{} – {}", decimal(estimate - half, 1), decimal((estimate + half).min(100.0), 1))
            }),
            ranks: standing
                .ranks
                .map_or_else(|| "–".to_owned(), |ranks| format!("{}–{}", ranks.interval.0, ranks.interval.1)),
        }
    }
}

impl OutsideView {
    fn of(mpp: &NationalMpp, standing: &Standing) -> Self {
        Self {
            name: breakable(&mpp.name),
            province: province(mpp),
            n: count(standing.n),
            ikm: official(mpp),
            z: standing.funnel_z.map_or_else(|| "–".to_owned(), |z| decimal(z, 1)),
            direction: if standing.zone == Zone::Above998 { "di atas" } else { "di bawah" },
        }
    }
}

#[derive(Serialize)]
pub(super) struct ChangesView {
    tests: String,
    /// The same as a number.
    any: bool,
    risen: Vec<ChangeView>,
    fallen: Vec<ChangeView>,
    unclear: usize,
    /// Half of the tested MPPs would have noticed a change of this many points.
    detectable: Option<String>,
}

#[derive(Serialize)]
struct ChangeView {
    name: String,
    province: &'static str,
    before: String,
    after: String,
    n: String,
    difference: String,
    interval: String,
    p: String,
}

impl ChangesView {
    pub fn of(report: &NationalReport) -> Self {
        let all = by_name(report);
        let with = |verdict| all.iter().filter(move |mpp| mpp.change.is_some_and(|change| change.verdict == verdict));
        let rows = |verdict| with(verdict).filter_map(|mpp| ChangeView::of(mpp)).collect();
        let mut detectable: Vec<f64> =
            all.iter().filter_map(|mpp| mpp.change).map(|change| change.smallest_detectable).collect();
        detectable.sort_by(f64::total_cmp);
        Self {
            tests: count(report.tests),
            any: report.tests > 0,
            risen: rows(Verdict::Naik),
            fallen: rows(Verdict::Turun),
            unclear: with(Verdict::TidakBerubahNyata).count(),
            detectable: detectable.get(detectable.len() / 2).map(|points| decimal(*points, 1)),
        }
    }
}

impl ChangeView {
    fn of(mpp: &NationalMpp) -> Option<Self> {
        let change = mpp.change?;
        let sign = |value: f64| {
            if value > 0.0 { format!("+{}", decimal(value, 1)) } else { decimal(value, 1).replace('-', "−") }
        };
        Some(Self {
            name: breakable(&mpp.name),
            province: province(mpp),
            before: Index::of(&mpp.former).map_or_else(String::new, |index| fixed(index.rounded())),
            after: official(mpp),
            n: format!("{} / {}", count(mpp.former.n()), count(mpp.n())),
            difference: sign(change.difference),
            interval: format!("{} – {}", sign(change.interval.0), sign(change.interval.1)),
            p: if change.adjusted_p < 0.001 { "< 0,001".to_owned() } else { decimal(change.adjusted_p, 3) },
        })
    }
}

/// All MPPs in the order of the alphabet.
pub(super) fn by_name(report: &NationalReport) -> Vec<&NationalMpp> {
    let mut all: Vec<&NationalMpp> = report.mpps.iter().collect();
    all.sort_by(|one, other| (&one.name, &one.code).cmp(&(&other.name, &other.code)));
    all
}

/// Name of the province of an MPP.
pub(super) fn province(mpp: &NationalMpp) -> &'static str {
    suara_domain::mpp::region(&mpp.province_code).map_or("", |region| region.province)
}

/// The official index, two decimals.
fn official(mpp: &NationalMpp) -> String {
    Index::of(&mpp.total()).map_or_else(String::new, |index| fixed::<2>(Fixed::round(index.exact())))
}
