//! Ingest over HTTP: every counted response is durable. Against the same server that stores nothing, and with millions
//! of rows stored before.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use suara_domain::period::Period;
use suara_storage::Database;
use suara_storage::testing::Cluster;

use crate::child::{SUARA, Server};
use crate::country::Country;
use crate::figures::{Figures, Wanted};
use crate::load::Answered;
use crate::requests::Requests;
use crate::{Context, Result, accounting, load, note, writer};

const SECTION: &str = "ingest";
const CONNECTIONS: [usize; 2] = [64, 256];

/// One database system under measurement.
struct Backend<'a> {
    name: &'static str,
    url: String,
    /// Its server process, if it has one.
    process: Option<u32>,
    /// What part of the bare handler's rate is wanted.
    share: f64,
    /// Writes what is pending to its place, so that the filling is not paid for during the load.
    settle: Box<dyn Fn() -> Result<()> + 'a>,
}

/// A loaded server.
struct Loaded {
    answered: Answered,
    cpu_ms: f64,
}

/// Measures SQLite, then PostgreSQL.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let folder = context.work.join("ingest");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("suara.db");
    let sqlite = Backend {
        name: "SQLite",
        url: format!("sqlite://{}", file.display()),
        process: None,
        share: 0.25,
        settle: Box::new(|| Ok(())),
    };
    measure_backend(context, &folder, &sqlite, figures)?;
    let cluster = Cluster::start();
    let url = cluster.create_database("bench", None);
    let postgres = Backend {
        name: "PostgreSQL",
        process: Some(postmaster(&url)?),
        share: 0.35,
        settle: Box::new(|| settle_postgres(&url)),
        url: url.clone(),
    };
    measure_backend(context, &folder, &postgres, figures)?;
    Ok(std::fs::remove_dir_all(&folder)?)
}

fn measure_backend(context: &Context, folder: &Path, backend: &Backend<'_>, figures: &mut Figures) -> Result<()> {
    let database = Database::open(&backend.url)?;
    database.migrate()?;
    let country = Arc::new(Country::register(&database, context.scale.mpps)?);
    note(&format!("   {}: load on an empty database", backend.name));
    let mut empty_rate = 0.0;
    {
        let server = serve(backend, folder)?;
        let bare = bare(context, &server, folder)?;
        for connections in CONNECTIONS {
            let reference = loaded(context, &bare, None, connections)?;
            let ours = loaded(context, &server, backend.process, connections)?;
            empty_rate = ours.answered.rate();
            add(figures, backend, connections, &ours, &reference);
        }
        let peak = accounting::peak_memory(server.pid()).ok_or("the server is gone")?;
        figures
            .add(SECTION, format!("{}: peak RSS of the server", backend.name), "MiB", peak as f64 / 1_048_576.0)
            .against("bare handler", accounting::peak_memory(bare.pid()).unwrap_or_default() as f64 / 1_048_576.0)
            .wanted(Wanted::AtMost(120.0));
    }
    let alone = writer::rate(&database, &country, 256, context.scale.load)?;
    figures.add(SECTION, format!("{}: the writer alone, without HTTP", backend.name), "/s", alone);
    grow(context, folder, backend, (&database, &country), empty_rate, figures)
}

/// Fills the database and measures again.
fn grow(
    context: &Context,
    folder: &Path,
    backend: &Backend<'_>,
    (database, country): (&Database, &Country),
    empty_rate: f64,
    figures: &mut Figures,
) -> Result<()> {
    let rows = context.scale.stored_rows;
    note(&format!("   {}: storing {rows} rows", backend.name));
    country.fill(database, (Period::parse("2024-S1")?, Period::parse("2025-S2")?), rows)?;
    (backend.settle)()?;
    let server = serve(backend, folder)?;
    let full = loaded(context, &server, backend.process, 256)?;
    figures
        .add(
            SECTION,
            format!("{}, 256 connections, {} M rows stored", backend.name, rows as f64 / 1e6),
            "/s",
            full.answered.rate(),
        )
        .against("empty database", empty_rate)
        .wanted(Wanted::RatioAtLeast(0.9));
    Ok(())
}

