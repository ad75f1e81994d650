//! Which cells of a table may be shown to whom (STATISTICS 5).

/// A public cell shows a figure from this many responses on.
pub const PUBLIC_FROM: u64 = 10;
/// A manager sees a cell of the own MPP from this many responses on.
pub const MANAGER_FROM: u64 = 5;
/// Only cells from this many responses on are ranked, called best or worst, or coloured by class.
pub const RANKED_FROM: u64 = 30;

/// Which cells of one margin stay visible to the public. Cells below ten are hidden; so that a hidden one cannot be
/// computed from the total, the hidden cells must be at least two, all with n > 0, together at least ten, or else the
/// next smallest cell is hidden too. `counts` are in code order, which breaks ties.
#[must_use]
pub fn visible(counts: &[u64]) -> Vec<bool> {
    let mut visible: Vec<bool> = counts.iter().map(|count| *count == 0 || *count >= PUBLIC_FROM).collect();
    if visible.iter().all(|visible| *visible) {
        return visible;
    }
    loop {
        let hidden = || counts.iter().zip(&visible).filter(|(_, visible)| !**visible).map(|(count, _)| *count);
        if hidden().count() >= 2 && hidden().sum::<u64>() >= PUBLIC_FROM {
            return visible;
        }
        let open = counts.iter().enumerate().filter(|(index, count)| visible[*index] && **count > 0);
        let Some((next, _)) = open.min_by_key(|(index, count)| (**count, *index)) else { return visible };
        visible[next] = false;
    }
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
}
