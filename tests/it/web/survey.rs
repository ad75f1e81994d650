//! The survey page itself.

use std::fmt::Write;

use super::harness::Service;

#[test]
fn is_one_form_with_a_fresh_id_and_nine_questions() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar");
    assert_eq!(page.status, 200);
    assert_eq!(page.body.matches("<form").count(), 1);
    assert_eq!(page.body.matches("type=\"radio\"").count(), 36);
    assert_eq!(page.body.matches("<fieldset").count(), 9);
    assert!(page.has("<html lang=\"id\">") && page.has("Bagaimana pendapat Saudara"));
    let id = uuid::Uuid::parse_str(page.input("id").unwrap()).unwrap();
    assert_eq!(id.get_version_num(), 7);
    let again = service.get("/s/kab-kampar");
    assert_ne!(page.input("id"), again.input("id"));
    assert_eq!(page.header("cache-control"), "no-store");
}

#[test]
fn speaks_both_languages() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar?bahasa=en");
    assert!(page.has("<html lang=\"en\">") && page.has("How was our service?"));
    assert!(page.has("They fit very well"));
    assert!(service.get("/s/kab-kampar?bahasa=xx").has("<html lang=\"id\">"));
}

#[test]
fn preselects_counter_and_service() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar?layanan=kk");
    assert!(page.has("<option value=\"kk\" selected data-f>"));
    // The only service of its counter is chosen by the counter; it is free, which question 4 says.
    let page = service.get("/s/kab-kampar?loket=Loket+1");
    assert_eq!(page.input("counter"), Some("Loket 1"));
    assert!(page.has("<option value=\"ktp\" selected data-f>") && page.has("tidak dipungut biaya"));
    let page = service.get("/s/kab-kampar?loket=Loket%202");
    assert!(page.has("Di loket ini") && !page.has(" selected"));
    let page = service.get("/s/kab-kampar?loket=%3Cscript%3E&layanan=nope");
    assert_eq!((page.status, page.input("counter")), (200, None));
    assert!(!page.has("<script>x") && !page.has(" selected"));
}

#[test]
fn is_small_even_for_hundreds_of_services() {
    let service = Service::start();
    let mut csv = String::from("mpp,agency,counter,service,service_name,channel,free\n");
    for number in 0..265 {
        let agency = number % 17;
        let kind = ["Praktik Dokter", "Apotek", "Reklame", "Mendirikan Bangunan", "Usaha Mikro"][number % 5];
        let name = format!("Penerbitan Surat Izin {kind} Nomor {number}");
        writeln!(csv, "kab-kampar,Dinas {agency},Loket {agency},l-{number},{name},direct,no").unwrap();
    }
    service.import(suara::app::import::ImportKind::Services, &csv);
    std::thread::sleep(std::time::Duration::from_millis(2500));
    let packed = service.get_with("/s/kab-kampar", ("accept-encoding", "gzip"));
    let page = service.get("/s/kab-kampar");
    assert!(page.body.matches("<option value=\"l-").count() == 265);
    assert!(packed.header("content-length").parse::<usize>().unwrap_or(0) <= 14 * 1024, "{}", page.body.len());
}

#[test]
fn shows_names_as_text_never_as_markup() {
    let service = Service::start();
    let page = service.get("/s/kab-konawe");
    assert!(page.has("MPP &#60;b&#62;Konawe&#60;/b&#62;") && !page.has("<b>Konawe"));
    let page = service.get("/s/kab-kampar");
    assert!(page.has("Sertifikat &#60;tanah&#62; &#38; ") && !page.has("<tanah>"));
    assert!(!service.get("/").has("<b>Konawe"));
}

#[test]
fn a_kiosk_sends_its_mode() {
    let service = Service::start();
    let page = service.get("/s/kab-kampar/kiosk?loket=Loket+1");
    assert_eq!((page.status, page.input("mode")), (200, Some("kiosk")));
}

#[test]
fn an_unknown_mpp_is_a_friendly_404() {
    let service = Service::start();
    for path in ["/s/kab-nowhere", "/s/..%2f..", "/s/KAB", "/s/kab-nowhere/kiosk", "/hasil/kab-nowhere"] {
        let page = service.get(path);
        assert_eq!(page.status, 404, "{path}");
        assert!(page.has("href=\"/\"") && page.header("content-type").starts_with("text/html"), "{path}");
    }
}
