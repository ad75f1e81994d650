//! Finding and running the programs of PostgreSQL.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of `initdb` and `pg_ctl`: from PATH, else the newest that Debian installed.
pub(super) fn folder() -> PathBuf {
    let on_path = Command::new("sh").args(["-c", "command -v pg_ctl"]).output();
    if let Ok(found) = on_path
        && found.status.success()
        && let Some(folder) = Path::new(String::from_utf8_lossy(&found.stdout).trim()).parent()
    {
        return folder.to_owned();
    }
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, folder)| folder.join("initdb").exists())
        .collect();
    folders.sort();
    match folders.pop() {
        Some((_, folder)) => folder,
        None => panic!("the tests need PostgreSQL's server programs: apt-get install postgresql"),
    }
}

/// A command that runs as the user the server may run as: PostgreSQL refuses root.
pub(super) fn command(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program);
    command
}

/// Runs a command to its end; panics with what it said if it fails.
pub(super) fn run(command: &mut Command) {
    let output = command.current_dir("/").stdin(Stdio::null()).output();
    match output {
        Ok(output) if output.status.success() => {}
        Ok(output) => panic!("{command:?} failed: {}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => panic!("{command:?} cannot run: {error}"),
    }
}

pub(super) fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0)
}
