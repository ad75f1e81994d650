//! What processes have used, as Linux counts it in /proc.

use std::collections::HashMap;
use std::time::Duration;

/// The kernel's unit for processor time in /proc, on every architecture.
const TICKS_PER_SECOND: u64 = 100;

/// Processor time used so far by these processes, all their descendants, and those of them that ended and were waited
/// for.
pub fn cpu(roots: &[u32]) -> Duration {
    let processes = processes();
    let mut ticks = 0;
    let mut pending = roots.to_vec();
    while let Some(pid) = pending.pop() {
        ticks += processes.get(&pid).map_or(0, |process| process.ticks);
        pending.extend(processes.iter().filter(|(_, process)| process.parent == pid).map(|(child, _)| *child));
    }
    Duration::from_millis(ticks * 1000 / TICKS_PER_SECOND)
}

/// The largest resident memory a living process ever had, bytes.
pub fn peak_memory(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

struct Process {
    parent: u32,
    ticks: u64,
}

fn processes() -> HashMap<u32, Process> {
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let pid = entry.file_name().to_str()?.parse().ok()?;
            let stat = std::fs::read_to_string(entry.path().join("stat")).ok()?;
            Some((pid, parse(&stat)?))
        })
        .collect()
}

/// The name, in parentheses, may hold anything; what follows the last one is fields.
fn parse(stat: &str) -> Option<Process> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let parent = fields.get(1)?.parse().ok()?;
    // utime, stime, and both of the children that were waited for.
    let ticks = fields.get(11..15)?.iter().filter_map(|field| field.parse::<u64>().ok()).sum();
    Some(Process { parent, ticks })
}

/// The machine in one line: processor, number of processors, memory.
pub fn machine() -> String {
    let line = |file: &str, key: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let value = text.lines().find(|line| line.starts_with(key)).and_then(|line| line.split_once(':'));
        value.map_or_else(|| "unknown".to_owned(), |(_, value)| value.trim().to_owned())
    };
    let kilobytes = line("/proc/meminfo", "MemTotal");
    let memory = kilobytes.trim_end_matches(" kB").parse::<u64>().unwrap_or_default() >> 20;
    format!("{}, {} processors, {memory} GiB", line("/proc/cpuinfo", "model name"), processors())
}

/// Processors this process may use.
pub fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
