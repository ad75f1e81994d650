//! The Poisson distribution.

use libm::{exp, lgamma, log};

/// Terms below this share of their sum change it no more.
const NEGLIGIBLE: f64 = 1e-17;

/// P(X ≥ `count`) for a Poisson variable with a positive `mean`. Relative accuracy about 1e-11 up to counts and means of
/// a hundred thousand: a small tail is added up from its own terms, never taken as what is missing to 1.
#[must_use]
pub fn poisson_tail(count: u64, mean: f64) -> f64 {
    let count = count as f64;
    if count > mean {
        // P(count) · (1 + m/(c+1) + m²/((c+1)(c+2)) + …)
        let upwards = series((1..).map(|step: u32| mean / (count + f64::from(step))));
        return probability(count, mean) * upwards;
    }
    if count < 1.0 {
        return 1.0;
    }
    // P(count − 1) · (1 + (c−1)/m + (c−1)(c−2)/m² + …), down to P(0)
    let downwards = series((1..).map(|step: u32| (count - f64::from(step)) / mean));
    1.0 - probability(count - 1.0, mean) * downwards
}

/// 1 + a + a·b + a·b·c + … for falling factors a, b, c, … below 1.
fn series(factors: impl Iterator<Item = f64>) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for factor in factors {
        term *= factor;
        if term <= sum * NEGLIGIBLE {
            break;
        }
        sum += term;
    }
    sum
}

/// P(X = `count`).
fn probability(count: f64, mean: f64) -> f64 {
    exp(count * log(mean) - mean - lgamma(count + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_certain_and_impossible() {
        assert!((poisson_tail(0, 0.25) - 1.0).abs() < 1e-15);
        assert!((poisson_tail(0, 1e-9) - 1.0).abs() < 1e-15);
        assert!((poisson_tail(1, 1_000.0) - 1.0).abs() < 1e-15);
        assert!(poisson_tail(100_000, 0.25) < 1e-300);
    }
}
