//! What luck alone does to a table of MPPs, and what is said of it here.

use suara_domain::index::{Index, Mutu};
use suara_domain::nation::{Nation, Tier, Zone};
use suara_domain::tally::Tally;

use crate::country::{sample, size, tell};
use crate::random::Random;

fn compare(tallies: &[Tally], of: impl Fn(&[(&str, &Tally)]) -> Option<Nation>) -> Nation {
    let codes: Vec<String> = (0..tallies.len()).map(|number| format!("mpp-{number:04}")).collect();
    let mpps: Vec<(&str, &Tally)> = codes.iter().map(String::as_str).zip(tallies).collect();
    of(&mpps).unwrap()
}

/// Counts over several countries.
#[derive(Default)]
struct Luck {
    mpps: f64,
    with_a: f64,
    range: f64,
    compared: f64,
    outside_95: f64,
    outside_998: f64,
    in_a_tier: f64,
    countries_with_a_tier: f64,
    without_heterogeneity: f64,
}

impl Luck {
    fn count(&mut self, tallies: &[Tally]) {
        let indices: Vec<Index> = tallies.iter().map(|tally| Index::of(tally).unwrap()).collect();
        let ikm: Vec<f64> = indices.iter().map(Index::to_f64).collect();
        self.mpps += ikm.len() as f64;
        self.with_a += indices.iter().filter(|index| index.mutu() == Mutu::A).count() as f64;
        self.range += ikm.iter().copied().fold(f64::MIN, f64::max) - ikm.iter().copied().fold(f64::MAX, f64::min);
        let nation = compare(tallies, Nation::unranked);
        let zones = |wanted: &[Zone]| nation.standings.iter().filter(|mpp| wanted.contains(&mpp.zone)).count() as f64;
        let tiers = nation.standings.iter().filter(|mpp| mpp.tier != Tier::NotDistinguishable).count();
        self.compared += nation.standings.len() as f64;
        self.outside_998 += zones(&[Zone::Above998, Zone::Below998]);
        self.outside_95 += zones(&[Zone::Above998, Zone::Below998, Zone::Above95, Zone::Below95]);
        self.in_a_tier += tiers as f64;
        self.countries_with_a_tier += f64::from(u8::from(tiers > 0));
        self.without_heterogeneity += f64::from(u8::from(nation.heterogeneity.is_some_and(|model| model.tau2 == 0.0)));
    }
}

/// STATISTICS 7, "Why": 300 MPPs all truly at 87.0, n log-uniform from 20 to 600.
#[test]
fn equal_mpps_earn_classes_by_luck_and_no_verdict() {
    const COUNTRIES: u64 = 90;
    let mut luck = Luck::default();
    for seed in 0..COUNTRIES {
        let mut random = Random::new(1_000 + seed);
        let sizes: Vec<u64> = (0..300).map(|_| size(20.0, 600.0, &mut random)).collect();
        luck.count(&sizes.into_iter().map(|n| sample(87.0, n, &mut random)).collect::<Vec<_>>());
    }
    let countries = COUNTRIES as f64;
    tell(
        "300 MPPs truly all at 87.0, mean of 90 countries",
        &[
            ("points between the best and the worst", luck.range / countries),
            ("of 300, an \"A\" by luck", luck.with_a / countries),
            ("compared (n of 30 and more)", luck.compared / countries),
            ("outside the 95 % limits, % of those compared", 100.0 * luck.outside_95 / luck.compared),
            ("outside the 99.8 % limits, % of those compared", 100.0 * luck.outside_998 / luck.compared),
            ("of those compared, clearly above or below", luck.in_a_tier / countries),
            ("countries with such an MPP, %", 100.0 * luck.countries_with_a_tier / countries),
            ("countries where nothing shows that MPPs differ, %", 100.0 * luck.without_heterogeneity / countries),
        ],
    );
    assert!((8.0..14.0).contains(&(luck.range / countries)), "a table of equals is ten points long");
    assert!((28.0..52.0).contains(&(luck.with_a / countries)), "many are an A by luck");
    assert!((0.02..0.07).contains(&(luck.outside_95 / luck.compared)), "one in twenty by chance");
    assert!(luck.outside_998 / luck.compared < 0.006, "one in five hundred by chance");
    assert!(luck.in_a_tier / luck.compared < 0.005, "hardly anyone is told apart");
}

fn measured(truth: f64, random: &mut Random) -> Tally {
    let n = size(30.0, 600.0, random);
    sample(truth, n, random)
}

/// MPPs that do differ: is the true rank in the 90 % interval nine times in ten, and are those told apart on their side?
#[test]
fn rank_intervals_hold_the_true_rank() {
    const COUNTRIES: u64 = 8;
    const MPPS: u32 = 60;
    let (mut held, mut all, mut width, mut told, mut wrong) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for seed in 0..COUNTRIES {
        let mut random = Random::new(2_000 + seed);
        let truths: Vec<f64> = (0..MPPS).map(|_| (87.0 + 2.5 * random.normal()).clamp(79.0, 93.0)).collect();
        let tallies: Vec<Tally> = truths.iter().map(|truth| measured(*truth, &mut random)).collect();
        let nation = compare(&tallies, Nation::of);
        let mean = truths.iter().sum::<f64>() / f64::from(MPPS);
        for (standing, truth) in nation.standings.iter().zip(&truths) {
            let rank = truths.iter().filter(|other| *other > truth).count() as u64 + 1;
            let (better, worse) = standing.ranks.unwrap().interval;
            held += f64::from(u8::from((better..=worse).contains(&rank)));
            width += (worse - better + 1) as f64;
            all += 1.0;
            told += f64::from(u8::from(standing.tier != Tier::NotDistinguishable));
            wrong += f64::from(u8::from(
                standing.tier == Tier::ClearlyAbove && *truth < mean
                    || standing.tier == Tier::ClearlyBelow && *truth > mean,
            ));
        }
    }
    tell(
        "60 MPPs with true figures of 87 ± 2.5, 8 countries",
        &[
            ("true rank in the 90 % interval, %", 100.0 * held / all),
            ("ranks in an interval, of 60", width / all),
            ("clearly above or below, %", 100.0 * told / all),
            ("of these on the wrong side, %", 100.0 * wrong / told),
        ],
    );
    assert!((0.85..0.97).contains(&(held / all)));
    assert!(told / all > 0.2 && wrong / told < 0.05);
}
