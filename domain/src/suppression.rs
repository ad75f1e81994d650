//! Which cells of a table may be shown to whom (STATISTICS 5).

mod crossing;
mod network;
mod total;

pub use self::crossing::{Crossing, Shown};
pub use self::total::{Total, covers};
use crate::tally_set::Dimension;

/// A public cell shows a figure from this many responses on.
pub const PUBLIC_FROM: u64 = 10;
/// A manager sees a cell of the own MPP from this many responses on.
pub const MANAGER_FROM: u64 = 5;
/// Only cells from this many responses on are ranked, called best or worst, or coloured by class.
pub const RANKED_FROM: u64 = 30;

/// More profile fields are never crossed: with three, a cell is a description of somebody.
pub const CROSSED_AT_MOST: usize = 2;

/// Who looks at a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Everybody: pages, API, open data, documents, charts and maps.
    Public,
    /// The manager of the MPP, at its own figures.
    Manager,
}

impl Audience {
    /// The smallest number of responses whose figure this audience sees. What is hidden in a margin is together at least
    /// as many.
    #[must_use]
    pub const fn smallest(self) -> u64 {
        match self {
            Self::Public => PUBLIC_FROM,
            Self::Manager => MANAGER_FROM,
        }
    }
}

/// Which cells of one margin stay visible to the public; see [`visible_to`].
#[must_use]
pub fn visible(counts: &[u64]) -> Vec<bool> {
    visible_to(Audience::Public, counts)
}

/// Which cells of one margin stay visible. Cells below the audience's smallest number are hidden; so that a hidden one
/// cannot be computed from the total, the hidden cells must be at least two, all with n > 0, together at least that
/// number, or else the next smallest cell is hidden too. `counts` are in code order, which breaks ties. Margins that are
/// published together and known to depend on each other are decided together; see [`Crossing`].
///
/// The parts of a period are a margin of the period like any other.
#[must_use]
pub fn visible_to(audience: Audience, counts: &[u64]) -> Vec<bool> {
    let smallest = audience.smallest();
    let mut visible: Vec<bool> = counts.iter().map(|count| *count == 0 || *count >= smallest).collect();
    if visible.iter().all(|visible| *visible) {
        return visible;
    }
    loop {
        let hidden = || counts.iter().zip(&visible).filter(|(_, visible)| !**visible).map(|(count, _)| *count);
        if hidden().count() >= 2 && hidden().sum::<u64>() >= smallest {
            return visible;
        }
        let open = counts.iter().enumerate().filter(|(index, count)| visible[*index] && **count > 0);
        let Some((next, _)) = open.min_by_key(|(index, count)| (**count, *index)) else { return visible };
        visible[next] = false;
    }
}

/// Whether a table may cross these dimensions: at most [`CROSSED_AT_MOST`] of them are what respondents say about
/// themselves. True of every audience.
#[must_use]
pub fn may_cross(dimensions: &[Dimension]) -> bool {
    let profile =
        [Dimension::Sex, Dimension::AgeBand, Dimension::Education, Dimension::Occupation, Dimension::Disability];
    dimensions.iter().filter(|dimension| profile.contains(dimension)).count() <= CROSSED_AT_MOST
}

/// A public count, rounded to the nearest five.
#[must_use]
pub const fn rounded_count(count: u64) -> u64 {
    (count + 2) / 5 * 5
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hides_small_cells_and_their_complement() {
        assert_eq!(visible(&[40, 12, 30]), [true, true, true]);
        assert_eq!(visible(&[40, 3, 30]), [true, false, false]);
        assert_eq!(visible(&[40, 3, 4, 11]), [true, false, false, false]);
        assert_eq!(visible(&[40, 6, 7]), [true, false, false]);
        assert_eq!(visible(&[4, 0]), [false, true]);
        assert_eq!(visible(&[12, 12, 5]), [false, true, false]);
    }

    #[test]
    fn a_manager_sees_more_but_computes_as_little() {
        let manager = |counts| visible_to(Audience::Manager, counts);
        assert_eq!(manager(&[40, 5, 9]), [true, true, true]);
        assert_eq!(manager(&[40, 4, 9]), [true, false, false]);
        assert_eq!(manager(&[40, 2, 2]), [false, false, false]);
        assert_eq!(manager(&[40, 2, 3]), [true, false, false]);
    }

    #[test]
    fn three_profile_fields_are_never_crossed() {
        assert!(may_cross(&[Dimension::Service, Dimension::Sex, Dimension::AgeBand]));
        assert!(!may_cross(&[Dimension::Education, Dimension::Sex, Dimension::AgeBand]));
    }
}
