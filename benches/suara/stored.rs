//! Official figures of the whole country from the tallies a database keeps.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;

use chrono::Utc;
use suara::app::App;
use suara::app::summary::{ElementSummary, GroupSummary};
use suara::clock::RealClock;
use suara_domain::element::Element;
use suara_domain::period::{Period, TimeZone};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_storage::summaries::{self, Document};
use suara_storage::{Database, MppId, mpp_periods, mpps, tallies};

use crate::country::Country;
use crate::figures::{Figures, Wanted};
use crate::synthetic::Random;
use crate::{Context, Result, median, note};

const SECTION: &str = "stored";
/// Groups that are stored beside the total: as many services and weeks as a usual MPP has.
const SERVICES: u64 = 20;
const WEEKS: u64 = 26;

/// Stores tallies of four closed semesters and computes figures from them.
pub fn measure(context: &Context, figures: &mut Figures) -> Result<()> {
    let folder = context.work.join("stored");
    std::fs::create_dir_all(&folder)?;
    let database = Database::open(&format!("sqlite://{}", folder.join("suara.db").display()))?;
    database.migrate()?;
    let last = Period::parse("2025-S2")?;
    let periods = [last.previous().previous().previous(), last.previous().previous(), last.previous(), last];
    Country::register(&database, context.scale.mpps)?;
    note("   storing tallies");
    let rows = context.scale.archived_rows / 4 / context.scale.mpps as u64;
    for (place, period) in periods.into_iter().enumerate() {
        close(&database, period, rows, place as u64)?;
    }
    let app = App::start(database.clone(), Arc::new(RealClock))?;
    note("   computing");
    let count = format!("{} MPPs, {} semesters", context.scale.mpps, periods.len());
    let index = repeated(context, || {
        periods.iter().try_for_each(|period| {
            let national = app.published_national(*period)?;
            (national.mpp.len() == context.scale.mpps && national.mean.ikm.is_some())
                .then_some(())
                .ok_or("no figures")?;
            Ok(())
        })
    })?;
    figures.add(SECTION, format!("{count}: index, national and by MPP"), "ms", index).wanted(Wanted::AtMost(50.0));
    let whole = repeated(context, || periods.iter().try_for_each(|period| summaries(&database, *period)))?;
    figures.add(SECTION, format!("{count}: with elements, error and interval"), "ms", whole);
    drop(app);
    Ok(std::fs::remove_dir_all(&folder)?)
}

/// The middle time of the repetitions, milliseconds.
fn repeated(context: &Context, work: impl Fn() -> Result<()>) -> Result<f64> {
    let mut seconds = Vec::new();
    for _ in 0..context.scale.repeats {
        let started = Instant::now();
        work()?;
        seconds.push(started.elapsed().as_secs_f64());
    }
    note(&format!("   {seconds:.4?} s"));
    Ok(median(seconds) * 1000.0)
}

/// Closes a semester of every MPP; the first of two MPPs has three times the responses of the second.
fn close(database: &Database, period: Period, rows: u64, seed: u64) -> Result<()> {
    let closed_at = period.bounds(TimeZone::Jakarta).1;
    let all: Vec<MppId> = database.read(mpps::list)?.into_iter().map(|mpp| mpp.id).collect();
    for (place, mpp) in all.into_iter().enumerate() {
        let rows = if place.is_multiple_of(2) { rows + rows / 2 } else { rows - rows / 2 };
        let set = set(rows, seed * 1_000 + place as u64);
        database.write("close", |connection| {
            mpp_periods::close(connection, mpp, period, closed_at.with_timezone(&Utc))?;
            tallies::replace(connection, mpp, period, &set)?;
            // As large as a real one; nothing of it is read.
            summaries::put(connection, mpp, period, &Document { body: " ".repeat(10_000), sha256: [0; 32] })
        })?;
    }
    Ok(())
}

/// Responses by service and week, and all of them.
fn set(rows: u64, seed: u64) -> TallySet {
    let (mut random, mut set) = (Random::new(seed), TallySet::default());
    for row in 0..rows {
        let mode = random.mode();
        let answers = random.answers(mode);
        set.entry(Dimension::Service, &format!("layanan-{:02}", random.below(SERVICES))).add(&answers, 1);
        set.entry(Dimension::Week, &format!("{:02}", row * WEEKS / rows)).add(&answers, 1);
    }
    let total: Tally = set.groups(Dimension::Week).map(|(_, tally)| tally).sum();
    *set.entry(Dimension::Total, "") = total;
    set
}

/// What the summary of every MPP says of it as a whole.
fn summaries(database: &Database, period: Period) -> Result<()> {
    let totals: BTreeMap<MppId, BTreeMap<String, Tally>> =
        database.read(|connection| tallies::load_dimension(connection, period, Dimension::Total))?;
    for tally in totals.values().flat_map(BTreeMap::values) {
        let elements = Element::ALL.map(|element| ElementSummary::of(tally, element));
        if GroupSummary::of(tally, None).ci95.is_none() || elements.iter().any(|element| element.ikm.is_none()) {
            return Err("an MPP has no figures".into());
        }
    }
    Ok(())
}
