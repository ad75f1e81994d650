//! Posting the form.

use super::harness::{Form, NOW, Service, instant};

const SURVEY: &str = "/s/kab-kampar";
const PERIOD: &str = "2026-S1";

#[test]
fn stores_and_thanks_with_a_receipt() {
    let service = Service::start();
    let form = Form::complete().with("service", "ktp").with("comment", "Cepat, hubungi 0812-3456-7890");
    let answer = service.post(SURVEY, &form);
    assert_eq!(answer.status, 303);
    let address = answer.header("location").to_owned();
    assert!(address.starts_with("/s/kab-kampar/terima-kasih/"), "{address}");
    let receipt = address.rsplit('/').next().unwrap();
    let thanks = service.get(&address);
    assert!(thanks.status == 200 && thanks.has(receipt) && thanks.has("/s/kab-kampar/tarik"));
    let rows = service.stored(PERIOD);
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["answers"], "444444444");
    assert_eq!(rows[0]["comment"], "Cepat, hubungi [telepon]");
    assert_eq!((rows[0]["service"].as_str(), rows[0]["mode"].as_str()), ("ktp", "web"));
    assert_eq!(rows[0]["filled_at"], "2026-03-02T02:15:00+00:00");
}

#[test]
fn the_same_post_twice_is_one_response_and_one_receipt() {
    let service = Service::start();
    let form = Form::complete();
    let (first, second) = (service.post(SURVEY, &form), service.post(SURVEY, &form));
    assert_eq!((first.status, second.status), (303, 303));
    assert_eq!(first.header("location"), second.header("location"));
    let upper = form.clone().with("id", &form.value("id").to_uppercase());
    assert_eq!(service.post(SURVEY, &upper).header("location"), first.header("location"));
    assert_eq!(service.stored(PERIOD).len(), 1);
}

#[test]
fn parallel_duplicates_are_one_response() {
    let service = Service::start();
    let form = Form::complete();
    let answers: Vec<(u16, String)> = std::thread::scope(|scope| {
        let post = || service.post(SURVEY, &form);
        let threads: Vec<_> = (0..8).map(|_| scope.spawn(post)).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .map(|answer| (answer.status, answer.header("location").to_owned()))
            .collect()
    });
    assert!(answers.iter().all(|answer| answer.0 == 303 && answer.1 == answers[0].1), "{answers:?}");
    assert_eq!(service.stored(PERIOD).len(), 1);
}

#[test]
fn the_same_id_with_other_answers_is_a_conflict_with_a_way_on() {
    let service = Service::start();
    let form = Form::complete();
    assert_eq!(service.post(SURVEY, &form).status, 303);
    let other = form.clone().with("waktu", "1").with("comment", "<i>lama</i>");
    let page = service.post(SURVEY, &other);
    assert_eq!(page.status, 409);
    assert!(page.has("Orang lain mengisi") && page.has("&#60;i&#62;lama") && !page.has("<i>lama"));
    assert_eq!(service.stored(PERIOD)[0]["answers"], "444444444");
    // The button sends everything again under the new id on the page.
    let new_id = page.input("id").unwrap();
    assert_ne!(new_id, form.value("id"));
    assert_eq!(page.input("waktu"), Some("1"));
    assert_eq!(service.post(SURVEY, &other.with("id", new_id)).status, 303);
    assert_eq!(service.stored(PERIOD).len(), 2);
}

