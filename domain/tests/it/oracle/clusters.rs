//! R's `survey` with clusters.

use chrono::{Days, NaiveDate};
use serde_json::Value;
use suara_domain::cluster::{ClusterSums, Clustered};
use suara_domain::index::Index;

use super::{assert_close, rows, tally};

#[test]
fn survey_sampling_in_r_gives_the_same_errors_with_clusters() {
    let fixture: Value = serde_json::from_str(include_str!("../../oracle/clusters.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 8);
    let first_day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    for (number, case) in cases.iter().enumerate() {
        let what = |name: &str| format!("case {number}, {name}");
        let mut sums = ClusterSums::default();
        for (cluster, answers) in case["clusters"].as_array().unwrap().iter().zip(rows(&case["rows"])) {
            // Three counters a day.
            let cluster = cluster.as_u64().unwrap();
            sums.add(first_day + Days::new(cluster / 3), &format!("Loket {}", cluster % 3), &answers, 1);
        }
        let tally = tally(case);
        let clustered = Clustered::of(&sums, &tally).unwrap();
        assert_close(clustered.se, &case["se"], &what("se"));
        assert_close(clustered.deff, &case["deff"], &what("design effect"));
        let (lower, upper) = clustered.interval(&Index::of(&tally).unwrap());
        assert_close(lower, &case["interval"][0], &what("lower end"));
        assert_close(upper, &case["interval"][1], &what("upper end"));
    }
}
