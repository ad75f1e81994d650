//! Variances and correlations of Python's `statistics`, and the jackknife row by row.

use serde_json::Value;
use suara_domain::element::Element;
use suara_domain::reliability::{Quadrants, Reliability, fold_key, fold_of};
use suara_domain::tally_set::{Dimension, TallySet};

use super::{answers, assert_close};

/// The rows as the batch will count them.
fn counted(case: &Value) -> TallySet {
    let mut set = TallySet::default();
    for row in case["rows"].as_array().unwrap() {
        let fold = fold_of(row[0].as_str().unwrap().parse().unwrap());
        assert_eq!(Some(u64::from(fold)), row[2].as_u64(), "{row}");
        let answers = answers(&row[1]);
        set.entry(Dimension::Total, "").add(&answers, 1);
        if answers.missing().next().is_none() {
            set.entry(Dimension::Complete, "").add(&answers, 1);
            set.entry(Dimension::Fold, &fold_key(fold)).add(&answers, 1);
        }
    }
    set
}

#[test]
fn correlations_row_by_row_are_those_of_the_sums() {
    let fixture: Value = serde_json::from_str(include_str!("../../oracle/reliability.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for (number, case) in cases.iter().enumerate() {
        let set = counted(case);
        let reliability = Reliability::of(set.get(Dimension::Complete, "").unwrap()).unwrap();
        assert_eq!(Some(reliability.n), case["n"].as_u64(), "case {number}");
        assert_close(reliability.alpha.unwrap(), &case["alpha"], &format!("case {number}, alpha"));
        let expected = case["item_rest"].as_array().unwrap();
        for (ours, expected) in reliability.item_rest.iter().zip(expected) {
            match ours {
                Some(ours) => assert_close(*ours, expected, &format!("case {number}, item-rest")),
                None => assert!(expected.is_null(), "case {number}"),
            }
        }
        let Some(quadrants) = Quadrants::of_set(&set) else {
            assert!(reliability.n < 100, "case {number}");
            continue;
        };
        assert!(reliability.n >= 100);
        assert_eq!(quadrants.points.len(), expected.iter().filter(|expected| !expected.is_null()).count());
        for point in &quadrants.points {
            let what = |name: &str| format!("case {number}, {}, {name}", point.element);
            let place = point.element.index();
            let (lower, upper) = point.interval.unwrap();
            assert_close(point.correlation, &expected[place], &what("correlation"));
            assert_close(point.nrr, &case["nrr"][place], &what("nrr"));
            assert_close(lower, &case["intervals"][place][0], &what("lower end"));
            assert_close(upper, &case["intervals"][place][1], &what("upper end"));
        }
    }
    assert!(cases[2]["item_rest"][Element::Biaya.index()].is_null(), "an element that never varies is among them");
}
