//! Visit tokens: asked for by a queue system, used by a visitor once, and never a reason to refuse an answer.

use chrono::TimeDelta;
use serde_json::{Value, json};
use suara::app::queue_key::queue_key;
use suara_domain::mpp::MppCode;
use suara_storage::testing;

use super::harness::{Answer, Form, Service};

const PERIOD: &str = "2026-S1";
const VISITS: &str = "/api/v1/visits";
const SURVEY: &str = "/s/kab-kampar";

fn key(service: &Service, mpp: &str, renew: bool) -> String {
    queue_key(&service.database, &MppCode::parse(mpp).unwrap(), renew).unwrap()
}

fn ask(service: &Service, key: &str, order: &Value) -> Answer {
    post(service, &format!("Bearer {key}"), "application/json", order.to_string().as_bytes())
}

fn post(service: &Service, authorization: &str, content_type: &str, body: &[u8]) -> Answer {
    service.send_with(VISITS, &[("authorization", authorization), ("content-type", content_type)], body)
}

/// So many tokens of Kampar, valid until so many days after today.
fn tokens(service: &Service, count: u32, days: u32) -> Vec<String> {
    let order = json!({"mpp": "kab-kampar", "count": count, "days": days});
    let answer = ask(service, &key(service, "kab-kampar", false), &order);
    assert_eq!(answer.status, 201, "{}", answer.body);
    let given_out = answer.json();
    given_out["tokens"].as_array().unwrap().iter().map(|token| token["token"].as_str().unwrap().to_owned()).collect()
}

fn response(mpp: &str, token: &Value) -> Value {
    json!({
        "id": uuid::Uuid::new_v4().to_string(),
        "mpp": mpp,
        "answers": {"persyaratan": 4, "prosedur": 3, "waktu": 4, "biaya": 4, "produk": 3, "kompetensi": 4,
            "perilaku": 4, "sarana": 3, "pengaduan": 4},
        "token": token,
    })
}

/// Whether the stored response with this id is verified.
fn verified(service: &Service, id: &str) -> String {
    let rows = service.stored(PERIOD);
    rows.iter().find(|row| row["id"] == id).unwrap()["verified"].clone()
}

/// Sends a response of this MPP with a token, which must be stored, and tells whether it is verified.
fn sent(service: &Service, mpp: &str, token: &Value) -> String {
    let body = response(mpp, token);
    let answer = service.send_json(&body);
    assert_eq!(answer.status, 201, "{token}: {}", answer.body);
    verified(service, body["id"].as_str().unwrap())
}

#[test]
fn a_token_verifies_one_response() {
    let service = Service::start();
    let tokens = tokens(&service, 3, 7);
    let first = Form::complete().with("token", &tokens[0].to_lowercase().replace('-', " "));
    assert_eq!(service.post(SURVEY, &first).status, 303);
    assert_eq!(verified(&service, first.value("id")), "yes");
    let second = Form::complete().with("token", &tokens[0]);
    assert_eq!(service.post(SURVEY, &second).status, 303);
    assert_eq!(verified(&service, second.value("id")), "no");
    assert_eq!(sent(&service, "kab-kampar", &json!(tokens[0])), "no");
    assert_eq!(sent(&service, "kab-kampar", &json!(tokens[1])), "yes");
    assert_eq!(sent(&service, "kab-kampar", &Value::Null), "no");
    // The same answers twice use nothing twice, and are told the same.
    let body = response("kab-kampar", &json!(tokens[2]));
    assert_eq!((service.send_json(&body).status, service.send_json(&body).status), (201, 200));
    assert_eq!(verified(&service, body["id"].as_str().unwrap()), "yes");
}

#[test]
fn a_list_with_one_token_twice_has_one_verified_response() {
    let service = Service::start();
    let token = json!(tokens(&service, 1, 7)[0]);
    let bodies: Vec<Value> = (0..5).map(|_| response("kab-kampar", &token)).collect();
    assert_eq!(service.send_json(&json!(bodies)).status, 207);
    let rows = service.stored(PERIOD);
    assert_eq!((rows.len(), rows.iter().filter(|row| row["verified"] == "yes").count()), (5, 1));
}

#[test]
fn a_token_of_no_use_refuses_nothing() {
    let service = Service::start();
    let tokens = tokens(&service, 2, 7);
    assert_eq!(sent(&service, "kab-konawe", &json!(tokens[0])), "no", "of another MPP");
    let last = if tokens[0].ends_with('0') { "1" } else { "0" };
    let forged = format!("{}{last}", &tokens[0][..22]);
    let too_long = format!("{}{}", tokens[0], " ".repeat(20));
    let long = json!("x".repeat(30_000));
    for useless in [json!(forged), json!("rahasia"), json!("<script>"), json!({"a": 1}), json!([1]), json!(7), long] {
        assert_eq!(sent(&service, "kab-kampar", &useless), "no", "{useless}");
    }
    assert_eq!(sent(&service, "kab-kampar", &json!(too_long)), "yes", "spaces around it are nothing");
    let mut twice = Form::complete().with("token", &tokens[1]);
    twice.push("token", "other");
    assert_eq!(service.post(SURVEY, &twice).status, 303);
    assert_eq!(verified(&service, twice.value("id")), "yes");
}

