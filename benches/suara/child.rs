//! Running the program under measurement in a process of its own.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::{Result, accounting};

/// The program as cargo built it beside this one.
pub const SUARA: &str = env!("CARGO_BIN_EXE_suara");

/// A server that is asked to end when it is dropped.
pub struct Server {
    child: Child,
    // Kept open, so that the server never writes into a closed pipe.
    _stdout: BufReader<ChildStdout>,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts a server that prints `listening on http://HOST:PORT` first; its log goes to `log`.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(log)?).spawn()?;
        let mut stdout = BufReader::new(child.stdout.take().ok_or("the server has no output")?);
        let mut line = String::new();
        stdout.read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://").and_then(|address| address.parse().ok());
        if let Some(address) = address {
            return Ok(Self { child, _stdout: stdout, address });
        }
        let _ = child.kill();
        let _ = child.wait();
        Err(format!("the server did not start; see {}", log.display()).into())
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGTERM, as a service manager would; the standard library only knows SIGKILL.
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

/// Watches the memory of a process until it ends.
pub struct MemoryWatch {
    peak: Arc<AtomicU64>,
    ended: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl MemoryWatch {
    /// Begins to watch. The kernel keeps the peak itself, so only a peak in the last moment before the end is missed.
    pub fn start(pid: u32) -> Self {
        let (peak, ended) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (its_peak, its_end) = (Arc::clone(&peak), Arc::clone(&ended));
        let thread = std::thread::spawn(move || {
            while !its_end.load(Ordering::Relaxed) {
                if let Some(bytes) = accounting::peak_memory(pid) {
                    its_peak.fetch_max(bytes, Ordering::Relaxed);
                }
                std::thread::sleep(Duration::from_millis(10));
            }
        });
        Self { peak, ended, thread }
    }

    /// The peak in bytes, once the process has ended.
    pub fn finish(self) -> u64 {
        self.ended.store(true, Ordering::Relaxed);
        let _ = self.thread.join();
        self.peak.load(Ordering::Relaxed)
    }
}

/// Runs a command to its end and returns what it printed; an error says what it complained about.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let last: Vec<&str> = complaint.lines().rev().take(5).collect();
        return Err(format!("{} failed: {}", command.get_program().display(), last.join(" | ")).into());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
