//! The official index: NRR per element and the IKM, exact (STATISTICS 1; `PermenPANRB` 14/2017).

use std::collections::BTreeSet;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Zero};

use crate::element::{ELEMENTS, Element};
use crate::fixed::{Fixed, ratio, to_f64};
use crate::tally::Tally;

/// Service quality class (mutu pelayanan) of a rounded index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mutu {
    /// Sangat baik, 88.31 to 100.00.
    A,
    /// Baik, 76.61 to 88.30.
    B,
    /// Kurang baik, 65.00 to 76.60.
    C,
    /// Tidak baik, 25.00 to 64.99.
    D,
}

impl Mutu {
    /// All classes, the best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The class of an index that was rounded to two decimals; the limits have gaps for anything finer.
    #[must_use]
    pub const fn of(index: Fixed<2>) -> Self {
        match index.units() {
            8831.. => Self::A,
            7661.. => Self::B,
            6500.. => Self::C,
            _ => Self::D,
        }
    }

    /// The letter.
    #[must_use]
    pub const fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }

    /// Performance of the unit in the law's words (kinerja unit pelayanan).
    #[must_use]
    pub const fn kinerja(self) -> &'static str {
        match self {
            Self::A => "Sangat baik",
            Self::B => "Baik",
            Self::C => "Kurang baik",
            Self::D => "Tidak baik",
        }
    }

    /// The next better class; `None` for A.
    #[must_use]
    pub const fn better(self) -> Option<Self> {
        match self {
            Self::A => None,
            Self::B => Some(Self::A),
            Self::C => Some(Self::B),
            Self::D => Some(Self::C),
        }
    }

    /// The smallest index of the class as it is printed; `None` for D, which has no lower limit.
    #[must_use]
    pub const fn least(self) -> Option<Fixed<2>> {
        match self {
            Self::A => Some(Fixed::from_units(8831)),
            Self::B => Some(Fixed::from_units(7661)),
            Self::C => Some(Fixed::from_units(6500)),
            Self::D => None,
        }
    }

    /// The classes that an interval reaches, the best first.
    pub fn reached((lower, upper): (f64, f64)) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |mutu| {
            let below = mutu.better().and_then(Self::lower_limit);
            mutu.lower_limit().is_none_or(|limit| upper >= limit) && below.is_none_or(|limit| lower < limit)
        })
    }

    /// The smallest exact index that rounds into the class; `None` for D, which has no lower limit.
    #[must_use]
    pub const fn lower_limit(self) -> Option<f64> {
        match self {
            Self::A => Some(88.305),
            Self::B => Some(76.605),
            Self::C => Some(64.995),
            Self::D => None,
        }
    }
}

/// A value with its exact form, its one rounding and its class: an IKM, or an element's `25 · NRR_u`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    exact: BigRational,
}

impl Index {
    /// The IKM of a group: `25 · (1/k) · Σ_u NRR_u` over the `k` elements that somebody answered; `None` if n = 0.
    #[must_use]
    pub fn of(tally: &Tally) -> Option<Self> {
        let used: Vec<Element> = tally.used().collect();
        let (numerator, denominator) = nrr_sum(tally, &used);
        // Not reduced: nobody reads the fraction itself, and the search for divisors would take longest of all.
        (!used.is_empty()).then(|| Self { exact: BigRational::new_raw(numerator * 25, denominator * used.len()) })
    }

    /// The index of one element, `25 · NRR_u`; `None` if nobody answered it.
    #[must_use]
    pub fn of_element(tally: &Tally, element: Element) -> Option<Self> {
        let nrr = nrr(tally, element)?;
        Some(Self { exact: nrr * BigInt::from(25) })
    }

    /// The unweighted mean of several exact indices; `None` for none.
    #[must_use]
    pub fn mean<'a>(indices: impl IntoIterator<Item = &'a Self>) -> Option<Self> {
        let parts = |index: &Self| (index.exact.numer().clone(), index.exact.denom().clone());
        let terms: Vec<(BigInt, BigInt)> = indices.into_iter().map(parts).collect();
        let count = terms.len();
        let (numerator, denominator) = sum(terms);
        (count > 0).then(|| Self { exact: BigRational::new_raw(numerator, denominator * count) })
    }

    /// The exact value.
    #[must_use]
    pub const fn exact(&self) -> &BigRational {
        &self.exact
    }

    /// The float nearest to the exact value, for statistics (never for the official figure).
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        to_f64(&self.exact)
    }

    /// The official figure: rounded half-up, once, to two decimals.
    #[must_use]
    pub fn rounded(&self) -> Fixed<2> {
        Fixed::round(&self.exact)
    }

    /// The class of the rounded figure.
    #[must_use]
    pub fn mutu(&self) -> Mutu {
        Mutu::of(self.rounded())
    }
}

/// `NRR_u = Σ s / n_u`, exact; `None` if nobody answered the element. A blank is never counted as 0.
#[must_use]
pub fn nrr(tally: &Tally, element: Element) -> Option<BigRational> {
    let answered = tally.answered(element);
    (answered > 0).then(|| ratio(tally.score_sum(element), answered))
}