fn add(figures: &mut Figures, backend: &Backend<'_>, connections: usize, ours: &Loaded, reference: &Loaded) {
    let name = format!("{}, {connections} connections", backend.name);
    let rate = figures.add(SECTION, name.clone(), "/s", ours.answered.rate());
    rate.against("bare handler", reference.answered.rate());
    if connections == 256 {
        rate.wanted(Wanted::RatioAtLeast(backend.share));
        figures
            .add(SECTION, format!("{name}: per second"), "/s", ours.answered.rate())
            .wanted(Wanted::AtLeast(10_000.0));
    }
    figures
        .add(SECTION, format!("{name}: p50"), "ms", ours.answered.latency_ms(500))
        .against("bare handler", reference.answered.latency_ms(500));
    let p99 = figures.add(SECTION, format!("{name}: p99"), "ms", ours.answered.latency_ms(990));
    p99.against("bare handler", reference.answered.latency_ms(990));
    if connections == 256 {
        p99.wanted(Wanted::AtMost(60.0));
    }
    let cpu = figures.add(SECTION, format!("{name}: CPU per response"), "ms", ours.cpu_ms);
    cpu.against("bare handler", reference.cpu_ms);
    if connections == 256 {
        cpu.wanted(Wanted::AtMost(0.15));
    }
}

fn serve(backend: &Backend<'_>, folder: &Path) -> Result<Server> {
    let mut command = Command::new(SUARA);
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--database", &backend.url, "--data-dir"])
        .arg(folder.join("data"));
    Server::start(&mut command, &folder.join("server.log"))
}

/// The bare handler, with the very answer of the real one.
fn bare(context: &Context, server: &Server, folder: &Path) -> Result<Server> {
    let answer: PathBuf = folder.join("answer.http");
    std::fs::write(&answer, load::answer_to_one(server.address, Requests::new(context.scale.mpps, 1)?)?)?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bare", "--answer"]).arg(&answer);
    Server::start(&mut command, &folder.join("bare.log"))
}

fn loaded(context: &Context, server: &Server, database: Option<u32>, connections: usize) -> Result<Loaded> {
    let apply = |address: SocketAddr, duration| {
        load::apply(address, connections, Requests::new(context.scale.mpps, connections as u64)?, duration)
    };
    apply(server.address, context.scale.warm_up)?;
    let processes: Vec<u32> = std::iter::once(server.pid()).chain(database).collect();
    let before = accounting::cpu(&processes);
    let answered = apply(server.address, context.scale.load)?;
    let used = accounting::cpu(&processes).saturating_sub(before);
    if answered.refused > 0 {
        return Err(format!("{} of {} requests were refused", answered.refused, answered.accepted).into());
    }
    note(&format!("   {connections} connections: {:.0}/s", answered.rate()));
    Ok(Loaded { cpu_ms: used.as_secs_f64() * 1000.0 / answered.accepted as f64, answered })
}

/// The main process of the cluster a database is in.
fn postmaster(url: &str) -> Result<u32> {
    let socket = url.split_once("host=").ok_or("the cluster has no socket")?.1;
    let file = std::fs::read_to_string(Path::new(socket).join("data/postmaster.pid"))?;
    Ok(file.lines().next().ok_or("the cluster has no process")?.trim().parse()?)
}

/// What autovacuum and the checkpointer would do in the next minutes, at once.
fn settle_postgres(url: &str) -> Result<()> {
    crate::child::output(Command::new("psql").arg(url).args([
        "-qc",
        "VACUUM (ANALYZE) responses",
        "-c",
        "CHECKPOINT",
    ]))?;
    Ok(())
}
