//! Headers, health, metrics, and the end.

use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_storage::live_tallies;

use super::harness::{Form, Service};

#[test]
fn every_response_is_hardened() {
    let service = Service::start();
    for path in
        ["/", "/s/kab-kampar", "/s/kab-kampar/kiosk", "/api/v1/mpp", "/nothing", "/health/live", "/openapi.json"]
    {
        let answer = service.get(path);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none';"), "{path}");
        // Only the survey may be shown by other sites, and only by those that the operator names.
        let is_open = path.starts_with("/s/") && !path.ends_with("kiosk");
        let ancestors = if is_open { "https://mpp.example.go.id" } else { "'none'" };
        let frames = format!("frame-ancestors {ancestors};");
        for part in ["form-action 'self'", &frames, "base-uri 'none'", "style-src 'self' 'sha256-"] {
            assert!(policy.contains(part), "{path}: {part}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!((answer.header("server"), answer.header("set-cookie")), ("", ""), "{path}");
    }
}

#[test]
fn no_page_names_another_host() {
    let service = Service::start();
    for path in ["/", "/s/kab-kampar", "/s/kab-kampar/kiosk", "/hasil/kab-kampar", "/s/x"] {
        let page = service.get(path).body.replace("http://www.w3.org", "");
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("//"), "{path}");
        assert!(!page.contains(" style=\"") && !page.contains(" onclick"), "{path}");
    }
}

#[test]
fn assets_are_kept_for_ever_under_their_hash() {
    let service = Service::start();
    let page = service.get("/");
    let address = page.body.split("rel=\"stylesheet\" href=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let style = service.get(address);
    assert_eq!(style.status, 200);
    assert!(
        style.header("cache-control").contains("immutable") && style.header("content-type").starts_with("text/css")
    );
    assert_eq!(service.get("/static/site.0000000000000000.css").status, 404);
    assert_eq!(service.get("/favicon.ico").header("content-type"), "image/svg+xml");
}

#[test]
fn is_alive_and_ready() {
    let service = Service::start();
    assert_eq!(service.get("/health/live").status, 200);
    assert_eq!(service.get("/health/ready").status, 200);
    assert_eq!((service.head("/s/kab-kampar").status, service.head("/").body.as_str()), (200, ""));
}

#[test]
fn metrics_are_by_pattern_and_on_their_own_listener() {
    let service = Service::start();
    assert_eq!(service.post("/s/kab-kampar", &Form::complete()).status, 303);
    assert_eq!(service.get("/s/kab-secret").status, 404);
    let metrics = service.metrics();
    assert!(metrics.contains("suara_http_request_seconds_count{method=\"POST\",route=\"/s/{mpp}\",status=\"303\"} 1"));
    assert!(metrics.contains("suara_ingest_total{outcome=\"recorded\"} 1"));
    assert!(metrics.contains("suara_ingest_waiting 0"));
    assert!(metrics.contains("suara_live_behind ") && metrics.contains("suara_live_caught_up_timestamp_seconds "));
    assert!(!metrics.contains("kab-"));
    assert_eq!(service.get("/metrics").status, 404);
}

#[test]
fn ends_in_order() {
    let service = Service::start();
    assert_eq!(service.post("/s/kab-kampar", &Form::complete()).status, 303);
    let database = service.database.clone();
    service.stop().unwrap();
    let period = Period::parse("2026-S1").unwrap();
    let totals = database.read(|connection| live_tallies::totals(connection, period)).unwrap();
    assert_eq!(totals.values().map(Tally::n).collect::<Vec<_>>(), [1], "what was stored is counted before the end");
}
