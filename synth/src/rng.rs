//! The generator of everything random: `SplitMix64`, with a stream of its own for every use, so that a change in one
//! place does not move all others.

use std::sync::LazyLock;

use suara_domain::distribution::normal_quantile;

const GAMMA: u64 = 0x9e37_79b9_7f4a_7c15;

#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    /// A stream that depends on the seed and on every part of its name.
    pub(crate) fn of(seed: u64, name: &[&str]) -> Self {
        let mut state = mixed(seed);
        for part in name {
            for byte in part.bytes() {
                state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
            state = mixed(state.wrapping_add(GAMMA));
        }
        Self(state)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mixed(self.0)
    }

    /// A number below `limit`, which must be at least 1.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.next()) * limit as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(crate) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + u64::try_from((u128::from(self.next()) * u128::from(high - low + 1)) >> 64).unwrap_or_default()
    }

    /// True in so many of a thousand cases.
    pub(crate) fn per_mille(&mut self, cases: u64) -> bool {
        self.between(0, 999) < cases
    }

    /// One of the items.
    pub(crate) fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// The position of one of the weights, in proportion to them.
    pub(crate) fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
        let mut place = self.between(1, total.max(1));
        for (index, weight) in weights.iter().enumerate() {
            if place <= u64::from(*weight) {
                return index;
            }
            place -= u64::from(*weight);
        }
        0
    }

    /// A standard normal number, out of 4 096 equally likely ones.
    pub(crate) fn normal(&mut self) -> f64 {
        NORMAL[usize::try_from(self.next() >> 52).unwrap_or_default()]
    }

    /// Nine standard normal numbers.
    pub(crate) fn nine_normals(&mut self) -> [f64; 9] {
        let bits = [self.next(), self.next()];
        std::array::from_fn(|place| {
            let twelve = bits[place / 5] >> (12 * (place % 5)) & 0xfff;
            NORMAL[usize::try_from(twelve).unwrap_or_default()]
        })
    }
}

static NORMAL: LazyLock<Vec<f64>> =
    LazyLock::new(|| (0..4_096).map(|step| normal_quantile((f64::from(step) + 0.5) / 4_096.0)).collect());

const fn mixed(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

/// Divides `total` into shares proportional to the weights, to the last unit: share `i` is the difference of two
/// rounded-down running sums.
pub(crate) fn shares(total: u64, weights: &[u64]) -> Vec<u64> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let mut running = 0_u128;
    let mut spent = 0_u64;
    let mut shares = Vec::with_capacity(weights.len());
    for weight in weights {
        running += u128::from(*weight);
        let until = u64::try_from(u128::from(total) * running / sum.max(1)).unwrap_or(u64::MAX);
        shares.push(until - spent);
        spent = until;
    }
    shares
}
