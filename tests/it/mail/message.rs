//! What arrives: headers, both alternatives, attachments.

use std::fs;

use mailparse::{MailHeaderMap, ParsedMail};
use suara::mail::message::Attached;
use suara::mail::transport::{MailFolder, Mailbag, Transport};
use suara_domain::language::Language;

use super::fixtures::Report;
use super::server::TestServer;

fn header(mail: &ParsedMail<'_>, name: &str) -> String {
    let values = mail.headers.get_all_values(name);
    assert_eq!(values.len(), 1, "{name}: {values:?}");
    values[0].clone()
}

/// The two alternatives, text and HTML.
fn letter(mail: &ParsedMail<'_>) -> (String, String) {
    let alternatives = &mail.subparts[0];
    assert_eq!(alternatives.ctype.mimetype, "multipart/alternative");
    let types: Vec<&str> = alternatives.subparts.iter().map(|part| part.ctype.mimetype.as_str()).collect();
    assert_eq!(types, ["text/plain", "text/html"]);
    (alternatives.subparts[0].get_body().unwrap(), alternatives.subparts[1].get_body().unwrap())
}

/// Name and content of the attachments.
fn files(mail: &ParsedMail<'_>) -> Vec<(String, Vec<u8>)> {
    let file = |part: &ParsedMail<'_>| {
        let disposition = part.get_content_disposition();
        (disposition.params["filename"].clone(), part.get_body_raw().unwrap())
    };
    mail.subparts[1..].iter().map(file).collect()
}

#[test]
fn the_server_receives_what_was_composed() {
    let server = TestServer::start(&[]);
    let report = Report::to("budi@kampar.go.id", "Budi Santoso, S.Kom.");
    server.transport().send(&report.compose()).unwrap();

    let stored = server.stored();
    assert_eq!(stored.len(), 1);
    assert_eq!(
        (stored[0].from.as_str(), stored[0].to.as_slice()),
        ("suara@kampar.go.id", &["budi@kampar.go.id".to_owned()][..])
    );
    let mail = mailparse::parse_mail(&stored[0].message).unwrap();
    assert_eq!(mail.ctype.mimetype, "multipart/mixed");
    assert_eq!(header(&mail, "From"), "\"Suara Kampar\" <suara@kampar.go.id>");
    let to = mailparse::addrparse_header(mail.headers.get_first_header("To").unwrap()).unwrap();
    let to = to.extract_single_info().unwrap();
    assert_eq!((to.display_name.as_deref(), to.addr.as_str()), (Some("Budi Santoso, S.Kom."), "budi@kampar.go.id"));
    assert_eq!(header(&mail, "Subject"), "Laporan SKM 2026-S1: MPP Kabupaten Kampar, IKM 88,19 (B)");
    assert_eq!(header(&mail, "Date"), "Wed, 15 Jul 2026 03:00:00 +0000");
    assert_eq!(header(&mail, "Auto-Submitted"), "auto-generated");
    let id = header(&mail, "Message-ID");
    assert!(id.starts_with("<kab-kampar.2026-S1.r1.") && id.ends_with("@suara.example.go.id>"), "{id}");
    assert_eq!(
        files(&mail),
        [
            ("laporan-skm-kab-kampar-2026-S1.pdf".to_owned(), report.pdf),
            ("laporan-skm-kab-kampar-2026-S1.xlsx".to_owned(), report.xlsx),
        ]
    );
}

#[test]
fn text_and_html_say_the_same() {
    let composed = Report::to("budi@kampar.go.id", "Budi").compose();
    let mail = mailparse::parse_mail(composed.bytes()).unwrap();
    let (text, html) = letter(&mail);
    for said in [
        "Yth. Budi,",
        "Semester I 2026 (1 Januari sampai 30 Juni)",
        "88,19, mutu B (Baik)",
        "1.200 orang (sampel minimum 357 terpenuhi)",
        "baik, angka ini dapat dipakai apa adanya",
        "Waktu Penyelesaian: 64,58 (D)",
        "Sarana dan Prasarana: 75,00 (C)",
        "Penanganan Pengaduan, Saran dan Masukan: 75,00 (C)",
        "Terlampir: laporan lengkap (PDF) dan lampiran data (XLSX).",
        "https://suara.example.go.id/mpp/kab-kampar",
    ] {
        assert!(text.contains(said), "text lacks {said:?}:\n{text}");
        assert!(html.contains(said), "HTML lacks {said:?}:\n{html}");
    }
    assert_eq!(html.matches("http").count(), 2, "one link, its address and its text, and nothing to load:\n{html}");
}

#[test]
fn english_is_for_those_who_asked() {
    let report = Report { language: Language::English, ..Report::to("jane@example.org", "") };
    let composed = report.compose();
    let mail = mailparse::parse_mail(composed.bytes()).unwrap();
    assert_eq!(header(&mail, "Subject"), "SKM report 2026-S1: MPP Kabupaten Kampar, IKM 88.19 (B)");
    let (text, html) = letter(&mail);
    assert!(text.contains("Dear reader,") && text.contains("1,200 (minimum sample of 357 reached)"), "{text}");
    assert!(html.contains("<html lang=\"en\">"), "{html}");
}

