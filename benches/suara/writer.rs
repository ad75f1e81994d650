//! The ingest writer alone, without HTTP: what the database and the group commit allow.

use std::sync::Arc;
use std::time::{Duration, Instant};

use suara::clock::{Clock, RealClock};
use suara_storage::Database;
use suara_storage::ingest::{Limits, Writer};

use crate::Result;
use crate::country::Country;
use crate::synthetic::Random;

/// Responses stored per second when `submitters` tasks each wait for one to become durable before the next.
pub fn rate(database: &Database, country: &Arc<Country>, submitters: u64, duration: Duration) -> Result<f64> {
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    runtime.block_on(async {
        let writer = Arc::new(Writer::start(database, Limits::default())?);
        let started = Instant::now();
        // Apart from every other run on this database, and every submitter apart from the others.
        let seeds = RealClock.now().timestamp_micros().unsigned_abs() << 12;
        let tasks: Vec<_> = (0..submitters)
            .map(|seed| {
                let (writer, country) = (Arc::clone(&writer), Arc::clone(country));
                let mut random = Random::new(seeds + seed);
                tokio::spawn(async move {
                    let mut stored = 0_u64;
                    while started.elapsed() < duration {
                        writer.submit(country.response(&mut random, RealClock.now())).await?;
                        stored += 1;
                    }
                    Ok::<u64, suara_storage::ingest::IngestError>(stored)
                })
            })
            .collect();
        let mut stored = 0;
        for task in tasks {
            stored += task.await??;
        }
        let elapsed = started.elapsed();
        writer.shutdown().await;
        Ok(stored as f64 / elapsed.as_secs_f64())
    })
}
