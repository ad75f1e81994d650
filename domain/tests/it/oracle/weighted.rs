//! R's `survey` with services as strata.

use serde_json::Value;
use suara_domain::tally::Tally;
use suara_domain::weighted::{PostStratified, Stratum};

use super::{assert_close, rows};

#[test]
fn survey_sampling_in_r_gives_the_same_index_by_services() {
    let fixture: Value = serde_json::from_str(include_str!("../../oracle/weighted.json")).unwrap();
    let cases = fixture["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 5);
    for (number, case) in cases.iter().enumerate() {
        let what = |name: &str| format!("case {number}, {name}");
        let users: Vec<u64> = case["users"].as_array().unwrap().iter().map(|users| users.as_u64().unwrap()).collect();
        let mut tallies = vec![Tally::default(); users.len()];
        for (service, answers) in case["services"].as_array().unwrap().iter().zip(rows(&case["rows"])) {
            tallies[usize::try_from(service.as_u64().unwrap()).unwrap() - 1].add(&answers, 1);
        }
        let strata = tallies.iter().zip(&users).map(|(tally, users)| Stratum { tally, users: *users });
        let weighted = PostStratified::of(strata).unwrap();
        assert_close(weighted.ikm, &case["ikm"], &what("ikm"));
        assert_close(weighted.se.unwrap(), &case["se"], &what("se"));
        assert_close(weighted.covered, &case["covered"], &what("covered share"));
        assert_eq!(weighted.responses, case["rows"].as_array().unwrap().len() as u64);
    }
}