#[test]
fn a_token_of_a_serial_that_was_never_given_out_verifies_nothing() {
    let service = Service::start();
    let token = json!(tokens(&service, 1, 7)[0]);
    // As after the restore of an older backup: the signature is ours, the serial unknown.
    let forget = |connection: &mut _| testing::execute(connection, "UPDATE visit_tokens SET issued = 0");
    service.database.write("forget", forget).unwrap();
    assert_eq!(sent(&service, "kab-kampar", &token), "no");
}

#[test]
fn the_last_day_is_that_of_the_mpp_and_of_the_answer() {
    let service = Service::start();
    let tokens = tokens(&service, 3, 1);
    // 2 March 09:15 in Kampar; the last valid day ends on 3 March at 17:00 UTC.
    service.clock.advance(TimeDelta::hours(38) + TimeDelta::minutes(44));
    assert_eq!(sent(&service, "kab-kampar", &json!(tokens[0])), "yes");
    service.clock.advance(TimeDelta::minutes(1));
    assert_eq!(sent(&service, "kab-kampar", &json!(tokens[1])), "no");
    // An answer that was given in time and waited on the phone for a network.
    let mut waited = response("kab-kampar", &json!(tokens[2]));
    waited["filled_at"] = json!("2026-03-03T23:59:59+07:00");
    assert_eq!(service.send_json(&waited).status, 201);
    assert_eq!(verified(&service, waited["id"].as_str().unwrap()), "yes");
}

#[test]
fn posts_at_once_with_one_token_have_one_verified_response() {
    let service = Service::start();
    let token = tokens(&service, 1, 7).remove(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(service.post(SURVEY, &Form::complete().with("token", &token)).status, 303));
        }
    });
    let rows = service.stored(PERIOD);
    assert_eq!((rows.len(), rows.iter().filter(|row| row["verified"] == "yes").count()), (8, 1));
}

#[test]
fn a_page_that_asks_again_keeps_the_token() {
    let service = Service::start();
    let token = tokens(&service, 1, 7).remove(0);
    let form = Form::complete();
    assert_eq!(service.post(SURVEY, &form).status, 303);
    let other = form.with("waktu", "1").with("token", &token).with("counter_code", "abc").with("device_marker", "m");
    let page = service.post(SURVEY, &other);
    assert_eq!(page.status, 409);
    assert_eq!(page.input("token"), Some(token.as_str()));
    assert_eq!((page.input("counter_code"), page.input("device_marker")), (Some("abc"), Some("m")));
}

#[test]
fn tokens_are_given_out_to_whoever_has_the_key() {
    let service = Service::start();
    let key = key(&service, "kab-kampar", false);
    let answer = ask(&service, &key, &json!({"mpp": "kab-kampar", "count": "2", "days": 30}));
    assert_eq!((answer.status, answer.header("content-type")), (201, "application/json"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let given_out = answer.json();
    assert_eq!((&given_out["mpp"], &given_out["last_valid_day"]), (&json!("kab-kampar"), &json!("2026-04-01")));
    let tokens = given_out["tokens"].as_array().unwrap();
    assert_eq!(tokens.len(), 2);
    for token in tokens {
        let text = token["token"].as_str().unwrap();
        assert_eq!(token["url"], format!("https://suara.example.go.id/s/kab-kampar?tiket={text}"));
    }
    assert_ne!(tokens[0], tokens[1]);
    let one = ask(&service, &key, &json!({"mpp": "kab-kampar", "count": null, "days": "", "x": 1})).json();
    assert_eq!((one["tokens"].as_array().unwrap().len(), &one["last_valid_day"]), (1, &json!("2026-03-09")));
    let metrics = service.metrics();
    assert!(metrics.contains("suara_visit_tokens_total 3"), "{metrics}");
    assert!(metrics.contains("method=\"POST\",route=\"/api/v1/visits\",status=\"201\"} 2"), "{metrics}");
}

fn problem(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status, &answer.json()["code"]), (status, &json!(code)), "{}", answer.body);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    assert_eq!(answer.header("www-authenticate"), if status == 401 { "Bearer" } else { "" });
}

