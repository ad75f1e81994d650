//! Change, national comparison and case mix against R and metafor, ranks against Python: see `tests/oracle`.
//! `cargo test -p suara-domain comparison -- --nocapture` prints the table.

use std::collections::BTreeMap;

use serde_json::Value;
use suara_domain::case_mix::{CaseCell, standardised};
use suara_domain::change::{Change, adjusted};
use suara_domain::distribution::normal_quantile;
use suara_domain::element::{Answers, Element};
use suara_domain::nation::{Nation, Standing, Tier};
use suara_domain::tally::Tally;

use crate::figures::Figures;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../oracle/comparison.json")).unwrap()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap()
}

fn floats(value: &Value) -> Vec<f64> {
    list(value).iter().map(|number| number.as_f64().unwrap()).collect()
}

/// The tally of respondents counted by answer pattern.
fn tally(fixture: &Value, counts: &Value) -> Tally {
    let mut tally = Tally::default();
    for (pattern, count) in list(&fixture["patterns"]).iter().zip(list(counts)) {
        let digits: Vec<u8> = pattern.as_str().unwrap().bytes().map(|byte| byte - b'0').collect();
        tally.add(&Answers::from_digits(digits.try_into().unwrap()).unwrap(), count.as_u64().unwrap());
    }
    tally
}

fn compare_change(figures: &mut Figures, change: &Change, oracle: &Value) {
    figures.compare("change: difference", Some(change.difference()), &oracle["difference"]);
    figures.compare("change: SE", Some(change.se), &oracle["se"]);
    figures.compare("change: df", change.df, &oracle["df"]);
    figures.compare("change: p", change.p, &oracle["p"]);
    figures.compare("change: interval, lower", change.interval.map(|ends| ends.0), &oracle["lower"]);
    figures.compare("change: interval, upper", change.interval.map(|ends| ends.1), &oracle["upper"]);
    figures.compare("change: smallest detectable", change.smallest_detectable, &oracle["detectable"]);
    // Of a small p the digits count, not the distance.
    let relative = change.p.unwrap() / oracle["p"].as_f64().unwrap() - 1.0;
    assert!(relative.abs() < 1e-9, "p {:?} is off by {relative:e}", change.p);
}

#[test]
fn changes_are_those_of_welchs_test_in_r() {
    let fixture = fixture();
    let mut figures = Figures::default();
    let (mut elements, mut too_few) = (0, 0);
    for case in list(&fixture["changes"]) {
        let (before, after) = (tally(&fixture, &case["before"]), tally(&fixture, &case["after"]));
        compare_change(&mut figures, &Change::between(&before, &after).unwrap(), &case["whole"]);
        for (element, oracle) in Element::ALL.into_iter().zip(list(&case["elements"])) {
            let answered = before.answered(element).min(after.answered(element));
            match Change::of_element(&before, &after, element) {
                Some(change) => compare_change(&mut figures, &change, oracle),
                None => assert!(answered < 30, "{element}"),
            }
            elements += u64::from(answered >= 30);
            too_few += u64::from(answered < 30);
        }
    }
    figures.print();
    assert!(elements >= 50 && too_few >= 1, "{elements} {too_few}");
}

#[test]
fn p_values_are_adjusted_as_by_r() {
    let fixture = fixture();
    let mut figures = Figures::default();
    for case in list(&fixture["adjusted"]) {
        let ours = adjusted(&floats(&case["p"]));
        assert_eq!(ours.len(), list(&case["bh"]).len());
        for (ours, oracle) in ours.into_iter().zip(list(&case["bh"])) {
            figures.compare("p.adjust BH", Some(ours), oracle);
        }
    }
    figures.print();
}

#[test]
fn quantiles_are_those_of_as_241_in_r() {
    let fixture = fixture();
    let mut figures = Figures::default();
    for case in list(&fixture["quantiles"]) {
        figures.compare("normal quantile", case["p"].as_f64().map(normal_quantile), &case["z"]);
    }
    figures.print();
}

/// The MPPs of a case in the order of the file, which is not that of their codes.
fn nation(fixture: &Value, case: &Value) -> Nation {
    let tallies: Vec<(&str, Tally)> =
        list(&case["mpps"]).iter().map(|mpp| (mpp["code"].as_str().unwrap(), tally(fixture, &mpp["counts"]))).collect();
    let mpps: Vec<(&str, &Tally)> = tallies.iter().map(|(code, tally)| (*code, tally)).collect();
    Nation::of(&mpps).unwrap()
}

