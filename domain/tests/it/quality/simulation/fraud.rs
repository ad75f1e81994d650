//! Fraud of named kinds, as it has been seen or is cheap to do.

use chrono::{DateTime, TimeDelta, Utc};
use suara_domain::element::Answers;
use suara_domain::respondent::Mode;

use super::super::at;
use super::mall::{Mall, Response, phone};
use crate::random::Random;

pub const BOT: &str = "bot";
const PAGE_BOT: &str = "bot through the page";
const TABLET: &str = "stuffing by one tablet";
const COPIES: &str = "copied forms";
const AFTER_HOURS: &str = "after-hours burst";
/// Known to be missed: nothing tells it from a person.
const PATIENT: &str = "patient bot, one post in three minutes (missed)";

/// The kinds of which nine in ten have to be found.
pub const KINDS: [&str; 5] = [BOT, PAGE_BOT, TABLET, COPIES, AFTER_HOURS];

/// Five episodes of every kind, on days after the first four weeks.
pub fn of_every_kind(mall: &Mall, random: &mut Random) -> Vec<Response> {
    let mut responses = Vec::new();
    for episode in 0..5 {
        let day = 28 + 5 * episode;
        let counter = Some(random.between(0, mall.counters - 1));
        let office_hour = |random: &mut Random| at(day, random.between(8 * 3_600, 14 * 3_600));
        responses
            .extend(posts(office_hour(random), 300, (2, 6), random, |time, random| scripted(time, counter, random)));
        responses.extend(posts(office_hour(random), 200, (10, 30), random, |time, random| {
            let seconds = Some(i32::try_from(random.between(0, 4)).unwrap());
            Response { kind: PAGE_BOT, duration_s: seconds, ..scripted(time, None, random) }
        }));
        responses.extend(stuffed(mall, day, random));
        responses.extend(copied(mall, day, random));
        let evening = at(day, random.between(19 * 3_600, 21 * 3_600));
        responses.extend(posts(evening, 120, (8, 25), random, |time, random| {
            let honest_looking = phone(time, counter, random);
            Response { kind: AFTER_HOURS, comment: None, ..honest_looking }
        }));
        responses.extend(posts(office_hour(random), 60, (120, 240), random, |time, random| Response {
            kind: PATIENT,
            ..phone(time, counter, random)
        }));
    }
    responses
}

/// A post to the API: random answers, no comment, no duration that the server has measured.
pub fn scripted(filled_at: DateTime<Utc>, counter: Option<i64>, random: &mut Random) -> Response {
    let mut score = || u8::try_from(random.between(2, 4)).unwrap();
    Response {
        kind: BOT,
        filled_at,
        counter: counter.map(|number| format!("Loket {number}")),
        mode: Mode::Web,
        answers: Answers::from_digits(std::array::from_fn(|_| score())).unwrap(),
        comment: None,
        duration_s: None,
        offline_queue: false,
    }
}

/// An officer with a tablet taps all fours for an hour or more, each form in 12 to 35 seconds.
fn stuffed(mall: &Mall, day: i64, random: &mut Random) -> Vec<Response> {
    let counter = Some(random.between(0, mall.counters - 1));
    let start = at(day, random.between(9 * 3_600, 13 * 3_600));
    posts(start, 200, (12, 35), random, |time, random| Response {
        kind: TABLET,
        mode: Mode::Kiosk,
        answers: Answers::from_digits([4; 9]).unwrap(),
        comment: None,
        duration_s: Some(i32::try_from(random.between(8, 12)).unwrap()),
        ..phone(time, counter, random)
    })
}

/// One form typed again and again in an hour or so, with other capitals and punctuation.
fn copied(mall: &Mall, day: i64, random: &mut Random) -> Vec<Response> {
    let original = phone(at(day, 0), None, random).answers;
    let counter = Some(random.between(0, mall.counters - 1));
    let writings = [
        "Pelayanan di loket ini sangat memuaskan",
        "pelayanan di loket ini sangat memuaskan.",
        "PELAYANAN DI LOKET INI SANGAT MEMUASKAN!",
        "Pelayanan di loket ini, sangat memuaskan",
    ];
    let start = at(day, random.between(9 * 3_600, 13 * 3_600));
    posts(start, 25, (60, 300), random, |time, random| Response {
        kind: COPIES,
        answers: original,
        comment: Some((*random.pick(&writings)).to_owned()),
        duration_s: Some(i32::try_from(random.between(15, 60)).unwrap()),
        ..phone(time, counter, random)
    })
}

/// So many responses, each so many seconds after the one before.
fn posts(
    start: DateTime<Utc>,
    count: usize,
    apart: (i64, i64),
    random: &mut Random,
    mut post: impl FnMut(DateTime<Utc>, &mut Random) -> Response,
) -> Vec<Response> {
    let mut time = start;
    let mut next = || {
        time += TimeDelta::seconds(random.between(apart.0, apart.1));
        post(time, random)
    };
    std::iter::repeat_with(&mut next).take(count).collect()
}
