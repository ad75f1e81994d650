//! Normal, Student-t and Poisson distributions, accurate to about 1e-13 (Poisson: 1e-11) and the same in every bit on
//! every machine (all transcendental functions from `libm`).

mod poisson;

use libm::{erfc, exp, fabs, log, log1p, sqrt};

pub use self::poisson::poisson_tail;

/// 97.5 % point of the normal distribution.
pub const Z95: f64 = 1.959_963_984_540_054;
/// 99.9 % point of the normal distribution.
pub const Z998: f64 = 3.090_232_306_167_813;

const SQRT_PI: f64 = 1.772_453_850_905_516;

/// Φ(x), the standard normal distribution function.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x / std::f64::consts::SQRT_2)
}

/// Φ⁻¹(p) by Wichura's algorithm AS 241 (PPND16), relative accuracy about 1e-16. `p` strictly between 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if fabs(q) <= 0.425 {
        let r = 0.180_625 - q * q;
        return q * polynomial(&CENTRE_NUMERATOR, r) / polynomial(&CENTRE_DENOMINATOR, r);
    }
    let r = sqrt(-log(if q < 0.0 { p } else { 1.0 - p }));
    let magnitude = if r <= 5.0 {
        polynomial(&MIDDLE_NUMERATOR, r - 1.6) / polynomial(&MIDDLE_DENOMINATOR, r - 1.6)
    } else {
        polynomial(&TAIL_NUMERATOR, r - 5.0) / polynomial(&TAIL_DENOMINATOR, r - 5.0)
    };
    if q < 0.0 { -magnitude } else { magnitude }
}

/// From here on Hill's normalising expansion is exact to the last digits; below, the incomplete beta function is used,
/// which with growing `df` loses 1 − x to rounding (4e-11 at five million).
const MANY_DEGREES: f64 = 1_000.0;

/// Distribution function of Student's t with `df` > 0 degrees of freedom.
#[must_use]
pub fn student_cdf(t: f64, df: f64) -> f64 {
    let tail = student_tail(fabs(t), df);
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// Quantile of Student's t with `df` > 0 degrees of freedom, `p` strictly between 0 and 1. Newton steps on the smaller
/// tail, kept inside a shrinking bracket.
#[must_use]
pub fn student_quantile(p: f64, df: f64) -> f64 {
    if p > 0.5 {
        return upper_quantile(1.0 - p, df);
    }
    -upper_quantile(p, df)
}

/// The `t` ≥ 0 above which a tail of at most one half lies.
fn upper_quantile(tail: f64, df: f64) -> f64 {
    let (mut low, mut high) = (0.0, 2.0);
    while student_tail(high, df) > tail {
        low = high;
        high *= 2.0;
    }
    let mut t = (-normal_quantile(tail)).clamp(low, high);
    for _ in 0..200 {
        let excess = student_tail(t, df) - tail;
        if excess == 0.0 {
            break;
        }
        if excess > 0.0 {
            low = t;
        } else {
            high = t;
        }
        let newton = t + excess / student_density(t, df);
        let next = if newton > low && newton < high { newton } else { f64::midpoint(low, high) };
        if fabs(next - t) <= 1e-15 * fabs(next) {
            return next;
        }
        t = next;
    }
    t
}

/// P(T ≥ t) for `t` ≥ 0.
fn student_tail(t: f64, df: f64) -> f64 {
    match () {
        () if t.is_infinite() => 0.0,
        () if df >= MANY_DEGREES => normal_cdf(-normalised(t, df)),
        () => 0.5 * student_two_sided(t, df),
    }
}

/// The normal deviate with the same tail as `t` ≥ 0: Hill's expansion (Algorithm 395, Communications of the ACM 13,
/// 1970), whose first neglected term is below 1e-16 for the `df` and the tails it is used for.
fn normalised(t: f64, df: f64) -> f64 {
    let a = df - 0.5;
    let b = 48.0 * a * a;
    let z2 = a * log1p(t * t / df);
    let second = (((4.0 * z2 + 33.0) * z2 + 240.0) * z2 + 855.0) / (10.0 * b);
    sqrt(z2) * (1.0 + (z2 + 3.0 - second) / b)
}

/// P(|T| ≥ |t|) = `I_x(df/2, 1/2)` with x = df / (df + t²).
fn student_two_sided(t: f64, df: f64) -> f64 {
    let a = 0.5 * df;
    let ratio = t * t / df;
    let x = 1.0 / (1.0 + ratio);
    let y = ratio / (1.0 + ratio);
    // x^a · y^(1/2) / B(a, 1/2)
    let front = exp(-a * log1p(ratio)) * sqrt(y) * gamma_half_ratio(a) / SQRT_PI;
    if x < (a + 1.0) / (a + 2.5) {
        front * beta_fraction(a, 0.5, x) / a
    } else {
        1.0 - front * beta_fraction(0.5, a, y) / 0.5
    }
}

fn student_density(t: f64, df: f64) -> f64 {
    let a = 0.5 * df;
    gamma_half_ratio(a) / SQRT_PI / sqrt(df) * exp(-(a + 0.5) * log1p(t * t / df))
}

/// Γ(a + 1/2) / Γ(a) by its asymptotic series, after stepping `a` up to where the series is exact to 1e-15. Taking the
/// difference of two log-gammas instead loses seven digits at a million degrees of freedom.
fn gamma_half_ratio(a: f64) -> f64 {
    let (mut step, mut a) = (1.0, a);
    while a < 20.0 {
        step *= a / (a + 0.5);
        a += 1.0;
    }
    let u = 1.0 / a;
    let u2 = u * u;
    let series =
        u * (-1.0 / 8.0 + u2 * (1.0 / 192.0 + u2 * (-1.0 / 640.0 + u2 * (17.0 / 14_336.0 - u2 * 31.0 / 18_432.0))));
    step * sqrt(a) * exp(series)
}

/// Continued fraction of the incomplete beta function, evaluated by Lentz's method.
fn beta_fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if fabs(value) < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut fraction = d;
    for step in 1..100_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        for coefficient in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + coefficient * d);
            c = away_from_zero(1.0 + coefficient / c);
            fraction *= c * d;
        }
        if fabs(c * d - 1.0) < 1e-16 {
            break;
        }
    }
    fraction
}

