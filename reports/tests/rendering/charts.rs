//! The charts as SVG.

mod extremes;

use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::language::Language::{English, Indonesian};
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;
use suara_reports::charts::{Chart, Charts};

use crate::fixture;
use crate::tools::keep;

/// All charts of a report of five hundred responses.
const ALL: [&str; 8] = ["elements", "trend", "answers", "calendar", "channels", "modes", "services", "quadrant"];

fn names(charts: &Charts) -> Vec<&'static str> {
    charts.iter().map(|chart| chart.name).collect()
}

/// Writes drawings where they can be looked at after the run.
fn keep_all(prefix: &str, charts: &Charts) {
    for chart in charts.iter() {
        keep(&format!("{prefix}{}.svg", chart.name), chart.svg.as_bytes());
    }
}

/// The texts of a drawing, one a line.
fn texts(chart: &Chart) -> Vec<String> {
    let text = |part: &str| Some(part.split_once('>')?.1.split_once("</text>")?.0.trim().to_owned());
    chart.svg.split("<text").skip(1).filter_map(text).collect()
}

#[test]
fn every_chart_carries_its_figures_as_text_and_as_alternative_text() {
    let report = fixture::semester(412, 10);
    let charts = Charts::draw(&report, Indonesian).unwrap();
    assert_eq!(names(&charts), ALL);
    keep_all("", &charts);
    for chart in charts.iter() {
        assert!(chart.svg.starts_with("<svg") && chart.svg.contains("font-family=\"Source Sans 3\""), "{}", chart.name);
        assert!(chart.alt.starts_with("Diagram"), "{}", chart.alt);
    }
    let elements = charts.get("elements").unwrap();
    for element in Element::ALL {
        let index = Index::of_element(&report.tallies.total(), element).unwrap();
        let figure = index.rounded().to_string().replace('.', ",");
        assert!(elements.svg.contains(&figure) && elements.alt.contains(&figure), "{element}");
    }
}

#[test]
fn charts_speak_english_too() {
    let report = fixture::semester(412, 10);
    let charts = Charts::draw(&report, English).unwrap();
    assert_eq!(names(&charts), ALL);
    keep_all("en-", &charts);
    let indonesian = Charts::draw(&report, Indonesian).unwrap();
    for (chart, other) in charts.iter().zip(indonesian.iter()) {
        assert!(chart.alt.contains("chart"), "{}", chart.alt);
        assert_ne!(chart.svg, other.svg, "{}", chart.name);
        for word in ["jawaban", "responden", "unsur", "sampai", "mutu", "Tidak", "Layanan", "Januari", " %"] {
            let said = texts(chart).into_iter().chain([chart.alt.clone()]);
            let said = said.map(|text| text.replace("respondents", "")).find(|text| text.contains(word));
            // The names of services are the MPP's own.
            assert!(said.is_none() || chart.name == "services", "{}: {said:?} has {word}", chart.name);
        }
    }
}

#[test]
fn small_groups_are_seen_but_not_their_figures() {
    let report = fixture::semester(60, 10);
    let charts = Charts::draw(&report, Indonesian).unwrap();
    let (key, tally) = report.tallies.groups(Dimension::Channel).find(|(_, tally)| tally.n() < PUBLIC_FROM).unwrap();
    let chart = charts.get("channels").unwrap();
    assert!(chart.svg.contains("n &lt; 10") && chart.alt.contains("n < 10"), "{key}");
    let figure = Index::of(tally).unwrap().rounded().to_string().replace('.', ",");
    assert!(!chart.svg.contains(&figure[..4]), "{figure} of {key}");
}

#[test]
fn elements_are_compared_with_the_semester_before_and_the_nation() {
    let mut report = fixture::semester(412, 10);
    let figure = |tally: &suara_domain::tally::Tally| {
        Index::of_element(tally, Element::Waktu).unwrap().rounded().to_string().replace('.', ",")
    };
    let former = figure(&report.former.as_ref().unwrap().tallies.total());
    let nation = figure(report.national.as_ref().unwrap().tally.as_ref().unwrap());
    let elements = Charts::draw(&report, Indonesian).unwrap().get("elements").unwrap().clone();
    assert!(elements.alt.contains(&format!("Sem. II 2025 {former}, nasional (gabungan) {nation}")), "{}", elements.alt);
    assert!(texts(&elements).contains(&"Sem. II 2025".to_owned()));
    report.former.as_mut().unwrap().tallies = fixture::semester(9, 3).tallies;
    report.national.as_mut().unwrap().tally = None;
    let alone = Charts::draw(&report, Indonesian).unwrap().get("elements").unwrap().clone();
    assert!(!alone.alt.contains("Sem. II 2025") && !alone.alt.contains("nasional"), "{}", alone.alt);
    assert!(!texts(&alone).contains(&"Sem. II 2025".to_owned()));
}

#[test]
fn the_line_breaks_where_the_weight_changed() {
    let charts = Charts::draw(&fixture::semester(412, 10), Indonesian).unwrap();
    let trend = charts.get("trend").unwrap();
    assert_eq!(trend.svg.matches("bobot berubah").count(), 1);
    let broken = "Sem. I 2025: 86,40, n = 388, interval 85,1 sampai 87,6 (kuesioner, aturan, atau bobot berbeda dari periode sebelumnya)";
    assert!(trend.alt.contains(broken), "{}", trend.alt);
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let mut report = fixture::semester(0, 3);
    assert_eq!(names(&Charts::draw(&report, Indonesian).unwrap()), ["trend"]);
    assert_eq!(names(&Charts::draw(&fixture::semester(9, 3), Indonesian).unwrap()), ["elements", "trend"]);
    report.history.clear();
    assert!(names(&Charts::draw(&report, Indonesian).unwrap()).is_empty());
}

#[test]
fn the_same_input_gives_the_same_drawing() {
    let report = fixture::semester(412, 40);
    assert_eq!(Charts::draw(&report, Indonesian).unwrap(), Charts::draw(&report, Indonesian).unwrap());
}
