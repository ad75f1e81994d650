//! The planted truth: what a correct product must find, counted while the responses are made and computed with
//! integers alone, by another way than the product.

use serde::Serialize;
use std::collections::BTreeMap;
use suara_domain::element::{ELEMENTS, Element};

use crate::responses::Response;

/// The truth about a whole export.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// The seed.
    pub seed: u64,
    /// The period.
    pub period: String,
    /// Responses in all.
    pub responses: u64,
    /// Index over all responses of the country, two decimals.
    pub ikm_pooled: Option<String>,
    /// Every mall, also those without responses, in the order of the export.
    pub mpp: Vec<MallTruth>,
}

/// The truth about one mall.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MallTruth {
    /// Its code.
    pub code: String,
    /// Responses.
    pub n: u64,
    /// How often each element got 1, 2, 3 and 4.
    pub scores: BTreeMap<&'static str, [u64; 4]>,
    /// Expected IKM, two decimals; null without responses.
    pub ikm: Option<String>,
    /// Responses with a comment.
    pub comments: u64,
}

/// Counts responses.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count {
    n: u64,
    comments: u64,
    scores: [[u64; 4]; ELEMENTS],
}

impl Count {
    pub(crate) fn add(&mut self, response: &Response) {
        self.n += 1;
        self.comments += u64::from(response.comment.is_some());
        for (counts, digit) in self.scores.iter_mut().zip(response.answers.digits()) {
            if digit > 0 {
                counts[usize::from(digit) - 1] += 1;
            }
        }
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.comments += other.comments;
        for (sum, count) in self.scores.iter_mut().flatten().zip(other.scores.iter().flatten()) {
            *sum += count;
        }
    }

    pub(crate) fn of_mall(&self, code: &str) -> MallTruth {
        let scores = Element::ALL.map(|element| (element.key(), self.scores[element.index()]));
        MallTruth { code: code.to_owned(), n: self.n, scores: scores.into(), ikm: self.ikm(), comments: self.comments }
    }

    /// `25/k · Σ S_u/n_u` rounded half-up to two decimals. Every quotient is cut off after 28 decimals, so the sum is
    /// short by less than 9e-28; a value that is nearer to a half than that is one.
    pub(crate) fn ikm(&self) -> Option<String> {
        const ONE: u128 = 10_u128.pow(28);
        let mut sum = 0_u128;
        let mut used = 0_u128;
        for counts in &self.scores {
            let answered: u128 = counts.iter().map(|count| u128::from(*count)).sum();
            let total: u128 = counts.iter().zip(1..).map(|(count, score)| u128::from(*count) * score).sum();
            if let Some(mean) = (total * ONE).checked_div(answered) {
                sum += mean;
                used += 1;
            }
        }
        let short = used;
        (used > 0).then(|| {
            // In half hundredths, so that rounding half-up is adding one and halving.
            let half_hundredths = (sum + short) * 5_000 / (used * ONE);
            let hundredths = half_hundredths.div_ceil(2);
            format!("{}.{:02}", hundredths / 100, hundredths % 100)
        })
    }
}
