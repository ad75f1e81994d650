//! The index by users per service: what it covers and where it has no error.

use suara_domain::element::Answers;
use suara_domain::precision::Precision;
use suara_domain::tally::Tally;
use suara_domain::weighted::{PostStratified, Stratum};

fn tally(score: u8, n: u64) -> Tally {
    let mut tally = Tally::default();
    tally.add(&Answers::from_digits([score; 9]).unwrap(), n);
    tally
}

fn weigh(strata: &[(&Tally, u64)]) -> Option<PostStratified> {
    PostStratified::of(strata.iter().map(|(tally, users)| Stratum { tally, users: *users }))
}

#[test]
fn services_count_by_their_users_not_by_their_responses() {
    let (good, bad) = (tally(4, 90), tally(2, 10));
    let weighted = weigh(&[(&good, 100), (&bad, 300)]).unwrap();
    assert!((weighted.ikm - 62.5).abs() < 1e-12, "{weighted:?}");
    assert_eq!((weighted.covered, weighted.services, weighted.responses), (1.0, 2, 100));
    assert_eq!(weighted.se, Some(0.0));
}

#[test]
fn services_without_responses_are_told_by_the_covered_share() {
    let (good, bad, none) = (tally(4, 9), tally(2, 10), Tally::default());
    let weighted = weigh(&[(&good, 100), (&bad, 100), (&none, 600), (&good, 0)]).unwrap();
    assert!((weighted.ikm - 75.0).abs() < 1e-12);
    assert_eq!((weighted.covered, weighted.services, weighted.responses), (0.25, 2, 19));
    assert_eq!(weigh(&[(&none, 600)]), None);
    assert_eq!(weigh(&[(&good, 0)]), None);
    assert_eq!(weigh(&[]), None);
}

#[test]
fn a_single_stratum_is_the_mpp_itself() {
    let mut all = tally(4, 20);
    all += &tally(3, 25);
    let weighted = weigh(&[(&all, 90)]).unwrap();
    let precision = Precision::of(&all, Some(90)).unwrap();
    assert!((weighted.se.unwrap() - precision.se.unwrap()).abs() < 1e-12);
    assert!((weighted.ikm - (75.0 + 25.0 * 20.0 / 45.0)).abs() < 1e-12);
}

#[test]
fn one_response_in_all_has_no_error() {
    assert_eq!(weigh(&[(&tally(3, 1), 50)]).unwrap().se, None);
    let two = weigh(&[(&tally(3, 1), 50), (&tally(4, 1), 50)]).unwrap();
    // Half of the users each, 12.5 points from the middle, 49 of 50 not asked.
    let expected = (2.0 * 0.25 * 0.98 * 12.5 * 12.5_f64).sqrt();
    assert!((two.se.unwrap() - expected).abs() < 1e-12, "{two:?}");
}
