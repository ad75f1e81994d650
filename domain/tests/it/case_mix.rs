//! Case mix: keys, cells taken together, and an MPP that is no better for having easier cases.

use std::collections::BTreeMap;

use suara_domain::case_mix::{CaseCell, standardised};
use suara_domain::element::Answers;
use suara_domain::respondent::Channel;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;

const DIRECT_FREE: CaseCell = CaseCell { channel: Some(Channel::Direct), free: Some(true) };
const DIRECT_PAID: CaseCell = CaseCell { channel: Some(Channel::Direct), free: Some(false) };
const MOBILE_FREE: CaseCell = CaseCell { channel: Some(Channel::Mobile), free: Some(true) };
const UNKNOWN: CaseCell = CaseCell { channel: None, free: None };

/// Respondents who gave the same score to everything, by how many gave 3 and how many 4.
fn tally(threes: u64, fours: u64) -> Tally {
    let mut tally = Tally::default();
    tally.add(&Answers::from_digits([3; 9]).unwrap(), threes);
    tally.add(&Answers::from_digits([4; 9]).unwrap(), fours);
    tally
}

fn close(ours: f64, expected: f64) -> bool {
    (ours - expected).abs() < 1e-9
}

#[test]
fn every_cell_has_a_key() {
    let channels = Channel::ALL.iter().copied().map(Some).chain([None]);
    let cells: Vec<CaseCell> =
        channels.flat_map(|channel| [Some(true), Some(false), None].map(|free| CaseCell { channel, free })).collect();
    assert_eq!(cells.len(), 15);
    for cell in cells {
        assert_eq!(CaseCell::from_key(&cell.key()), Some(cell));
    }
    assert_eq!((DIRECT_FREE.key(), UNKNOWN.key()), ("direct/free".to_owned(), "unknown/unknown".to_owned()));
    assert_eq!(DIRECT_PAID.key(), "direct/paid");
    for key in ["", "direct", "direct/", "/free", "direct/yes", "post/free", "direct/free/"] {
        assert_eq!(CaseCell::from_key(key), None, "{key}");
    }
    assert_eq!(Dimension::from_key("case_mix"), Some(Dimension::CaseMix));
}

#[test]
fn easier_cases_make_no_better_mpp() {
    // Both MPPs earn 100 in free services and 75 in paid ones; the nation has as many of each.
    let nation = BTreeMap::from([(DIRECT_FREE, 1_000), (DIRECT_PAID, 1_000)]);
    let lucky = BTreeMap::from([(DIRECT_FREE, tally(0, 90)), (DIRECT_PAID, tally(10, 0))]);
    let unlucky = BTreeMap::from([(DIRECT_FREE, tally(0, 10)), (DIRECT_PAID, tally(90, 0))]);
    for mpp in [lucky, unlucky] {
        let found = standardised(&mpp, &nation).unwrap();
        assert!(close(found.ikm, 87.5) && found.se == Some(0.0), "{found:?}");
    }
}

#[test]
fn the_error_is_that_of_weighted_cells() {
    let nation = BTreeMap::from([(DIRECT_FREE, 300), (DIRECT_PAID, 100)]);
    let mpp = BTreeMap::from([(DIRECT_FREE, tally(10, 10)), (DIRECT_PAID, tally(5, 5))]);
    let found = standardised(&mpp, &nation).unwrap();
    // s² of a half 75, half 100 is 12.5² · n/(n − 1).
    let (free, paid) = (12.5_f64.powi(2) / 19.0, 12.5_f64.powi(2) / 9.0);
    assert!(close(found.se.unwrap(), (0.75_f64.powi(2) * free + 0.25_f64.powi(2) * paid).sqrt()));
}

#[test]
fn small_cells_are_taken_together_over_channels() {
    let nation = BTreeMap::from([(DIRECT_FREE, 500), (MOBILE_FREE, 300), (DIRECT_PAID, 200)]);
    let mut mpp =
        BTreeMap::from([(DIRECT_FREE, tally(0, 20)), (MOBILE_FREE, tally(4, 0)), (DIRECT_PAID, tally(10, 0))]);
    // 20 fours and 4 threes weigh 0.8 together, ten threes 0.2.
    let together = 0.8 * (100.0 - 25.0 * 4.0 / 24.0) + 0.2 * 75.0;
    assert!(close(standardised(&mpp, &nation).unwrap().ikm, together));
    // An MPP without the channel is no other case.
    mpp.remove(&MOBILE_FREE);
    assert!(close(standardised(&mpp, &nation).unwrap().ikm, 0.8 * 100.0 + 0.2 * 75.0));
    // With five the cell stands for itself.
    mpp.insert(MOBILE_FREE, tally(5, 0));
    assert!(close(standardised(&mpp, &nation).unwrap().ikm, 0.5 * 100.0 + 0.3 * 75.0 + 0.2 * 75.0));
}

#[test]
fn a_price_with_fewer_than_five_leaves_no_figure() {
    let nation = BTreeMap::from([(DIRECT_FREE, 500), (DIRECT_PAID, 200)]);
    let mut mpp = BTreeMap::from([(DIRECT_FREE, tally(5, 200)), (DIRECT_PAID, tally(2, 2))]);
    assert_eq!(standardised(&mpp, &nation), None);
    // Nobody in the nation paid: the four do not matter.
    assert!(standardised(&mpp, &BTreeMap::from([(DIRECT_FREE, 500), (DIRECT_PAID, 0)])).is_some());
    mpp.remove(&DIRECT_PAID);
    assert_eq!(standardised(&mpp, &nation), None);
    assert_eq!(standardised(&mpp, &BTreeMap::new()), None);
}

#[test]
fn a_cell_without_variance_of_its_own_leaves_no_error() {
    let mut single = tally(2, 6);
    single.add(&Answers::from_digits([0, 0, 0, 0, 0, 0, 0, 0, 4]).unwrap(), 1);
    let mut gaps = Tally::default();
    gaps.add(&Answers::from_digits([4, 4, 4, 4, 4, 4, 4, 4, 0]).unwrap(), 8);
    gaps.add(&Answers::from_digits([4; 9]).unwrap(), 1);
    let nation = BTreeMap::from([(UNKNOWN, 50), (DIRECT_FREE, 50)]);
    let with = |tally: &Tally| {
        let mpp = BTreeMap::from([(UNKNOWN, tally.clone()), (DIRECT_FREE, self::tally(5, 5))]);
        standardised(&mpp, &nation).unwrap()
    };
    assert!(with(&single).se.is_some());
    assert_eq!(with(&gaps).se, None);
    assert!(close(with(&gaps).ikm, 0.5 * 100.0 + 0.5 * 87.5));
}
