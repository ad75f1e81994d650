//! Encrypted mail with an own authority, and logins.

use std::path::Path;
use std::process::Command;

use suara::mail::transport::Stage;
use tempfile::TempDir;

use super::fixtures::Report;
use super::server::{TestServer, transport};

/// An authority of one's own and the certificate it gave to `localhost`.
struct Authority {
    root: String,
    folder: TempDir,
}

impl Authority {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=authority -days 2 \
                    -keyout root.key -out root.pem";
        let server = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -days 2 \
                      -addext subjectAltName=DNS:localhost -addext basicConstraints=critical,CA:FALSE \
                      -CA root.pem -CAkey root.key -keyout server.key -out server.pem";
        openssl(folder.path(), root);
        openssl(folder.path(), server);
        Self { root: std::fs::read_to_string(folder.path().join("root.pem")).unwrap(), folder }
    }

    fn serve(&self, options: &[&str]) -> TestServer {
        let path = |name| self.folder.path().join(name).display().to_string();
        let (certificate, key) = (path("server.pem"), path("server.key"));
        TestServer::start(&[&["--certificate", certificate.as_str(), "--key", key.as_str()], options].concat())
    }
}

fn openssl(folder: &Path, arguments: &str) {
    let output = Command::new("openssl").args(arguments.split_whitespace()).current_dir(folder).output();
    let output = output.expect("the TLS tests make their certificates with openssl: `make setup` installs it");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn starttls_and_login_with_an_own_authority() {
    let authority = Authority::new();
    let server = authority.serve(&["--user", "skm@kampar", "--password", "p:ss/w@rd"]);
    let url = format!("smtp+starttls://skm%40kampar:p%3Ass%2Fw%40rd@localhost:{}", server.port);
    let mail = Report::to("budi@kampar.go.id", "Budi").compose();
    transport(&url, Some(authority.root.as_bytes())).send(&mail).unwrap();
    let stored = server.stored();
    assert!(stored[0].tls);
    assert_eq!(stored[0].user.as_deref(), Some("skm@kampar"));
    assert!(stored[0].message == mail.bytes());
}

#[test]
fn tls_from_the_first_byte() {
    let authority = Authority::new();
    let server = authority.serve(&["--wrapped"]);
    let mail = Report::to("budi@kampar.go.id", "Budi").compose();
    transport(&format!("smtps://localhost:{}", server.port), Some(authority.root.as_bytes())).send(&mail).unwrap();
    assert_eq!(server.stored().len(), 1);
}

#[test]
fn a_wrong_password_is_told_without_repeating_it() {
    let authority = Authority::new();
    let server = authority.serve(&["--user", "skm", "--password", "benar"]);
    let url = format!("smtp+starttls://skm:rahasia@localhost:{}", server.port);
    let mail = Report::to("budi@kampar.go.id", "Budi").compose();
    let error = transport(&url, Some(authority.root.as_bytes())).send(&mail).unwrap_err();
    assert_eq!((error.stage(), error.reply()), (Stage::Login, Some(535)), "{error}");
    assert!(!error.to_string().contains("rahasia"), "{error}");
}

#[test]
fn an_unknown_authority_is_not_trusted() {
    let authority = Authority::new();
    let server = authority.serve(&[]);
    let mail = Report::to("budi@kampar.go.id", "Budi").compose();
    let url = format!("smtp+starttls://localhost:{}", server.port);
    for root in [None, Some(Authority::new().root)] {
        let error = transport(&url, root.as_deref().map(str::as_bytes)).send(&mail).unwrap_err();
        assert_eq!(error.stage(), Stage::Connect, "{error}");
    }
    assert!(server.stored().is_empty());
}

#[test]
fn a_server_without_starttls_gets_no_password_and_no_mail() {
    let server = TestServer::start(&[]);
    let url = format!("smtp+starttls://skm:rahasia@localhost:{}", server.port);
    let error = transport(&url, None).send(&Report::to("budi@kampar.go.id", "Budi").compose()).unwrap_err();
    assert_eq!(error.stage(), Stage::Connect);
    assert!(error.to_string().contains("STARTTLS"), "{error}");
    assert!(server.stored().is_empty());
}
