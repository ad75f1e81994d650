//! The charts as SVG.

use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::language::Language::Indonesian;
use suara_domain::suppression::PUBLIC_FROM;
use suara_domain::tally_set::Dimension;
use suara_reports::charts::Charts;

use crate::fixture;
use crate::tools::keep;

#[test]
fn every_chart_carries_its_figures_as_text_and_as_alternative_text() {
    let report = fixture::semester(412, 10);
    let charts = Charts::draw(&report, Indonesian).unwrap();
    let names: Vec<_> = charts.iter().map(|chart| chart.name).collect();
    assert_eq!(names, ["elements", "trend", "channels", "weeks", "sex", "age_band", "education", "occupation"]);
    for chart in charts.iter() {
        keep(&format!("{}.svg", chart.name), chart.svg.as_bytes());
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
fn the_line_breaks_where_the_weight_changed() {
    let charts = Charts::draw(&fixture::semester(412, 10), Indonesian).unwrap();
    let trend = charts.get("trend").unwrap();
    assert_eq!(trend.svg.matches("bobot berubah").count(), 1);
    assert!(trend.alt.contains("Sem. I 2025: 86,40, n = 388 (aturan atau bobot berbeda dari periode sebelumnya)"));
}

#[test]
fn nothing_is_drawn_of_nothing() {
    let mut report = fixture::semester(0, 3);
    let names = |charts: &Charts| charts.iter().map(|chart| chart.name).collect::<Vec<_>>();
    assert_eq!(names(&Charts::draw(&report, Indonesian).unwrap()), ["trend"]);
    assert_eq!(names(&Charts::draw(&fixture::semester(9, 3), Indonesian).unwrap()), ["elements", "trend"]);
    report.history.clear();
    assert!(names(&Charts::draw(&report, Indonesian).unwrap()).is_empty());
}

#[test]
fn the_same_input_gives_the_same_drawing() {
    let report = fixture::semester(99, 10);
    assert_eq!(Charts::draw(&report, Indonesian).unwrap(), Charts::draw(&report, Indonesian).unwrap());
}
