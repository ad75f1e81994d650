//! Exact numbers and the one rounding: half-up, once, from the exact value (STATISTICS 1).

use std::fmt;

use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive};

/// A number with a fixed count of decimals, kept as an integer of its last place: 9148 with 2 places is 91.48.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed<const PLACES: u32>(i64);

impl<const PLACES: u32> Fixed<PLACES> {
    /// The number with this integer of its last place.
    #[must_use]
    pub const fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// Reads what [`fmt::Display`] writes: exactly this many decimals after a point; `None` otherwise.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (sign, magnitude) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, decimals) = if PLACES == 0 { (magnitude, "") } else { magnitude.split_once('.')? };
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || decimals.len() != PLACES as usize || !digits(whole) || !digits(decimals) {
            return None;
        }
        let units: i64 = format!("{whole}{decimals}").parse().ok()?;
        Some(Self(sign * units))
    }

    /// The integer of the last place.
    #[must_use]
    pub const fn units(self) -> i64 {
        self.0
    }

    /// Rounds half-up (ties away from zero for negative numbers, so that a change and its opposite print alike).
    #[must_use]
    pub fn round(exact: &BigRational) -> Self {
        // In integers and one division: rationals would look for common divisors at every step.
        let (numerator, denominator) = (exact.numer().magnitude(), exact.denom().magnitude());
        let twice = numerator * 2_u32 * 10_u64.pow(PLACES) + denominator;
        let magnitude = (twice / (denominator * 2_u32)).to_i64().unwrap_or(i64::MAX);
        Self(if exact.is_negative() { -magnitude } else { magnitude })
    }

    /// The nearest float, for drawing only.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / 10_f64.powi(PLACES.cast_signed())
    }
}

impl<const PLACES: u32> fmt::Display for Fixed<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = 10_u64.pow(PLACES);
        let magnitude = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        if PLACES == 0 {
            return write!(f, "{sign}{magnitude}");
        }
        write!(f, "{sign}{}.{:0width$}", magnitude / unit, magnitude % unit, width = PLACES as usize)
    }
}

/// The float nearest to an exact number.
#[must_use]
pub(crate) fn to_f64(exact: &BigRational) -> f64 {
    exact.to_f64().unwrap_or(f64::NAN)
}

/// `numerator / denominator` exactly. The denominator must not be 0.
#[must_use]
pub(crate) fn ratio(numerator: u64, denominator: u64) -> BigRational {
    BigRational::new(numerator.into(), denominator.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for units in [0, 5, 50, 9148, -7, 10_000] {
            let number = Fixed::<2>::from_units(units);
            assert_eq!(Fixed::parse(&number.to_string()), Some(number));
        }
        for text in ["", "9", "9.1", "9.148", ".50", "9,14", "x.10", "--1.00"] {
            assert_eq!(Fixed::<2>::parse(text), None, "{text}");
        }
        assert_eq!(Fixed::<0>::parse("12"), Some(Fixed::from_units(12)));
    }
}
