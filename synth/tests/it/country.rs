use std::collections::{BTreeMap, BTreeSet};

use suara_domain::mpp::region;
use suara_domain::period::Period;
use suara_domain::response::SHORT_TEXT_LIMIT;
use suara_synth::{Activity, Country, Mall};

const SEED: u64 = 7;

fn period() -> Period {
    Period::parse("2026-S1").unwrap()
}

fn find<'a>(country: &'a Country, code: &str) -> &'a Mall {
    country.malls.iter().find(|mall| mall.code.as_str() == code).unwrap()
}

fn distinct<'a>(values: impl Iterator<Item = &'a str>) -> usize {
    values.collect::<BTreeSet<&str>>().len()
}

#[test]
fn kampar_and_konawe_are_as_large_as_the_sources_say() {
    let country = Country::generate(SEED, 514);
    let kampar = find(&country, "kab-kampar");
    assert_eq!(kampar.services.len(), 265);
    assert_eq!(distinct(kampar.services.iter().filter_map(|service| service.counter.as_deref())), 17);
    assert_eq!(kampar.soft_launched_on.map(|day| day.to_string()).as_deref(), Some("2024-05-20"));
    assert_eq!(kampar.inaugurated_on.map(|day| day.to_string()).as_deref(), Some("2024-06-24"));
    let konawe = find(&country, "kab-konawe");
    assert_eq!(konawe.services.len(), 82);
    assert_eq!(distinct(konawe.services.iter().map(|service| service.agency)), 22);
    assert_eq!(find(&country, "kab-pasuruan").brand, Some("Maslahat"));
}

#[test]
fn every_regency_and_city_has_one_mall_with_believable_services() {
    let country = Country::generate(SEED, 600);
    assert_eq!(country.malls.len(), 514);
    assert_eq!(distinct(country.malls.iter().map(|mall| mall.code.as_str())), 514);
    assert_eq!(distinct(country.malls.iter().map(|mall| mall.region.code)), 514);
    assert!(country.malls.iter().all(|mall| region(mall.region.code).is_some()));
    for mall in &country.malls {
        let services = &mall.services;
        assert!((40..=265).contains(&services.len()), "{} has {}", mall.code, services.len());
        assert_eq!(distinct(services.iter().map(|service| service.code.as_str())), services.len(), "{}", mall.code);
        assert!(services.iter().all(|service| !service.code.is_empty() && service.code.len() <= SHORT_TEXT_LIMIT));
        assert!(mall.recipients.iter().all(|recipient| recipient.email.ends_with(".example")));
    }
    let services: usize = country.malls.iter().map(|mall| mall.services.len()).sum();
    assert!((60..=150).contains(&(services / 514)), "{} on average", services / 514);
}

#[test]
fn a_smaller_country_is_the_beginning_of_a_larger_one() {
    let (small, large) = (Country::generate(SEED, 20), Country::generate(SEED, 60));
    let shape = |mall: &Mall| format!("{mall:?}");
    assert!(small.malls.iter().map(shape).eq(large.malls.iter().take(20).map(shape)));
    assert_ne!(shape(&small.malls[0]), shape(&Country::generate(SEED + 1, 20).malls[0]));
}

#[test]
fn counts_add_up_exactly_and_some_malls_are_silent() {
    for (malls, responses) in [(1, 0), (1, 7), (3, 1_000), (143, 5), (143, 30_000), (514, 10_000_000)] {
        let country = Country::generate(SEED, malls);
        assert_eq!(country.counts(period(), responses).iter().sum::<u64>(), responses, "{malls} malls");
    }
    let country = Country::generate(SEED, 143);
    let mut by_activity: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (mall, count) in country.malls.iter().zip(country.counts(period(), 60_000)) {
        by_activity.entry(format!("{:?}", mall.activity)).or_default().push(count);
    }
    assert!(by_activity["Dead"].iter().all(|count| *count == 0));
    assert!(by_activity["Tiny"].iter().all(|count| (1..10).contains(count)));
    assert!(by_activity["Quiet"].len() >= 3 && by_activity["Busy"].iter().all(|count| *count > 30));
}

#[test]
fn visitors_outnumber_those_who_answered_nearly_everywhere() {
    let country = Country::generate(SEED, 514);
    let (mut known, mut too_few) = (0, 0);
    for (mall, count) in country.malls.iter().zip(country.counts(period(), 200_000)) {
        let Some(visitors) = mall.visitors(period(), count) else { continue };
        assert_eq!(visitors.len(), mall.services.len());
        known += 1;
        too_few += usize::from(visitors.iter().sum::<u64>() < count);
    }
    assert!((440..514).contains(&known), "{known}");
    assert!((1..20).contains(&too_few), "{too_few}");
}

#[test]
fn a_quiet_mall_falls_silent_in_the_middle_of_the_semester() {
    let country = Country::generate(SEED, 60);
    let quiet = country.malls.iter().find(|mall| mall.activity == Activity::Quiet).unwrap();
    let last = quiet.responses(period(), 500).last().unwrap();
    let silent = period().bounds(quiet.region.time_zone).1 - last.filled_at;
    assert!((30..130).contains(&silent.num_days()), "{} days", silent.num_days());
}

#[test]
fn plans_and_former_results_are_of_earlier_periods() {
    let country = Country::generate(SEED, 30);
    for mall in &country.malls {
        let plans = mall.follow_ups(period());
        assert_eq!(plans.len(), 3);
        assert!(plans.iter().all(|plan| plan.due_on > period().last_day()));
        assert!(mall.history(period()).iter().all(|past| past.period < period()));
    }
}
