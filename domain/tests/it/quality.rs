//! The quality flags: every rule at its limits, against its definition, and on a mall with known fraud.

mod alerts;
mod definition;
mod simulation;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use suara_domain::distribution::poisson_tail;
use suara_domain::element::Answers;
use suara_domain::period::TimeZone;
use suara_domain::quality::{Flag, Flags, Inspection, Observation, from_offline_queue};
use suara_domain::respondent::Mode;

const COMMENT: Option<&str> = Some("Pelayanan ramah, cepat!");

/// So many seconds after midnight of a Monday in Jakarta, some days later.
fn at(day: i64, seconds: i64) -> DateTime<Utc> {
    let monday = NaiveDate::from_ymd_opt(2026, 2, 2).unwrap();
    TimeZone::Jakarta.midnight(monday) + TimeDelta::days(day) + TimeDelta::seconds(seconds)
}

/// A slow, complete, wordless response at counter 1.
fn response(filled_at: DateTime<Utc>) -> Observation<'static> {
    Observation {
        filled_at,
        counter: Some("Loket 1"),
        mode: Mode::Web,
        answers: Answers::from_digits([4; 9]).unwrap(),
        comment: None,
        duration_s: Some(70),
        server_measured: true,
        offline_queue: false,
        stored: Flags::NONE,
    }
}

/// Flags in the order of the observations.
fn inspect(observations: &[Observation<'_>]) -> Vec<Flags> {
    let mut inspection = Inspection::new(TimeZone::Jakarta);
    let mut found = Vec::new();
    for (number, observation) in observations.iter().enumerate() {
        found.extend(inspection.push(number, observation));
    }
    found.extend(inspection.finish());
    assert!(found.iter().map(|(number, _)| *number).eq(0..observations.len()), "each once, in order");
    found.into_iter().map(|(_, flags)| flags).collect()
}

/// The places of the responses with this flag.
fn flagged(flag: Flag, observations: &[Observation<'_>]) -> Vec<usize> {
    let flags = inspect(observations);
    (0..flags.len()).filter(|place| flags[*place].contains(flag)).collect()
}

#[test]
fn too_fast_is_less_than_a_second_per_answer() {
    let five = Answers::from_digits([4, 4, 4, 4, 4, 0, 0, 0, 0]).unwrap();
    let base = response(at(0, 0));
    let observations = [
        Observation { duration_s: Some(8), ..base.clone() },
        Observation { duration_s: Some(9), ..base.clone() },
        Observation { duration_s: Some(4), answers: five, ..base.clone() },
        Observation { duration_s: Some(5), answers: five, ..base.clone() },
        Observation { duration_s: Some(0), mode: Mode::Kiosk, ..base.clone() },
        Observation { duration_s: Some(0), mode: Mode::Paper, ..base.clone() },
        Observation { duration_s: Some(0), server_measured: false, ..base.clone() },
        Observation { duration_s: None, ..base.clone() },
    ];
    assert_eq!(flagged(Flag::TooFast, &observations), [0, 2, 4]);
}

/// Responses with the same comment after so many seconds.
fn repeated(seconds: &[i64]) -> Vec<Observation<'static>> {
    seconds.iter().map(|seconds| Observation { comment: COMMENT, ..response(at(0, *seconds)) }).collect()
}

#[test]
fn three_equal_responses_within_an_hour_are_a_repetition() {
    let minutes = |minutes: &[i64]| repeated(&minutes.iter().map(|minute| minute * 60).collect::<Vec<_>>());
    assert_eq!(flagged(Flag::Repetition, &minutes(&[0, 1])), [0_usize; 0]);
    assert_eq!(flagged(Flag::Repetition, &minutes(&[0, 1, 2])), [0, 1, 2]);
    assert_eq!(flagged(Flag::Repetition, &minutes(&[0, 30, 60])), [0, 1, 2], "an hour to the second");
    assert_eq!(flagged(Flag::Repetition, &repeated(&[0, 1_800, 3_601])), [0_usize; 0], "a second more");
    assert_eq!(flagged(Flag::Repetition, &minutes(&[0, 40, 80, 90])), [1, 2, 3], "the first is in no such window");
    assert_eq!(flagged(Flag::Repetition, &minutes(&[0, 30, 60, 90, 120])), [0, 1, 2, 3, 4], "windows may overlap");
    assert_eq!(flagged(Flag::Repetition, &minutes(&[0, 1, 2, 100, 101])), [0, 1, 2]);
}

#[test]
fn a_repetition_says_the_same_in_letters_and_answers() {
    let fours = Answers::from_digits([4; 9]).unwrap();
    let threes = Answers::from_digits([3; 9]).unwrap();
    let say = |answers, comment| Observation { answers, comment: Some(comment), ..response(at(0, 0)) };
    let same = ["Pelayanan ramah 12", "PELAYANAN  ramah12!!", "ｐｅｌａｙａｎａｎ ramah １２ 🙏"];
    assert_eq!(flagged(Flag::Repetition, &same.map(|comment| say(fours, comment))), [0, 1, 2]);
    let one_differs = [say(fours, same[0]), say(threes, same[0]), say(fours, same[0])];
    assert_eq!(flagged(Flag::Repetition, &one_differs), [0_usize; 0]);
    // Fifteen letters and digits are enough, fourteen are not, whatever stands between them.
    assert_eq!(flagged(Flag::Repetition, &["sangat baik 12345"; 3].map(|comment| say(fours, comment))), [0, 1, 2]);
    let short = ["s a n g a t - b a i k - 1 2 3 4 !!!!!"; 3].map(|comment| say(fours, comment));
    assert_eq!(flagged(Flag::Repetition, &short), [0_usize; 0]);
    assert_eq!(flagged(Flag::Repetition, &[""; 3].map(|comment| say(fours, comment))), [0_usize; 0]);
    assert_eq!(flagged(Flag::Repetition, &vec![response(at(0, 0)); 10]), [0_usize; 0], "all fours, nothing said");
    let mut with_paper = repeated(&[0, 1, 2, 3]);
    with_paper[1].mode = Mode::Paper;
    assert_eq!(flagged(Flag::Repetition, &with_paper), [0, 2, 3]);
    with_paper.pop();
    assert_eq!(flagged(Flag::Repetition, &with_paper), [0_usize; 0], "paper does not make up the number");
}

/// So many responses a second apart.
fn crowd(count: i64, day: i64, seconds: i64) -> Vec<Observation<'static>> {
    (0..count).map(|number| response(at(day, seconds + number))).collect()
}

