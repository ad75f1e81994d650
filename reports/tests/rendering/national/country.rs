//! Believable countries, the same in every run.

use chrono::NaiveDate;
use suara_domain::change::{Change, Verdict, adjusted};
use suara_domain::element::{Answers, Element};
use suara_domain::instrument::Instrument;
use suara_domain::monitoring::Activity;
use suara_domain::mpp::{MppCode, Region, regions};
use suara_domain::nation::Nation;
use suara_domain::period::Period;
use suara_domain::sample_size;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::national::{NationalMpp, NationalReport, TestedChange};
use suara_reports::report::{Edition, FollowUp, Status};

use crate::fixture::{Dice, instant};

const HASH: &str = "51c0e7f2a9b34d6688d10fa2b3c47e95d6e8f901a2b3c4d5e6f708192a3b4c5d";

/// A country in which MPPs differ: sizes from nothing to some thousand, some with a former semester, some with plans.
pub fn varied(mpps: usize) -> NationalReport {
    let mut dice = Dice(514);
    let places: Vec<&'static Region> = regions().filter(|region| region.code.contains('.')).collect();
    let step = (places.len() / mpps).max(1);
    let mall = |(place, region): (usize, &&'static Region)| varied_mall(place, region, &mut dice);
    let all = places.iter().step_by(step).take(mpps).enumerate().map(mall).collect();
    report(all)
}

/// MPPs that all got exactly the same answers.
pub fn identical(mpps: usize, n: u64) -> NationalReport {
    let places = regions().filter(|region| region.code.contains('.'));
    let mall = |region: &'static Region| {
        let mut tallies = TallySet::default();
        for (digits, times) in [([4; 9], n * 7 / 10), ([3; 9], n - n * 7 / 10)] {
            add(&mut tallies, &digits, times, ("direct", "Disdukcapil"), true);
        }
        mall(region, tallies, Tally::default())
    };
    report(places.take(mpps).map(mall).collect())
}

fn varied_mall(place: usize, region: &'static Region, dice: &mut Dice) -> NationalMpp {
    let n = match place % 24 {
        5 => 0,
        11 if place < 60 => 6,
        11 => 15,
        17 => 22,
        23 => 2_400,
        4 => 900 + dice.roll(200),
        other => 34 + 3 * other as u64 * other as u64 / 4 + dice.roll(40),
    };
    let level = match place % 12 {
        4 => 10,
        9 => 34,
        _ => 18 + dice.roll(6) + dice.roll(6),
    };
    let weak = [8, 2, 7, 8, 2, 6][usize::try_from(dice.roll(6)).unwrap()];
    let agencies = 6 + dice.roll(6);
    let mut tallies = TallySet::default();
    for number in 0..n {
        let digits = answers(dice, level, weak);
        let channel =
            ["direct", "direct", "direct", "electronic", "self_service"][usize::try_from(dice.roll(5)).unwrap()];
        let flagged = place % 31 == 7 && number % 9 == 0;
        add(&mut tallies, &digits, 1, (channel, &format!("Instansi {}", dice.roll(agencies))), !flagged);
    }
    let mut former = Tally::default();
    let before = if place.is_multiple_of(7) { level + 14 } else { level + dice.roll(4) };
    for _ in 0..(if place.is_multiple_of(5) { 0 } else { n / 2 + 30 }) {
        former.add(&Answers::from_digits(answers(dice, before, weak)).unwrap(), 1);
    }
    let mut mall = mall(region, tallies, former);
    if place % 19 == 3 {
        mall.activity = Activity::Inactive;
    }
    mall.former_follow_up = if place.is_multiple_of(2) { vec![step(weak), step(weak + 1)] } else { Vec::new() };
    mall
}

/// Digits of a respondent: the higher the level, the more threes.
fn answers(dice: &mut Dice, level: u64, weak: u64) -> [u8; 9] {
    let mood = dice.roll(100);
    Element::ALL.map(|element| {
        let extra = if element.index() as u64 == weak { 22 } else { 3 * element.index() as u64 % 8 };
        match dice.roll(100) {
            roll if roll < (level + extra) / 6 => 2,
            roll if roll < level + extra + mood / 3 => 3,
            _ => 4,
        }
    })
}

