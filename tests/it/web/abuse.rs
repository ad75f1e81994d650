//! Crowds, honest and not: neither is refused, and the figures tell them apart.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use suara::app::export::{ExportFormat, ExportRequest, ExportWhat, export};
use suara::app::quality::refresh_device_flags;
use suara::clock::Clock;
use suara_domain::element::Element;
use suara_domain::period::Period;

use super::harness::{Form, NOW, Service, instant};

const PERIOD: &str = "2026-S1";
/// Responses in one request of the API, as many as it takes.
const LIST: usize = 100;

/// How many responses of an MPP `suara export summaries` counts, and how many of them as flagged.
fn counted(service: &Service, mpp: &str) -> (u64, u64) {
    let now = service.clock.now();
    refresh_device_flags(&service.database, now).unwrap();
    let request = ExportRequest {
        what: ExportWhat::Summaries,
        period: Period::parse(PERIOD).unwrap(),
        mpps: Vec::new(),
        format: ExportFormat::Json,
        public: false,
        now,
    };
    let mut json = Vec::new();
    export(&service.database, &request, &mut json).unwrap();
    let summaries: Value = serde_json::from_slice(&json).unwrap();
    let all = summaries["mpp"].as_array().unwrap();
    let of_mpp = all.iter().find(|summary| summary["code"] == mpp).unwrap();
    (of_mpp["n"].as_u64().unwrap(), of_mpp["flagged"]["n"].as_u64().unwrap())
}

#[expect(clippy::print_stdout, reason = "shown by --nocapture")]
fn say(line: &str) {
    println!("{line}");
}

/// What the person with this number answers; more than half of all are content.
fn opinion(person: usize) -> impl Iterator<Item = (Element, usize)> {
    Element::ALL.into_iter().map(move |element| (element, 4 - (person * 7 + element.index() * person) % 11 / 4))
}

#[test]
fn two_hundred_phones_behind_one_address_are_two_hundred_honest_answers() {
    let service = Service::start();
    for person in 0..200 {
        // Everybody opens the page, takes a minute or two, and has two to say something that others say too.
        let page = service.get(&format!("/s/kab-kampar?loket=Loket+{}", person % 2 + 1));
        service.clock.advance(TimeDelta::seconds(50 + 13 * i64::from(person % 10)));
        let mut form = Form::default().with("id", page.input("id").unwrap()).with("mode", "web");
        form.push("counter", page.input("counter").unwrap());
        form.push("device_marker", &format!("phone-{person}"));
        for (element, score) in opinion(usize::try_from(person).unwrap()) {
            form.push(element.key(), &score.to_string());
        }
        if person % 9 == 0 {
            form.push("comment", "Baik sekali");
        }
        assert_eq!(service.post("/s/kab-kampar", &form).status, 303);
    }
    let (stored, flagged) = counted(&service, "kab-kampar");
    say(&format!("200 phones behind one address: {stored} counted, {flagged} flagged"));
    assert_eq!((stored, flagged), (200, 0));
}

/// One way of a machine to make many answers.
struct Machine {
    name: &'static str,
    /// How many it makes.
    many: usize,
    /// The response with this number.
    answer: fn(usize) -> Value,
}

fn response(number: usize, more: &Value) -> Value {
    let answers: Value = opinion(number).map(|(element, score)| (element.key().to_owned(), json!(score))).collect();
    let mut all =
        json!({"id": uuid::Uuid::new_v4().to_string(), "mpp": "kab-konawe", "mode": "web", "answers": answers});
    all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    all
}

/// A time of this morning or the days before: who spreads what he makes is no burst.
fn spread(number: usize) -> DateTime<Utc> {
    instant(NOW) - TimeDelta::minutes(10 + 7 * i64::try_from(number).unwrap())
}

const MACHINES: [Machine; 4] = [
    // The same praise over and over, three times an hour and more.
    Machine {
        name: "repetition",
        many: 2_500,
        answer: |number| {
            let time = instant(NOW) - TimeDelta::minutes(10 + 15 * i64::try_from(number).unwrap());
            let comment = "Pelayanan sangat memuaskan, terima kasih!";
            response(0, &json!({"comment": comment, "filled_at": time.to_rfc3339()}))
        },
    },
    // Answers of all kinds in less time than it takes to read the questions.
    Machine { name: "too fast", many: 2_500, answer: |number| response(number, &json!({"duration_s": number % 9})) },
    // One phone with an opinion for every minute.
    Machine {
        name: "one device",
        many: 2_500,
        answer: |number| {
            response(number, &json!({"device_marker": "one-phone", "filled_at": spread(number).to_rfc3339()}))
        },
    },
    // All at once, with nothing in common.
    Machine { name: "burst", many: 2_500, answer: |number| response(number, &json!({"duration_s": 60})) },
];

/// Sends what a machine makes and returns how many were acknowledged.
fn unleash(service: &Service, machine: &Machine) -> usize {
    let lists: Vec<usize> = (0..machine.many).step_by(LIST).collect();
    let acknowledged = |first: usize| {
        let list: Vec<Value> = (first..(first + LIST).min(machine.many)).map(machine.answer).collect();
        let answer = service.send_json(&Value::Array(list));
        assert_eq!(answer.status, 207, "{}", answer.body);
        answer.json().as_array().unwrap().iter().filter(|item| item["http_status"] == 201).count()
    };
    lists.into_iter().map(acknowledged).sum()
}

#[test]
fn ten_thousand_answers_of_machines_are_all_taken_and_nearly_all_flagged() {
    let (mut sent, mut taken, mut stored, mut flagged) = (0, 0, 0, 0);
    for machine in MACHINES {
        // Each alone: otherwise the crowd of all would give them all away.
        let service = Service::start();
        let acknowledged = unleash(&service, &machine);
        let (counted, suspected) = counted(&service, "kab-konawe");
        let name = machine.name;
        say(&format!(
            "{name}: {} sent, {acknowledged} acknowledged, {counted} counted, {suspected} flagged",
            machine.many
        ));
        assert!(suspected * 10 >= counted * 9, "{name}: {suspected} of {counted}");
        sent += machine.many;
        taken += acknowledged;
        stored += counted;
        flagged += suspected;
    }
    say(&format!("in all: {sent} sent, {taken} acknowledged, {stored} counted, {flagged} flagged"));
    assert_eq!((taken, stored), (sent, 10_000));
}
