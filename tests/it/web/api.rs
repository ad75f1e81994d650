//! `POST /api/v1/responses` and the API's description.

use serde_json::{Value, json};

use super::harness::{Service, instant};

const PERIOD: &str = "2026-S1";

fn response() -> Value {
    json!({
        "id": uuid::Uuid::new_v4().to_string(),
        "mpp": "kab-kampar",
        "answers": {"persyaratan": 4, "prosedur": 3, "waktu": 4, "biaya": 4, "produk": 3, "kompetensi": 4,
            "perilaku": 4, "sarana": 3, "pengaduan": 4},
    })
}

fn with(mut value: Value, key: &str, member: Value) -> Value {
    value[key] = member;
    value
}

fn codes(problem: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let errors = problem["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|error| (text(&error["field"]), text(&error["code"]))).collect()
}

#[test]
fn records_and_recognises() {
    let service = Service::start();
    let body = with(response(), "service", json!("ktp"));
    let answer = service.send_json(&body);
    assert_eq!((answer.status, answer.header("content-type")), (201, "application/json"));
    let first = answer.json();
    assert_eq!((&first["id"], &first["status"]), (&body["id"], &json!("recorded")));
    assert_eq!(first["receipt"].as_str().unwrap().len(), 14);
    let again = service.send_json(&body);
    assert_eq!((again.status, &again.json()["status"]), (200, &json!("already_recorded")));
    assert_eq!(again.json()["receipt"], first["receipt"]);
    let other = service.send_json(&with(body, "comment", json!("lain")));
    assert_eq!((other.status, &other.json()["code"]), (409, &json!("id_conflict")));
    assert_eq!(other.header("content-type"), "application/problem+json");
    assert_eq!(service.stored(PERIOD)[0]["answers"], "434434434");
}

#[test]
fn times_and_duration_do_not_make_another_content() {
    let service = Service::start();
    let body = with(response(), "filled_at", json!("2026-03-02T09:00:00+07:00"));
    assert_eq!(service.send_json(&body).status, 201);
    let later = with(with(body, "filled_at", json!("2026-03-02T09:01:00+07:00")), "duration_s", json!(30));
    assert_eq!(service.send_json(&later).status, 200);
}

#[test]
fn is_lenient_about_types_and_unknown_keys() {
    let service = Service::start();
    let mut body = response();
    body["answers"]["waktu"] = json!("2");
    body["answers"]["sarana"] = json!(3.0);
    body["respondent"] = json!({"sex": null, "age_band": "", "education": "s1", "nik": "1401012345678901"});
    body["duration_s"] = json!("61.4");
    body["comment"] = json!("");
    body["nested"] = json!({"deep": [1, {"id": "x"}]});
    body["verified"] = json!("yes");
    assert_eq!(service.send_json(&body).status, 201);
    assert_eq!(service.stored(PERIOD)[0]["answers"], "432434434");
}

#[test]
fn tells_every_error_with_stable_codes() {
    let service = Service::start();
    let mut body = with(with(response(), "id", json!("x")), "service", json!("nope"));
    body["answers"] = json!({"persyaratan": 0, "prosedur": "abc", "waktu": [4], "biaya": 5});
    body["filled_at"] = json!("yesterday");
    let answer = service.send_json(&body);
    assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("invalid")));
    let found = codes(&answer.json());
    for (field, code) in [
        ("id", "not_a_uuid"),
        ("service", "unknown_service"),
        ("filled_at", "not_a_time"),
        ("persyaratan", "not_a_score"),
        ("prosedur", "not_a_score"),
        ("waktu", "not_a_score"),
        ("biaya", "not_a_score"),
        ("pengaduan", "unanswered"),
    ] {
        assert!(found.contains(&(field.to_owned(), code.to_owned())), "{field} {code}: {found:?}");
    }
    assert_eq!(found.len(), 12);
    assert!(answer.json()["errors"][0]["message"].as_str().is_some_and(|message| !message.is_empty()));
}

#[test]
fn names_an_unknown_mpp_or_service() {
    let service = Service::start();
    let answer = service.send_json(&with(response(), "mpp", json!("kab-nowhere")));
    assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("unknown_mpp")));
    // A service of another MPP is no service of this one.
    let answer = service.send_json(&with(response(), "service", json!("paspor")));
    assert_eq!((answer.status, &answer.json()["code"]), (422, &json!("unknown_service")));
    let answer = service.send_json(&with(response(), "mode", json!("paper")));
    assert_eq!((answer.status, codes(&answer.json())), (422, vec![("mode".into(), "not_an_option".into())]));
    let answer = service.send_json(&json!({}));
    assert_eq!((answer.status, codes(&answer.json()).len()), (422, 11));
}

#[test]
fn refuses_an_element_given_twice() {
    let service = Service::start();
    let text = response().to_string().replacen("\"waktu\":4", "\"waktu\":4,\"waktu\":4", 1);
    let answer = service.send("/api/v1/responses", "application/json; charset=utf-8", text.as_bytes());
    assert_eq!((answer.status, codes(&answer.json())), (422, vec![("waktu".into(), "repeated".into())]));
    assert!(service.stored(PERIOD).is_empty());
}

