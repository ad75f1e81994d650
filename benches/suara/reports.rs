//! The semester run: from the synthetic country's files to a report, an annex and a poster for every MPP.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::child::{self, MemoryWatch, SUARA};
use crate::figures::{Figures, Wanted};
use crate::{Context, Result, note};

const SECTION: &str = "reports";
const PERIOD: &str = "2025-S2";

/// What the semester run took.
struct BatchRun {
    seconds: f64,
    peak_memory: u64,
    /// Name and seconds of each phase.
    phases: Vec<(String, f64)>,
    /// What it printed at the end.
    report: String,
}

/// Measures one semester run on SQLite.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let folder = context.work.join("reports");
    std::fs::create_dir_all(&folder)?;
    let mpps = context.scale.mpps;
    note("   making the country");
    let files = folder.join("files");
    let responses = context.scale.reported_rows.to_string();
    let mut synth = Command::new(SUARA);
    synth
        .args(["synth", "--mpp", &mpps.to_string(), "--responses", &responses, "--period", PERIOD, "--out"])
        .arg(&files);
    child::output(&mut synth)?;
    let import_seconds = import(&folder, &files)?;
    note("   running the semester");
    let run = batch(&folder)?;
    let documents = documents(&folder)?;
    let rendered = rendered(&run.report).ok_or("the semester run does not say how many reports it rendered")?;
    if documents != rendered {
        return Err(format!("{rendered} reports were rendered, {documents} MPPs have all three documents").into());
    }
    figures.add(
        SECTION,
        format!("import of {responses} responses"),
        "/s",
        context.scale.reported_rows as f64 / import_seconds,
    );
    figures
        .add(SECTION, format!("semester run, {documents} reports, {responses} responses"), "s", run.seconds)
        .wanted(Wanted::AtMost(60.0));
    figures.add(SECTION, "reports with charts, PDF, XLSX and poster", "/s", documents as f64 / run.seconds);
    for (name, seconds) in &run.phases {
        let row = figures.add(SECTION, format!("phase: {name}"), "s", *seconds);
        if name.ends_with("documents") {
            row.wanted(Wanted::AtMost(90.0));
        }
    }
    figures.add(SECTION, "peak RSS", "MiB", run.peak_memory as f64 / 1_048_576.0).wanted(Wanted::AtMost(1024.0));
    note(&format!("   {}", run.report.trim().replace('\n', "; ")));
    Ok(std::fs::remove_dir_all(&folder)?)
}

fn suara(folder: &Path) -> Command {
    let mut command = Command::new(SUARA);
    command.arg("--database").arg(format!("sqlite://{}", folder.join("suara.db").display()));
    command.arg("--data-dir").arg(folder.join("data"));
    command
}

/// Imports the files; returns how long the responses took.
fn import(folder: &Path, files: &Path) -> Result<f64> {
    let mut seconds = 0.0;
    for kind in ["mpp", "services", "visitors", "recipients", "followups", "history", "responses"] {
        let file = files.join(format!("{kind}.csv"));
        if file.exists() {
            let started = Instant::now();
            child::output(suara(folder).args(["import", kind]).arg(file))?;
            seconds = started.elapsed().as_secs_f64();
        }
    }
    Ok(seconds)
}

fn batch(folder: &Path) -> Result<BatchRun> {
    let started = Instant::now();
    let mut child = suara(folder)
        .args(["batch", "run", "--period", PERIOD, "--no-mail"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let memory = MemoryWatch::start(child.id());
    let stderr = child.stderr.take().ok_or("the run has no stderr")?;
    let mut begun: Vec<(String, f64)> = Vec::new();
    let mut last = String::new();
    for line in BufReader::new(stderr).lines() {
        let line = line?;
        if let Some(phase) = phase(&line) {
            begun.push((phase, started.elapsed().as_secs_f64()));
        }
        last = line;
    }
    let output = child.wait_with_output()?;
    let seconds = started.elapsed().as_secs_f64();
    let peak_memory = memory.finish();
    if !output.status.success() {
        return Err(format!("the semester run failed: {last}").into());
    }
    let ends = begun.iter().skip(1).map(|(_, at)| *at).chain([seconds]);
    let phases = begun.iter().zip(ends).map(|((name, at), end)| (name.clone(), end - at)).collect();
    Ok(BatchRun { seconds, peak_memory, phases, report: String::from_utf8_lossy(&output.stdout).into_owned() })
}

/// The name of the phase that begins with this line of the log.
fn phase(line: &str) -> Option<String> {
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    (event.get("event")? == "phase").then(|| event.get("name")?.as_str().map(str::to_owned))?
}

/// How many reports the run says it rendered: `snapshots 1, reports 514`.
fn rendered(report: &str) -> Option<usize> {
    let after = report.split_once(", reports ")?.1;
    after.split(|letter: char| !letter.is_ascii_digit()).next()?.parse().ok()
}

/// How many MPPs have all three documents.
fn documents(folder: &Path) -> Result<usize> {
    let mut complete = 0;
    for mpp in std::fs::read_dir(folder.join("data/reports").join(PERIOD))? {
        let names = files_below(&mpp?.path())?;
        let count = |extension: &str| names.iter().filter(|name| name.ends_with(extension)).count();
        complete += usize::from(count(".pdf") >= 2 && count(".xlsx") >= 1);
    }
    Ok(complete)
}

fn files_below(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            names.extend(files_below(&entry.path())?);
        } else {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}
