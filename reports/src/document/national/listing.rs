//! Every MPP by province, in the order of the alphabet.

use serde::Serialize;
use suara_domain::index::Index;
use suara_domain::nation::Tier;
use suara_domain::precision::Precision;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};

use crate::cells::Veil;
use crate::fonts::breakable;
use crate::indonesian::{count, decimal, fixed};
use crate::national::NationalMpp;
use crate::national::provinces::Province;

/// Left end of the drawn scale; what lies below is drawn at its end.
const DRAWN_FROM: f64 = 60.0;

#[derive(Serialize)]
pub(super) struct ProvinceView {
    name: &'static str,
    /// Pooled index and n, or why they are not told.
    summary: String,
    mpps: Vec<MppView>,
}

#[derive(Serialize)]
struct MppView {
    name: String,
    n: String,
    ikm: Option<String>,
    mutu: Option<&'static str>,
    interval: Option<String>,
    /// Lower end, value and upper end on the drawn scale, 0 to 1.
    drawn: Option<[f64; 3]>,
    /// `above`, `below`, `same`, or nothing below thirty responses.
    tier: Option<&'static str>,
    words: &'static str,
}

/// The provinces that have an MPP.
pub(super) fn of(provinces: &[Province<'_>]) -> Vec<ProvinceView> {
    let with = provinces.iter().filter(|province| !province.mpps.is_empty());
    with.map(|province| ProvinceView {
        name: province.name,
        summary: summary(province),
        mpps: province.mpps.iter().map(|mpp| MppView::of(mpp)).collect(),
    })
    .collect()
}

fn summary(province: &Province<'_>) -> String {
    match (province.veil, Index::of(&province.tally)) {
        (_, None) => "belum ada jawaban".to_owned(),
        (Veil::TooFew, _) => "n < 10".to_owned(),
        (Veil::Protecting, _) => "angka gabungan ditutup".to_owned(),
        (Veil::Open, Some(index)) => {
            format!("IKM gabungan {}, n ≈ {}", decimal(index.to_f64(), 1), count(rounded_count(province.tally.n())))
        }
    }
}

impl MppView {
    fn of(mpp: &NationalMpp) -> Self {
        let total = mpp.total();
        let n = total.n();
        let index = Index::of(&total).filter(|_| n >= PUBLIC_FROM);
        let precision = Precision::of(&total, mpp.population).filter(|_| n >= PUBLIC_FROM);
        let interval = precision.and_then(|precision| precision.interval);
        let place = |value: f64| ((value - DRAWN_FROM) / (100.0 - DRAWN_FROM)).clamp(0.0, 1.0);
        let tier = mpp.standing.as_ref().map(|standing| standing.tier);
        Self {
            name: breakable(&mpp.name),
            n: match n {
                0 => "0".to_owned(),
                n if n < PUBLIC_FROM => "n < 10".to_owned(),
                n => count(n),
            },
            drawn: index.as_ref().zip(interval).map(|(it, (low, high))| [place(low), place(it.to_f64()), place(high)]),
            interval: interval.map(|(low, high)| format!("{} – {}", decimal(low, 1), decimal(high, 1))),
            mutu: index.as_ref().filter(|_| mpp.is_ranked()).map(|index| index.mutu().letter()),
            ikm: index.map(|index| fixed(index.rounded())),
            tier: tier.map(|tier| match tier {
                Tier::ClearlyAbove => "above",
                Tier::NotDistinguishable => "same",
                Tier::ClearlyBelow => "below",
            }),
            words: match tier {
                _ if n == 0 => "belum ada jawaban",
                _ if n < PUBLIC_FROM => "terlalu sedikit responden",
                None => "belum dapat dibandingkan",
                Some(Tier::ClearlyAbove) => "jelas di atas",
                Some(Tier::NotDistinguishable) => "tidak dapat dibedakan",
                Some(Tier::ClearlyBelow) => "jelas di bawah",
            },
        }
    }
}
