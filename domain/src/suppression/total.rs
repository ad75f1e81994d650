//! Totals that are published beside their parts, small ones of which are hidden (STATISTICS 5).

use super::PUBLIC_FROM;

/// A rounded total may stand beside parts of which a hidden one has a response among so many: what one decimal leaves
/// open in the total then leaves the whole scale of 75 points open for the hidden one.
const ROUNDED_FROM: u64 = 750;

/// How a total may be published, so that no hidden part can be computed from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// As it is.
    Exact,
    /// Counts to the nearest five, pooled figures with one decimal, and no mean of the parts: it gives a hidden part as
    /// much weight as any other.
    Rounded,
    /// Not at all.
    Hidden,
}

impl Total {
    /// Of parts with these counts, those below [`PUBLIC_FROM`] hidden and all others public.
    pub fn of(counts: impl IntoIterator<Item = u64>) -> Self {
        let (mut n, mut hidden) = (0, Vec::new());
        for count in counts {
            n += count;
            hidden.extend((1..PUBLIC_FROM).contains(&count).then_some(count));
        }
        Self::exposing(if covers(&hidden) { 0 } else { hidden.iter().sum() }, n)
    }

    /// Of `n` responses, where the exact total would give away so many of hidden parts.
    #[must_use]
    pub const fn exposing(hidden: u64, n: u64) -> Self {
        match hidden {
            _ if n < PUBLIC_FROM => Self::Hidden,
            0 => Self::Exact,
            hidden if hidden * ROUNDED_FROM <= n => Self::Rounded,
            _ => Self::Hidden,
        }
    }
}

/// Whether these hidden counts may be known together: there are none, or at least two that together are ten.
#[must_use]
pub fn covers(hidden: &[u64]) -> bool {
    hidden.is_empty() || hidden.len() >= 2 && hidden.iter().sum::<u64>() >= PUBLIC_FROM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_small_part_is_not_left_to_subtraction() {
        for (counts, total) in [
            ([30, 40, 0], Total::Exact),
            ([30, 40, 6], Total::Hidden),
            ([30, 4, 5], Total::Hidden),
            ([30, 4, 6], Total::Exact),
            ([2000, 2494, 6], Total::Rounded),
            ([2000, 2493, 6], Total::Hidden),
            ([3, 6, 0], Total::Hidden),
        ] {
            assert_eq!(Total::of(counts), total, "{counts:?}");
        }
    }
}