#[test]
fn a_revision_says_so() {
    let report = Report { revision: 2, ..Report::to("budi@kampar.go.id", "Budi") };
    let composed = report.compose();
    let mail = mailparse::parse_mail(composed.bytes()).unwrap();
    assert!(header(&mail, "Subject").contains("(revisi 2)"));
    assert!(header(&mail, "Message-ID").contains(".r2."));
    assert_eq!(files(&mail)[0].0, "laporan-skm-kab-kampar-2026-S1-r2.pdf");
}

#[test]
fn names_cannot_become_headers_or_markup() {
    let report = Report {
        mpp_name: "MPP <b>Kampar</b>\r\nBcc: semua@example.org\r\n\r\n<script>x</script>".to_owned(),
        ..Report::to("budi@kampar.go.id", "Budi\r\nX-Evil: 1\" <x@example.org>, \u{202e}\"")
    };
    let server = TestServer::start(&[]);
    server.transport().send(&report.compose()).unwrap();
    let stored = server.stored();
    assert_eq!(stored[0].to, ["budi@kampar.go.id"]);
    let mail = mailparse::parse_mail(&stored[0].message).unwrap();
    let names: Vec<String> = mail.headers.iter().map(|header| header.get_key().to_lowercase()).collect();
    let expected = ["from", "to", "subject", "date", "message-id", "auto-submitted", "mime-version", "content-type"];
    assert!(names.iter().all(|name| expected.contains(&name.as_str())), "{names:?}");
    let recipients = mailparse::addrparse_header(mail.headers.get_first_header("To").unwrap()).unwrap();
    assert_eq!(recipients.extract_single_info().unwrap().addr, "budi@kampar.go.id");
    let (_, html) = letter(&mail);
    assert!(!html.contains("<b>") && !html.contains("<script"), "{html}");
}

#[test]
fn a_mail_passes_servers_of_the_oldest_kind() {
    let report =
        Report { mpp_name: "MPP Kabupaten Kampar é 🏛 ".repeat(20), ..Report::to("budi@kampar.go.id", "Bù Dì") };
    let composed = report.compose();
    assert!(composed.bytes().is_ascii());
    let longest = composed.bytes().split(|byte| *byte == b'\n').map(<[u8]>::len).max();
    assert!(longest.unwrap() <= 999, "{longest:?} bytes in a line");
    assert!(!composed.bytes().windows(2).any(|pair| pair[1] == b'\n' && pair[0] != b'\r'), "a bare line feed");
}

#[test]
fn the_same_report_makes_the_same_bytes() {
    let report = Report::to("budi@kampar.go.id", "Budi");
    assert_eq!(report.compose().bytes(), report.compose().bytes());
}

#[test]
fn above_the_limit_the_pdf_goes_alone_and_then_nothing() {
    let mut report = Report::to("budi@kampar.go.id", "Budi");
    report.xlsx = vec![7; 200_000];
    let alone = report.compose_within(100_000);
    assert_eq!(alone.attached(), Attached::PdfAlone);
    let mail = mailparse::parse_mail(alone.bytes()).unwrap();
    assert_eq!(files(&mail), [("laporan-skm-kab-kampar-2026-S1.pdf".to_owned(), report.pdf.clone())]);
    assert!(letter(&mail).0.contains("Lampiran data (XLSX) terlalu besar"));

    report.pdf = vec![7; 200_000];
    let nothing = report.compose_within(100_000);
    assert_eq!(nothing.attached(), Attached::Nothing);
    let mail = mailparse::parse_mail(nothing.bytes()).unwrap();
    assert!(files(&mail).is_empty());
    assert!(letter(&mail).0.contains("terlalu besar untuk dilampirkan"));
    assert!(nothing.bytes().len() < 100_000);
}

#[test]
fn without_a_server_a_mail_becomes_one_file_however_often_it_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("not/yet/there");
    let files = MailFolder::new(folder.clone());
    let mail = Report::to("budi@kampar.go.id", "Budi").compose();
    let file = files.file_of(mail.message_id());
    let transport = Transport::Files(files);
    transport.send(&mail).unwrap();
    transport.send(&mail).unwrap();
    assert_eq!(fs::read(&file).unwrap(), mail.bytes());
    let names: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(names, [file]);
}

#[test]
fn memory_keeps_what_was_sent() {
    let mail = Report::to("budi@kampar.go.id", "Budi").compose();
    let transport = Transport::Memory(Mailbag::default());
    transport.send(&mail).unwrap();
    let Transport::Memory(mailbag) = transport else { unreachable!() };
    assert_eq!(mailbag.mails(), [mail]);
}