fn add(tallies: &mut TallySet, digits: &[u8; 9], times: u64, (channel, agency): (&str, &str), unflagged: bool) {
    let answers = Answers::from_digits(*digits).unwrap();
    let keys = [
        (Dimension::Total, ""),
        (Dimension::Channel, channel),
        (Dimension::Agency, agency),
        (Dimension::Mode, if digits[2] == 3 { "kiosk" } else { "web" }),
        (Dimension::Verified, if digits[0] == 4 { "yes" } else { "no" }),
    ];
    for (dimension, key) in keys {
        tallies.entry(dimension, key).add(&answers, times);
    }
    if unflagged {
        tallies.entry(Dimension::Unflagged, "").add(&answers, times);
    }
}

fn step(element: u64) -> FollowUp {
    FollowUp {
        element: Element::ALL[usize::try_from(element % 9).unwrap()],
        step: "Menambah satu loket pada jam ramai dan menempelkan alur layanan di pintu masuk".to_owned(),
        owner: Some("Koordinator MPP".to_owned()),
        due_on: NaiveDate::from_ymd_opt(2026, 3, 31),
        status: Some("selesai".to_owned()),
        evidence: None,
    }
}

fn mall(region: &'static Region, tallies: TallySet, former: Tally) -> NationalMpp {
    let lower = region.name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let population = (tallies.total().n() > 100).then(|| tallies.total().n() * 20);
    NationalMpp {
        code: MppCode::parse(&words.join("-")).unwrap(),
        name: format!("MPP {}", region.name),
        province_code: region.province_code.to_owned(),
        tallies,
        former,
        population,
        sample_minimum: sample_size::minimum(population).minimum,
        activity: Activity::Active,
        closed: true,
        standing: None,
        change: None,
        follow_up: Vec::new(),
        former_follow_up: Vec::new(),
    }
}

/// The report of these malls, compared as the service does it.
pub fn report(mut mpps: Vec<NationalMpp>) -> NationalReport {
    mpps.sort_by(|one, other| one.code.cmp(&other.code));
    let totals: Vec<Tally> = mpps.iter().map(NationalMpp::total).collect();
    let by_code: Vec<(&str, &Tally)> = mpps.iter().map(|mpp| mpp.code.as_str()).zip(&totals).collect();
    let nation = Nation::of(&by_code);
    let changes: Vec<Option<Change>> = mpps
        .iter()
        .zip(&totals)
        .map(|(mpp, total)| Change::between(&mpp.former, total).filter(|it| it.p.is_some()))
        .collect();
    let p: Vec<f64> = changes.iter().flatten().filter_map(|change| change.p).collect();
    let mut adjusted = adjusted(&p).into_iter();
    for (mpp, change) in mpps.iter_mut().zip(changes) {
        let standings = nation.iter().flat_map(|nation| &nation.standings);
        mpp.standing = standings.clone().find(|standing| standing.code == mpp.code.as_str()).cloned();
        mpp.change = change.map(|change| tested(&change, adjusted.next().unwrap()));
    }
    NationalReport {
        period: Period::parse("2026-S1").unwrap(),
        instrument: Instrument::standard().clone(),
        edition: Edition {
            status: Status::Final,
            revision: 1,
            reason: None,
            former: Vec::new(),
            generated_at: instant("2026-06-30T16:59:59Z"),
            manifest_sha256: Some(HASH.to_owned()),
        },
        mpps,
        funnel: nation.as_ref().map(|nation| nation.funnel),
        heterogeneity: nation.as_ref().and_then(|nation| nation.heterogeneity),
        tests: p.len() as u64,
    }
}

fn tested(change: &Change, adjusted_p: f64) -> TestedChange {
    TestedChange {
        difference: change.difference(),
        interval: change.interval.unwrap(),
        adjusted_p,
        smallest_detectable: change.smallest_detectable.unwrap(),
        verdict: Verdict::of(change.difference(), Some(adjusted_p)),
    }
}
