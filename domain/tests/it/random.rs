//! Chance with a fixed seed: the same story on every machine and every run.

use suara_domain::distribution::normal_quantile;

/// `SplitMix64`.
pub struct Random(u64);

impl Random {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut state = self.0;
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^ (state >> 31)
    }

    /// From 0 to just below 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + i64::try_from(self.next() % (high - low + 1).unsigned_abs()).unwrap()
    }

    pub fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[usize::try_from(self.next() % items.len() as u64).unwrap()]
    }

    /// The place of one of the weights, in proportion to them.
    pub fn weighted(&mut self, weights: &[i64]) -> usize {
        let mut place = self.between(1, weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                place -= weight;
                place <= 0
            })
            .unwrap()
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        normal_quantile((self.share() + 1e-12).min(1.0 - 1e-12))
    }

    /// Decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.next() % 10).unwrap())).collect()
    }
}

/// The whole part of a number.
#[expect(clippy::cast_possible_truncation, reason = "seconds and places are far below the limits of an integer")]
pub fn whole(number: f64) -> i64 {
    number.floor() as i64
}