#[test]
fn nobody_else_gets_any() {
    let service = Service::start();
    let key = key(&service, "kab-kampar", false);
    let order = json!({"mpp": "kab-kampar"});
    problem(&service.send(VISITS, "application/json", order.to_string().as_bytes()), 401, "unauthorized");
    for header in ["", "Bearer", "Bearer ", "Basic c3VhcmE6", &key, &format!("Basic {key}"), "Bearer suara_"] {
        problem(&post(&service, header, "application/json", order.to_string().as_bytes()), 401, "unauthorized");
    }
    let of_konawe = self::key(&service, "kab-konawe", false);
    problem(&ask(&service, &of_konawe, &order), 401, "unauthorized");
    for mpp in ["kab-nowhere", "Kab Kampar", "../x"] {
        problem(&ask(&service, &key, &json!({"mpp": mpp})), 401, "unauthorized");
    }
    // Who may not ask is not told what is wrong with the order.
    problem(&ask(&service, &of_konawe, &json!({"mpp": "kab-kampar", "count": 0})), 401, "unauthorized");
    let issued = service
        .database
        .read(|connection| testing::values(connection, "SELECT CAST(COUNT(*) AS TEXT) AS value FROM visit_tokens"));
    assert_eq!(issued.unwrap(), ["0"]);
}

#[test]
fn a_renewed_key_ends_the_former_one() {
    let service = Service::start();
    let former = key(&service, "kab-kampar", false);
    assert_eq!(former, key(&service, "kab-kampar", false), "asking changes nothing");
    let order = json!({"mpp": "kab-kampar"});
    assert_eq!(ask(&service, &former, &order).status, 201);
    let of_konawe = key(&service, "kab-konawe", false);
    let present = key(&service, "kab-kampar", true);
    assert_ne!(present, former);
    problem(&ask(&service, &former, &order), 401, "unauthorized");
    assert_eq!(ask(&service, &present, &order).status, 201);
    assert_eq!(of_konawe, key(&service, "kab-konawe", false), "another MPP keeps its key");
}

#[test]
fn every_wrong_order_is_named() {
    let service = Service::start();
    let key = key(&service, "kab-kampar", false);
    let bearer = format!("Bearer {key}");
    for (count, days, wrong) in [
        (json!(0), json!(7), vec!["count"]),
        (json!(101), json!(7), vec!["count"]),
        (json!(-1), json!(31), vec!["count", "days"]),
        (json!(1.5), json!(0), vec!["count", "days"]),
        (json!("banyak"), json!([7]), vec!["count", "days"]),
        (json!(1e300), json!({}), vec!["count", "days"]),
    ] {
        let answer = ask(&service, &key, &json!({"mpp": "kab-kampar", "count": count, "days": days}));
        problem(&answer, 422, "invalid");
        let errors = answer.json()["errors"].as_array().unwrap().clone();
        let fields: Vec<&str> = errors.iter().map(|error| error["field"].as_str().unwrap()).collect();
        assert_eq!(fields, wrong);
        assert!(errors.iter().all(|error| error["code"] == "out_of_range"), "{errors:?}");
    }
    let answer = ask(&service, &key, &json!({"count": 1}));
    problem(&answer, 422, "invalid");
    assert_eq!(answer.json()["errors"][0]["field"], "mpp");
    for body in ["{", "", "[]", "7", "null"] {
        problem(&post(&service, &bearer, "application/json", body.as_bytes()), 400, "malformed_json");
    }
    let order = json!({"mpp": "kab-kampar", "x": "x".repeat(70_000)});
    problem(&ask(&service, &key, &order), 413, "too_large");
    problem(&post(&service, &bearer, "text/plain", b"{}"), 415, "unsupported_media_type");
    let answer = service.get(VISITS);
    assert_eq!((answer.status, &answer.json()["code"]), (405, &json!("method_not_allowed")));
}

#[test]
fn what_cannot_be_given_out_is_told() {
    let service = Service::start();
    let key = key(&service, "kab-kampar", false);
    let order = json!({"mpp": "kab-kampar", "count": 2});
    assert_eq!(ask(&service, &key, &order).status, 201);
    let run = |sql: &'static str| {
        service.database.write("damage", |connection| testing::execute(connection, sql)).unwrap();
    };
    run("UPDATE visit_tokens SET issued = 16777215");
    let answer = ask(&service, &key, &order);
    problem(&answer, 422, "invalid");
    let error = answer.json()["errors"][0].clone();
    assert_eq!((&error["field"], &error["code"]), (&json!("days"), &json!("exhausted")));
    run("ALTER TABLE visit_tokens RENAME TO gone");
    let answer = ask(&service, &key, &order);
    problem(&answer, 503, "busy");
    assert_eq!(answer.header("retry-after"), "2");
}

#[test]
fn the_description_tells_how_to_ask() {
    let service = Service::start();
    let description = service.get("/openapi.json").json();
    let post = &description["paths"][VISITS]["post"];
    for status in ["201", "400", "401", "413", "415", "422", "503"] {
        assert!(post["responses"][status].is_object(), "{status}");
    }
    assert!(post["security"][0]["queue_key"].is_array(), "{post}");
    assert_eq!(description["components"]["securitySchemes"]["queue_key"]["scheme"], "bearer");
    let response = &description["components"]["schemas"]["ResponseInput"]["properties"];
    assert!(response["token"].is_object() && response["counter_code"].is_object());
}
