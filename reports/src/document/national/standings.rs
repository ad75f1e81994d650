//! Where MPPs stand and what changed: in groups and by the alphabet, never as a league table.

use serde::Serialize;
use suara_domain::distribution::Z95;
use suara_domain::nation::{MODEL_FROM, Standing, Tier, Zone};

use super::names::{by_name, official, short, signed};
use crate::national::{NationalMpp, NationalReport};
use crate::voice::Voice;

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
    n: String,
    ikm: String,
    /// 95 % interval of the estimate.
    interval: String,
    /// 90 % interval of the rank.
    ranks: String,
}

#[derive(Serialize)]
struct OutsideView {
    name: String,
    n: String,
    ikm: String,
    z: String,
    /// `above` or `below`.
    tier: &'static str,
}

impl StandingsView {
    pub fn of(report: &NationalReport, voice: Voice) -> Self {
        let all = by_name(report);
        let standings: Vec<(&NationalMpp, &Standing)> =
            all.iter().filter_map(|mpp| Some((*mpp, mpp.standing.as_ref()?))).collect();
        let of_tier = |tier| standings.iter().filter(move |(_, standing)| standing.tier == tier);
        let rows = |tier| of_tier(tier).map(|(mpp, standing)| StandingView::of(mpp, standing, voice)).collect();
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
            target: report.funnel.map(|funnel| voice.decimal(funnel.theta0, 1)),
            mean: model.map(|model| voice.decimal(model.mu, 1)),
            between: model.map(|model| voice.decimal(model.tau2.sqrt(), 1)),
            above: rows(Tier::ClearlyAbove),
            below: rows(Tier::ClearlyBelow),
            middle: of_tier(Tier::NotDistinguishable).count(),
            outside: standings
                .iter()
                .filter(|(_, standing)| outside(standing))
                .map(|(mpp, standing)| OutsideView::of(mpp, standing, voice))
                .collect(),
            within: standings.iter().filter(|(_, standing)| standing.zone == Zone::Within).count(),
            typical_ranks: typical_ranks(&standings, voice),
        }
    }
}

/// Half of the MPPs have a narrower interval of ranks than this.
fn typical_ranks(standings: &[(&NationalMpp, &Standing)], voice: Voice) -> Option<String> {
    let ranks = standings.iter().filter_map(|(_, standing)| standing.ranks);
    let mut widths: Vec<u64> = ranks.map(|ranks| ranks.interval.1 - ranks.interval.0 + 1).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).map(|width| voice.count(*width))
}

impl StandingView {
    fn of(mpp: &NationalMpp, standing: &Standing, voice: Voice) -> Self {
        let ends = standing.shrunken.map(|it| (it.ikm - Z95 * it.se, (it.ikm + Z95 * it.se).min(100.0)));
        let ranks = standing.ranks.map(|ranks| format!("{}–{}", ranks.interval.0, ranks.interval.1));
        Self {
            name: short(&mpp.name),
            n: voice.count(standing.n),
            ikm: official(mpp, voice),
            interval: ends.map_or_else(String::new, |ends| voice.interval(ends)),
            ranks: ranks.unwrap_or_else(|| "–".to_owned()),
        }
    }
}

impl OutsideView {
    fn of(mpp: &NationalMpp, standing: &Standing, voice: Voice) -> Self {
        Self {
            name: short(&mpp.name),
            n: voice.count(standing.n),
            ikm: official(mpp, voice),
            z: standing.funnel_z.map_or_else(|| "–".to_owned(), |z| signed(z, 1, voice)),
            tier: if standing.zone == Zone::Above998 { "above" } else { "below" },
        }
    }
}
