//! Nothing that is hidden can be computed. Whoever tries here knows all shown figures, which service belongs to which
//! agency and which channels it is given by.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use suara_domain::suppression::{Audience, Crossing, Shown, visible_to};
use suara_domain::tally_set::Dimension;

const MARGINS: [Dimension; 3] = [Dimension::Agency, Dimension::Service, Dimension::Channel];

/// A cell of a crossing: places of agency, service and channel, and its count.
type Cell = ([usize; 3], u64);

fn crossing(cells: &[Cell]) -> Crossing {
    let mut crossing = Crossing::default();
    for (place, count) in cells {
        let [agency, service, channel] = place.map(|place| place.to_string());
        crossing.add([&agency, &service, &channel], *count);
    }
    crossing
}

/// The cells of all margins: by which of them, its place there, and which cells of the crossing it sums up.
fn sums(cells: &[Cell]) -> BTreeMap<(usize, usize), Vec<usize>> {
    let mut sums: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (index, (place, _)) in cells.iter().enumerate() {
        for key in place.iter().copied().enumerate() {
            sums.entry(key).or_default().push(index);
        }
    }
    sums
}

fn of(cells: &[Cell], members: &[usize]) -> u64 {
    members.iter().map(|index| cells[*index].1).sum()
}

/// Tries every crossing that has the same shown figures and the same empty cells, until each sum below `smallest` that
/// is hidden was seen with two values.
struct Solver<'a> {
    /// What is known: members and their sum.
    known: Vec<(&'a [usize], u64)>,
    /// What must stay unknown, and what was seen of it.
    secret: Vec<(&'a [usize], BTreeSet<u64>)>,
    guess: Vec<u64>,
    cells: usize,
}

impl Solver<'_> {
    /// Whether all secrets are safe.
    fn solve(&mut self) -> bool {
        if self.secret.iter().all(|(_, seen)| seen.len() > 1) {
            return true;
        }
        let Some(most) = self.most() else { return false };
        if self.guess.len() == self.cells {
            for (members, seen) in &mut self.secret {
                seen.insert(members.iter().map(|index| self.guess[*index]).sum());
            }
            return self.secret.iter().all(|(_, seen)| seen.len() > 1);
        }
        for count in 1..=most {
            self.guess.push(count);
            let solved = self.solve();
            self.guess.pop();
            if solved {
                return true;
            }
        }
        false
    }

    /// How many responses the next cell can have at most; `None` if the guess is no solution.
    fn most(&self) -> Option<u64> {
        let mut most = u64::MAX;
        for (members, sum) in &self.known {
            let taken: u64 = members.iter().filter_map(|index| self.guess.get(*index)).sum();
            let open = members.iter().filter(|index| **index >= self.guess.len()).count() as u64;
            let left = sum.checked_sub(taken + open)?;
            if open == 0 && left > 0 {
                return None;
            }
            if members.contains(&self.guess.len()) {
                most = most.min(left + 1);
            }
        }
        Some(most)
    }
}

fn shows(shown: &Shown, (margin, place): (usize, usize)) -> bool {
    shown.shows(MARGINS[margin], &place.to_string())
}

/// Whether every hidden sum below the smallest number, and every such cell of the crossing, may have two values.
fn is_safe(cells: &[Cell], shown: &Shown, smallest: u64) -> bool {
    let sums = sums(cells);
    let all: Vec<usize> = (0..cells.len()).collect();
    let single: Vec<Vec<usize>> = all.iter().map(|index| vec![*index]).collect();
    let mut known = vec![(&all[..], of(cells, &all))];
    known.extend(sums.iter().filter(|(key, _)| shows(shown, **key)).map(|(_, it)| (&it[..], of(cells, it))));
    let secret = sums.iter().filter(|(key, _)| !shows(shown, **key)).map(|(_, members)| members).chain(&single);
    let secret = secret.filter(|members| of(cells, members) < smallest).map(|it| (&it[..], BTreeSet::new())).collect();
    Solver { known, secret, guess: Vec::new(), cells: cells.len() }.solve()
}

/// A few services of a few agencies, each by one channel, seldom by two; the counts around the limits.
fn few_cells() -> impl Strategy<Value = Vec<Cell>> {
    let count = prop_oneof![4 => 1_u64..10, 3 => 10_u64..16, 2 => 16_u64..40];
    let service = (0_usize..3, 0_usize..3, count.clone(), prop::option::weighted(0.2, (0_usize..3, count)));
    prop::collection::vec(service, 1..6).prop_map(|services| {
        let cells = services.into_iter().enumerate().flat_map(|(place, (agency, channel, count, more))| {
            let more = more.filter(|(other, _)| *other != channel);
            let more = more.map(|(channel, count)| ([agency, place, channel], count));
            std::iter::once(([agency, place, channel], count)).chain(more)
        });
        cells.collect()
    })
}

/// An MPP of realistic size.
fn many_cells() -> impl Strategy<Value = Vec<Cell>> {
    let count = prop_oneof![3 => 1_u64..10, 3 => 10_u64..30, 3 => 30_u64..500];
    let service = (0_usize..8, prop_oneof![6 => Just(0_usize), 3 => 1_usize..5], count);
    prop::collection::vec(service, 1..60).prop_map(|services| {
        let cells = services.into_iter().enumerate();
        cells.map(|(place, (agency, channel, count))| ([agency, place, channel], count)).collect()
    })
}

fn audience() -> impl Strategy<Value = Audience> {
    prop_oneof![Just(Audience::Public), Just(Audience::Manager)]
}