#[test]
fn refuses_what_it_cannot_read_without_telling_why_in_parser_terms() {
    let service = Service::start();
    let whole = response().to_string();
    let truncated = &whole.as_bytes()[..whole.len() / 2];
    let invalid = [b"{\"comment\":\"\xff\"}".as_slice(), truncated, b"", b"nonsense", b"42"];
    for body in invalid {
        let answer = service.send("/api/v1/responses", "application/json", body);
        assert_eq!((answer.status, &answer.json()["code"]), (400, &json!("malformed_json")));
        assert!(!answer.has("line") && !answer.has("column") && !answer.has("EOF"));
    }
    let answer = service.send("/api/v1/responses", "text/plain", whole.as_bytes());
    assert_eq!((answer.status, &answer.json()["code"]), (415, &json!("unsupported_media_type")));
}

#[test]
fn limits_sizes() {
    let service = Service::start();
    let longest = with(response(), "comment", json!("é".repeat(2000)));
    assert_eq!(service.send_json(&longest).status, 201);
    let answer = service.send_json(&with(response(), "comment", json!("é".repeat(2001))));
    assert_eq!((answer.status, codes(&answer.json())), (422, vec![("comment".into(), "too_long".into())]));
    let answer = service.send_json(&with(response(), "comment", json!("x".repeat(100_000))));
    assert_eq!((answer.status, &answer.json()["code"]), (413, &json!("too_large")));
    let answer = service.send_json(&json!(vec![response(); 101]));
    assert_eq!((answer.status, &answer.json()["code"]), (413, &json!("too_large")));
    let heavy = with(response(), "x", json!("x".repeat(20_000)));
    let answer = service.send_json(&json!(vec![heavy; 60]));
    assert_eq!((answer.status, &answer.json()["code"]), (413, &json!("too_large")));
    assert_eq!(service.stored(PERIOD).len(), 1);
}

#[test]
fn answers_a_list_in_its_order() {
    let service = Service::start();
    let good = response();
    let young = with(response(), "respondent", json!({"age_band": "0-16"}));
    let unknown = with(response(), "mpp", json!("kab-nowhere"));
    let conflict = with(good.clone(), "comment", json!("lain"));
    let answer = service.send_json(&json!([good, unknown, good, young, conflict, 7]));
    assert_eq!(answer.status, 207);
    let items = answer.json();
    let statuses: Vec<u64> =
        items.as_array().unwrap().iter().map(|item| item["http_status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [201, 422, 200, 200, 409, 422]);
    assert_eq!((&items[0]["id"], &items[0]["status"]), (&good["id"], &json!("recorded")));
    assert_eq!((&items[1]["code"], &items[1]["status"]), (&json!("unknown_mpp"), &json!(422)));
    assert_eq!(items[2]["receipt"], items[0]["receipt"]);
    assert_eq!((&items[3]["status"], &items[3]["receipt"]), (&json!("not_recorded"), &Value::Null));
    assert_eq!(service.stored(PERIOD).len(), 1);
    assert_eq!(service.send_json(&json!([])).status, 207);
}

#[test]
fn settles_the_time_by_the_clock_of_the_server() {
    let service = Service::start();
    let at = |text: &str| {
        let body = with(response(), "filled_at", json!(text));
        assert_eq!(service.send_json(&body).status, 201, "{text}");
        let id = body["id"].as_str().unwrap().to_owned();
        let rows = [service.stored("2025-S2"), service.stored(PERIOD)].concat();
        let row = rows.into_iter().find(|row| row["id"] == id).unwrap();
        (row["filled_at"].clone(), row["flags"].clone())
    };
    let now = instant(super::harness::NOW).to_rfc3339();
    assert_eq!(at("2026-03-02T09:24:00+07:00"), ("2026-03-02T02:24:00+00:00".into(), "0".into()));
    assert_eq!(at("2026-03-02T09:26:00+07:00"), (now.clone(), "1".into()));
    assert_eq!(at("2026-01-02T00:00:00+07:00").1, "0");
    assert_eq!(at("2025-12-01T00:00:00+07:00"), (now, "1".into()));
}

#[test]
fn describes_itself() {
    let service = Service::start();
    let description = service.get("/openapi.json").json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3."));
    for path in [
        "/api/v1/responses",
        "/api/v1/mpp",
        "/api/v1/mpp/{code}",
        "/api/v1/mpp/{code}/results/{period}",
        "/api/v1/national/{period}",
    ] {
        assert!(description["paths"][path].is_object(), "{path}");
    }
    for status in ["200", "201", "207", "400", "409", "410", "413", "415", "422", "503"] {
        assert!(description["paths"]["/api/v1/responses"]["post"]["responses"][status].is_object(), "{status}");
    }
    assert!(description["components"]["schemas"]["Problem"]["properties"]["code"].is_object());
}

#[test]
fn unknown_addresses_and_methods_are_problems_too() {
    let service = Service::start();
    let answer = service.get("/api/v1/nothing");
    assert_eq!((answer.status, &answer.json()["code"]), (404, &json!("not_found")));
    let answer = service.get("/api/v1/responses");
    assert_eq!((answer.status, &answer.json()["code"]), (405, &json!("method_not_allowed")));
}
