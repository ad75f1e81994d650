//! The national comparison at its edges; what chance does to it is simulated.

mod simulation;

use suara_domain::element::Answers;
use suara_domain::nation::{Nation, Standing, Tier, Zone};
use suara_domain::tally::Tally;

/// `n` respondents of whom `threes` gave all threes and the others all fours.
fn threes_and_fours(n: u64, threes: u64) -> Tally {
    let mut tally = Tally::default();
    tally.add(&Answers::from_digits([3; 9]).unwrap(), threes);
    tally.add(&Answers::from_digits([4; 9]).unwrap(), n - threes);
    tally
}

/// MPPs with codes in the order given.
fn nation(tallies: &[Tally]) -> Option<Nation> {
    let codes: Vec<String> = (0..tallies.len()).map(|number| format!("mpp-{number:04}")).collect();
    let mpps: Vec<(&str, &Tally)> = codes.iter().map(String::as_str).zip(tallies).collect();
    Nation::of(&mpps)
}

fn unjudged(standing: &Standing) -> bool {
    standing.ranks.is_none() && standing.tier == Tier::NotDistinguishable && standing.zone == Zone::Within
}

#[test]
fn nobody_with_thirty_responses_is_no_nation() {
    assert_eq!(nation(&[]), None);
    assert_eq!(nation(&[threes_and_fours(29, 3), Tally::default()]), None);
}

#[test]
fn small_mpps_are_left_out_and_the_others_come_by_code() {
    let (big, small) = (threes_and_fours(30, 3), threes_and_fours(29, 3));
    let nation = Nation::of(&[("kota-b", &big), ("kab-c", &small), ("kab-a", &big)]).unwrap();
    let codes: Vec<&str> = nation.standings.iter().map(|standing| standing.code.as_str()).collect();
    assert_eq!(codes, ["kab-a", "kota-b"]);
}

#[test]
fn one_mpp_is_its_own_centre() {
    let nation = nation(&[threes_and_fours(200, 60)]).unwrap();
    let standing = &nation.standings[0];
    assert_eq!((nation.funnel.theta0, nation.funnel.tau2, standing.funnel_z), (92.5, 0.0, Some(0.0)));
    assert!(unjudged(standing) && standing.shrunken.is_none() && standing.se_smoothed > 0.0);
    assert_eq!(nation.heterogeneity, None);
}

#[test]
fn nine_mpps_are_too_few_for_a_model_and_ten_are_enough() {
    let mpps: Vec<Tally> = (0..10).map(|number| threes_and_fours(300, 15 * number)).collect();
    let nine = nation(&mpps[..9]).unwrap();
    assert!(nine.heterogeneity.is_none() && nine.standings.iter().all(|mpp| mpp.ranks.is_none()));
    assert!(nine.funnel.tau2 > 0.0, "the funnel needs no model");
    let ten = nation(&mpps).unwrap();
    assert!(ten.heterogeneity.is_some_and(|model| model.tau2 > 0.0));
    assert!(ten.standings.iter().all(|mpp| mpp.ranks.is_some()));
}

#[test]
fn equal_mpps_are_not_told_apart() {
    let nation = nation(&vec![threes_and_fours(100, 40); 514]).unwrap();
    let model = nation.heterogeneity.unwrap();
    assert!(model.tau2 == 0.0 && (model.mu - 90.0).abs() < 1e-9);
    assert!(nation.standings.iter().all(unjudged));
    let shrunken = nation.standings[7].shrunken.unwrap();
    assert!((shrunken.ikm - 90.0).abs() < 1e-9 && (shrunken.se * shrunken.se - model.mu_variance).abs() < 1e-12);
}

#[test]
fn nobody_differs_in_a_country_of_fours() {
    let nation = nation(&vec![threes_and_fours(40, 0); 20]).unwrap();
    assert_eq!((nation.spread.phi, nation.spread.variance, nation.heterogeneity), (0.0, 0.0, None));
    for standing in &nation.standings {
        assert!(unjudged(standing) && standing.funnel_z.is_none() && standing.se_smoothed == 0.0);
    }
    let limits = nation.funnel.limits(40);
    assert_eq!((limits.below_998, limits.above_998), (100.0, 100.0));
}

