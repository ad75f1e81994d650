//! Published results: closed periods, suppressed.

use std::time::{Duration, Instant};

use serde_json::json;
use suara::app::summary::{FiguresStatus, MppSummary, SummaryFacts};
use suara_domain::element::{Answers, ELEMENTS};
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_domain::suppression::Crossing;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::tallies::Counted;
use suara_storage::summaries::Document;
use suara_storage::{MppId, mpp_periods, mpps, summaries, tallies};

use super::harness::{Form, Service, instant};

const PERIOD: &str = "2025-S2";

/// What was answered at an MPP.
#[derive(Default)]
struct Answered {
    set: TallySet,
    crossing: Crossing,
}

impl Answered {
    /// `count` people who all answered `score`, by the given service and channel.
    fn add(&mut self, service: &str, channel: &str, score: u8, count: u64) {
        let answers = Answers::from_digits([score; ELEMENTS]).unwrap();
        for (dimension, key) in [
            (Dimension::Total, ""),
            (Dimension::Unflagged, ""),
            (Dimension::Service, service),
            (Dimension::Channel, channel),
        ] {
            self.set.entry(dimension, key).add(&answers, count);
        }
        self.crossing.add(["Dinas", service, channel], count);
    }
}

/// The same, by the service alone.
fn group(answered: &mut Answered, service: &str, score: u8, count: u64) {
    answered.add(service, "direct", score, count);
}

fn close(service: &Service, code: &str, period: &str, answered: &Answered) {
    let facts = SummaryFacts { code, crossing: Some(&answered.crossing), ..SummaryFacts::default() };
    close_with(service, period, &answered.set, &facts);
}

fn close_with(service: &Service, period: &str, set: &TallySet, facts: &SummaryFacts<'_>) {
    let (code, period) = (facts.code, Period::parse(period).unwrap());
    let counted = Counted { groups: set.clone(), ..Counted::default() };
    let summary = MppSummary::of(&counted, facts, FiguresStatus::Final);
    let document = Document { body: serde_json::to_string(&summary).unwrap(), sha256: [0; 32] };
    let id = mpp(service, code);
    service
        .database
        .write("test", |connection| {
            mpp_periods::close(connection, id, period, instant(super::harness::NOW))?;
            tallies::replace(connection, id, period, set)?;
            summaries::put(connection, id, period, &document)
        })
        .unwrap();
}

fn mpp(service: &Service, code: &str) -> MppId {
    let code = MppCode::parse(code).unwrap();
    let all = service.database.read(mpps::list).unwrap();
    all.into_iter().find(|mpp| mpp.details.code == code).unwrap().id
}

