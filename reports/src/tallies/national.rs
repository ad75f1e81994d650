//! The totals of many MPPs at once.

use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use suara_domain::element::Element;
use suara_domain::period::Period;
use suara_domain::tally::Tally;

use super::columns;
use crate::archive::{self, Archive, ArchiveError, ArchiveKey};

/// The total tally of every archived MPP in the given periods, sorted by period and code. Files are read on all
/// processors, each in one go and only its nine columns, so memory stays flat however many files there are.
///
/// # Errors
/// A file is missing or damaged; the error names it.
pub fn national(archive: &Archive, periods: &[Period]) -> Result<Vec<(ArchiveKey, Tally)>, ArchiveError> {
    let keys: Vec<ArchiveKey> = archive.keys()?.into_iter().filter(|key| periods.contains(&key.period)).collect();
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(keys.len());
    let take_files = || -> Result<Vec<(usize, Tally)>, ArchiveError> {
        let mut tallies = Vec::new();
        while let Some((index, key)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, keys.get(i)?)))
        {
            tallies.push((index, total(&archive.responses_path(key))?));
        }
        Ok(tallies)
    };
    let mut tallies = Vec::with_capacity(keys.len());
    thread::scope(|scope| {
        let handles: Vec<_> = (0..workers).map(|_| scope.spawn(take_files)).collect();
        for handle in handles {
            tallies.extend(handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        Ok(())
    })?;
    tallies.sort_by_key(|(index, _)| *index);
    Ok(keys.into_iter().zip(tallies.into_iter().map(|(_, tally)| tally)).collect())
}

/// The total tally of one archive file.
fn total(path: &Path) -> Result<Tally, ArchiveError> {
    let names = Element::ALL.map(|element| element.key().into());
    let frame = archive::read_columns(path, &names)?;
    columns::total(&frame).map_err(|reason| ArchiveError::unreadable(path, &reason))
}
