//! A real SMTP server (aiosmtpd) with faults on request, see `tests/smtp/server.py`.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde::Deserialize;
use suara::mail::smtp::{SmtpServer, TIMEOUT};
use suara::mail::transport::Transport;
use tempfile::TempDir;

/// A running server; it ends with its value.
pub struct TestServer {
    process: Child,
    store: TempDir,
    /// Where it listens on 127.0.0.1.
    pub port: u16,
}

/// What the server saw of one transaction.
#[derive(Debug, Deserialize)]
pub struct Transaction {
    pub from: String,
    pub to: Vec<String>,
    pub tls: bool,
    pub user: Option<String>,
    #[serde(skip)]
    pub message: Vec<u8>,
}

impl TestServer {
    pub fn start(options: &[&str]) -> Self {
        let python = Path::new(env!("CARGO_TARGET_TMPDIR")).join("python/bin/python");
        assert!(
            python.exists(),
            "the SMTP tests need Python with aiosmtpd at {}: `make setup` installs it",
            python.display()
        );
        let store = tempfile::tempdir().unwrap();
        let mut process = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/server.py"))
            .arg("--store")
            .arg(store.path())
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut port).unwrap();
        let port = port.trim().parse().expect("the SMTP server prints its port; see its message above");
        Self { process, store, port }
    }

    pub fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    /// A transport to this server.
    pub fn transport(&self) -> Transport {
        transport(&self.url(), None)
    }

    /// A transport to this server that waits for an answer only briefly, for servers that give none.
    pub fn impatient(&self) -> Transport {
        Transport::Smtp(SmtpServer::new(&self.url(), None, Duration::from_millis(200)).unwrap())
    }

    /// What was accepted, in order.
    pub fn stored(&self) -> Vec<Transaction> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.store.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        files.sort();
        let read = |path: PathBuf| Transaction {
            message: fs::read(&path).unwrap(),
            ..serde_json::from_slice(&fs::read(path.with_extension("json")).unwrap()).unwrap()
        };
        files.into_iter().map(read).collect()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

pub fn transport(url: &str, root: Option<&[u8]>) -> Transport {
    Transport::Smtp(SmtpServer::new(url, root, TIMEOUT).unwrap())
}
