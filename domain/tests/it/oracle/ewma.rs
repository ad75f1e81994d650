//! The chart summed up anew on every day, from fractions.

use serde_json::Value;
use suara_domain::monitoring::{Baseline, DayScores, Ewma, Signal};

use super::{assert_close, rows};

fn scores(list: &Value) -> DayScores {
    let mut day = DayScores::default();
    for answers in rows(list) {
        day.add(&answers, 1);
    }
    day
}

#[test]
fn the_chart_is_that_of_the_sum_over_all_days() {
    let fixture: Value = serde_json::from_str(include_str!("../../oracle/ewma.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    let mut signals = 0;
    for (number, case) in cases.iter().enumerate() {
        let baseline = Baseline::of(&scores(&case["former"])).unwrap();
        assert_close(baseline.mean, &case["mean"], "mean");
        assert_close(baseline.deviation, &case["deviation"], "deviation");
        let mut chart = Ewma::new(baseline);
        for (day, expected) in case["days"].as_array().unwrap().iter().zip(case["steps"].as_array().unwrap()) {
            let step = chart.next_day(&scores(day));
            assert_eq!(step.is_none(), expected.is_null(), "case {number}");
            let Some(step) = step else { continue };
            assert_close(step.value, &expected["value"], "value");
            assert_close(step.limit, &expected["limit"], "limit");
            assert_eq!(step.signal.map(Signal::key), expected["signal"].as_str(), "case {number}");
            signals += usize::from(step.signal.is_some());
        }
    }
    assert_eq!((cases.len(), signals), (3, 11));
}
