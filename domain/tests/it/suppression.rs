//! Nothing that is hidden can be computed: the shown figures of a table as linear equations, solved by elimination.

use proptest::prelude::*;
use suara_domain::suppression::{Audience, Table, visible_to};

/// A prime. Whatever follows from sums and differences alone follows modulo this as well.
const MODULUS: i64 = 1_000_003;

/// The hidden entries of a table that follow from the shown ones: those whose own equation is among the combinations of
/// the table's equations, one per row and column, of which only the hidden entries are unknown.
fn computable(hidden: &[Vec<bool>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (hidden.len(), hidden[0].len());
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    let unknown: Vec<(usize, usize)> = places.filter(|(row, column)| hidden[*row][*column]).collect();
    let equation = |belongs: &dyn Fn(&(usize, usize)) -> Option<bool>| -> Vec<i64> {
        // The cells of a line have one sign, its total the other.
        unknown.iter().map(|place| belongs(place).map_or(0, |total| if total { MODULUS - 1 } else { 1 })).collect()
    };
    let by_row = (0..rows).map(|line| equation(&|(row, column)| (*row == line).then_some(*column + 1 == columns)));
    let by_column = (0..columns).map(|line| equation(&|(row, column)| (*column == line).then_some(*row + 1 == rows)));
    let reduced = eliminate(by_row.chain(by_column).collect());
    // In reduced echelon form an unknown is determined exactly if an equation has it alone.
    let alone = |equation: &Vec<i64>| {
        let mut terms = (0..unknown.len()).filter(|unknown| equation[*unknown] != 0);
        terms.next().filter(|_| terms.next().is_none())
    };
    reduced.iter().filter_map(alone).map(|place| unknown[place]).collect()
}

fn inverse(number: i64) -> i64 {
    let (mut power, mut base, mut exponent) = (1, number, MODULUS - 2);
    while exponent > 0 {
        if exponent % 2 == 1 {
            power = power * base % MODULUS;
        }
        base = base * base % MODULUS;
        exponent /= 2;
    }
    power
}

fn eliminate(mut equations: Vec<Vec<i64>>) -> Vec<Vec<i64>> {
    let unknowns = equations.first().map_or(0, Vec::len);
    let mut rank = 0;
    for unknown in 0..unknowns {
        let Some(pivot) = (rank..equations.len()).find(|row| equations[*row][unknown] != 0) else { continue };
        equations.swap(rank, pivot);
        let scale = inverse(equations[rank][unknown]);
        equations[rank].iter_mut().for_each(|term| *term = *term * scale % MODULUS);
        let pivot = equations[rank].clone();
        for (row, equation) in equations.iter_mut().enumerate() {
            let factor = equation[unknown];
            if row == rank || factor == 0 {
                continue;
            }
            for (term, other) in equation.iter_mut().zip(&pivot) {
                *term = (*term + (MODULUS - factor) * other) % MODULUS;
            }
        }
        rank += 1;
    }
    equations.truncate(rank);
    equations
}

/// Everything that is hidden, the totals at the ends.
fn hidden(table: &Table, rows: usize, columns: usize) -> Vec<Vec<bool>> {
    let line = |row| (0..=columns).map(move |column| !table.shows(row, column)).collect();
    (0..=rows).map(line).collect()
}

/// Small counts, empty cells and large ones.
fn counts() -> impl Strategy<Value = Vec<Vec<u64>>> {
    let count = prop_oneof![3 => Just(0_u64), 4 => 1_u64..10, 3 => 10_u64..30, 2 => 30_u64..500];
    (1_usize..7, 1_usize..7).prop_flat_map(move |(rows, columns)| {
        prop::collection::vec(prop::collection::vec(count.clone(), columns), rows)
    })
}

fn audience() -> impl Strategy<Value = Audience> {
    prop_oneof![Just(Audience::Public), Just(Audience::Manager)]
}

fn check(table: &Table, counts: &[Vec<u64>], audience: Audience) -> Result<(), TestCaseError> {
    let (rows, columns) = (counts.len(), counts[0].len());
    let smallest = audience.smallest();
    let total: u64 = counts.iter().flatten().sum();
    prop_assert_eq!(table.shows_total(), total == 0 || total >= smallest);
    for (row, cells) in counts.iter().enumerate() {
        for (column, count) in cells.iter().enumerate() {
            prop_assert!(!(1..smallest).contains(count) || !table.shows(row, column), "a small cell is shown");
            prop_assert!(*count > 0 || table.shows(row, column), "an empty cell is hidden");
        }
        let shown: Vec<bool> = (0..columns).map(|column| table.shows(row, column)).collect();
        check_line(cells, &shown, table.shows_row(row), smallest)?;
    }
    for column in 0..columns {
        let cells: Vec<u64> = counts.iter().map(|row| row[column]).collect();
        let shown: Vec<bool> = (0..rows).map(|row| table.shows(row, column)).collect();
        check_line(&cells, &shown, table.shows_column(column), smallest)?;
    }
    if table.shows_total() {
        prop_assert_eq!(computable(&hidden(table, rows, columns)), []);
    }
    Ok(())
}

/// The rule of a margin on one row or column.
fn check_line(cells: &[u64], shown: &[bool], total_shown: bool, smallest: u64) -> Result<(), TestCaseError> {
    let total: u64 = cells.iter().sum();
    prop_assert!(!total_shown || total == 0 || total >= smallest, "a small total is shown");
    let hidden: Vec<u64> = cells.iter().zip(shown).filter(|(_, shown)| !**shown).map(|(count, _)| *count).collect();
    if total_shown && !hidden.is_empty() {
        prop_assert!(hidden.len() >= 2 && hidden.iter().sum::<u64>() >= smallest, "{:?} in {:?}", hidden, cells);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_hidden_entry_of_a_table_can_be_computed(counts in counts(), audience in audience()) {
        check(&Table::new(audience, &counts), &counts, audience)?;
    }

    #[test]
    fn what_another_table_hides_stays_safe_here(counts in counts(), audience in audience(), row in 0_usize..6, column in 0_usize..6) {
        let mut table = Table::new(audience, &counts);
        let before = hidden(&table, counts.len(), counts[0].len());
        table.hide_row(row % counts.len());
        table.hide_column(column % counts[0].len());
        check(&table, &counts, audience)?;
        let after = hidden(&table, counts.len(), counts[0].len());
        prop_assert!(before.iter().flatten().zip(after.iter().flatten()).all(|(before, after)| *after || !before));
    }

    #[test]
    fn no_hidden_cell_of_a_margin_can_be_computed(counts in prop::collection::vec(0_u64..40, 1..12), audience in audience()) {
        let visible = visible_to(audience, &counts);
        let hidden: Vec<u64> =
            counts.iter().zip(&visible).filter(|(_, visible)| !**visible).map(|(count, _)| *count).collect();
        let total: u64 = counts.iter().sum();
        prop_assert!(!hidden.contains(&0));
        if total >= audience.smallest() && !hidden.is_empty() {
            prop_assert!(hidden.len() >= 2 && hidden.iter().sum::<u64>() >= audience.smallest(), "{:?}", hidden);
        }
        // A table hides at least what its margin does.
        let table = Table::new(audience, &counts.iter().map(|count| vec![*count]).collect::<Vec<_>>());
        for (row, visible) in visible.iter().enumerate() {
            prop_assert!(*visible || !table.shows_row(row));
        }
    }
}

#[test]
fn the_elimination_finds_what_subtraction_gives_away() {
    // Two blocks of four hidden cells and one hidden cell between them: two and more in every line, yet not safe.
    let mut hidden = vec![vec![false; 5]; 5];
    for place in [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3), (1, 2)] {
        hidden[place.0][place.1] = true;
    }
    assert_eq!(computable(&hidden), [(1, 2)]);
    hidden[2][1] = true;
    assert_eq!(computable(&hidden), []);
    assert_eq!(computable(&[vec![true, false, false], vec![false; 3]]), [(0, 0)]);
}

#[test]
fn a_cell_between_two_blocks_is_hidden_with_another() {
    let counts = vec![vec![7, 8, 40, 50], vec![9, 6, 5, 60], vec![70, 80, 8, 7], vec![90, 45, 9, 6]];
    let table = Table::new(Audience::Public, &counts);
    let shown = |row: usize| (0..4).map(|column| table.shows(row, column)).collect::<Vec<bool>>();
    assert_eq!(shown(0), [false, false, false, true], "40 is the smallest that joins the blocks once more");
    assert_eq!(shown(1), [false, false, false, true]);
    assert_eq!((shown(2), shown(3)), (vec![true, true, false, false], vec![true, true, false, false]));
    assert!((0..4).all(|line| table.shows_row(line) && table.shows_column(line)));
}

#[test]
fn tiny_tables_are_decided_too() {
    assert!(!Table::new(Audience::Public, &[vec![9]]).shows_total());
    assert!(Table::new(Audience::Public, &[vec![10]]).shows(0, 0));
    assert!(Table::new(Audience::Manager, &[vec![5]]).shows(0, 0));
    assert!(Table::new(Audience::Public, &[]).shows_total());
    // A period and its two halves, the second hardly begun.
    let halves = Table::new(Audience::Public, &[vec![40, 3], vec![30, 12]]);
    assert!(!halves.shows(0, 1) && !halves.shows(0, 0) && halves.shows_row(0));
}
