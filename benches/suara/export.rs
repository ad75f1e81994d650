//! Export of a million responses as CSV: first byte, whole time, memory.

use std::io::Read;
use std::process::{Command, Stdio};
use std::time::Instant;

use suara_domain::period::Period;
use suara_storage::Database;
use suara_storage::testing::Cluster;

use crate::child::{MemoryWatch, SUARA};
use crate::country::Country;
use crate::figures::{Figures, Wanted};
use crate::{Context, Result, note};

const SECTION: &str = "export";
const PERIOD: &str = "2025-S2";

/// What one program's export took.
struct Exported {
    first_byte_ms: f64,
    seconds: f64,
    peak_memory: u64,
    lines: u64,
}

/// Measures SQLite, then PostgreSQL, there against the same rows by COPY.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let folder = context.work.join("export");
    std::fs::create_dir_all(&folder)?;
    let url = format!("sqlite://{}", folder.join("suara.db").display());
    let sqlite = exported(context, "SQLite", &url)?;
    add(figures, context, "SQLite", &sqlite, None);
    let cluster = Cluster::start();
    let url = cluster.create_database("bench", None);
    let postgres = exported(context, "PostgreSQL", &url)?;
    let copy = read(Command::new("psql").arg(&url).args(["-qc", COPY]))?;
    if copy.lines != postgres.lines {
        return Err(format!("COPY gave {} lines", copy.lines).into());
    }
    add(figures, context, "PostgreSQL", &postgres, Some(&copy));
    Ok(std::fs::remove_dir_all(&folder)?)
}

/// The same columns in the same order, with the codes as they are stored.
const COPY: &str = "COPY (SELECT encode(r.id, 'hex'), m.code, s.code, r.filled_at, r.channel, r.mode, r.persyaratan, \
    r.prosedur, r.waktu, r.biaya, r.produk, r.kompetensi, r.perilaku, r.sarana, r.pengaduan, r.sex, r.age_band, \
    r.education, r.occupation, r.disability, replace(c.body, chr(10), ' '), NULL, r.duration_s, r.language, r.verified, r.counter_signed \
    FROM responses r JOIN mpps m ON m.id = r.mpp_id LEFT JOIN services s ON s.id = r.service_id \
    LEFT JOIN comments c ON c.response_seq = r.seq WHERE r.period = 20252 AND r.state = 1 \
    ORDER BY m.code, r.filled_at, r.id) TO STDOUT (FORMAT csv, HEADER)";

fn add(figures: &mut Figures, context: &Context, name: &str, ours: &Exported, copy: Option<&Exported>) {
    let what = format!("{name}: {} rows as CSV", context.scale.exported_rows);
    let against = |figure: &mut crate::figures::Figure, value: fn(&Exported) -> f64| {
        if let Some(copy) = copy {
            figure.against("psql COPY", value(copy));
        }
    };
    let first = figures.add(SECTION, format!("{name}: first byte"), "ms", ours.first_byte_ms);
    first.wanted(Wanted::AtMost(200.0));
    against(first, |exported| exported.first_byte_ms);
    against(figures.add(SECTION, what, "s", ours.seconds), |exported| exported.seconds);
    let memory = figures.add(SECTION, format!("{name}: peak RSS"), "MiB", ours.peak_memory as f64 / 1_048_576.0);
    memory.wanted(Wanted::AtMost(150.0));
}

fn exported(context: &Context, name: &str, url: &str) -> Result<Exported> {
    note(&format!("   {name}: storing {} rows", context.scale.exported_rows));
    let database = Database::open(url)?;
    database.migrate()?;
    let period = Period::parse(PERIOD)?;
    Country::register(&database, context.scale.mpps)?.fill(&database, (period, period), context.scale.exported_rows)?;
    drop(database);
    note(&format!("   {name}: exporting"));
    let mut command = Command::new(SUARA);
    command.args(["export", "responses", "--period", PERIOD, "--format", "csv", "--database", url, "--data-dir"]);
    let exported = read(command.arg(context.work.join("export/data")))?;
    if exported.lines == context.scale.exported_rows + 1 {
        Ok(exported)
    } else {
        Err(format!("{} lines were exported", exported.lines).into())
    }
}

/// Runs a command and reads what it prints as fast as it comes.
fn read(command: &mut Command) -> Result<Exported> {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let memory = MemoryWatch::start(child.id());
    let mut stdout = child.stdout.take().ok_or("the export has no output")?;
    let mut buffer = vec![0; 1 << 16];
    let (mut first_byte_ms, mut lines) = (0.0, 0);
    loop {
        let length = stdout.read(&mut buffer)?;
        if first_byte_ms == 0.0 {
            first_byte_ms = started.elapsed().as_secs_f64() * 1000.0;
        }
        if length == 0 {
            break;
        }
        lines += buffer[..length].iter().map(|byte| u64::from(*byte == b'\n')).sum::<u64>();
    }
    let status = child.wait()?;
    let (seconds, peak_memory) = (started.elapsed().as_secs_f64(), memory.finish());
    if status.success() {
        Ok(Exported { first_byte_ms, seconds, peak_memory, lines })
    } else {
        Err(format!("the export ended with {status}").into())
    }
}
