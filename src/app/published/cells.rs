//! One margin of a table: which of its cells stay, and in what form.

use suara_domain::suppression::{Audience, PUBLIC_FROM, RANKED_FROM, rounded_count, visible};
use suara_domain::tally_set::Dimension;

use super::super::summary::{CrossingCell, GroupSummary, MppSummary};
use super::CellFigures;

/// Which cells of two margins that are published side by side stay.
pub(super) struct Visible {
    /// Services, in the order of the summary.
    pub services: Vec<bool>,
    /// Channels, in the order of the summary.
    pub channels: Vec<bool>,
}

impl Visible {
    /// Decides about both margins of a summary at once.
    pub fn of(summary: &MppSummary) -> Self {
        let services: Vec<_> = summary.services.iter().map(|it| (it.service.as_deref(), it.figures.n)).collect();
        let channels: Vec<_> = summary.channels.iter().map(|it| (it.channel.as_deref(), it.figures.n)).collect();
        let Some(cells) = &summary.crossing else { return Self::of_two_margins(&services, &channels) };
        // The agencies are published in the report.
        let shown = CrossingCell::crossing(cells).shown(Audience::Public);
        let visible = |margin: &[(Option<&str>, u64)], dimension| {
            let large = |n: u64| n == 0 || n >= PUBLIC_FROM;
            margin.iter().map(|(key, n)| large(*n) && shown.shows(dimension, key.unwrap_or_default())).collect()
        };
        Self { services: visible(&services, Dimension::Service), channels: visible(&channels, Dimension::Channel) }
    }

    /// Where it is not known which service is given by which channel, one margin could give the other away: if anything
    /// is hidden, only the services are shown.
    fn of_two_margins(services: &[(Option<&str>, u64)], channels: &[(Option<&str>, u64)]) -> Self {
        let visible = |margin: &[(Option<&str>, u64)]| visible(&margin.iter().map(|(_, n)| *n).collect::<Vec<_>>());
        let (services, mut channels) = (visible(services), visible(channels));
        if services.iter().chain(&channels).any(|visible| !visible) {
            channels.fill(false);
        }
        Self { services, channels }
    }
}

/// The cells of one margin in code order, hidden ones without figures, counts rounded to five, figures to one decimal.
pub(super) fn suppressed(cells: &[(Option<&str>, Option<&str>, &GroupSummary)], shown: &[bool]) -> Vec<CellFigures> {
    let cell = |((key, name, figures), shown): (&(Option<&str>, Option<&str>, &GroupSummary), &bool)| CellFigures {
        key: key.map(ToOwned::to_owned),
        name: name.map(ToOwned::to_owned),
        n: shown.then(|| rounded_count(figures.n)),
        ikm: figures.ikm.as_deref().filter(|_| *shown).map(one_decimal),
        mutu: figures.mutu.clone().filter(|_| *shown && figures.n >= RANKED_FROM),
    };
    cells.iter().zip(shown).filter(|((_, _, figures), _)| figures.n > 0).map(cell).collect()
}

/// An official figure of two decimals with one: rounded half-up from the two that are official.
pub(super) fn one_decimal(figure: &str) -> String {
    let Some((whole, decimals)) = figure.split_once('.') else { return figure.to_owned() };
    let hundredths = whole.parse::<u64>().ok().zip(decimals.get(..2).and_then(|places| places.parse::<u64>().ok()));
    let Some((whole, places)) = hundredths else { return figure.to_owned() };
    let tenths = (whole * 100 + places + 5) / 10;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(n: u64, ikm: &str) -> GroupSummary {
        let (ikm, mutu) = (Some(ikm.to_owned()), Some("B".to_owned()));
        GroupSummary { n, ikm, mutu, se: None, ci95: None, precision: String::new() }
    }

    #[test]
    fn hides_a_small_cell_and_the_next_smallest() {
        let groups = [group(41, "80.25"), group(3, "91.00"), group(12, "77.77"), group(0, "")];
        let keys = ["a", "b", "c", "d"];
        let cells: Vec<_> = keys.iter().zip(&groups).map(|(key, group)| (Some(*key), None, group)).collect();
        let shown = suppressed(&cells, &visible(&[41, 3, 12, 0]));
        let brief: Vec<_> = shown.iter().map(|cell| (cell.n, cell.ikm.as_deref(), cell.mutu.as_deref())).collect();
        assert_eq!(brief, [(Some(40), Some("80.3"), Some("B")), (None, None, None), (None, None, None)]);
    }

    #[test]
    fn rounds_to_one_decimal_half_up() {
        for (figure, rounded) in [("80.24", "80.2"), ("80.25", "80.3"), ("99.95", "100.0"), ("25.00", "25.0")] {
            assert_eq!(one_decimal(figure), rounded);
        }
    }
}
