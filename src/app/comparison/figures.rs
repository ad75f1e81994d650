//! The figures of the comparison as plain, serialisable data.

use serde::{Deserialize, Serialize};
use suara_domain::change::{Change, Verdict};
use suara_domain::index::Index;
use suara_domain::nation::{Funnel, Heterogeneity, Ranks, Shrunken, Standing, Tier, Zone};
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally::Tally;

use crate::app::summary::FiguresStatus;

/// `export comparison` of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeriodComparison {
    /// `2026-S1`.
    pub period: String,
    /// Final only if every MPP is.
    pub status: FiguresStatus,
    /// Identity of the frozen snapshot; null while nothing is frozen.
    pub snapshot: Option<String>,
    /// The period that changes are told against.
    pub former_period: String,
    /// Rule version of every figure in it.
    pub rule_version: String,
    /// How many MPPs were tested for a change: the family of Benjamini and Hochberg.
    pub tests: u64,
    /// The funnel; null without a comparable MPP.
    pub funnel: Option<FunnelFigures>,
    /// How much the MPPs differ in truth; null below ten of them.
    pub heterogeneity: Option<HeterogeneityFigures>,
    /// Every registered MPP, by code, also without responses.
    pub mpp: Vec<MppComparison>,
}

/// See [`Funnel`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FunnelFigures {
    /// Mean IKM by responses.
    pub theta0: f64,
    /// Mean variance of one respondent.
    pub variance: f64,
    /// Additional variance between MPPs.
    pub tau2: f64,
}

/// See [`Heterogeneity`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeterogeneityFigures {
    /// Variance of the true figures.
    pub tau2: f64,
    /// Their mean.
    pub mu: f64,
    /// Variance of that mean.
    pub mu_variance: f64,
}

/// One MPP. Null is "not known" or "too few responses to say".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MppComparison {
    /// Code.
    pub code: String,
    /// Accepted responses; null only where it may not be published.
    pub n: Option<u64>,
    /// The official index.
    pub ikm: Option<String>,
    /// Smoothed standard error, for comparing only.
    pub se: Option<f64>,
    /// Distance from the centre of the funnel.
    pub funnel_z: Option<f64>,
    /// `within`, `above_95`, `above_998`, `below_95`, `below_998`.
    pub zone: Option<String>,
    /// Estimate pulled towards the mean.
    pub shrunken: Option<f64>,
    /// Its standard error.
    pub shrunken_se: Option<f64>,
    /// Probability that the true figure is below 76.61, the limit of class B.
    pub below_b: Option<f64>,
    /// Median rank.
    pub rank_median: Option<u64>,
    /// 90 % interval of the rank.
    pub rank_interval90: Option<[u64; 2]>,
    /// Probability of being among the best tenth.
    pub top_tenth: Option<f64>,
    /// `clearly_above`, `not_distinguishable`, `clearly_below`.
    pub tier: Option<String>,
    /// Accepted responses of the former period.
    pub former_n: Option<u64>,
    /// Official index of the former period.
    pub former_ikm: Option<String>,
    /// Change of the index.
    pub change: Option<f64>,
    /// Its standard error.
    pub change_se: Option<f64>,
    /// Its 95 % interval, not corrected for other tests.
    pub change_ci95: Option<[f64; 2]>,
    /// p of this change alone.
    pub change_p: Option<f64>,
    /// p after Benjamini and Hochberg.
    pub change_p_adjusted: Option<f64>,
    /// `naik`, `turun`, `tidak berubah nyata`; null where there was no test.
    pub change_verdict: Option<String>,
    /// Smallest change that would be found four times in five.
    pub change_smallest_detectable: Option<f64>,
    /// Index as it would be with the nation's mix of services.
    pub case_mix: Option<f64>,
    /// Its standard error.
    pub case_mix_se: Option<f64>,
}

