//! What follows from published sums of the same responses, split in several ways.
//!
//! Every count is an entry that leads from one node to another; at each node what comes in equals what goes out, as in a
//! flow. Somebody who knows all shown entries, and which ones are empty, can compute an entry exactly if no other flow is
//! possible in which it differs: if in the residual graph of the unknown entries no way leads from its end back to its
//! start. That is subtraction within a margin and across margins alike, and the bounds that counts set: a hidden entry
//! that is not empty has at least one response.

use std::cmp::Reverse;

use crate::tally_set::Dimension;

/// One count.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// Node it comes from.
    pub from: usize,
    /// Node it leads to.
    pub to: usize,
    /// Responses, at least one.
    pub count: u64,
    /// The margin it is a cell of, published unless it is hidden; entries between margins are never shown.
    pub margin: Option<Dimension>,
}

/// Entries and which of them are hidden.
pub(super) struct Network {
    smallest: u64,
    total: u64,
    entries: Vec<Entry>,
    hidden: Vec<bool>,
    /// The entries that touch each node.
    at: Vec<Vec<usize>>,
}

/// What can be computed though it should not.
#[derive(Clone, Copy)]
enum Leak {
    /// A small entry.
    Entry(usize),
    /// The sum of entries at a node that are together small.
    Node(usize),
    /// The sum of the hidden cells of a margin that are together small.
    Margin(Dimension),
}

impl Network {
    /// Decides which entries to hide, starting from those below `smallest`. `total` is everything there is, and known; an
    /// entry that has all of it is known with it.
    pub fn settled(smallest: u64, total: u64, nodes: usize, entries: Vec<Entry>) -> Self {
        let mut at = vec![Vec::new(); nodes];
        for (index, entry) in entries.iter().enumerate() {
            at[entry.from].push(index);
            at[entry.to].push(index);
        }
        let hidden = entries.iter().map(|entry| entry.margin.is_none() || entry.count < smallest).collect();
        let mut network = Self { smallest, total, entries, hidden, at };
        while let Some(leak) = network.leak() {
            let Some(next) = network.next(leak) else { break };
            network.hidden[next] = true;
        }
        network.show_what_need_not_be_hidden();
        network
    }

    /// Whether an entry is shown.
    pub fn shows(&self, entry: usize) -> bool {
        !self.hidden[entry]
    }

    /// Hiding one after another may hide more than it takes: what is not needed is shown again, the largest first.
    fn show_what_need_not_be_hidden(&mut self) {
        let is_spare = |index: &usize| self.entries[*index].margin.is_some() && !self.is_small(*index);
        let mut spare: Vec<usize> = self.unknown().filter(is_spare).collect();
        spare.sort_by_key(|index| (Reverse(self.entries[*index].count), *index));
        for index in spare {
            self.hidden[index] = false;
            self.hidden[index] = self.leak().is_some();
        }
    }

    fn unknown(&self) -> impl Iterator<Item = usize> {
        (0..self.entries.len()).filter(|index| self.hidden[*index])
    }

    fn is_small(&self, index: usize) -> bool {
        self.entries[index].count < self.smallest
    }

    fn leak(&self) -> Option<Leak> {
        let mut open = self.core();
        let exact: Vec<usize> = self.unknown().filter(|index| self.is_exact(*index, &open)).collect();
        if let Some(index) = exact.iter().find(|index| self.is_small(**index)) {
            return Some(Leak::Entry(*index));
        }
        for index in exact {
            open[index] = false;
        }
        let node = (0..self.at.len()).find(|node| self.tells_small_sum(*node, &open)).map(Leak::Node);
        node.or_else(|| self.small_margin(&open).map(Leak::Margin))
    }

    /// The unknown entries without loose ends: an entry that is the only unknown one at a node is known, and so on.
    fn core(&self) -> Vec<bool> {
        let mut core = self.hidden.clone();
        let at = |node: usize, core: &[bool]| self.at[node].iter().copied().filter(|index| core[*index]).collect();
        let mut nodes: Vec<usize> = (0..self.at.len()).collect();
        while let Some(node) = nodes.pop() {
            let unknown: Vec<usize> = at(node, &core);
            if let [index] = unknown[..] {
                core[index] = false;
                nodes.extend([self.entries[index].from, self.entries[index].to]);
            }
        }
        core
    }

