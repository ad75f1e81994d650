//! An own PostgreSQL cluster in a temporary folder, reached by a socket there: no port, nothing shared with others.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use super::programs::{command, folder, is_root, run};

/// A running cluster. A watchdog process stops it and removes its folder as soon as the test process ends, however it
/// ends: it waits for the end of a pipe that only the test process holds.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    watchdog: Mutex<Child>,
    creating: Mutex<()>,
}

const PREFIX: &str = "suara-postgres-";

impl Cluster {
    /// The cluster that the tests of this process share.
    #[must_use]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Starts a cluster of its own, for a test that kills it.
    ///
    /// # Panics
    /// PostgreSQL is not installed or does not start.
    #[must_use]
    pub fn start() -> Self {
        let folder_name = format!("{PREFIX}{}", super::fresh_name());
        let folder_path = std::env::temp_dir().join(folder_name);
        if let Err(error) = std::fs::create_dir_all(&folder_path) {
            panic!("{} cannot be made: {error}", folder_path.display());
        }
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&folder_path));
        }
        let programs = folder();
        let data = folder_path.join("data");
        run(command(&programs.join("initdb"))
            .args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data));
        let watchdog = Mutex::new(watch(&folder_path, &programs));
        let cluster = Self { folder: folder_path, programs, watchdog, creating: Mutex::new(()) };
        cluster.restart();
        cluster
    }

    /// Address of a database of this cluster.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.folder.display())
    }

    /// Makes a database, as a copy of another one if that is named, and returns its address.
    ///
    /// # Panics
    /// PostgreSQL refuses.
    #[must_use]
    pub fn create_database(&self, name: &str, template: Option<&str>) -> String {
        let _one_at_a_time = self.creating.lock().unwrap_or_else(PoisonError::into_inner);
        let template = template.unwrap_or("template0");
        let created = PgConnection::establish(&self.url("postgres")).map_err(|error| error.to_string()).and_then(
            |mut connection| {
                let sql = format!("CREATE DATABASE {name} TEMPLATE {template}");
                connection.batch_execute(&sql).map_err(|error| error.to_string())
            },
        );
        match created {
            Ok(()) => self.url(name),
            Err(error) => panic!("the database {name} cannot be made: {error}"),
        }
    }

    /// Kills all processes of the server at once (SIGKILL), as a power cut would.
    ///
    /// # Panics
    /// The server does not run.
    pub fn crash(&self) {
        let main = self.process();
        let children = std::fs::read_to_string(format!("/proc/{main}/task/{main}/children")).unwrap_or_default();
        run(Command::new("sh").args(["-c", &format!("kill -9 {main} {children}")]));
    }

    /// Starts the server again.
    ///
    /// # Panics
    /// It does not start.
    pub fn restart(&self) {
        let socket = format!("-k {} -c listen_addresses= -c max_connections=200", self.folder.display());
        for _ in 0..50 {
            let mut start = command(&self.programs.join("pg_ctl"));
            start.arg("-D").arg(self.data()).arg("-l").arg(self.log()).args(["-w", "-o", &socket, "start"]);
            start.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            if start.status().is_ok_and(|status| status.success()) {
                return;
            }
            // After a crash the last processes may hold the shared memory for a moment.
            std::thread::sleep(Duration::from_millis(100));
        }
        let log = std::fs::read_to_string(self.log()).unwrap_or_default();
        panic!("PostgreSQL does not start: {log}");
    }

    fn process(&self) -> u32 {
        let file = self.data().join("postmaster.pid");
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        match text.lines().next().and_then(|line| line.trim().parse().ok()) {
            Some(process) => process,
            None => panic!("{} names no process", file.display()),
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let watchdog = self.watchdog.get_mut().unwrap_or_else(PoisonError::into_inner);
        drop(watchdog.stdin.take());
        let _ = watchdog.wait();
    }
}

/// Starts the process that cleans up. It is in a group of its own, so that Ctrl-C does not end it together with us.
fn watch(folder: &Path, programs: &Path) -> Child {
    let stop = command(&programs.join("pg_ctl"));
    let mut watchdog = Command::new("sh");
    watchdog
        .args([
            "-c",
            r#"folder=$1; shift; read -r _; "$@" -D "$folder/data" -m immediate -w stop; rm -rf "$folder""#,
            "sh",
        ])
        .arg(folder)
        .arg(stop.get_program())
        .args(stop.get_args());
    watchdog.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
    match watchdog.spawn() {
        Ok(child) => child,
        Err(error) => panic!("the watchdog of PostgreSQL cannot start: {error}"),
    }
}

/// Removes what test processes that are gone have left: folders of SQLite, and clusters whose watchdog was killed too.
pub(super) fn sweep() {
    for entry in std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let owner = name.strip_prefix("suara-").and_then(|rest| rest.rsplit('_').nth(1)?.parse::<u32>().ok());
        let is_ours = name.contains("-test_") && owner.is_some();
        if !is_ours || owner.is_some_and(|owner| Path::new(&format!("/proc/{owner}")).exists()) {
            continue;
        }
        let data = entry.path().join("data");
        if data.exists() {
            let mut stop = command(&folder().join("pg_ctl"));
            stop.arg("-D").arg(data).args(["-m", "immediate", "-w", "stop"]);
            // What does not run any more cannot be stopped.
            let _ = stop.current_dir("/").output();
        }
        let _ = std::fs::remove_dir_all(entry.path());
    }
}