impl MppComparison {
    /// The figures of one period alone.
    #[must_use]
    pub fn of(code: &str, total: &Tally, standing: Option<&Standing>) -> Self {
        let shrunken = standing.and_then(|standing| standing.shrunken);
        let ranks = standing.and_then(|standing| standing.ranks);
        Self {
            code: code.to_owned(),
            n: Some(total.n()),
            ikm: official(total),
            se: standing.map(|standing| standing.se_smoothed),
            funnel_z: standing.and_then(|standing| standing.funnel_z),
            zone: standing.map(|standing| standing.zone.key().to_owned()),
            shrunken: shrunken.map(|shrunken| shrunken.ikm),
            shrunken_se: shrunken.map(|shrunken| shrunken.se),
            below_b: shrunken.map(|shrunken| shrunken.below_b),
            rank_median: ranks.map(|ranks| ranks.median),
            rank_interval90: ranks.map(|ranks| [ranks.interval.0, ranks.interval.1]),
            top_tenth: ranks.map(|ranks| ranks.top_tenth),
            tier: standing.map(|standing| standing.tier.key().to_owned()),
            ..Self::default()
        }
    }

    /// Adds the former period and what changed since.
    pub fn set_change(&mut self, former: &Tally, change: Option<(&Change, Option<f64>, Verdict)>) {
        self.former_n = Some(former.n());
        self.former_ikm = official(former);
        let Some((change, adjusted, verdict)) = change else { return };
        self.change = Some(change.difference());
        self.change_se = Some(change.se);
        self.change_ci95 = change.interval.map(|(low, high)| [low, high]);
        self.change_p = change.p;
        self.change_p_adjusted = adjusted;
        self.change_verdict = change.p.map(|_| verdict.label().to_owned());
        self.change_smallest_detectable = change.smallest_detectable;
    }

    /// What the public may see: below ten responses nothing but the code, and never the standardised index, from which
    /// with the total small cells could be computed.
    #[must_use]
    pub fn published(&self) -> Self {
        if self.n.is_none_or(|n| n < PUBLIC_FROM) {
            return Self { code: self.code.clone(), ..Self::default() };
        }
        let former = self.former_n.is_some_and(|n| n >= PUBLIC_FROM);
        Self {
            former_n: self.former_n.filter(|_| former),
            former_ikm: self.former_ikm.clone().filter(|_| former),
            case_mix: None,
            case_mix_se: None,
            ..self.clone()
        }
    }

    /// The standing these figures were made from; `ikm` is the exact index of the frozen tally.
    #[must_use]
    pub fn standing(&self, ikm: f64) -> Option<Standing> {
        Some(Standing {
            code: self.code.clone(),
            n: self.n?,
            ikm,
            se_smoothed: self.se?,
            funnel_z: self.funnel_z,
            zone: Zone::from_key(self.zone.as_deref()?)?,
            shrunken: self.shrunken().filter(|_| self.tier.is_some()),
            ranks: self.ranks(),
            tier: Tier::from_key(self.tier.as_deref()?)?,
        })
    }

    fn shrunken(&self) -> Option<Shrunken> {
        Some(Shrunken { ikm: self.shrunken?, se: self.shrunken_se?, below_b: self.below_b? })
    }

    fn ranks(&self) -> Option<Ranks> {
        let [better, worse] = self.rank_interval90?;
        Some(Ranks { median: self.rank_median?, interval: (better, worse), top_tenth: self.top_tenth? })
    }
}

fn official(tally: &Tally) -> Option<String> {
    Index::of(tally).map(|index| index.rounded().to_string())
}

impl From<Funnel> for FunnelFigures {
    fn from(funnel: Funnel) -> Self {
        Self { theta0: funnel.theta0, variance: funnel.variance, tau2: funnel.tau2 }
    }
}

impl From<FunnelFigures> for Funnel {
    fn from(figures: FunnelFigures) -> Self {
        Self { theta0: figures.theta0, variance: figures.variance, tau2: figures.tau2 }
    }
}

impl From<Heterogeneity> for HeterogeneityFigures {
    fn from(model: Heterogeneity) -> Self {
        Self { tau2: model.tau2, mu: model.mu, mu_variance: model.mu_variance }
    }
}

impl From<HeterogeneityFigures> for Heterogeneity {
    fn from(figures: HeterogeneityFigures) -> Self {
        Self { tau2: figures.tau2, mu: figures.mu, mu_variance: figures.mu_variance }
    }
}
