//! Malls whose true index is known, and what a sample of their visitors answers.

use suara_domain::element::Answers;
use suara_domain::tally::Tally;

use crate::random::{Random, whole};

/// Kinds of visitors with their shares of a hundred in a weak mall and in a strong one. Most are content, a few are
/// not at all: that is how scores are spread everywhere.
const VISITORS: [([u8; 9], f64, f64); 6] = [
    ([4, 4, 4, 4, 4, 4, 4, 4, 4], 0.0, 40.0),
    ([4, 4, 4, 3, 4, 4, 4, 3, 4], 10.0, 30.0),
    ([4, 4, 3, 3, 4, 3, 4, 3, 4], 0.0, 20.0),
    ([4, 3, 3, 3, 4, 3, 4, 3, 3], 35.0, 0.0),
    ([3, 3, 3, 3, 3, 3, 3, 3, 3], 50.0, 10.0),
    ([2, 2, 2, 2, 2, 2, 2, 2, 2], 5.0, 0.0),
];

/// The index of a mall with visitors of one column.
fn index(share: impl Fn(&([u8; 9], f64, f64)) -> f64) -> f64 {
    let mean = |visitor: &([u8; 9], f64, f64)| visitor.0.iter().map(|digit| f64::from(*digit)).sum::<f64>() / 9.0;
    VISITORS.iter().map(|visitor| 25.0 * mean(visitor) * share(visitor) / 100.0).sum()
}

/// The answers of `n` visitors of a mall whose true index is exactly this: a mixture of the weak and the strong one.
pub fn sample(truth: f64, n: u64, random: &mut Random) -> Tally {
    let (weak, strong) = (index(|visitor| visitor.1), index(|visitor| visitor.2));
    assert!(weak <= truth && truth <= strong, "no mall is at {truth}");
    let part = (truth - weak) / (strong - weak);
    let shares = VISITORS.map(|(_, weak, strong)| ((1.0 - part) * weak + part * strong) / 100.0);
    let mut counts = [0; VISITORS.len()];
    for _ in 0..n {
        let mut left = random.share();
        let kind = shares.iter().position(|share| {
            left -= share;
            left < 0.0
        });
        counts[kind.unwrap_or(VISITORS.len() - 1)] += 1;
    }
    let mut tally = Tally::default();
    for ((digits, ..), count) in VISITORS.into_iter().zip(counts) {
        tally.add(&Answers::from_digits(digits).unwrap(), count);
    }
    tally
}

/// Number of responses of a mall: as many malls between 30 and 60 as between 300 and 600.
pub fn size(low: f64, high: f64, random: &mut Random) -> u64 {
    let size = libm::exp(libm::log(low) + random.share() * (libm::log(high) - libm::log(low)));
    u64::try_from(whole(size)).unwrap()
}

/// Figures of a simulation, for whoever looks.
#[expect(clippy::print_stdout, reason = "the rates are what simulations are for")]
pub fn tell(title: &str, figures: &[(&str, f64)]) {
    println!("{title}");
    for (name, figure) in figures {
        println!("  {name:<64} {figure:>9.3}");
    }
}

#[test]
fn a_mall_is_what_it_is_said_to_be() {
    use suara_domain::index::Index;
    let tally = sample(87.0, 200_000, &mut Random::new(1));
    let index = Index::of(&tally).unwrap().to_f64();
    assert!((index - 87.0).abs() < 0.1, "{index}");
}
