//! MPPs compared nationally, with what chance alone would do beside it (STATISTICS 7).
//!
//! With 300 MPPs of exactly the same quality the best and the worst lie ten points apart by luck. Three answers to
//! that, none of them an ordinal list: the [`Funnel`] shows which MPPs chance does not explain, [`Heterogeneity`] pulls
//! each figure towards the mean by as much as it is uncertain, and ranks come as intervals.

mod funnel;
mod heterogeneity;
mod ranks;
mod spread;

use libm::sqrt;

pub use self::funnel::{Funnel, FunnelLimits, Zone};
pub use self::heterogeneity::{Heterogeneity, MODEL_FROM, Shrunken, Tier};
pub use self::ranks::{DRAWS, Ranks};
use self::spread::Measured;
pub use self::spread::Spread;
use crate::tally::Tally;

/// The MPPs of one period and rule version beside each other. Nothing is corrected for the number of users (f = 0).
#[derive(Clone, Debug, PartialEq)]
pub struct Nation {
    /// How much the respondents of one MPP differ.
    pub spread: Spread,
    /// Which MPPs chance does not explain.
    pub funnel: Funnel,
    /// How much the MPPs differ in truth; `None` for fewer than 10 MPPs, or if no respondents of any MPP differ.
    pub heterogeneity: Option<Heterogeneity>,
    /// The MPPs with at least 30 responses, by code.
    pub standings: Vec<Standing>,
}

/// Where one MPP stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Standing {
    /// Code of the MPP.
    pub code: String,
    /// Responses.
    pub n: u64,
    /// The float nearest to the exact IKM.
    pub ikm: f64,
    /// Standard error by the smoothed variance, points: for comparing only, the MPP's own report has its own.
    pub se_smoothed: f64,
    /// Distance from the centre in standard deviations of the funnel, `(IKM − θ0) / sqrt(s̄²/n + τ_F²)`; `None` where the
    /// funnel has no width.
    pub funnel_z: Option<f64>,
    /// Where in the funnel that is.
    pub zone: Zone,
    /// The estimate pulled towards the mean; `None` without [`Nation::heterogeneity`].
    pub shrunken: Option<Shrunken>,
    /// Its rank, with its uncertainty; `None` if nothing shows that MPPs differ at all (τ² = 0 or unknown).
    pub ranks: Option<Ranks>,
    /// What may be said about it in words.
    pub tier: Tier,
}

impl Nation {
    /// Compares MPPs, given by code in any order; those with fewer than 30 responses are left out. `None` if no MPP is
    /// left.
    #[must_use]
    pub fn of(mpps: &[(&str, &Tally)]) -> Option<Self> {
        let mut nation = Self::unranked(mpps)?;
        let shrunken: Option<Vec<Shrunken>> = nation.standings.iter().map(|mpp| mpp.shrunken).collect();
        if let Some(shrunken) = shrunken.filter(|_| nation.heterogeneity.is_some_and(|model| model.tau2 > 0.0)) {
            for (standing, ranks) in nation.standings.iter_mut().zip(ranks::draw(&shrunken)) {
                standing.ranks = Some(ranks);
            }
        }
        Some(nation)
    }

    /// The same without ranks, which take nearly all of the time: a quarter of a second for 514 MPPs.
    #[must_use]
    pub fn unranked(mpps: &[(&str, &Tally)]) -> Option<Self> {
        let mut measured: Vec<Measured<'_>> =
            mpps.iter().filter_map(|(code, tally)| Measured::of(code, tally)).collect();
        measured.sort_by_key(|mpp| mpp.code);
        let spread = Spread::of(&measured);
        let funnel = Funnel::of(&measured, spread.variance)?;
        let estimates: Vec<(f64, f64)> = measured.iter().map(|mpp| (mpp.ikm, spread.smoothed(mpp))).collect();
        let heterogeneity = Heterogeneity::of(&estimates);
        let standing = |(mpp, (_, variance)): (&Measured<'_>, &(f64, f64))| {
            let shrunken = heterogeneity.map(|model| model.shrink(mpp.ikm, *variance));
            Standing {
                code: mpp.code.to_owned(),
                n: mpp.n,
                ikm: mpp.ikm,
                se_smoothed: sqrt(*variance),
                funnel_z: funnel.z(mpp.ikm, mpp.n),
                zone: funnel.zone(mpp.ikm, mpp.n),
                shrunken,
                ranks: None,
                tier: heterogeneity.zip(shrunken).map_or(Tier::NotDistinguishable, |(model, own)| model.tier(&own)),
            }
        };
        let standings = measured.iter().zip(&estimates).map(standing).collect();
        Some(Self { spread, funnel, heterogeneity, standings })
    }
}