/// The lists are refreshed in the background.
fn until(what: &str, holds: impl Fn() -> bool) {
    let started = Instant::now();
    while !holds() {
        assert!(started.elapsed() < Duration::from_secs(30), "never: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn shows_a_closed_period_on_page_and_as_open_data() {
    let service = Service::start();
    let mut set = Answered::default();
    group(&mut set, "ktp", 4, 40);
    group(&mut set, "kk", 3, 36);
    group(&mut set, "tanah", 2, 4);
    close(&service, "kab-kampar", PERIOD, &set);
    let figures = service.get("/api/v1/mpp/kab-kampar/results/2025-S2").json();
    // 25 · (40·4 + 36·3 + 4·2) / 80
    assert_eq!((&figures["n"], &figures["ikm"], &figures["mutu"]), (&json!(80), &json!("86.25"), &json!("B")));
    assert_eq!(figures["elements"].as_array().unwrap().len(), 9);
    let services = figures["services"].as_array().unwrap();
    let cells: Vec<_> =
        services.iter().map(|cell| (cell["key"].clone(), cell["n"].clone(), cell["ikm"].clone())).collect();
    assert_eq!(
        cells,
        [
            (json!("kk"), json!(null), json!(null)),
            (json!("ktp"), json!(40), json!("100.0")),
            (json!("tanah"), json!(null), json!(null)),
        ]
    );
    let csv = service.get("/api/v1/mpp/kab-kampar/results/2025-S2.csv");
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.has("kab-kampar,2025-S2,total,,,80,86.25,B\n"));
    let page = service.get("/hasil/kab-kampar?periode=2025-S2");
    assert!(
        page.status == 200
            && page.has("86,25")
            && page.has("80 responden")
            && page.has("n < 10") | page.has("kurang dari 10")
    );
    until("the home page shows it", || service.get("/").has("86,25"));
    assert_eq!(service.get("/api/v1/mpp/kab-kampar").json()["latest"]["ikm"], json!("86.25"));
    assert!(service.get("/hasil/kab-kampar?bahasa=en").has("86.25"));
}

/// The one that is hidden for another's sake is not shown as a channel, nor in an older publication without crossing.
#[test]
fn a_hidden_service_does_not_show_as_a_channel() {
    let service = Service::start();
    let mut answered = Answered::default();
    answered.add("ktp", "direct", 4, 40);
    answered.add("kk", "direct", 3, 36);
    answered.add("tanah", "direct", 2, 6);
    answered.add("paspor", "mobile", 3, 12);
    close(&service, "kab-kampar", PERIOD, &answered);
    let facts = SummaryFacts { code: "kab-konawe", ..SummaryFacts::default() };
    close_with(&service, PERIOD, &answered.set, &facts);
    let hidden = |code: &str, margin: &str| -> Vec<String> {
        let figures = service.get(&format!("/api/v1/mpp/{code}/results/{PERIOD}")).json();
        let cells = figures[margin].as_array().unwrap().iter().filter(|cell| cell["ikm"].is_null());
        cells.map(|cell| cell["key"].as_str().unwrap().to_owned()).collect()
    };
    // Passports are the smallest that could stand beside, but they are a channel of their own.
    assert_eq!(hidden("kab-kampar", "services"), ["kk", "tanah"]);
    assert!(hidden("kab-kampar", "channels").is_empty());
    assert_eq!(hidden("kab-konawe", "services"), ["paspor", "tanah"]);
    assert_eq!(hidden("kab-konawe", "channels"), ["direct", "mobile"], "nobody knows what they are made of");
    let csv = service.get("/api/v1/mpp/kab-konawe/results/2025-S2.csv");
    assert!(csv.has("kab-konawe,2025-S2,channel,mobile,,,,\n"), "hidden there too");
    assert!(service.get("/hasil/kab-konawe").has("Kanal"));
}

#[test]
fn hides_an_mpp_with_fewer_than_ten() {
    let service = Service::start();
    let (mut small, mut large) = (Answered::default(), Answered::default());
    group(&mut small, "ktp", 4, 9);
    group(&mut large, "paspor", 3, 31);
    close(&service, "kab-kampar", PERIOD, &small);
    close(&service, "kab-konawe", PERIOD, &large);
    let figures = service.get("/api/v1/mpp/kab-kampar/results/2025-S2").json();
    assert_eq!((&figures["n"], &figures["ikm"], &figures["services"]), (&json!(null), &json!(null), &json!([])));
    assert!(figures["elements"].as_array().unwrap().iter().all(|element| element["ikm"].is_null()));
    assert!(service.get("/hasil/kab-kampar?periode=2025-S2").has("kurang dari 10"));
    let national = service.get("/api/v1/national/2025-S2").json();
    assert_eq!(national["mpp"][0]["ikm"], json!(null));
    assert_eq!((&national["mpp"][1]["ikm"], &national["mpp"][1]["n"]), (&json!("75.00"), &json!(31)));
    // 40 people in all: even rounded figures would give the hidden nine away, to a fifth of a point.
    for reading in ["pooled", "mean"] {
        let figures = &national[reading];
        assert!(figures["n"].is_null() && figures["ikm"].is_null() && figures["mutu"].is_null(), "{figures}");
    }
    assert!(service.get("/api/v1/national/2025-S2.csv").has("mpp,kab-kampar,MPP Kabupaten Kampar,Riau,,,\n"));
}

/// A portal reads the catalogue, follows its addresses and finds the data.
#[test]
fn the_catalogue_of_open_data_is_linked_and_leads_to_the_data() {
    let service = Service::start();
    let mut set = Answered::default();
    group(&mut set, "ktp", 4, 40);
    close(&service, "kab-kampar", PERIOD, &set);
    assert!(service.get("/").has("href=\"/data.jsonld\""));
    assert!(service.get("/hasil/kab-kampar").has("href=\"/data.jsonld\""));
    until("the catalogue has the period", || service.get("/data.jsonld").has("2025-S2"));
    let answer = service.get("/data.jsonld");
    assert_eq!(answer.header("content-type"), "application/ld+json");
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let catalogue = answer.json();
    assert_eq!(catalogue["@type"], json!("dcat:Catalog"));
    let datasets = catalogue["dcat:dataset"].as_array().unwrap();
    assert_eq!(datasets.len(), 2);
    assert_eq!(datasets[1]["dct:temporal"]["dcat:startDate"]["@value"], json!("2025-07-01"));
    for dataset in datasets {
        for distribution in dataset["dcat:distribution"].as_array().unwrap() {
            let address = distribution["dcat:downloadURL"]["@id"].as_str().unwrap();
            let found = service.get(address.strip_prefix("https://suara.example.go.id").unwrap());
            let media_type = distribution["dcat:mediaType"]["@id"].as_str().unwrap().strip_prefix("media:").unwrap();
            assert!(found.status == 200 && found.header("content-type").starts_with(media_type), "{address}");
        }
    }
    assert_eq!(service.head("/data.jsonld").status, 200);
}

#[test]
fn publishes_nothing_before_closing() {
    let service = Service::start();
    assert_eq!(service.post("/s/kab-kampar", &Form::complete()).status, 303);
    for path in [
        "/api/v1/mpp/kab-kampar/results/2026-S1",
        "/api/v1/national/2026-S1",
        "/api/v1/mpp/kab-kampar/results/2026",
        "/api/v1/mpp/kab-nowhere",
    ] {
        assert_eq!(service.get(path).status, 404, "{path}");
    }
    let page = service.get("/hasil/kab-kampar");
    assert!(page.status == 200 && page.has("Belum ada hasil"));
    assert_eq!(service.get("/api/v1/mpp").json().as_array().unwrap().len(), 2);
    assert!(service.get("/api/v1/mpp.csv").has("kab-kampar,MPP Kabupaten Kampar,"));
}

#[test]
fn an_answer_after_closing_is_late_and_the_person_is_told() {
    let service = Service::start();
    close(&service, "kab-kampar", "2026-S1", &Answered::default());
    let form = Form::complete();
    let answer = service.post("/s/kab-kampar", &form);
    assert_eq!(answer.status, 303);
    assert!(service.get(answer.header("location")).has("sudah ditutup"));
    assert_eq!(service.post("/s/kab-kampar", &form).header("location"), answer.header("location"));
    let rows = service.stored("2026-S1");
    assert_eq!(rows[0]["state"], "Late");
    let id = uuid::Uuid::new_v4().to_string();
    let mut body = json!({"id": id, "mpp": "kab-kampar", "answers": {}});
    for element in suara_domain::element::Element::ALL {
        body["answers"][element.key()] = json!(3);
    }
    let answer = service.send_json(&body);
    assert_eq!((answer.status, &answer.json()["status"]), (201, &json!("late")));
    // A closed period gives nothing back: its figures are fixed.
    let receipt = answer.json()["receipt"].as_str().unwrap().to_owned();
    let withdrawn = service.post("/s/kab-kampar/tarik", &Form::default().with("receipt", &receipt));
    assert_eq!(withdrawn.status, 404);
}

#[test]
fn the_list_can_be_searched_without_script() {
    let service = Service::start();
    let page = service.get("/");
    assert!(page.has("/s/kab-kampar") && page.has("/s/kab-konawe") && page.has("/hasil/kab-kampar"));
    let page = service.get("/?q=riau+KAMPAR");
    assert!(page.has("/s/kab-kampar") && !page.has("/s/kab-konawe"));
    let page = service.get("/?q=%3Cb%3E");
    assert!(page.has("&#60;b&#62;") && !page.has("<b>"));
}