/// An MPP of all fours has no variance of its own, and is not taken as certain for that.
#[test]
fn all_fours_among_others_have_an_error() {
    let mut mpps: Vec<Tally> = (0..40).map(|number| threes_and_fours(60, 10 + number)).collect();
    mpps.push(threes_and_fours(30, 0));
    let nation = nation(&mpps).unwrap();
    let best = &nation.standings[40];
    let shrunken = best.shrunken.unwrap();
    assert!(best.se_smoothed > 0.5, "{best:?}");
    assert!(shrunken.ikm < 100.0 && shrunken.ikm > nation.heterogeneity.unwrap().mu && shrunken.se > 0.0);
}

#[test]
fn a_huge_mpp_pulls_the_centre_and_breaks_nothing() {
    let mut mpps: Vec<Tally> = (0..60).map(|number| threes_and_fours(40, 10 + number % 20)).collect();
    mpps.push(threes_and_fours(5_000_000, 4_000_000));
    let nation = nation(&mpps).unwrap();
    let model = nation.heterogeneity.unwrap();
    assert!((nation.funnel.theta0 - 80.0).abs() < 0.01, "{:?}", nation.funnel);
    assert!(model.mu > 85.0 && model.tau2.is_finite(), "one MPP is one MPP: {model:?}");
    let huge = &nation.standings[60];
    assert!((huge.shrunken.unwrap().ikm - 80.0).abs() < 0.01);
    assert!(huge.ranks.unwrap().interval.0 <= huge.ranks.unwrap().median);
}

/// An element with one answer leaves an MPP without a variance of its own; the smoothed one does not need it.
#[test]
fn an_mpp_without_its_own_variance_takes_part() {
    let mut single = Tally::default();
    single.add(&Answers::from_digits([4, 4, 4, 3, 4, 4, 4, 4, 0]).unwrap(), 49);
    single.add(&Answers::from_digits([3; 9]).unwrap(), 1);
    let others: Vec<Tally> = (0..12).map(|number| threes_and_fours(50, 5 + number)).collect();
    let without = nation(&others).unwrap();
    let with = nation(&[others, vec![single.clone()]].concat()).unwrap();
    assert_eq!(with.spread, without.spread);
    assert!(with.standings[12].se_smoothed > 0.0 && with.standings[12].ranks.is_some());
    let alone = nation(&[single]).unwrap();
    assert_eq!((alone.spread.phi, alone.standings[0].funnel_z), (0.0, None));
}

#[test]
fn zones_are_those_of_the_limits() {
    let mut mpps: Vec<Tally> = (0..30).map(|_| threes_and_fours(400, 160)).collect();
    mpps.extend([100, 130, 138, 160, 184, 190, 230, 0].map(|threes| threes_and_fours(400, threes)));
    let nation = nation(&mpps).unwrap();
    let mut seen = Vec::new();
    for standing in &nation.standings {
        let limits = nation.funnel.limits(standing.n);
        let expected = match standing.ikm {
            ikm if ikm > limits.above_998 => Zone::Above998,
            ikm if ikm > limits.above_95 => Zone::Above95,
            ikm if ikm < limits.below_998 => Zone::Below998,
            ikm if ikm < limits.below_95 => Zone::Below95,
            _ => Zone::Within,
        };
        assert_eq!(standing.zone, expected, "{standing:?}");
        seen.push(expected);
    }
    for zone in Zone::ALL {
        assert!(seen.contains(zone), "no MPP is {}", zone.key());
    }
}

#[test]
fn limits_narrow_with_n_and_stay_on_the_scale() {
    let nation = nation(&[threes_and_fours(100, 5), threes_and_fours(100, 6)]).unwrap();
    let limits = [1, 30, 100, 1_000, 1_000_000].map(|n| nation.funnel.limits(n));
    for pair in limits.windows(2) {
        assert!(pair[0].below_998 < pair[1].below_998 && pair[0].above_95 >= pair[1].above_95);
    }
    for limit in limits {
        assert!(25.0 <= limit.below_998 && limit.below_998 < limit.below_95);
        assert!(limit.below_95 < limit.above_95 && limit.above_95 <= limit.above_998 && limit.above_998 <= 100.0);
    }
}

#[test]
fn keys_are_those_of_the_export() {
    let zones: Vec<&str> = Zone::ALL.iter().map(|zone| zone.key()).collect();
    assert_eq!(zones, ["within", "above_95", "above_998", "below_95", "below_998"]);
    let tiers: Vec<&str> = Tier::ALL.iter().map(|tier| tier.key()).collect();
    assert_eq!(tiers, ["clearly_above", "not_distinguishable", "clearly_below"]);
}