/// NRR rounded for print, three decimals.
#[must_use]
pub fn nrr_rounded(tally: &Tally, element: Element) -> Option<Fixed<3>> {
    nrr(tally, element).map(|nrr| Fixed::round(&nrr))
}

/// `NRR_u / k`, the weighted NRR (NRR tertimbang) rounded for print from its exact value.
#[must_use]
pub fn nrr_weighted(tally: &Tally, element: Element) -> Option<Fixed<3>> {
    let used = BigInt::from(tally.used().count());
    nrr(tally, element).map(|nrr| Fixed::round(&(nrr / used)))
}

/// `Σ_u NRR_u / k`, the sum of the weighted NRR as the processing sheet prints it, rounded from its exact value; the IKM
/// is 25 times the exact sum. `None` if n = 0.
#[must_use]
pub fn nrr_weighted_sum(tally: &Tally) -> Option<Fixed<3>> {
    Index::of(tally).map(|index| Fixed::round(&(index.exact / BigInt::from(25))))
}

/// The answered elements, the weakest first (STATISTICS 9): by exact NRR, ties by the larger share of scores 1 and 2,
/// then in the order of the questionnaire.
#[must_use]
pub fn by_weakness(tally: &Tally) -> Vec<Element> {
    let low_share = |element| {
        let [one, two, ..] = tally.counts(element);
        ratio(one + two, tally.answered(element))
    };
    let mut elements: Vec<Element> = tally.used().collect();
    elements.sort_by_cached_key(|element| (nrr(tally, *element), std::cmp::Reverse(low_share(*element)), *element));
    elements
}

/// The figure under "bobot 0,11" as many published reports print it: `25 · 0.11 · Σ NRR_u`, at most 99.00. `None`
/// unless all nine elements were answered.
#[must_use]
pub fn ikm_weight_011(tally: &Tally) -> Option<Fixed<2>> {
    let used: Vec<Element> = tally.used().collect();
    let (numerator, denominator) = nrr_sum(tally, &used);
    (used.len() == ELEMENTS).then(|| Fixed::round(&BigRational::new(numerator * 11, denominator * 4)))
}

/// `Σ NRR_u` as numerator and denominator, not reduced: over the product of the different numbers of answers, which is
/// that of the responses where every element was answered equally often.
fn nrr_sum(tally: &Tally, used: &[Element]) -> (BigInt, BigInt) {
    let counts: BTreeSet<u64> = used.iter().map(|element| tally.answered(*element)).collect();
    let denominator: BigInt = counts.into_iter().map(BigInt::from).product();
    let share = |element: &Element| &denominator / tally.answered(*element) * tally.score_sum(*element);
    (used.iter().map(share).sum(), denominator)
}

/// The sum of many fractions, numerator and denominator. Neighbours are added up before their sums are, so that most
/// additions are of small numbers; and nothing is reduced, because that takes far longer than all additions.
fn sum(mut terms: Vec<(BigInt, BigInt)>) -> (BigInt, BigInt) {
    while terms.len() > 1 {
        let add = |pair: &[(BigInt, BigInt)]| match pair {
            [(a, b), (c, d)] => (a * d + c * b, b * d),
            rest => rest.first().cloned().unwrap_or_default(),
        };
        terms = terms.chunks(2).map(add).collect();
    }
    terms.pop().unwrap_or((BigInt::zero(), BigInt::one()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::element::Answers;

    #[test]
    fn the_weakest_come_first_and_ties_go_to_more_low_scores() {
        let rows = [[3, 4, 3, 4, 4, 4, 4, 2, 4], [3, 4, 3, 4, 4, 4, 4, 4, 0]];
        let tally: Tally =
            rows.iter().filter_map(|row| Answers::from_digits(*row)).collect::<Vec<_>>().iter().collect();
        let order = by_weakness(&tally);
        assert_eq!(order[..3], [Element::Sarana, Element::Persyaratan, Element::Waktu]);
        assert_eq!(
            order[3..],
            [
                Element::Prosedur,
                Element::Biaya,
                Element::Produk,
                Element::Kompetensi,
                Element::Perilaku,
                Element::Pengaduan
            ]
        );
        assert!(by_weakness(&Tally::default()).is_empty());
    }

    #[test]
    fn the_weighted_sum_is_the_index_over_25() {
        let rows = [[3, 4, 3, 4, 4, 4, 4, 2, 4], [3, 4, 3, 4, 4, 4, 4, 4, 0]];
        let tally: Tally =
            rows.iter().filter_map(|row| Answers::from_digits(*row)).collect::<Vec<_>>().iter().collect();
        assert_eq!(nrr_weighted_sum(&tally).map(|sum| sum.to_string()).as_deref(), Some("3.667"));
        assert_eq!(Index::of(&tally).map(|index| index.rounded().to_string()).as_deref(), Some("91.67"));
        assert_eq!(nrr_weighted_sum(&Tally::default()), None);
    }
}
