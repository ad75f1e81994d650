//! Charts of semesters at the edge: hardly any answers, all alike, one service, hundreds of them.

use chrono::{Days, NaiveDate};
use suara_domain::element::Answers;
use suara_domain::index::Index;
use suara_domain::language::Language::Indonesian;
use suara_domain::suppression::{PUBLIC_FROM, rounded_count};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::charts::{Chart, Charts};
use suara_reports::report::SemesterReport;

use super::{keep_all, names, texts};
use crate::fixture;

fn chart(report: &SemesterReport, name: &str) -> Chart {
    Charts::draw(report, Indonesian).unwrap().get(name).unwrap().clone()
}

/// A semester in which everybody gave the same answers.
fn alike(n: u64, digit: u8) -> SemesterReport {
    let mut report = fixture::semester(n, 3);
    let answers = Answers::from_digits([digit; 9]).unwrap();
    let mut set = TallySet::default();
    for (dimension, key, tally) in report.tallies.iter() {
        set.entry(dimension, key).add(&answers, tally.n());
    }
    report.tallies = set;
    report
}

#[test]
fn answers_that_are_all_alike_are_drawn() {
    for (n, digit) in [(300, 4), (300, 1), (1, 4), (2, 1), (40, 3)] {
        let charts = Charts::draw(&alike(n, digit), Indonesian).unwrap();
        keep_all(&format!("alike-{n}-{digit}-"), &charts);
        assert!(charts.get("quadrant").is_none(), "what does not vary has no correlation");
        assert!(charts.get("elements").is_some());
        let answers = charts.get("answers").map(|chart| chart.alt.clone());
        assert_eq!(answers.is_some(), n >= PUBLIC_FROM);
        if let Some(answers) = answers {
            assert!(answers.contains(&format!("skor {digit}: 100%")), "{answers}");
        }
    }
}

#[test]
fn services_are_panels_up_to_a_page_and_a_count_beyond() {
    for (services, n, panels) in [(1, 400, 2), (3, 200, 4), (24, 3_000, 24), (265, 4_000, 24)] {
        let mut report = fixture::semester(n, services);
        for service in &mut report.services {
            service.name = format!("{} bagi Warga Negara yang Berdomisili di Luar Kabupaten", service.name);
        }
        let drawn = chart(&report, "services");
        keep_all(&format!("services-{services}-"), &Charts::draw(&report, Indonesian).unwrap());
        let figures = texts(&drawn)
            .iter()
            .filter(|text| text.starts_with("n = ") || *text == "n &lt; 10" || *text == "disembunyikan")
            .count();
        assert_eq!(figures, panels, "{services} services: {}", drawn.alt);
        assert_eq!(drawn.alt.contains("Layanan lain: "), services >= 24, "{}", drawn.alt);
    }
    let veiled = Charts::draw(&fixture::semester(60, 1), Indonesian).unwrap();
    assert!(veiled.get("services").is_none(), "nothing but hatched panels");
    let mut silent = fixture::semester(50, 0);
    assert!(Charts::draw(&silent, Indonesian).unwrap().get("services").is_none());
    silent.services = fixture::semester(0, 5).services;
    assert!(Charts::draw(&silent, Indonesian).unwrap().get("services").is_none());
}

#[test]
fn a_service_with_few_answers_has_a_panel_without_figures() {
    let report = fixture::semester(120, 12);
    let drawn = chart(&report, "services");
    keep_all("hidden-", &Charts::draw(&report, Indonesian).unwrap());
    let small = || report.tallies.groups(Dimension::Service).filter(|(_, tally)| tally.n() < PUBLIC_FROM);
    assert!(small().count() > 2);
    assert!(texts(&drawn).iter().filter(|text| *text == "n &lt; 10").count() >= small().count());
    let figure = |tally: &Tally| Index::of(tally).unwrap().rounded().to_string().replace('.', ",")[..4].to_owned();
    let open = report.tallies.groups(Dimension::Service).filter(|(_, tally)| tally.n() >= PUBLIC_FROM);
    let open: Vec<String> = open.map(|(_, tally)| figure(tally)).collect();
    for (key, tally) in small().filter(|(_, tally)| !open.contains(&figure(tally))) {
        assert!(!drawn.alt.contains(&figure(tally)), "{key} {}: {}", figure(tally), drawn.alt);
    }
}

#[test]
fn a_day_below_ten_is_not_told_and_others_are_rounded() {
    let mut report = fixture::semester(412, 3);
    let monday = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
    report.days = [(0, 9), (1, 10), (2, 23), (3, 58), (4, 137)]
        .into_iter()
        .map(|(later, count)| (monday + Days::new(later), count))
        .collect();
    let drawn = chart(&report, "calendar");
    keep_all("calendar-", &Charts::draw(&report, Indonesian).unwrap());
    let counts: Vec<u64> =
        texts(&drawn).iter().filter_map(|text| text.parse().ok()).filter(|count| *count > 0).collect();
    assert_eq!(counts, [rounded_count(9 + 10 + 23 + 58 + 137), 10, 25, 60, 135]);
    assert!(texts(&drawn).contains(&"1–9".to_owned()));
    assert!(
        drawn.alt.contains("Hari dengan jawaban: 5;") && drawn.alt.contains("6 Maret 2026, sekitar 135"),
        "{}",
        drawn.alt
    );
    report.days.clear();
    assert!(Charts::draw(&report, Indonesian).unwrap().get("calendar").is_none());
}

#[test]
fn ways_of_answering_are_compared_only_if_two_can_be_seen() {
    let mut report = fixture::semester(412, 3);
    assert!(chart(&report, "modes").alt.contains("Kertas"));
    let total = report.tallies.total();
    let mut one = TallySet::default();
    for (dimension, key, tally) in report.tallies.iter().filter(|(dimension, ..)| *dimension != Dimension::Mode) {
        *one.entry(dimension, key) = tally.clone();
    }
    *one.entry(Dimension::Mode, "paper") = total;
    report.tallies = one;
    assert!(!names(&Charts::draw(&report, Indonesian).unwrap()).contains(&"modes"));
}

#[test]
fn a_first_semester_is_a_point_and_a_small_former_one_is_veiled() {
    let mut report = fixture::semester(412, 3);
    report.history[3].n = Some(7);
    let trend = chart(&report, "trend");
    keep_all("veiled-", &Charts::draw(&report, Indonesian).unwrap());
    assert!(trend.alt.contains("Sem. II 2025: n < 10") && !trend.svg.contains("87,22"), "{}", trend.alt);
    report.history.clear();
    let first = chart(&report, "trend");
    keep_all("first-", &Charts::draw(&report, Indonesian).unwrap());
    assert!(first.svg.contains("nilai pertama"));
}
