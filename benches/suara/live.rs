//! The figures of a running semester: what a dashboard asks for, with many responses and with few.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use suara::app::App;
use suara::clock::RealClock;
use suara_domain::period::Period;
use suara_storage::{Database, live_tallies};

use crate::country::{Country, mpp_code};
use crate::figures::{Figures, Wanted};
use crate::{Context, Result, median, note};

const SECTION: &str = "live";
/// Services of the MPP.
const SERVICES: usize = 120;
/// How often the figures are asked for.
const REPEATS: u32 = 51;

/// Stores responses of one MPP over a whole semester, counts them as a running service does, and asks for the figures.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let (many, few) = (context.scale.live_rows, context.scale.live_rows / 100);
    let of_many = asked(context, many)?;
    let of_few = asked(context, few)?;
    let what = format!("figures of an MPP, {SERVICES} services, {} responses", of_rows(many));
    figures.add(SECTION, what, "ms", of_many * 1000.0).wanted(Wanted::AtMost(5.0));
    figures
        .add(SECTION, "the same against fewer responses", "ms", of_many * 1000.0)
        .against(format!("{} responses", of_rows(few)), of_few * 1000.0)
        .wanted(Wanted::RatioAtMost(1.5));
    Ok(())
}

/// The middle time in seconds it takes to read and compute the figures after so many responses.
fn asked(context: &Context, rows: u64) -> Result<f64> {
    let folder = context.work.join("live");
    std::fs::create_dir_all(&folder)?;
    let period = Period::parse("2025-S2")?;
    let app = App::start(filled(&folder, period, rows)?, Arc::new(RealClock))?;
    let mpp = app.mpp(&mpp_code(0)?).ok_or("no MPP")?;
    let mut seconds = Vec::new();
    for _ in 0..REPEATS {
        let started = Instant::now();
        let live = app.live_figures(&mpp, period)?;
        seconds.push(started.elapsed().as_secs_f64());
        if live.total.n != rows || live.services.len() != SERVICES || live.weeks.len() < 26 {
            return Err(format!("{} of {rows} responses are counted", live.total.n).into());
        }
    }
    drop(app);
    std::fs::remove_dir_all(&folder)?;
    Ok(median(seconds))
}

/// A database into which the responses were stored and counted, step by step and without a pause.
fn filled(folder: &Path, period: Period, rows: u64) -> Result<Database> {
    note(&format!("   storing and counting {rows} responses of one MPP"));
    let database = Database::open(&format!("sqlite://{}", folder.join("suara.db").display()))?;
    database.migrate()?;
    Country::register_with(&database, 1, SERVICES)?.fill(&database, (period, period), rows)?;
    let horizon = live_tallies::horizon(&database, std::time::Duration::from_secs(1))?.ok_or("somebody is storing")?;
    while database.write("count", |connection| live_tallies::step(connection, horizon, 2000))?.left > 0 {}
    Ok(database)
}

fn of_rows(rows: u64) -> String {
    if rows < 1_000_000 { format!("{} k", rows as f64 / 1e3) } else { format!("{} M", rows as f64 / 1e6) }
}
