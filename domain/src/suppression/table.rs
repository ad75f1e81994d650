//! Two-way tables: what may be shown of a crossing together with its margins.

use super::Audience;

/// Which entries of a two-way table stay visible. The totals are entries like any other: the last of their row or
/// column, and of each other the grand total.
///
/// The rule of a margin ([`super::visible_to`]) holds for every row and every column, repeated until none changes. It is
/// not enough: two blocks of hidden cells joined by a single hidden cell give that one away, as the difference of the
/// rows of one block and its columns. Rows and columns are therefore seen as the points of a graph and hidden entries as
/// its lines: an entry can be computed exactly if it alone joins two parts of the graph. While there is such a bridge,
/// the smallest entry is hidden that joins the same parts.
///
/// The columns may be parts of a period, the row totals then being those of the whole period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    smallest: u64,
    /// The cells of a row, then its total; the last row is that of the column totals.
    counts: Vec<Vec<u64>>,
    hidden: Vec<Vec<bool>>,
}

/// Row and column of an entry.
type Place = (usize, usize);

impl Table {
    /// Decides about a table from the counts of its rows, all of the same length; cells and totals follow code order,
    /// which breaks ties.
    #[must_use]
    pub fn new(audience: Audience, rows: &[Vec<u64>]) -> Self {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        let cell = |row: &[u64], column: usize| row.get(column).copied().unwrap_or_default();
        let with_total = |cells: Vec<u64>| {
            let total = cells.iter().sum();
            cells.into_iter().chain([total]).collect::<Vec<u64>>()
        };
        let sums = (0..columns).map(|column| rows.iter().map(|row| cell(row, column)).sum()).collect();
        let mut counts: Vec<Vec<u64>> =
            rows.iter().map(|row| with_total((0..columns).map(|column| cell(row, column)).collect())).collect();
        counts.push(with_total(sums));
        let smallest = audience.smallest();
        let hidden = counts.iter().map(|row| row.iter().map(|count| (1..smallest).contains(count)).collect()).collect();
        let mut table = Self { smallest, counts, hidden };
        table.settle();
        table
    }

    /// Whether the cell of a row and a column is visible.
    #[must_use]
    pub fn shows(&self, row: usize, column: usize) -> bool {
        !self.hidden[row][column]
    }

    /// Whether the total of a row is visible.
    #[must_use]
    pub fn shows_row(&self, row: usize) -> bool {
        self.shows(row, self.last_column())
    }

    /// Whether the total of a column is visible.
    #[must_use]
    pub fn shows_column(&self, column: usize) -> bool {
        self.shows(self.last_row(), column)
    }

    /// Whether the grand total is visible: the group is large enough to be told about at all.
    #[must_use]
    pub fn shows_total(&self) -> bool {
        self.shows(self.last_row(), self.last_column())
    }

    /// Hides the total of a row because another table with the same margin hides it. Whoever shows several tables that
    /// share a margin carries what is hidden from each to the others until none changes.
    pub fn hide_row(&mut self, row: usize) {
        self.hide((row, self.last_column()));
    }

    /// Hides the total of a column, as [`Table::hide_row`].
    pub fn hide_column(&mut self, column: usize) {
        self.hide((self.last_row(), column));
    }

    fn hide(&mut self, place: Place) {
        if self.may_hide(place) {
            self.hidden[place.0][place.1] = true;
            self.settle();
        }
    }

    fn last_row(&self) -> usize {
        self.counts.len() - 1
    }

    fn last_column(&self) -> usize {
        self.counts[0].len() - 1
    }

    fn total(&self) -> u64 {
        self.counts[self.last_row()][self.last_column()]
    }

    /// Empty entries are known to be empty, and whatever has all responses is known from the grand total: hiding either
    /// protects nobody.
    fn may_hide(&self, (row, column): Place) -> bool {
        let count = self.counts[row][column];
        !self.hidden[row][column] && count > 0 && count < self.total()
    }

    /// Hides what has to be hidden beside what already is. Ends because each step hides an entry more.
    fn settle(&mut self) {
        if !self.shows_total() {
            return;
        }
        while let Some((row, column)) = self.next_in_line().or_else(|| self.next_beside_bridge()) {
            self.hidden[row][column] = true;
        }
    }

    /// Every row and every column with its total at the end.
    fn lines(&self) -> impl Iterator<Item = Vec<Place>> {
        let (rows, columns) = (self.counts.len(), self.counts[0].len());
        let by_row = (0..rows).map(move |row| (0..columns).map(|column| (row, column)).collect());
        by_row.chain((0..columns).map(move |column| (0..rows).map(|row| (row, column)).collect()))
    }

    /// What has to be hidden next in the first line that gives something away.
    fn next_in_line(&self) -> Option<Place> {
        self.lines().find_map(|line| {
            let hidden = || line.iter().filter(|(row, column)| self.hidden[*row][*column]);
            let total_shown = line.last().is_some_and(|(row, column)| self.shows(*row, *column));
            let sum: u64 = hidden().map(|(row, column)| self.counts[*row][*column]).sum();
            let gives_away = match hidden().count() {
                0 => false,
                1 => true,
                _ => total_shown && sum < self.smallest,
            };
            if gives_away { self.smallest_of(line) } else { None }
        })
    }

    /// What has to be hidden next so that the first bridge is none any more.
    fn next_beside_bridge(&self) -> Option<Place> {
        self.places().filter(|(row, column)| self.hidden[*row][*column]).find_map(|bridge| {
            let (rows, columns) = self.side_of_row(bridge);
            let joins_both = |(row, column): &Place| rows[*row] != columns[*column];
            if columns[bridge.1] { None } else { self.smallest_of(self.places().filter(joins_both)) }
        })
    }

    fn places(&self) -> impl Iterator<Item = Place> {
        let columns = self.counts[0].len();
        (0..self.counts.len()).flat_map(move |row| (0..columns).map(move |column| (row, column)))
    }

    /// The smallest entry that may be hidden, cells before totals.
    fn smallest_of(&self, places: impl IntoIterator<Item = Place>) -> Option<Place> {
        let is_total = |(row, column): Place| row == self.last_row() || column == self.last_column();
        places
            .into_iter()
            .filter(|place| self.may_hide(*place))
            .min_by_key(|(row, column)| (is_total((*row, *column)), self.counts[*row][*column], *row, *column))
    }

    /// The rows and the columns that hidden entries join to the row of `without`, that entry left out.
    fn side_of_row(&self, without: Place) -> (Vec<bool>, Vec<bool>) {
        let mut rows = vec![false; self.counts.len()];
        let mut columns = vec![false; self.counts[0].len()];
        rows[without.0] = true;
        let mut grown = true;
        while grown {
            grown = false;
            for (row, column) in self.places().filter(|place| *place != without) {
                if self.hidden[row][column] && rows[row] != columns[column] {
                    (rows[row], columns[column]) = (true, true);
                    grown = true;
                }
            }
        }
        (rows, columns)
    }
}