/// The rule of a margin: small cells are hidden, and what is hidden is at least two cells, together large enough.
fn check_margins(cells: &[Cell], shown: &Shown, smallest: u64) -> Result<(), TestCaseError> {
    let sums = sums(cells);
    for margin in 0..MARGINS.len() {
        let of_margin = sums.iter().filter(|((of, _), _)| *of == margin);
        let hidden: Vec<u64> = of_margin
            .filter(|(key, members)| !shows(shown, **key) && of(cells, members) > 0)
            .map(|(_, members)| of(cells, members))
            .collect();
        prop_assert!(hidden.len() != 1 && (hidden.is_empty() || hidden.iter().sum::<u64>() >= smallest), "{hidden:?}");
    }
    for (key, members) in &sums {
        prop_assert!(of(cells, members) >= smallest || !shows(shown, *key), "a small cell is shown");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_hidden_cell_of_three_margins_can_be_computed(cells in few_cells(), audience in audience()) {
        let smallest = audience.smallest();
        let shown = crossing(&cells).shown(audience);
        let total: u64 = cells.iter().map(|(_, count)| count).sum();
        if total < smallest {
            prop_assert!(sums(&cells).keys().all(|key| !shows(&shown, *key)));
        } else {
            check_margins(&cells, &shown, smallest)?;
            prop_assert!(is_safe(&cells, &shown, smallest), "{:?}", shown);
        }
    }

    /// The services of an agency or a channel whose figure is shown are a margin too.
    #[test]
    fn what_is_hidden_within_an_agency_or_a_channel_is_never_small(cells in many_cells()) {
        let smallest = Audience::Public.smallest();
        let shown = crossing(&cells).shown(Audience::Public);
        if cells.iter().map(|(_, count)| count).sum::<u64>() < smallest {
            return Ok(());
        }
        check_margins(&cells, &shown, smallest)?;
        for (key, members) in sums(&cells).into_iter().filter(|(key, _)| key.0 != 1 && shows(&shown, *key)) {
            let hidden: Vec<usize> = members.into_iter().filter(|index| !shows(&shown, (1, cells[*index].0[1]))).collect();
            prop_assert!(hidden.len() != 1 || of(&cells, &hidden) >= smallest, "{:?}", key);
            prop_assert!(hidden.is_empty() || of(&cells, &hidden) >= smallest, "{:?}", key);
        }
    }

    #[test]
    fn no_hidden_cell_of_a_margin_can_be_computed(counts in prop::collection::vec(0_u64..40, 1..12), audience in audience()) {
        let visible = visible_to(audience, &counts);
        let hidden: Vec<u64> =
            counts.iter().zip(&visible).filter(|(_, visible)| !**visible).map(|(count, _)| *count).collect();
        prop_assert!(!hidden.contains(&0));
        if counts.iter().sum::<u64>() >= audience.smallest() && !hidden.is_empty() {
            prop_assert!(hidden.len() >= 2 && hidden.iter().sum::<u64>() >= audience.smallest(), "{:?}", hidden);
        }
    }
}

fn hidden(cells: &[Cell]) -> Vec<String> {
    let shown = crossing(cells).shown(Audience::Public);
    let hidden = sums(cells).into_keys().filter(|key| !shows(&shown, *key));
    hidden.map(|(margin, place)| format!("{} {place}", MARGINS[margin].key())).collect()
}

#[test]
fn the_solver_finds_what_two_margins_give_away() {
    // Each margin by itself is in order: service 0 is hidden with the next smallest, and no channel is small. But the
    // next smallest is channel 1.
    let cells = [([0, 0, 0], 6), ([0, 1, 1], 12), ([0, 2, 0], 40), ([0, 3, 0], 50)];
    let each_alone = |counts: &[u64]| visible_to(Audience::Public, counts);
    assert_eq!(each_alone(&[6, 12, 40, 50]), [false, false, true, true]);
    assert_eq!(each_alone(&[96, 12]), [true, true]);
    assert!(is_safe(&cells, &crossing(&cells).shown(Audience::Public), 10));
    assert_eq!(hidden(&cells), ["service 0", "service 2"]);
    // What the two margins would have shown, each by itself, is what another crossing may show: one where services 0 and
    // 1 come by the same channel.
    let naive = crossing(&[([0, 0, 0], 6), ([0, 1, 0], 12), ([0, 2, 0], 40), ([0, 3, 0], 50)]).shown(Audience::Public);
    assert!(!shows(&naive, (1, 0)) && !shows(&naive, (1, 1)) && shows(&naive, (2, 1)));
    assert!(!is_safe(&cells, &naive, 10));
}

#[test]
fn a_service_that_alone_is_a_channel_is_hidden_with_it() {
    let cells = [([0, 0, 1], 6), ([0, 1, 0], 40), ([0, 2, 0], 50)];
    assert_eq!(hidden(&cells), ["service 0", "service 1", "channel 0", "channel 1"]);
}

#[test]
fn an_agency_of_one_service_does_not_give_it_away() {
    let cells = [([0, 0, 0], 6), ([0, 1, 0], 40), ([1, 2, 0], 12), ([2, 3, 0], 50)];
    // The two services of agency 0 stand for each other, although service 2 is smaller.
    assert_eq!(hidden(&cells), ["service 0", "service 1"]);
}

#[test]
fn nothing_is_hidden_without_need() {
    assert!(hidden(&[([0, 0, 0], 40), ([0, 1, 0], 30), ([1, 2, 1], 12)]).is_empty());
    assert_eq!(hidden(&[([0, 0, 0], 9)]), ["agency 0", "service 0", "channel 0"]);
    let margin = [([0, 0, 0], 40), ([0, 1, 0], 3), ([0, 2, 0], 4), ([0, 3, 0], 11)];
    assert_eq!(hidden(&margin), ["service 1", "service 2", "service 3"]);
}