    /// Whether all that is open at a node is on one side of it, so that its sum is known, and too small.
    fn tells_small_sum(&self, node: usize, open: &[bool]) -> bool {
        let side = |incoming: bool| {
            let of_side = |index: &&usize| open[**index] && (self.entries[**index].to == node) == incoming;
            self.at[node].iter().filter(of_side).map(|index| self.entries[*index].count).sum::<u64>()
        };
        let (before, after) = (side(true), side(false));
        (before == 0) != (after == 0) && before + after < self.smallest
    }

    /// A margin whose hidden cells are together too small: their sum is what the total has beyond the shown ones.
    fn small_margin(&self, open: &[bool]) -> Option<Dimension> {
        let sum = |margin: Dimension| {
            let hidden = self.entries.iter().zip(open).filter(|(entry, open)| **open && entry.margin == Some(margin));
            hidden.map(|(entry, _)| entry.count).sum::<u64>()
        };
        self.entries.iter().filter_map(|entry| entry.margin).find(|margin| (1..self.smallest).contains(&sum(*margin)))
    }

    /// Whether an unknown entry can be neither larger nor smaller than it is.
    fn is_exact(&self, index: usize, core: &[bool]) -> bool {
        let Entry { from, to, count, .. } = self.entries[index];
        let leads = |start, goal| self.leads(start, goal, index, core);
        !core[index] || !leads(to, from) && (count == 1 || !leads(from, to))
    }

    /// Whether a way leads from one node to another: along open entries, and against those that may be smaller.
    fn leads(&self, start: usize, goal: usize, without: usize, open: &[bool]) -> bool {
        let mut seen = vec![false; self.at.len()];
        let mut next = vec![start];
        seen[start] = true;
        while let Some(node) = next.pop() {
            if node == goal {
                return true;
            }
            for index in self.at[node].iter().filter(|index| **index != without && open[**index]) {
                let entry = &self.entries[*index];
                let reached = if entry.from == node { Some(entry.to) } else { (entry.count > 1).then_some(entry.from) };
                if let Some(reached) = reached.filter(|reached| !seen[*reached]) {
                    seen[reached] = true;
                    next.push(reached);
                }
            }
        }
        false
    }

    /// What to hide next: the smallest entry that closes a leak or is beside it, otherwise the smallest of all.
    fn next(&mut self, leak: Leak) -> Option<usize> {
        let may_hide = |index: &usize| !self.hidden[*index] && self.entries[*index].count < self.total;
        let mut candidates: Vec<usize> = (0..self.entries.len()).filter(may_hide).collect();
        candidates.sort_by_key(|index| (self.entries[*index].count, *index));
        let found = candidates.iter().copied().find(|index| match leak {
            Leak::Entry(small) => self.protects(*index, small),
            Leak::Node(node) => self.is_beside(*index, node),
            Leak::Margin(margin) => self.entries[*index].margin == Some(margin),
        });
        found.or_else(|| candidates.first().copied())
    }

    /// Whether an entry could no longer be computed if a further one were hidden.
    fn protects(&mut self, further: usize, small: usize) -> bool {
        self.hidden[further] = true;
        let protects = !self.is_exact(small, &self.core());
        self.hidden[further] = false;
        protects
    }

    /// Whether an entry is at a node, or joined to it by one that is never shown.
    fn is_beside(&self, index: usize, node: usize) -> bool {
        let is_end = |node: usize| [self.entries[index].from, self.entries[index].to].contains(&node);
        let joins = |other: &usize| {
            let entry = &self.entries[*other];
            entry.margin.is_none() && (is_end(entry.from) || is_end(entry.to))
        };
        is_end(node) || self.at[node].iter().any(joins)
    }
}
