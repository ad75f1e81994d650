//! Ranks with their uncertainty: the country is drawn many times over from what is known of each MPP, and every draw is
//! ranked.

use super::Shrunken;
use crate::distribution::normal_quantile;

/// How many countries are drawn.
pub const DRAWS: u16 = 10_000;
/// The same draws on every machine and every day.
const SEED: u64 = 20_260_101;
/// Places among the sorted ranks of one MPP: the ends of the 90 % interval, and the median.
const LOWER: u64 = 500;
const MEDIAN: u64 = 5_000;
const UPPER: u64 = 9_501;

/// What the draws say about the rank of one MPP; rank 1 has the highest figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranks {
    /// Median rank.
    pub median: u64,
    /// 90 % interval, the better rank first.
    pub interval: (u64, u64),
    /// Probability of being among the best tenth, rank ≤ ceil(J/10).
    pub top_tenth: f64,
}

/// Ranks of all MPPs, which come in the order of their codes: that order decides ties and which random number belongs to
/// whom.
pub(super) fn draw(mpps: &[Shrunken]) -> Vec<Ranks> {
    let count = mpps.len();
    let mut random = SplitMix64(SEED);
    // How often each MPP had each rank. A count of ranks instead of the ranks: half a megabyte for the whole country.
    let mut seen = vec![0_u16; count * count];
    let mut drawn: Vec<(f64, usize)> = Vec::with_capacity(count);
    for _ in 0..DRAWS {
        drawn.clear();
        let figure = |mpp: &Shrunken| mpp.ikm + mpp.se * normal_quantile(random.share());
        drawn.extend(mpps.iter().map(figure).zip(0..));
        drawn.sort_unstable_by(|(one, place), (other, other_place)| other.total_cmp(one).then(place.cmp(other_place)));
        for (rank, (_, mpp)) in drawn.iter().enumerate() {
            seen[mpp * count + rank] += 1;
        }
    }
    seen.chunks(count).map(Ranks::of).collect()
}

impl Ranks {
    /// From how often each rank was seen, rank 1 first.
    fn of(seen: &[u16]) -> Self {
        let at = |place: u64| {
            let mut reached = 0;
            let before = seen.iter().take_while(|times| {
                reached += u64::from(**times);
                reached < place
            });
            before.count() as u64 + 1
        };
        let best: u64 = seen.iter().take(seen.len().div_ceil(10)).map(|times| u64::from(*times)).sum();
        Self { median: at(MEDIAN), interval: (at(LOWER), at(UPPER)), top_tenth: best as f64 / f64::from(DRAWS) }
    }
}

/// Steele, Lea and Flood's generator (2014): a counter whose bits are mixed.
struct SplitMix64(u64);

impl SplitMix64 {
    /// Strictly between 0 and 1: the middle of one of 2⁵³ equal parts.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        ((bits >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }
}
