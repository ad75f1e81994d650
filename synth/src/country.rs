//! The country: which malls there are, and how many responses each gets.

use chrono::NaiveDate;
use suara_domain::mpp::{MppCode, Region, region, regions};
use suara_domain::period::Period;

use crate::catalogue::slug;
use crate::mall::{Activity, Mall};
use crate::rng::{Rng, shares};

/// The largest country: one mall for every regency and city.
const LARGEST: usize = 514;

/// A synthetic country.
#[derive(Clone, Debug)]
pub struct Country {
    /// What everything follows from.
    pub seed: u64,
    /// The malls, first those of public sources, then further regencies and cities in the order of their codes.
    pub malls: Vec<Mall>,
}

/// What is known of a mall before anything is invented.
pub(crate) struct Known {
    pub code: MppCode,
    pub name: String,
    pub region: &'static Region,
    pub soft_launched_on: Option<NaiveDate>,
    pub inaugurated_on: Option<NaiveDate>,
}

impl Country {
    /// A country of so many malls, at most 514.
    #[must_use]
    pub fn generate(seed: u64, malls: usize) -> Self {
        let mut known = named_malls();
        let further: Vec<Known> = regions()
            .filter(|region| region.code.contains('.') && known.iter().all(|mall| mall.region.code != region.code))
            .filter_map(further_mall)
            .collect();
        known.extend(further);
        known.truncate(malls.min(LARGEST));
        let malls = known.into_iter().enumerate().map(|(place, known)| Mall::invent(seed, place, known)).collect();
        Self { seed, malls }
    }

    /// How many responses each mall gets of so many in all, in the order of the malls. They add up exactly. Dead malls
    /// get none and tiny ones fewer than ten, unless there is nobody else.
    #[must_use]
    pub fn counts(&self, period: Period, responses: u64) -> Vec<u64> {
        let period = period.to_string();
        let busy = self.malls.iter().any(|mall| mall.activity != Activity::Dead);
        let weights: Vec<u64> = self
            .malls
            .iter()
            .map(|mall| match mall.activity {
                Activity::Dead if busy => 0,
                _ => mall.size * Rng::of(self.seed, &["size", mall.code.as_str(), &period]).between(85, 115),
            })
            .collect();
        let mut counts = shares(responses, &weights);
        let mut spare = 0;
        for (mall, count) in self.malls.iter().zip(&mut counts) {
            if mall.activity == Activity::Tiny {
                let few = Rng::of(self.seed, &["few", mall.code.as_str(), &period]).between(3, 9).min(*count);
                spare += *count - few;
                *count = few;
            }
        }
        let largest = (0..counts.len()).max_by_key(|place| counts[*place]);
        if let Some(largest) = largest {
            counts[largest] += spare;
        }
        counts
    }
}

/// The malls of public sources.
fn named_malls() -> Vec<Known> {
    let mut reader = csv::Reader::from_reader(include_str!("../../data/mpp.csv").as_bytes());
    let rows = reader.records().filter_map(Result::ok);
    rows.filter_map(|row| {
        let date = |event: &str| {
            let happened = row.get(4)?.starts_with(event);
            row.get(3)?.parse().ok().filter(|_| happened)
        };
        let code = MppCode::parse(row.get(0)?).ok()?;
        let (soft_launched_on, inaugurated_on) = match code.as_str() {
            // The two whose soft launch is on record.
            "kab-kampar" => (NaiveDate::from_ymd_opt(2024, 5, 20), date("inaugurated")),
            "kab-konawe" => (NaiveDate::from_ymd_opt(2022, 8, 19), date("inaugurated")),
            _ => (date("soft launch"), date("inaugurated")),
        };
        Some(Known {
            code,
            name: row.get(1)?.to_owned(),
            region: region(row.get(2)?)?,
            soft_launched_on,
            inaugurated_on,
        })
    })
    .collect()
}

fn further_mall(region: &'static Region) -> Option<Known> {
    let code = slug(&region.name.replace("Kabupaten ", "Kab "));
    let name = format!("MPP {}", region.name);
    Some(Known { code: MppCode::parse(&code).ok()?, name, region, soft_launched_on: None, inaugurated_on: None })
}
