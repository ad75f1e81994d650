//! Every MPP by province, in the order of the alphabet.

use serde::Serialize;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;
use suara_domain::nation::Tier;
use suara_domain::precision::Precision;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};

use super::names::short;
use crate::cells::Veil;
use crate::national::NationalMpp;
use crate::national::provinces::Province;
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct ProvinceView {
    name: &'static str,
    /// Pooled index and n, if they are public.
    pooled: Option<PooledView>,
    /// Why they are not: `silent`, `few` or `veiled`.
    without: Option<&'static str>,
    mpps: Vec<MppView>,
}

#[derive(Serialize)]
struct PooledView {
    ikm: String,
    n: String,
}

#[derive(Serialize)]
struct MppView {
    name: String,
    n: String,
    ikm: Option<String>,
    mutu: Option<&'static str>,
    interval: Option<String>,
    /// Key of the catalogue; `None` below thirty responses.
    tier: Option<&'static str>,
}

/// The provinces that have an MPP.
pub(super) fn of(provinces: &[Province<'_>], voice: Voice) -> Vec<ProvinceView> {
    let with = provinces.iter().filter(|province| !province.mpps.is_empty());
    with.map(|province| ProvinceView::of(province, voice)).collect()
}

impl ProvinceView {
    fn of(province: &Province<'_>, voice: Voice) -> Self {
        let index = Index::of(&province.tally);
        let without = match province.veil {
            _ if index.is_none() => Some("silent"),
            Veil::TooFew => Some("few"),
            Veil::Protecting => Some("veiled"),
            Veil::Open => None,
        };
        let pooled = index.filter(|_| without.is_none()).map(|index| PooledView {
            ikm: voice.fixed(Fixed::<1>::round(index.exact())),
            n: voice.count(rounded_count(province.tally.n())),
        });
        let mpps = province.mpps.iter().map(|mpp| MppView::of(mpp, voice)).collect();
        Self { name: province.name, pooled, without, mpps }
    }
}

impl MppView {
    fn of(mpp: &NationalMpp, voice: Voice) -> Self {
        let total = mpp.total();
        let n = total.n();
        let index = Index::of(&total).filter(|_| n >= PUBLIC_FROM);
        let precision = Precision::of(&total, mpp.population).filter(|_| n >= PUBLIC_FROM);
        Self {
            name: short(&mpp.name),
            n: if (1..PUBLIC_FROM).contains(&n) { "n < 10".to_owned() } else { voice.count(n) },
            interval: precision.and_then(|precision| precision.interval).map(|ends| voice.interval(ends)),
            mutu: index.as_ref().filter(|_| mpp.is_ranked()).map(|index| index.mutu().letter()),
            ikm: index.map(|index| voice.fixed(index.rounded())),
            tier: mpp.standing.as_ref().map(|standing| match standing.tier {
                Tier::ClearlyAbove => "above",
                Tier::NotDistinguishable => "same",
                Tier::ClearlyBelow => "below",
            }),
        }
    }
}