#[test]
fn tells_every_error_at_once_and_keeps_the_answers() {
    let service = Service::start();
    let form = Form::complete()
        .with("persyaratan", "0")
        .with("prosedur", "5")
        .with("waktu", "abc")
        .without("biaya")
        .with("service", "paspor")
        .with("sex", "X")
        .with("comment", "<script>alert(1)</script> tetap ada");
    let page = service.post(SURVEY, &form);
    assert_eq!(page.status, 422);
    for field in ["persyaratan", "prosedur", "waktu", "biaya", "service", "sex"] {
        assert!(page.has(&format!("<a href=\"#{field}\">")), "{field}");
        assert!(page.has(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(page.has("6 isian belum lengkap") && page.has("role=\"alert\""));
    assert!(page.has("name=\"produk\" value=\"4\" required checked"));
    assert!(page.has("&#60;script&#62;alert(1)&#60;/script&#62; tetap ada") && !page.has("<script>alert"));
    assert_eq!(page.input("id"), Some(form.value("id")));
    assert!(service.stored(PERIOD).is_empty());
}

#[test]
fn refuses_an_element_given_twice() {
    let service = Service::start();
    for second in ["3", "4"] {
        let mut form = Form::complete();
        form.push("waktu", second);
        let page = service.post(SURVEY, &form.without("sarana"));
        assert_eq!(page.status, 422);
        assert!(page.has("#waktu") && page.has("lebih dari satu kali") && page.has("#sarana"));
    }
    assert!(service.stored(PERIOD).is_empty());
}

#[test]
fn gives_a_broken_id_a_new_one() {
    let service = Service::start();
    for form in [Form::complete().with("id", "42"), Form::complete().without("id")] {
        let page = service.post(SURVEY, &form);
        assert_eq!(page.status, 422);
        assert!(uuid::Uuid::parse_str(page.input("id").unwrap()).is_ok());
    }
}

#[test]
fn limits_the_comment_by_characters() {
    let service = Service::start();
    let longest = "é".repeat(2000);
    assert_eq!(service.post(SURVEY, &Form::complete().with("comment", &longest)).status, 303);
    let page = service.post(SURVEY, &Form::complete().with("comment", &format!("{longest}x")));
    assert!(page.status == 422 && page.has("2.001 huruf, paling banyak 2.000") && page.has(&longest));
    let huge = service.post(SURVEY, &Form::complete().with("comment", &"x".repeat(100_000)));
    assert!(huge.status == 413 && huge.has("terlalu besar"));
}

#[test]
fn switches_the_language_without_storing_and_keeps_the_answers() {
    let service = Service::start();
    let form = Form::complete().with("comment", "baik").with("sex", "P").with("language", "id").without("waktu");
    let page = service.post(SURVEY, &form.clone().with("bahasa", "en"));
    assert_eq!(page.status, 200);
    assert!(page.has("<html lang=\"en\">") && !page.has("role=\"alert\""));
    assert!(
        page.has("name=\"biaya\" value=\"4\" required checked") && page.has(">baik</textarea>") || page.has("\nbaik")
    );
    assert!(page.has("<option value=\"P\" selected>") && page.has("<details class=\"card\" open>"));
    assert_eq!((page.input("id"), page.input("language")), (Some(form.value("id")), Some("en")));
    assert!(service.stored(PERIOD).is_empty());
    let sent = service.post(SURVEY, &Form::complete().with("language", "en"));
    assert!(sent.header("location").ends_with("?bahasa=en"));
    assert_eq!(service.stored(PERIOD)[0]["language"], "en");
}

#[test]
fn thanks_the_young_and_stores_nothing() {
    let service = Service::start();
    for form in [Form::complete(), Form::complete().without("waktu").with("sex", "L")] {
        let page = service.post(SURVEY, &form.with("age_band", "0-16"));
        assert_eq!(page.status, 200);
        assert!(page.has("di bawah 17 tahun"));
    }
    assert!(service.stored(PERIOD).is_empty());
}

#[test]
fn needs_no_cookie_origin_or_token_and_ignores_what_it_does_not_know() {
    let service = Service::start();
    let form = Form::complete().with("nik", "1401012345678901").with("mpp", "kab-konawe").with("verified", "yes");
    let answer = service.post(SURVEY, &form);
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("set-cookie"), "");
    assert!(answer.header("location").starts_with("/s/kab-kampar/"));
}

#[test]
fn refuses_what_is_no_form() {
    let service = Service::start();
    let answer = service.send(SURVEY, "application/json", b"{}");
    assert!(answer.status == 415 && answer.header("content-type").starts_with("text/html"));
    let answer = service.send(SURVEY, "application/x-www-form-urlencoded", b"comment=%ff%fe");
    assert!(answer.status == 400 && answer.has("tidak dapat dibaca"));
    assert_eq!(service.send("/s/kab-nowhere", "application/x-www-form-urlencoded", b"").status, 404);
}

#[test]
fn a_kiosk_goes_on_to_the_next_person() {
    let service = Service::start();
    let form = Form::complete().with("mode", "kiosk").with("counter", "Loket 1");
    let answer = service.post(SURVEY, &form);
    let page = service.get(answer.header("location"));
    assert!(page.has("/s/kab-kampar/kiosk?loket=Loket+1") && page.has("Orang berikutnya"));
    let rows = service.stored(PERIOD);
    assert_eq!((rows[0]["mode"].as_str(), rows[0]["counter"].as_str()), ("kiosk", "Loket 1"));
    assert_eq!(service.post(SURVEY, &Form::complete().with("mode", "paper")).status, 422);
}

#[test]
fn the_code_of_a_counter_goes_on_from_person_to_person() {
    let service = Service::start();
    for (mode, place) in [("kiosk", "kiosk"), ("assisted", "bantu")] {
        let begun = service.get(&format!("/s/kab-kampar/{place}?loket=Loket+1&kode=ABCD+%26EF"));
        assert_eq!(begun.input("counter_code"), Some("ABCD &#38;EF"));
        let form = Form::complete().with("mode", mode).with("counter", "Loket 1").with("counter_code", "ABCD &EF");
        let answer = service.post(SURVEY, &form);
        assert!(answer.header("location").ends_with(&format!("?{place}=Loket+1&kode=ABCD+%26EF")));
        let next = format!("/s/kab-kampar/{place}?loket=Loket+1&#38;kode=ABCD+%26EF&#38;bahasa=id");
        assert!(service.get(answer.header("location")).has(&next), "after the thanks");
        let young = service.post(SURVEY, &form.clone().with("age_band", "0-16"));
        assert!(young.has(&next), "after a child");
        assert!(service.post(SURVEY, &form.with("waktu", "1")).has(&next), "after a conflict");
        let unsigned = service.get(&answer.header("location").replace("&kode=ABCD+%26EF", ""));
        assert!(unsigned.has(place) && !unsigned.has("kode="), "no code, no empty one");
    }
}

#[test]
fn the_period_is_cut_in_the_zone_of_the_mpp() {
    let service = Service::start();
    // 23:30 in Kampar (WIB), half past midnight of July in Konawe (WITA).
    service.clock.advance(instant("2026-06-30T16:30:00Z") - instant(NOW));
    let (kampar, konawe) = (Form::complete(), Form::complete());
    assert_eq!(service.post(SURVEY, &kampar).status, 303);
    assert_eq!(service.post("/s/kab-konawe", &konawe).status, 303);
    let ids = |period: &str| service.stored(period).iter().map(|row| row["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids("2026-S1"), [kampar.value("id")]);
    assert_eq!(ids("2026-S2"), [konawe.value("id")]);
}

#[test]
fn a_database_that_does_not_answer_loses_nothing() {
    let service = Service::start();
    let form = Form::complete().with("comment", "jangan hilang");
    let (release, released) = std::sync::mpsc::channel::<()>();
    let (taken, is_taken) = std::sync::mpsc::channel();
    let database = service.database.clone();
    let lock = std::thread::spawn(move || {
        let hold = |_: &mut suara_storage::Connection| {
            taken.send(()).unwrap();
            let _released = released.recv();
            Ok(())
        };
        database.write("hold", hold).unwrap();
    });
    is_taken.recv().unwrap();
    let page = service.post(SURVEY, &form);
    assert_eq!((page.status, page.header("retry-after")), (503, "2"));
    // The page has everything, and its button sends it again under the same id.
    assert!(page.has("value=\"jangan hilang\"") && page.has("Kirim lagi"));
    assert!(!page.has("class=\"button"), "no button leads away from the only copy");
    assert_eq!(page.input("id"), Some(form.value("id")));
    drop(release);
    lock.join().unwrap();
    assert_eq!(service.post(SURVEY, &form).status, 303);
    assert_eq!(service.stored(PERIOD).len(), 1);
}

#[test]
fn the_time_taken_is_measured_from_the_opening_of_the_page() {
    let service = Service::start();
    let id = service.get(SURVEY).input("id").unwrap().to_owned();
    service.clock.advance(chrono::TimeDelta::seconds(75));
    let form = Form::complete().with("id", &id).with("duration_s", "3");
    assert_eq!(service.post(SURVEY, &form).status, 303);
    assert_eq!(service.post(SURVEY, &Form::complete()).status, 303);
    let rows = service.stored(PERIOD);
    let taken = |is_page: bool| rows.iter().find(|row| (row["id"] == id) == is_page).unwrap()["duration_s"].clone();
    assert_eq!((taken(true), taken(false)), ("75".to_owned(), String::new()));
}