/// Evaluates a polynomial, lowest coefficient first.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

const CENTRE_NUMERATOR: [f64; 8] = [
    3.387_132_872_796_366_5,
    133.141_667_891_784_38,
    1_971.590_950_306_551_3,
    13_731.693_765_509_46,
    45_921.953_931_549_87,
    67_265.770_927_008_7,
    33_430.575_583_588_13,
    2_509.080_928_730_122_7,
];
const CENTRE_DENOMINATOR: [f64; 8] = [
    1.0,
    42.313_330_701_600_91,
    687.187_007_492_057_9,
    5_394.196_021_424_751,
    21_213.794_301_586_597,
    39_307.895_800_092_71,
    28_729.085_735_721_943,
    5_226.495_278_852_855,
];
const MIDDLE_NUMERATOR: [f64; 8] = [
    1.423_437_110_749_683_5,
    4.630_337_846_156_546,
    5.769_497_221_460_691,
    3.647_848_324_763_204_5,
    1.270_458_252_452_368_4,
    0.241_780_725_177_450_6,
    0.022_723_844_989_269_184,
    7.745_450_142_783_414e-4,
];
const MIDDLE_DENOMINATOR: [f64; 8] = [
    1.0,
    2.053_191_626_637_759,
    1.676_384_830_183_803_8,
    0.689_767_334_985_1,
    0.148_103_976_427_480_08,
    0.015_198_666_563_616_457,
    5.475_938_084_995_345e-4,
    1.050_750_071_644_416_9e-9,
];
const TAIL_NUMERATOR: [f64; 8] = [
    6.657_904_643_501_103,
    5.463_784_911_164_114,
    1.784_826_539_917_291_3,
    0.296_560_571_828_504_87,
    0.026_532_189_526_576_124,
    0.001_242_660_947_388_078_4,
    2.711_555_568_743_487_6e-5,
    2.010_334_399_292_288_1e-7,
];
const TAIL_DENOMINATOR: [f64; 8] = [
    1.0,
    0.599_832_206_555_888,
    0.136_929_880_922_735_8,
    0.014_875_361_290_850_615,
    7.868_691_311_456_133e-4,
    1.846_318_317_510_054_8e-5,
    1.421_511_758_316_446e-7,
    2.044_263_103_389_939_8e-15,
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles by mpmath with 40 digits (regularised incomplete beta, inverse error function).
    #[test]
    fn agrees_with_reference_values() {
        for (p, df, expected) in QUANTILES {
            let ours = student_quantile(p, df);
            assert!(fabs(ours / expected - 1.0) < 1e-12, "t({p}, {df}): {ours} is not {expected}");
            assert!(fabs(student_cdf(expected, df) - p) < 1e-13, "T({expected}, {df}) is not {p}");
        }
        for (p, expected) in NORMAL {
            assert!(fabs(normal_quantile(p) / expected - 1.0) < 1e-14, "Φ⁻¹({p})");
            assert!(fabs(normal_cdf(expected) - p) < 1e-15, "Φ({expected})");
        }
    }

    const QUANTILES: [(f64, f64, f64); 10] = [
        (0.975, 1.0, 12.706204736174694),
        (0.975, 2.0, 4.302652729749462),
        (0.975, 9.0, 2.262157162798205),
        (0.975, 29.0, 2.045229642132704),
        (0.6, 3.0, 0.27667066233268983),
        (0.995, 40.0, 2.7044592674331622),
        (0.975, 384.0, 1.9661609607071926),
        (0.975, 12345.0, 1.9601561676005668),
        (0.975, 5000000.0, 1.9599644589944127),
        (0.9, 7.3, 1.408922317748042),
    ];
    const NORMAL: [(f64, f64); 8] = [
        (0.975, 1.9599639845400538),
        (0.5001, 0.00025066283008800747),
        (0.9, 1.2815515655446006),
        (0.999, 3.090232306167813),
        (1e-06, -4.753424308822899),
        (1e-12, -7.034483825301132),
        (0.0001, -3.7190164854556804),
        (0.3, -0.5244005127080408),
    ];
}
