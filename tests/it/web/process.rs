//! The process `suara serve`: its first line, and its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use super::harness::Form;

struct Process {
    child: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
    folder: tempfile::TempDir,
}

impl Process {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mpps = folder.path().join("mpp.csv");
        std::fs::write(&mpps, "code,name,region_code\nkab-kampar,MPP Kabupaten Kampar,14.01\n").unwrap();
        let imported = command(&folder).args(["import", "mpp"]).arg(&mpps).stdout(Stdio::null()).status().unwrap();
        assert!(imported.success());
        let mut serve = command(&folder);
        serve.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped()).stderr(log(&folder));
        let mut child = serve.spawn().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        let mut first = String::new();
        stdout.read_line(&mut first).unwrap();
        let address = first.trim().strip_prefix("listening on http://").unwrap_or_else(|| panic!("{first}")).to_owned();
        Self { child, stdout, address, folder }
    }

    fn terminate(&self) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Ended already, unless the test failed half-way.
        let _killed = self.child.kill();
        let _waited = self.child.wait();
    }
}

fn command(folder: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_suara"));
    let database = format!("sqlite://{}", folder.path().join("suara.db").display());
    command.arg("--database").arg(database).arg("--data-dir").arg(folder.path());
    command.stderr(Stdio::null());
    command
}

fn log(folder: &tempfile::TempDir) -> std::fs::File {
    std::fs::File::create(folder.path().join("log")).unwrap()
}

#[test]
fn sigterm_lets_a_request_that_was_begun_end_and_exits_0() {
    let mut process = Process::start();
    let form = Form::complete().with("comment", "rahasia-sekali").with("token", "rahasia-token").encoded();
    let mut connection = TcpStream::connect(&process.address).unwrap();
    let head = format!(
        "POST /s/kab-kampar?loket=rahasia-loket HTTP/1.1\r\nhost: x\r\nuser-agent: rahasia-agen\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
        form.len()
    );
    let (first, rest) = form.split_at(form.len() / 2);
    connection.write_all(head.as_bytes()).unwrap();
    connection.write_all(first.as_bytes()).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    process.terminate();
    std::thread::sleep(std::time::Duration::from_millis(700));
    connection.write_all(rest.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    assert_eq!(process.child.wait().unwrap().code(), Some(0));
    let mut more = String::new();
    process.stdout.read_to_string(&mut more).unwrap();
    assert_eq!(more, "");
    // The log knows the pattern and nothing of what was sent.
    let log = process.log();
    assert!(log.contains("/s/{mpp}") && log.contains("303"), "{log}");
    for secret in ["kab-kampar", "rahasia", "terima-kasih/", "127.0.0.1"] {
        let said = log.lines().filter(|line| !line.contains("starting service")).any(|line| line.contains(secret));
        assert!(!said, "{secret}: {log}");
    }
}

#[test]
fn an_address_in_use_is_named() {
    let process = Process::start();
    let mut second = command(&process.folder);
    let output = second.args(["serve", "--listen", &process.address]).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(error.contains("cannot listen on") && error.contains(&process.address), "{error}");
}
