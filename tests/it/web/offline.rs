//! What the server gives to phones without a network and to tablets: the worker, its files, and their pages.

use super::harness::{Form, Service};

/// The first text between two marks.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split(before).nth(1).unwrap_or_else(|| panic!("no {before}"));
    rest.split(after).next().unwrap()
}

#[test]
fn the_worker_is_asked_for_every_time_and_sent_once() {
    let service = Service::start();
    let worker = service.get("/s/sw.js");
    assert_eq!((worker.status, worker.header("cache-control")), (200, "no-cache"));
    assert!(worker.header("content-type").starts_with("text/javascript"));
    let version = between(&worker.body, "const VERSION = \"", "\"");
    let tag = worker.header("etag");
    assert!(version.len() == 16 && tag.contains(version), "{tag}");
    let again = service.get_with("/s/sw.js", ("if-none-match", tag));
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag));
    assert_eq!(service.get_with("/s/sw.js", ("if-none-match", "W/\"0123456789abcdef\"")).status, 200);
    assert_eq!(service.head("/s/sw.js").status, 200);
    assert_eq!(service.post("/s/sw.js", &Form::complete()).status, 405);
}

#[test]
fn the_worker_keeps_files_that_exist() {
    let service = Service::start();
    let worker = service.get("/s/sw.js");
    let files: Vec<String> = serde_json::from_str(between(&worker.body, "const ASSETS = ", ";\n")).unwrap();
    assert_eq!(files.len(), 3);
    for path in files {
        let file = service.get(&path);
        assert_eq!(file.status, 200, "{path}");
        assert!(file.header("cache-control").contains("immutable"), "{path}");
        assert!(!file.body.contains("/*") || path.contains("site"), "comments are for readers of the source: {path}");
    }
    let texts: serde_json::Value = serde_json::from_str(between(&worker.body, "const TEXTS = ", ";\n")).unwrap();
    assert_eq!(texts["en"]["full"][0], "Answers not stored yet");
}

#[test]
fn the_policy_allows_our_own_scripts_and_no_others() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar");
    let policy = page.header("content-security-policy");
    for part in ["script-src 'self' 'sha256-", "worker-src 'self'", "connect-src 'self'"] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert_eq!(policy.matches("'sha256-").count(), 3, "{policy}");
}

#[test]
fn a_phone_loads_the_rest_when_the_page_is_there() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar");
    let path = between(&page.body, "s.src=\"", "\"");
    assert!(path.starts_with("/static/offline.") && service.get(path).status == 200);
    assert!(!page.has("<script src") && !page.has("<script defer") && !page.has("kiosk"));
}

#[test]
fn the_page_about_waiting_answers_has_a_part_for_each_case() {
    let service = Service::start();
    for (query, view) in [("", "list"), ("?id=x", "saved"), ("?id=x&kiosk=", "kiosk"), ("?muda=1&kiosk=L", "minor")] {
        let page = service.get(&format!("/s/kab-kampar/tersimpan{query}"));
        assert_eq!((page.status, page.header("cache-control")), (200, "no-store"));
        for part in ["list", "saved", "kiosk", "sent", "minor", "full"] {
            let hidden = if part == view { "" } else { " hidden" };
            assert!(page.has(&format!(" data-view=\"{part}\"{hidden}>")), "{query}: {part}");
        }
        assert!(page.has("<!--fields-->"), "the worker puts the fields there");
    }
    let page = service.get("/s/kab-kampar/tersimpan?bahasa=en&id=x");
    assert!(page.has("<html lang=\"en\">") && page.has("Answers saved on this phone, to be sent"));
    assert_eq!(service.get("/s/kab-nowhere/tersimpan").status, 404);
    assert_eq!(service.post("/s/kab-kampar/tersimpan", &Form::complete()).status, 405);
}

#[test]
fn a_tablet_has_a_start_screen_and_its_own_files() {
    let service = Service::start();
    let page = service.get("/s/kab-konawe/kiosk?loket=Loket+9");
    assert!(page.has("id=\"kiosk-start\"") && page.has("Sentuh untuk mulai") && page.has("id=\"kiosk-idle\""));
    assert!(page.has("MPP &#60;b&#62;Konawe") && !page.has("<b>Konawe"));
    for mark in ["<link rel=\"stylesheet\" href=\"", "<script defer src=\""] {
        let path = between(&page.body, mark, "\"");
        assert_eq!(service.get(path).status, 200, "{path}");
    }
}

#[test]
fn an_officer_reads_aloud_and_goes_on_to_the_next_person() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar/bantu?loket=Loket+2&bahasa=en");
    assert_eq!((page.status, page.input("mode"), page.input("counter")), (200, Some("assisted"), Some("Loket 2")));
    assert!(page.has("Read every question"));
    let form = Form::complete().with("mode", "assisted").with("counter", "Loket 2").with("language", "en");
    let answer = service.post("/s/kab-kampar", &form);
    assert!(answer.header("location").ends_with("?bahasa=en&bantu=Loket+2"), "{}", answer.header("location"));
    let thanks = service.get(answer.header("location"));
    assert!(thanks.has("/s/kab-kampar/bantu?loket=Loket+2&#38;bahasa=en") && thanks.has("Next person"));
    // The officer gives the receipt to the person: no hurry, and withdrawing is offered.
    assert!(!thanks.has("http-equiv") && thanks.has("/s/kab-kampar/tarik"));
    assert_eq!(service.stored("2026-S1")[0]["mode"], "assisted");
    assert_eq!(service.get("/s/kab-nowhere/bantu").status, 404);
}

#[test]
fn a_tablet_returns_by_itself_and_leads_nowhere_else() {
    let service = Service::start();
    let form = Form::complete().with("mode", "kiosk").with("counter", "Loket \"1\" & <2>");
    let thanks = service.get(service.post("/s/kab-kampar", &form).header("location"));
    let refresh = "<noscript><meta http-equiv=\"refresh\" content=\"8;url=/s/kab-kampar/kiosk?loket=Loket+%221%22";
    assert!(thanks.has(refresh));
    assert!(thanks.has("data-next=\"8\"") && !thanks.has("/tarik") && !thanks.has("/hasil/"));
    let young = service.post("/s/kab-kampar", &Form::complete().with("mode", "kiosk").with("age_band", "0-16"));
    assert!(young.status == 200 && young.has("data-next=\"8\"") && !young.has("href=\"/s/kab-kampar\""));
    // Something is left to do: the answers must not vanish at once.
    let conflict = service.post("/s/kab-kampar", &form.with("waktu", "1"));
    assert!(conflict.status == 409 && conflict.has("data-next=\"60\"") && conflict.has("Orang lain mengisi"));
    let phone = service.post("/s/kab-kampar", &Form::complete().with("age_band", "0-16"));
    assert!(!phone.has("data-next") && phone.has("href=\"/s/kab-kampar\""));
}

#[test]
fn a_refused_form_stays_with_the_person_at_the_tablet() {
    let service = Service::start();
    let page = service.post("/s/kab-kampar", &Form::complete().with("mode", "kiosk").without("waktu"));
    assert_eq!((page.status, page.input("mode")), (422, Some("kiosk")));
    assert!(page.has("id=\"kiosk-idle\"") && !page.has(" data-fresh"), "the start screen would hide what is to mend");
}
