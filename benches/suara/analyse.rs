//! Everything that STATISTICS asks of a semester, from its Parquet files to the comparison of the MPPs, in a process of
//! its own so that its peak memory is its own.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use serde_json::json;
use suara::app::summary::{FiguresStatus, MppSummary, SummaryFacts};
use suara_domain::case_mix::{CaseCell, standardised};
use suara_domain::change::{Change, adjusted};
use suara_domain::compare::Comparison;
use suara_domain::element::Element;
use suara_domain::monitoring::{Baseline, Ewma};
use suara_domain::nation::Nation;
use suara_domain::period::{Period, TimeZone};
use suara_domain::reliability::Quadrants;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::archive::{Archive, ArchiveKey};
use suara_reports::tallies::{self, Counted};

use crate::{Result, accounting};

/// Computes all statistics of a period against the one before it.
#[derive(clap::Args)]
pub struct AnalyseRun {
    /// The data folder
    #[arg(long)]
    data: PathBuf,
    /// The period
    #[arg(long, value_parser = Period::parse)]
    period: Period,
    /// How often
    #[arg(long)]
    repeats: u32,
}

impl AnalyseRun {
    /// Prints the seconds of every repetition, of its two halves, and the peak memory as JSON.
    pub fn run(&self) -> Result<()> {
        let archive = Archive::new(&self.data);
        let former: BTreeMap<ArchiveKey, Tally> =
            tallies::national(&archive, &[self.period.previous()])?.into_iter().collect();
        let keys: Vec<ArchiveKey> = archive.keys()?.into_iter().filter(|key| key.period == self.period).collect();
        let (mut seconds, mut within) = (Vec::new(), Vec::new());
        for _ in 0..self.repeats {
            let started = Instant::now();
            let mpps = each(&archive, &keys)?;
            within.push(started.elapsed().as_secs_f64());
            compare(&mpps, &former)?;
            seconds.push(started.elapsed().as_secs_f64());
        }
        let peak = accounting::peak_memory(std::process::id());
        writeln!(std::io::stdout(), "{}", json!({ "seconds": seconds, "within": within, "peak_memory": peak }))?;
        Ok(())
    }
}

/// One MPP with what the comparison needs of it.
struct Mpp {
    key: ArchiveKey,
    total: Tally,
    cells: BTreeMap<CaseCell, Tally>,
}

/// Counts and judges every MPP, on all processors.
fn each(archive: &Archive, keys: &[ArchiveKey]) -> Result<Vec<Mpp>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<Mpp>> {
        let mut done = Vec::new();
        while let Some(key) = keys.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push(one(archive, key)?);
        }
        Ok(done)
    };
    let mut mpps = Vec::new();
    thread::scope(|scope| -> Result<()> {
        let workers: Vec<_> = (0..accounting::processors()).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            mpps.extend(worker.join().map_err(|_| "a worker panicked")??);
        }
        Ok(())
    })?;
    mpps.sort_by(|one, other| one.key.cmp(&other.key));
    Ok(mpps)
}

fn one(archive: &Archive, key: &ArchiveKey) -> Result<Mpp> {
    let counted = Counted::of_file(&archive.responses_path(key), TimeZone::Jakarta)?;
    let users: Vec<(String, u64)> =
        counted.groups.groups(Dimension::Service).map(|(code, tally)| (code.to_owned(), 3 * tally.n())).collect();
    let total = counted.groups.total();
    let facts = SummaryFacts {
        code: key.mpp.as_str(),
        population: Some(3 * total.n()),
        service_users: &users,
        ..SummaryFacts::default()
    };
    let summary = MppSummary::of(&counted, &facts, FiguresStatus::Final);
    if summary.ci95.is_none() || Quadrants::of_set(&counted.groups).is_none() {
        return Err(format!("{} has no figures", key.mpp).into());
    }
    let baseline = Baseline::of(&counted.finer.scores()).ok_or("no baseline")?;
    let days = Ewma::steps(baseline, counted.finer.days.values()).count();
    if days == 0 {
        return Err("no days".into());
    }
    Ok(Mpp { key: key.clone(), total, cells: cells(&counted.groups) })
}

fn cells(groups: &TallySet) -> BTreeMap<CaseCell, Tally> {
    let of = |(key, tally): (&str, &Tally)| Some((CaseCell::from_key(key)?, tally.clone()));
    groups.groups(Dimension::CaseMix).filter_map(of).collect()
}

/// The comparison of all MPPs: pooled and mean, funnel, shrinkage, ranks, changes of the index and of every element, case
/// mix.
fn compare(mpps: &[Mpp], former: &BTreeMap<ArchiveKey, Tally>) -> Result<()> {
    let by_code: Vec<(&str, &Tally)> = mpps.iter().map(|mpp| (mpp.key.mpp.as_str(), &mpp.total)).collect();
    let nation = Nation::of(&by_code).ok_or("no nation")?;
    let pooled = Comparison::of(mpps.iter().map(|mpp| &mpp.total));
    let mut p = Vec::new();
    for mpp in mpps {
        let before = former.get(&ArchiveKey { period: mpp.key.period.previous(), ..mpp.key.clone() });
        let before = before.ok_or("no former semester")?;
        p.extend(Change::between(before, &mpp.total).and_then(|change| change.p));
        for element in Element::ALL {
            p.extend(Change::of_element(before, &mpp.total, element).and_then(|change| change.p));
        }
    }
    let mut weights: BTreeMap<CaseCell, u64> = BTreeMap::new();
    for (cell, tally) in mpps.iter().flat_map(|mpp| &mpp.cells) {
        *weights.entry(*cell).or_default() += tally.n();
    }
    let mixed = mpps.iter().filter_map(|mpp| standardised(&mpp.cells, &weights)).count();
    let complete = nation.standings.len() == mpps.len()
        && pooled.pooled_se.is_some()
        && adjusted(&p).len() == 10 * mpps.len()
        && mixed == mpps.len();
    if complete { Ok(()) } else { Err("a figure is missing".into()) }
}
