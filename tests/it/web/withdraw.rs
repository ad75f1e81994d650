//! Taking a response back with its receipt.

use super::harness::{Form, Service};

const SURVEY: &str = "/s/kab-kampar";
const WITHDRAW: &str = "/s/kab-kampar/tarik";

fn sent(service: &Service, form: &Form) -> String {
    let answer = service.post(SURVEY, form);
    assert_eq!(answer.status, 303);
    answer.header("location").rsplit('/').next().unwrap().to_owned()
}

fn receipt(text: &str) -> Form {
    Form::default().with("receipt", text)
}

#[test]
fn deletes_the_content_and_keeps_a_tombstone() {
    let service = Service::start();
    let (form, other) = (Form::complete().with("comment", "hapus"), Form::complete());
    let code = sent(&service, &form);
    sent(&service, &other);
    // As a person copies it from paper.
    let answer = service.post(WITHDRAW, &receipt(&code.to_lowercase().replace('-', " ")));
    assert!(answer.status == 200 && answer.has("telah ditarik"));
    let rows = service.stored("2026-S1");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["id"], other.value("id"));
    assert_eq!(service.post(WITHDRAW, &receipt(&code)).status, 410);
    let again = service.post(SURVEY, &form);
    assert!(again.status == 410 && again.has("sudah ditarik"));
}

#[test]
fn knows_nothing_of_other_malls_or_invented_receipts() {
    let service = Service::start();
    let code = sent(&service, &Form::complete());
    assert_eq!(service.post("/s/kab-konawe/tarik", &receipt(&code)).status, 404);
    assert_eq!(service.post(WITHDRAW, &receipt("0000-0000-0000")).status, 404);
    let page = service.post(WITHDRAW, &receipt("\"><b>"));
    assert!(page.status == 422 && !page.has("<b>") && page.has("tidak lengkap"));
    assert_eq!(service.stored("2026-S1").len(), 1);
}

#[test]
fn has_a_form_of_its_own() {
    let service = Service::start();
    let page = service.get(WITHDRAW);
    assert!(page.status == 200 && page.has("name=\"receipt\""));
    assert_eq!(service.get("/s/kab-nowhere/tarik").status, 404);
    assert_eq!(service.get("/s/kab-kampar/terima-kasih/nonsense").status, 404);
}
