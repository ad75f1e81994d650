//! MPPs to learn from: for the weakest element of each MPP, comparable MPPs that are truly better at it.
//!
//! Comparable is who serves through the same channels and with about as many agencies. Of those, only the most alike
//! are tested, and only a difference that is significant after Benjamini and Hochberg over all these tests counts, so
//! that nobody is sent to study a neighbour's luck.

use std::cmp::Reverse;

use suara_domain::change::{Change, SIGNIFICANT_AT, adjusted};
use suara_domain::element::Element;
use suara_domain::index::{Mutu, by_weakness};
use suara_domain::nation::Zone;
use suara_domain::precision::Precision;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;

use super::{NationalMpp, NationalReport};
use crate::report::FollowUp;

/// Channel mixes are alike from this overlap on, in parts of a thousand.
const ALIKE_FROM: u64 = 700;
/// The number of agencies may differ by this factor.
const SIZE_FACTOR: u64 = 2;
/// Of the comparable MPPs this many are looked at, the most alike first.
const LOOKED_AT: usize = 10;
/// This many are named.
const NAMED: usize = 2;
/// A weakest element is truly weak where its whole 95 % interval is below this class.
const GOOD: Mutu = Mutu::B;

/// What one MPP can learn.
pub(crate) struct Lesson<'a> {
    /// Who learns.
    pub mpp: &'a NationalMpp,
    /// Its weakest element.
    pub element: Element,
    /// 95 % interval of the element's index, without the share of users who answered; `None` if nearly nobody did.
    pub interval: Option<(f64, f64)>,
    /// From whom: who has written down steps first, then who is most alike. Empty if nobody truly better was found.
    pub models: Vec<Model<'a>>,
}

impl Lesson<'_> {
    /// Whether the MPP needs it most: chance does not explain how low it lies (below the 95 % limit of the funnel), or
    /// its weakest element is truly weak (the whole 95 % interval below class B).
    pub fn is_pressing(&self) -> bool {
        self.is_below_funnel() || GOOD.lower_limit().is_some_and(|limit| self.upper() < limit)
    }

    /// Whether the MPP lies below the 95 % limit of the funnel.
    pub fn is_below_funnel(&self) -> bool {
        let standing = self.mpp.standing.as_ref();
        standing.is_some_and(|standing| matches!(standing.zone, Zone::Below95 | Zone::Below998))
    }

    /// How high the weakest element is at most; the lower, the surer its weakness.
    pub fn upper(&self) -> f64 {
        self.interval.map_or(100.0, |(_, upper)| upper)
    }
}

/// An MPP to learn from.
pub(crate) struct Model<'a> {
    /// Who it is.
    pub mpp: &'a NationalMpp,
    /// By how much it is better at the element.
    pub difference: Change,
    /// What it did for this element, this period or the former one.
    pub steps: Vec<&'a FollowUp>,
}

struct Candidate<'a> {
    learner: usize,
    model: &'a NationalMpp,
    difference: Change,
    p: f64,
    likeness: u64,
}

/// The lessons of all comparable MPPs, by code, and how many tests were made.
pub(crate) fn lessons(report: &NationalReport) -> (Vec<Lesson<'_>>, usize) {
    let learners: Vec<(&NationalMpp, Tally, Element)> = report
        .mpps
        .iter()
        .filter(|mpp| mpp.is_ranked())
        .filter_map(|mpp| {
            let total = mpp.total();
            let weakest = by_weakness(&total).into_iter().next()?;
            Some((mpp, total, weakest))
        })
        .collect();
    let profiles: Vec<Profile> = learners.iter().map(|(mpp, ..)| Profile::of(mpp)).collect();
    let candidates: Vec<Candidate> =
        (0..learners.len()).flat_map(|place| candidates(&learners, &profiles, place)).collect();
    let adjusted = adjusted(&candidates.iter().map(|candidate| candidate.p).collect::<Vec<_>>());
    let mut lessons: Vec<Lesson> = learners
        .iter()
        .map(|(mpp, total, element)| {
            let interval = Precision::of_element(total, *element, None).and_then(|precision| precision.interval);
            Lesson { mpp, element: *element, interval, models: Vec::new() }
        })
        .collect();
    let tests = candidates.len();
    let mut better: Vec<Candidate> = candidates
        .into_iter()
        .zip(adjusted)
        .filter(|(_, p)| *p <= SIGNIFICANT_AT)
        .map(|(candidate, _)| candidate)
        .collect();
    better.sort_by_key(|it| {
        let steps = steps(it.model, learners[it.learner].2).len().min(1);
        (it.learner, Reverse(steps), Reverse(it.likeness), it.model.code.clone())
    });
    for candidate in better {
        let lesson = &mut lessons[candidate.learner];
        if lesson.models.len() < NAMED {
            let steps = steps(candidate.model, lesson.element);
            lesson.models.push(Model { mpp: candidate.model, difference: candidate.difference, steps });
        }
    }
    (lessons, tests)
}

/// The most alike of the comparable MPPs that have a higher index at the weakest element of a learner, tested.
fn candidates<'a>(
    learners: &[(&'a NationalMpp, Tally, Element)],
    profiles: &[Profile],
    place: usize,
) -> Vec<Candidate<'a>> {
    let (_, own, element) = &learners[place];
    let mut alike: Vec<(u64, usize)> = (0..learners.len())
        .filter(|other| *other != place && profiles[place].is_comparable(&profiles[*other]))
        .map(|other| (profiles[place].likeness(&profiles[other]), other))
        .collect();
    alike.sort_by_key(|(likeness, other)| (Reverse(*likeness), *other));
    // Far cheaper than a test of everybody who is not better anyway.
    let score = |tally: &Tally| tally.score_sum(*element) as f64 / tally.answered(*element).max(1) as f64;
    alike
        .into_iter()
        .filter(|(_, other)| score(&learners[*other].1) > score(own))
        .filter_map(|(likeness, other)| {
            let (model, tally, _) = &learners[other];
            let difference = Change::of_element(own, tally, *element)?;
            let p = difference.p?;
            Some(Candidate { learner: place, model, difference, p, likeness })
        })
        .take(LOOKED_AT)
        .collect()
}

fn steps(mpp: &NationalMpp, element: Element) -> Vec<&FollowUp> {
    mpp.former_follow_up.iter().chain(&mpp.follow_up).filter(|step| step.element == element).collect()
}

/// What makes two MPPs comparable: size and channel mix, both from the frozen tallies.
struct Profile {
    agencies: u64,
    /// Share of each channel in parts of a thousand, by key.
    channels: Vec<(String, u64)>,
}

impl Profile {
    fn of(mpp: &NationalMpp) -> Self {
        let n = mpp.n().max(1);
        let channels = mpp.tallies.groups(Dimension::Channel);
        Self {
            agencies: mpp.tallies.groups(Dimension::Agency).filter(|(name, _)| !name.is_empty()).count() as u64,
            channels: channels.map(|(key, tally)| (key.to_owned(), tally.n() * 1000 / n)).collect(),
        }
    }

    fn is_comparable(&self, other: &Self) -> bool {
        let (less, more) = (self.agencies.min(other.agencies), self.agencies.max(other.agencies));
        more <= less.max(1) * SIZE_FACTOR && self.likeness(other) >= ALIKE_FROM
    }

    /// Overlap of the channel mixes, 0 to 1000.
    fn likeness(&self, other: &Self) -> u64 {
        let share = |key: &str| other.channels.iter().find(|(known, _)| known == key).map_or(0, |(_, share)| *share);
        self.channels.iter().map(|(key, own)| (*own).min(share(key))).sum()
    }
}