#[test]
fn a_burst_has_fifteen_in_one_slot_of_one_counter() {
    let ten = 10 * 3_600;
    assert_eq!(flagged(Flag::Burst, &crowd(14, 0, ten)), [0_usize; 0]);
    assert_eq!(flagged(Flag::Burst, &crowd(15, 0, ten)).len(), 15);
    assert_eq!(flagged(Flag::Burst, &crowd(15, 0, ten + 585)).len(), 15, "up to the last second of the slot");
    assert_eq!(flagged(Flag::Burst, &crowd(15, 0, ten + 586)), [0_usize; 0], "14 and 1");
    assert_eq!(flagged(Flag::Burst, &crowd(15, 0, ten - 1)), [0_usize; 0], "1 and 14");
    let mut two_counters = crowd(15, 0, ten);
    two_counters[7].counter = Some("Loket 2");
    assert_eq!(flagged(Flag::Burst, &two_counters), [0_usize; 0]);
    two_counters[7].counter = None;
    assert_eq!(flagged(Flag::Burst, &two_counters), [0_usize; 0], "no counter is a counter of its own");
    let nowhere: Vec<_> =
        crowd(15, 0, ten).into_iter().map(|response| Observation { counter: None, ..response }).collect();
    assert_eq!(flagged(Flag::Burst, &nowhere).len(), 15);
}

