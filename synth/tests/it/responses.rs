use std::collections::BTreeMap;

use chrono::{Datelike, Timelike, Weekday};
use suara_domain::element::{Element, Score};
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::precision::Precision;
use suara_domain::respondent::Mode;
use suara_domain::tally::Tally;
use suara_synth::{Country, Mall, Response};

fn period() -> Period {
    Period::parse("2026-S1").unwrap()
}

fn mall(country: &Country) -> &Mall {
    country.malls.iter().find(|mall| mall.code.as_str() == "kab-kampar").unwrap()
}

fn tally<'a>(responses: impl IntoIterator<Item = &'a Response>) -> Tally {
    let mut tally = Tally::default();
    for response in responses {
        tally.add(&response.answers, 1);
    }
    tally
}

#[test]
fn they_come_sorted_within_the_semester_and_in_opening_hours() {
    let country = Country::generate(1, 20);
    for mall in &country.malls {
        let responses: Vec<Response> = mall.responses(period(), 700).collect();
        assert_eq!(responses.len(), 700);
        assert!(responses.is_sorted_by(|a, b| (a.filled_at, a.id) < (b.filled_at, b.id)));
        let (start, end) = period().bounds(mall.region.time_zone);
        for response in &responses {
            assert!(start <= response.filled_at && response.filled_at < end);
            let local = mall.region.time_zone.local(response.filled_at);
            assert!(local.weekday() != Weekday::Sun && (7..23).contains(&local.hour()), "{local}");
            let millis = response.id.get_timestamp().map(|stamp| stamp.to_unix().0);
            assert_eq!(response.id.get_version_num(), 7);
            assert_eq!(millis, u64::try_from(response.filled_at.timestamp()).ok());
        }
    }
}

#[test]
fn they_look_like_a_survey() {
    let country = Country::generate(1, 143);
    let responses: Vec<Response> = mall(&country).responses(period(), 20_000).collect();
    let share = |matches: &dyn Fn(&Response) -> bool| {
        responses.iter().filter(|response| matches(response)).count() as f64 / responses.len() as f64
    };
    for (mode, expected) in [(Mode::Web, 0.70), (Mode::Kiosk, 0.15), (Mode::Assisted, 0.10), (Mode::Paper, 0.05)] {
        assert!((share(&|response| response.mode == mode) - expected).abs() < 0.02, "{mode:?}");
    }
    let commented = share(&|response| response.comment.is_some());
    assert!((0.04..0.16).contains(&commented), "{commented}");
    assert!(responses.iter().all(|response| response.answers.answered() == 9 || response.mode == Mode::Paper));
    assert!(responses.iter().all(|response| response.answers.answered() > 0));
    let paper = responses.iter().filter(|response| response.mode == Mode::Paper);
    assert!(paper.filter(|response| response.answers.answered() < 9).count() > 100);
    assert!(responses.iter().filter(|response| response.service.is_none()).count() > 300);
}

#[test]
fn elements_differ_as_people_say_and_move_together() {
    let country = Country::generate(1, 143);
    let responses: Vec<Response> = country.malls.iter().flat_map(|mall| mall.responses(period(), 150)).collect();
    let all = tally(&responses);
    let mut by_index: Vec<(f64, Element)> =
        Element::ALL.iter().map(|element| (Index::of_element(&all, *element).unwrap().to_f64(), *element)).collect();
    by_index.sort_by(|a, b| a.0.total_cmp(&b.0));
    let lowest = [by_index[0].1, by_index[1].1];
    assert!(lowest.contains(&Element::Waktu) && lowest.contains(&Element::Pengaduan), "{by_index:?}");
    assert_eq!(by_index[8].1, Element::Biaya);
    // With independent answers the variance of the mean of nine would be a ninth of that of one.
    let whole = Precision::of(&all, None).unwrap().se.unwrap();
    let one = Precision::of_element(&all, Element::Prosedur, None).unwrap().se.unwrap();
    assert!(whole.powi(2) > 0.3 * one.powi(2), "{whole} {one}");
    let index = Index::of(&all).unwrap().to_f64();
    assert!((76.0..90.0).contains(&index), "{index}");
    assert!(all.count(Element::Waktu, Score::ALL[0]) > 0);
}

#[test]
fn malls_differ_in_quality() {
    let country = Country::generate(1, 143);
    let indices: Vec<f64> = country
        .malls
        .iter()
        .map(|mall| Index::of(&tally(&mall.responses(period(), 400).collect::<Vec<_>>())).unwrap().to_f64())
        .collect();
    let (low, high) =
        indices.iter().fold((100.0_f64, 0.0_f64), |(low, high), index| (low.min(*index), high.max(*index)));
    assert!(low < 78.0 && high > 88.0 && low > 55.0, "{low} to {high}");
}

#[test]
fn comments_are_varied_and_their_telephone_numbers_masked() {
    let country = Country::generate(1, 143);
    let mut texts: BTreeMap<String, u64> = BTreeMap::new();
    let (mut with_number, mut masked) = (0, 0);
    for mall in &country.malls {
        for response in mall.responses(period(), 300) {
            let Some(comment) = &response.comment else { continue };
            assert!(!comment.contains(['{', '}']), "{comment}");
            let digits = comment.chars().filter(char::is_ascii_digit).count();
            let stored = response.submission(mall).comment.unwrap();
            if digits >= 10 {
                with_number += 1;
                masked += usize::from(stored.contains("[telepon]"));
                assert!(stored.chars().filter(char::is_ascii_digit).count() < 7, "{stored}");
            }
            *texts.entry(comment.clone()).or_default() += 1;
        }
    }
    assert!(with_number > 10 && with_number == masked, "{with_number} with a number, {masked} masked");
    assert!(texts.len() > 450, "{} different comments", texts.len());
}

#[test]
fn a_period_never_depends_on_another() {
    let country = Country::generate(1, 20);
    let mall = mall(&country);
    let here: Vec<Response> = mall.responses(period(), 200).collect();
    let larger = Country::generate(1, 143);
    let again: Vec<Response> = self::mall(&larger).responses(period(), 200).collect();
    assert!(here == again);
    let former = mall.responses(period().previous(), 200);
    assert!(former.zip(&here).all(|(former, here)| former.id != here.id));
}
