//! The provinces with what the public may see of each.

use suara_domain::mpp;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally::Tally;

use super::{NationalMpp, NationalReport};
use crate::cells::Veil;

/// A province with its MPPs.
pub(crate) struct Province<'a> {
    /// Code.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// Its MPPs, by name.
    pub mpps: Vec<&'a NationalMpp>,
    /// All responses of them.
    pub tally: Tally,
    /// What the public may see of the pooled figure.
    pub veil: Veil,
}

impl Province<'_> {
    /// Whether its pooled figure may be printed.
    pub fn is_open(&self) -> bool {
        self.veil == Veil::Open && self.tally.n() > 0
    }
}

/// All provinces of the country, by code, also those without an MPP.
pub(crate) fn provinces(report: &NationalReport) -> Vec<Province<'_>> {
    let mut all: Vec<Province> = mpp::regions()
        .filter(|region| region.code == region.province_code)
        .map(|region| of_region(report, region.code, region.province))
        .collect();
    close_the_last_gap(&mut all);
    all
}

fn of_region<'a>(report: &'a NationalReport, code: &'static str, name: &'static str) -> Province<'a> {
    let mut mpps: Vec<&NationalMpp> = report.mpps.iter().filter(|mpp| mpp.province_code == code).collect();
    mpps.sort_by(|one, other| (&one.name, &one.code).cmp(&(&other.name, &other.code)));
    let tally: Tally = mpps.iter().map(|mpp| mpp.total()).collect::<Vec<_>>().iter().sum();
    let veil = match tally.n() {
        0 => Veil::Open,
        n if n < PUBLIC_FROM => Veil::TooFew,
        _ if hides_nobody(mpps.iter().map(|mpp| mpp.n())) => Veil::Open,
        _ => Veil::Protecting,
    };
    Province { code, name, mpps, tally, veil }
}

/// Whether the total of these counts gives no hidden MPP away, the others being public: none is hidden, or at least two
/// that together are ten (STATISTICS 5).
pub(crate) fn hides_nobody(counts: impl Iterator<Item = u64>) -> bool {
    let hidden: Vec<u64> = counts.filter(|count| *count > 0 && *count < PUBLIC_FROM).collect();
    hidden.is_empty() || hidden.len() >= 2 && hidden.iter().sum::<u64>() >= PUBLIC_FROM
}

/// A single hidden province could be computed from the nation: the next smallest is hidden with it.
fn close_the_last_gap(provinces: &mut [Province<'_>]) {
    let hidden = provinces.iter().filter(|province| province.veil != Veil::Open).map(|province| province.tally.n());
    let hidden: Vec<u64> = hidden.collect();
    if hidden.is_empty() || hidden.len() >= 2 && hidden.iter().sum::<u64>() >= PUBLIC_FROM {
        return;
    }
    let smallest = provinces.iter_mut().filter(|province| province.is_open()).min_by_key(|province| province.tally.n());
    if let Some(province) = smallest {
        province.veil = Veil::Protecting;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_mpp_closes_its_province() {
        assert!(hides_nobody([30, 40, 0].into_iter()));
        assert!(!hides_nobody([30, 40, 6].into_iter()));
        assert!(!hides_nobody([30, 4, 5].into_iter()));
        assert!(hides_nobody([30, 4, 6].into_iter()));
    }
}
