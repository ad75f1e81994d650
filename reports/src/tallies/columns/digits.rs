//! The scores of a frame.

use polars::prelude::{DataFrame, IdxSize, PolarsResult};
use suara_domain::element::{ELEMENTS, Element};

/// The nine columns of scores as bytes, 0 where an element was not answered.
pub(super) struct Digits([Vec<u8>; ELEMENTS]);

impl Digits {
    pub fn of(frame: &DataFrame) -> PolarsResult<Self> {
        let mut digits: [Vec<u8>; ELEMENTS] = Default::default();
        for (element, digits) in Element::ALL.into_iter().zip(&mut digits) {
            digits.reserve_exact(frame.height());
            let scores = frame.column(element.key())?.u8()?;
            for chunk in scores.downcast_iter() {
                match chunk.validity() {
                    None => digits.extend_from_slice(chunk.values()),
                    Some(_) => digits.extend(chunk.iter().map(|score| score.copied().unwrap_or_default())),
                }
            }
        }
        Ok(Self(digits))
    }

    pub fn columns(&self) -> [&[u8]; ELEMENTS] {
        self.0.each_ref().map(Vec::as_slice)
    }

    /// These rows alone.
    pub fn gather(&self, rows: &[IdxSize]) -> Self {
        Self(self.0.each_ref().map(|column| rows.iter().map(|row| column[*row as usize]).collect()))
    }

    /// `length` rows from `first` on.
    pub fn slice(&self, first: usize, length: usize) -> Self {
        Self(self.0.each_ref().map(|column| column[first..first + length].to_vec()))
    }

    /// The digits of one row.
    pub fn row(&self, row: usize) -> [u8; ELEMENTS] {
        self.0.each_ref().map(|column| column[row])
    }
}
