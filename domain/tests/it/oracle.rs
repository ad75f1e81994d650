//! Figures of other implementations, made once by the scripts in `tests/oracle`.

mod clusters;
mod ewma;
mod reliability;
mod weighted;

use serde_json::Value;
use suara_domain::distribution::{normal_cdf, normal_quantile, student_cdf, student_quantile};
use suara_domain::element::{Answers, Element};
use suara_domain::index::Index;
use suara_domain::precision::Precision;
use suara_domain::tally::Tally;

const TOLERANCE: f64 = 1e-9;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../oracle/precision.json")).unwrap()
}

fn assert_close(ours: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap_or_else(|| panic!("{what}: no reference value"));
    assert!((ours - expected).abs() <= TOLERANCE * expected.abs().max(1.0), "{what}: {ours} is not {expected}");
}

/// Answers as nine digits.
fn answers(digits: &Value) -> Answers {
    let digits: Vec<u8> = digits.as_str().unwrap().bytes().map(|byte| byte - b'0').collect();
    Answers::from_digits(digits.try_into().unwrap()).unwrap()
}

fn rows(list: &Value) -> Vec<Answers> {
    list.as_array().unwrap().iter().map(answers).collect()
}

fn tally(case: &Value) -> Tally {
    rows(&case["rows"]).iter().collect()
}

#[test]
fn survey_sampling_in_r_gives_the_same_errors_and_intervals() {
    let fixture = fixture();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 18);
    for (number, case) in cases.iter().enumerate() {
        let what = |name: &str| format!("case {number}, {name}");
        let tally = tally(case);
        let precision = Precision::of(&tally, case["population"].as_u64()).unwrap();
        assert_close(Index::of(&tally).unwrap().to_f64(), &case["ikm"], &what("ikm"));
        assert_close(precision.se.unwrap(), &case["se"], &what("se"));
        assert_close(precision.se_uncorrected.unwrap(), &case["se_uncorrected"], &what("se with f = 0"));
        let (lower, upper) = precision.interval.unwrap();
        assert_close(lower, &case["interval"][0], &what("lower end"));
        assert_close(upper, &case["interval"][1], &what("upper end"));
        match case["class"].as_array() {
            Some(expected) => {
                for (ours, expected) in precision.class_probability.unwrap().into_iter().zip(expected) {
                    assert_close(ours, expected, &what("class probability"));
                }
            }
            None => assert!(tally.n() < 10 || precision.se == Some(0.0), "{}", what("class probability")),
        }
        for (element, expected) in Element::ALL.into_iter().zip(case["element_se"].as_array().unwrap()) {
            let ours = Precision::of_element(&tally, element, case["population"].as_u64()).unwrap();
            assert_close(ours.se.unwrap(), expected, &what(element.key()));
        }
    }
}

#[test]
fn groups_that_answered_all_alike_have_wilsons_interval() {
    for case in fixture()["constant"].as_array().unwrap() {
        let score = u8::try_from(case["score"].as_u64().unwrap()).unwrap();
        let mut tally = Tally::default();
        tally.add(&Answers::from_digits([score; 9]).unwrap(), case["n"].as_u64().unwrap());
        let (lower, upper) = Precision::of(&tally, Some(1_000)).unwrap().interval.unwrap();
        assert_close(lower, &case["interval"][0], "lower end");
        assert_close(upper, &case["interval"][1], "upper end");
    }
}

#[test]
fn quantiles_agree_to_twelve_digits() {
    let mut compared = 0;
    for line in include_str!("../oracle/student.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let (argument, expected): (f64, f64) = (fields[1].parse().unwrap(), fields[3].parse().unwrap());
        let ours = match (fields[0], fields[2]) {
            ("quantile", "") => normal_quantile(argument),
            ("cdf", "") => normal_cdf(argument),
            ("quantile", df) => student_quantile(argument, df.parse().unwrap()),
            (_, df) => student_cdf(argument, df.parse().unwrap()),
        };
        let relative = (ours / expected - 1.0).abs();
        assert!(relative < 1e-12, "{line}: {ours}, off by {relative:e}");
        compared += 1;
    }
    assert_eq!(compared, 15 * (9 + 8) + 12 + 5);
}
