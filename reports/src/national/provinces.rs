//! The provinces with what the public may see of each.

use suara_domain::mpp;
use suara_domain::suppression::{PUBLIC_FROM, Total, covers};
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
        _ if Total::of(mpps.iter().map(|mpp| mpp.n())) == Total::Exact => Veil::Open,
        _ => Veil::Protecting,
    };
    Province { code, name, mpps, tally, veil }
}

impl Province<'_> {
    /// Counts of its MPPs that are hidden.
    fn hidden(&self) -> impl Iterator<Item = u64> {
        self.mpps.iter().map(|mpp| mpp.n()).filter(|n| (1..PUBLIC_FROM).contains(n))
    }
}

/// Closes one province more where a hidden MPP could be computed from the nation.
fn close_the_last_gap(provinces: &mut [Province<'_>]) {
    let hidden: Vec<(bool, Vec<u64>)> =
        provinces.iter().map(|province| (province.veil == Veil::Open, province.hidden().collect())).collect();
    if let Some(place) = gap(&hidden) {
        provinces[place].veil = Veil::Protecting;
    }
}

/// Which open province has to be closed too. `provinces`: whether each is open, and the counts of its hidden MPPs. The
/// nation less the open provinces and the public MPPs is what is hidden in the closed ones; where that gives somebody
/// away, the open province that hides the least joins them. If none hides anything, the nation itself is not exact.
fn gap(provinces: &[(bool, Vec<u64>)]) -> Option<usize> {
    let closed: Vec<u64> = provinces.iter().filter(|(open, _)| !open).flat_map(|(_, hidden)| hidden).copied().collect();
    if covers(&closed) {
        return None;
    }
    let hiding = provinces.iter().enumerate().filter(|(_, (open, hidden))| *open && !hidden.is_empty());
    hiding.min_by_key(|(_, (_, hidden))| hidden.iter().sum::<u64>()).map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_nation_gives_away_is_hidden_among_others() {
        let (open, closed) = (|hidden: &[u64]| (true, hidden.to_vec()), |hidden: &[u64]| (false, hidden.to_vec()));
        assert_eq!(gap(&[open(&[]), open(&[5, 5])]), None);
        assert_eq!(
            gap(&[closed(&[6]), open(&[]), open(&[8, 7]), open(&[5, 5])]),
            Some(3),
            "not the one that hides nobody"
        );
        assert_eq!(gap(&[closed(&[3]), closed(&[4]), open(&[5, 5])]), Some(2), "two closed ones may be too few");
        assert_eq!(gap(&[closed(&[3]), closed(&[7]), open(&[5, 5])]), None);
        assert_eq!(gap(&[closed(&[6]), open(&[])]), None, "the nation is not exact");
    }
}
