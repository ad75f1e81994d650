//! The official summary of every MPP and period of an archive, timed: index, standard error, interval and class
//! certainty from the Parquet files alone.
//!
//!     national DATA_DIR PERIOD...        prints one line of JSON

use std::error::Error;
use std::io::Write;
use std::time::Instant;

use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::precision::Precision;
use suara_reports::archive::Archive;
use suara_reports::tallies;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let archive = Archive::new(arguments.next().ok_or("usage: national DATA_DIR PERIOD...")?);
    let periods: Vec<Period> = arguments.map(|text| Period::parse(&text)).collect::<Result<_, _>>()?;
    let start = Instant::now();
    let groups = tallies::national(&archive, &periods)?;
    let tallied = start.elapsed().as_secs_f64();
    let (mut rows, mut sum_of_indices, mut sum_of_errors) = (0, 0.0, 0.0);
    for (_, tally) in &groups {
        rows += tally.n();
        sum_of_indices += Index::of(tally).map_or(0.0, |index| index.to_f64());
        sum_of_errors += Precision::of(tally, None).and_then(|precision| precision.se).unwrap_or(0.0);
    }
    let seconds = start.elapsed().as_secs_f64();
    let groups = groups.len();
    writeln!(
        std::io::stdout(),
        "{{\"seconds\":{seconds:.3},\"tallied\":{tallied:.3},\"rows\":{rows},\"groups\":{groups},\
         \"sum_of_indices\":{sum_of_indices:.6},\"sum_of_errors\":{sum_of_errors:.6}}}"
    )?;
    Ok(())
}