fn compare_standing(figures: &mut Figures, ours: &Standing, oracle: &Value) {
    figures.compare("MPP: IKM", Some(ours.ikm), &oracle["ikm"]);
    figures.compare("MPP: SE, smoothed", Some(ours.se_smoothed), &oracle["se_smoothed"]);
    figures.compare("funnel: z", ours.funnel_z, &oracle["z"]);
    figures.compare("metafor blup: estimate", ours.shrunken.map(|own| own.ikm), &oracle["shrunken"]);
    figures.compare("metafor blup: SE", ours.shrunken.map(|own| own.se), &oracle["shrunken_se"]);
    figures.compare("MPP: P(IKM < 76.61)", ours.shrunken.map(|own| own.below_b), &oracle["below_b"]);
}

#[test]
fn the_nation_is_that_of_metafor() {
    let fixture = fixture();
    let mut figures = Figures::default();
    let mut tiers: BTreeMap<&str, u64> = BTreeMap::new();
    for case in list(&fixture["nations"]) {
        let nation = nation(&fixture, case);
        let model = nation.heterogeneity;
        figures.compare("φ̂", Some(nation.spread.phi), &case["phi"]);
        figures.compare("s̄²", Some(nation.spread.variance), &case["variance"]);
        figures.compare("funnel: θ0", Some(nation.funnel.theta0), &case["theta0"]);
        figures.compare("funnel: τ_F²", Some(nation.funnel.tau2), &case["funnel_tau2"]);
        figures.compare("metafor PM: τ²", model.map(|model| model.tau2), &case["tau2"]);
        figures.compare("metafor PM: μ̂", model.map(|model| model.mu), &case["mu"]);
        figures.compare("metafor PM: Var(μ̂)", model.map(|model| model.mu_variance), &case["mu_variance"]);
        for (n, limits) in list(&case["limits_at"]).iter().zip(list(&case["limits"])) {
            let ours = nation.funnel.limits(n.as_u64().unwrap());
            let ours = [ours.below_998, ours.below_95, ours.above_95, ours.above_998];
            for (ours, oracle) in ours.into_iter().zip(list(limits)) {
                figures.compare("funnel: limits", Some(ours), oracle);
            }
        }
        assert_eq!(nation.standings.len(), list(&case["mpps"]).len());
        let oracles: BTreeMap<&str, &Value> =
            list(&case["mpps"]).iter().map(|mpp| (mpp["code"].as_str().unwrap(), mpp)).collect();
        for (standing, (code, oracle)) in nation.standings.iter().zip(oracles) {
            assert_eq!(standing.code, code);
            compare_standing(&mut figures, standing, oracle);
            let expected = match (model, oracle["above_mean"].as_f64()) {
                (Some(model), Some(above)) if model.tau2 > 0.0 && above > 0.975 => Tier::ClearlyAbove,
                (Some(model), Some(above)) if model.tau2 > 0.0 && above < 0.025 => Tier::ClearlyBelow,
                _ => Tier::NotDistinguishable,
            };
            assert_eq!(standing.tier, expected, "{code}");
            *tiers.entry(standing.tier.key()).or_default() += 1;
        }
    }
    figures.print();
    assert_eq!(tiers.len(), 3, "every tier occurs: {tiers:?}");
}

#[test]
fn ranks_are_those_of_the_drawn_countries_of_python() {
    let fixture = fixture();
    let expected: Value = serde_json::from_str(include_str!("../oracle/ranks.json")).unwrap();
    let mut figures = Figures::default();
    for (case, expected) in list(&fixture["nations"]).iter().zip(list(&expected)) {
        let nation = nation(&fixture, case);
        for (place, standing) in nation.standings.iter().enumerate() {
            let oracle = &expected[place];
            assert!(oracle.is_null() || oracle[0].as_str() == Some(&standing.code));
            let rank = |rank: Option<u64>| rank.map(|rank| rank as f64);
            figures.compare("rank: median", rank(standing.ranks.map(|own| own.median)), &oracle[1]);
            figures.compare("rank: 90 %, better end", rank(standing.ranks.map(|own| own.interval.0)), &oracle[2]);
            figures.compare("rank: 90 %, worse end", rank(standing.ranks.map(|own| own.interval.1)), &oracle[3]);
            figures.compare("rank: among the best tenth", standing.ranks.map(|own| own.top_tenth), &oracle[4]);
        }
    }
    figures.print();
}

#[test]
fn the_case_mix_is_that_of_the_definition_in_r() {
    let fixture = fixture();
    let mut figures = Figures::default();
    for case in list(&fixture["mixes"]) {
        let (mut mpp, mut nation) = (BTreeMap::new(), BTreeMap::new());
        for cell in list(&case["cells"]) {
            let key = CaseCell::from_key(cell["key"].as_str().unwrap()).unwrap();
            mpp.insert(key, tally(&fixture, &cell["counts"]));
            nation.insert(key, cell["weight"].as_u64().unwrap());
        }
        let ours = standardised(&mpp, &nation);
        figures.compare("case mix: IKM", ours.map(|found| found.ikm), &case["ikm"]);
        figures.compare("case mix: SE", ours.and_then(|found| found.se), &case["se"]);
    }
    figures.print();
}