#[test]
fn paper_and_the_offline_queue_are_no_burst() {
    let mut mixed = crowd(17, 0, 36_000);
    mixed[3].mode = Mode::Paper;
    mixed[5].offline_queue = true;
    let found = flagged(Flag::Burst, &mixed);
    assert_eq!((found.len(), found.contains(&3), found.contains(&5)), (15, false, false));
    mixed.pop();
    assert_eq!(flagged(Flag::Burst, &mixed), [0_usize; 0], "nor do they make up the number");
}

#[test]
fn what_is_usual_at_a_counter_is_no_burst() {
    // 31 responses in 10 open slots on the day before: 15 in a slot then happen 9.994 times in ten million.
    let usual = |responses: i64, last_slot: i64| -> Vec<_> {
        let last = response(at(0, 28_800 + 600 * last_slot));
        crowd(responses - 1, 0, 28_800).into_iter().chain([last]).collect()
    };
    let burst_on = |day: i64, mut past: Vec<Observation<'static>>| {
        let before = past.len();
        past.extend(crowd(15, day, 36_000));
        flagged(Flag::Burst, &past).into_iter().filter(|place| *place >= before).count()
    };
    assert_eq!(burst_on(1, usual(31, 9)), 15, "3.1 per slot");
    assert_eq!(burst_on(1, usual(32, 9)), 0, "3.2 per slot");
    assert_eq!(burst_on(28, usual(32, 9)), 0, "still four weeks");
    assert_eq!(burst_on(29, usual(32, 9)), 15, "more than four weeks");
    assert_eq!(burst_on(0, usual(32, 9)), 15, "the day itself says nothing about itself");
    let elsewhere = usual(32, 9).into_iter().map(|response| Observation { counter: Some("Loket 2"), ..response });
    assert_eq!(burst_on(1, elsewhere.collect()), 15, "the traffic of another counter");
    let queued = usual(32, 9).into_iter().map(|response| Observation { offline_queue: true, ..response });
    assert_eq!(burst_on(1, queued.collect()), 0, "what was queued is traffic too");
    let paper = usual(32, 9).into_iter().map(|response| Observation { mode: Mode::Paper, ..response });
    assert_eq!(burst_on(1, paper.collect()), 15, "paper is not");
}

#[test]
fn a_response_is_handed_back_when_its_hour_is_over() {
    let mut inspection = Inspection::new(TimeZone::Jakarta);
    let mut push =
        |seconds: i64| inspection.push(seconds, &response(at(0, seconds))).map(|(id, _)| id).collect::<Vec<_>>();
    assert_eq!(push(0), [0; 0]);
    assert_eq!(push(1), [0; 0]);
    assert_eq!(push(3_600), [0; 0]);
    assert_eq!(push(3_601), [0]);
    assert_eq!(push(9_000), [1, 3_600, 3_601]);
    assert_eq!(inspection.finish().map(|(id, _)| id).collect::<Vec<_>>(), [9_000]);
}

#[test]
fn only_what_was_seen_at_receipt_is_taken_over() {
    let stored = Flags::from_bits(0b1_1111);
    let flags = inspect(&[Observation { stored, ..response(at(0, 0)) }]);
    assert_eq!(flags[0].iter().collect::<Vec<_>>(), [Flag::Clock, Flag::Device]);
}

#[test]
fn the_offline_queue_begins_after_five_minutes() {
    assert!(!from_offline_queue(at(0, 0), at(0, 300)));
    assert!(from_offline_queue(at(0, 0), at(0, 301)));
    assert!(!from_offline_queue(at(0, 0), at(0, -86_400)), "a clock that is ahead");
}

#[test]
fn poisson_tails_agree_with_sixty_digits() {
    let mut compared = 0;
    for line in include_str!("../oracle/poisson.csv").lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let count: u64 = fields[0].parse().unwrap();
        let ours = poisson_tail(count, fields[1].parse().unwrap());
        let relative = (ours / fields[2].parse::<f64>().unwrap() - 1.0).abs();
        assert!(relative < 1e-13 + 1e-14 * count as f64, "{line}: {ours}, off by {relative:e}");
        compared += 1;
    }
    assert_eq!(compared, 100);
}
