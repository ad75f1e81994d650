//! The index as it would be if every service were represented by its users: an annex, labelled not official
//! (STATISTICS 9).

use libm::sqrt;
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use crate::fixed::{ratio, to_f64};
use crate::index::Index;
use crate::precision::Precision;
use crate::tally::Tally;

/// The words that stand beside the figure wherever it is shown.
pub const LABEL: &str = "tertimbang jumlah pengguna per layanan, bukan angka resmi";

/// One service: its responses and its known number of users in the period.
#[derive(Clone, Copy, Debug)]
pub struct Stratum<'a> {
    /// The responses, maybe none.
    pub tally: &'a Tally,
    /// Number of users, `N_h`.
    pub users: u64,
}

/// IKM post-stratified to users per service: `Σ W_h IKM_h`.
///
/// Services whose number of users is unknown do not take part. A service that has users but no responses cannot be
/// spoken for: the weights are renormalised over the services with responses, `W_h = N_h / Σ N_h` over those with
/// `n_h ≥ 1`, and [`PostStratified::covered`] tells which share of the known users they have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostStratified {
    /// The weighted index, points on the 25..100 scale.
    pub ikm: f64,
    /// Its standard error with services as strata, points. `None` where it is not defined: fewer than two responses, or
    /// a service with several responses one of whose elements was answered only once.
    pub se: Option<f64>,
    /// Share of the known users whose service has responses, above 0 and at most 1.
    pub covered: f64,
    /// Number of services in the figure.
    pub services: u64,
    /// Number of responses in the figure.
    pub responses: u64,
}

impl PostStratified {
    /// Weighs the services whose number of users is known; those with no users are ignored. `None` if none of them has
    /// a response.
    #[must_use]
    pub fn of<'a>(strata: impl IntoIterator<Item = Stratum<'a>>) -> Option<Self> {
        let known: Vec<Stratum<'a>> = strata.into_iter().filter(|stratum| stratum.users > 0).collect();
        let strata: Vec<(Stratum<'a>, Index)> =
            known.iter().filter_map(|stratum| Some((*stratum, Index::of(stratum.tally)?))).collect();
        let users: u64 = strata.iter().map(|(stratum, _)| stratum.users).sum();
        if users == 0 {
            return None;
        }
        let sum = strata.iter().fold(BigRational::zero(), |sum, (stratum, index)| {
            sum + index.exact() * BigRational::from(BigInt::from(stratum.users))
        });
        let ikm = to_f64(&(sum / BigInt::from(users)));
        Some(Self {
            ikm,
            se: standard_error(&strata, ikm, users),
            covered: to_f64(&ratio(users, known.iter().map(|stratum| stratum.users).sum())),
            services: strata.len() as u64,
            responses: strata.iter().map(|(stratum, _)| stratum.tally.n()).sum(),
        })
    }
}

/// `sqrt(Σ W_h² SE_h²)`, `SE_h` with the sampling fraction `n_h/N_h` of section 2. A service with a single response has
/// no spread of its own: it counts with its distance from the weighted index and factor 1, as a single respondent does
/// in the pooled index (STATISTICS 1).
fn standard_error(strata: &[(Stratum<'_>, Index)], ikm: f64, users: u64) -> Option<f64> {
    if strata.iter().map(|(stratum, _)| stratum.tally.n()).sum::<u64>() < 2 {
        return None;
    }
    let mut variance = 0.0;
    for (stratum, index) in strata {
        let weight = stratum.users as f64 / users as f64;
        let own = if stratum.tally.n() == 1 {
            let distance = index.to_f64() - ikm;
            (1.0 - 1.0 / stratum.users as f64) * distance * distance
        } else {
            let se = Precision::of(stratum.tally, Some(stratum.users))?.se?;
            se * se
        };
        variance += weight * weight * own;
    }
    Some(sqrt(variance))
}
