//! Where points lie on the plane of NRR and correlation, and where their labels have room.

use suara_domain::reliability::Quadrants;

use super::super::canvas::RoundToUnit;

pub(super) const LEFT: i32 = 90;
pub(super) const RIGHT: i32 = 900;
pub(super) const TOP: i32 = 80;
pub(super) const BOTTOM: i32 = TOP + 600;
/// Radius of a point.
pub(super) const RADIUS: i32 = 13;

/// Half of the width and height of a label like "U9".
const HALF_LABEL: (i32, i32) = (23, 17);
/// Distances from a point at which a label is tried, the nearest first; from the second on a leader is drawn.
const DISTANCES: [i32; 4] = [40, 66, 96, 130];
/// Directions in which a label is tried, in hundredths of the distance: right, left, above, below, then slanted.
const DIRECTIONS: [(i32, i32); 8] =
    [(100, 0), (-100, 0), (0, -100), (0, 100), (78, -78), (-78, -78), (78, 78), (-78, 78)];

/// A section of an axis with its even steps.
struct Axis {
    lowest: f64,
    highest: f64,
    step: f64,
}

impl Axis {
    /// The section that holds all values with some room, cut at the ends of what is possible.
    fn of(values: &[f64], (least, most): (f64, f64)) -> Self {
        let lowest = values.iter().copied().fold(most, f64::min);
        let highest = values.iter().copied().fold(least, f64::max);
        let room = ((highest - lowest) * 0.08).max(0.04);
        let step = [0.02, 0.05, 0.1, 0.2, 0.5];
        let step = step.into_iter().find(|step| (highest - lowest + 2.0 * room) / step <= 7.0).unwrap_or(1.0);
        Self { lowest: (lowest - room).max(least), highest: (highest + room).min(most), step }
    }

    /// 0 at the lower end, 1 at the upper one.
    fn part(&self, value: f64) -> f64 {
        (value - self.lowest) / (self.highest - self.lowest)
    }

    fn steps(&self) -> impl Iterator<Item = f64> + '_ {
        let first = (self.lowest / self.step).ceil();
        let steps = std::iter::successors(Some(first), |step| Some(step + 1.0)).map(|step| step * self.step);
        steps.take_while(|value| *value <= self.highest + 1e-9)
    }
}

/// The plane: NRR across, correlation up.
pub(super) struct Plane {
    nrr: Axis,
    correlation: Axis,
}

impl Plane {
    pub fn of(quadrants: &Quadrants) -> Self {
        let nrr: Vec<f64> = quadrants.points.iter().map(|point| point.nrr).collect();
        let ends = quadrants.points.iter().filter_map(|point| point.interval).flat_map(|(lower, upper)| [lower, upper]);
        let correlations: Vec<f64> = quadrants.points.iter().map(|point| point.correlation).chain(ends).collect();
        Self { nrr: Axis::of(&nrr, (1.0, 4.0)), correlation: Axis::of(&correlations, (-1.0, 1.0)) }
    }

    /// Where a pair of NRR and correlation lies.
    pub fn place(&self, (nrr, correlation): (f64, f64)) -> (i32, i32) {
        let x = LEFT + (self.nrr.part(nrr) * f64::from(RIGHT - LEFT)).round_to_unit();
        let y = BOTTOM - (self.correlation.part(correlation) * f64::from(BOTTOM - TOP)).round_to_unit();
        (x, y)
    }

    /// Even values of NRR with their place.
    pub fn across(&self) -> impl Iterator<Item = (f64, i32)> + '_ {
        self.nrr.steps().map(|value| (value, self.place((value, 0.0)).0))
    }

    /// Even values of the correlation with their place.
    pub fn up(&self) -> impl Iterator<Item = (f64, i32)> + '_ {
        self.correlation.steps().map(|value| (value, self.place((1.0, value)).1))
    }
}

/// Where a label stands.
pub(super) struct Label {
    pub at: (i32, i32),
    /// So far from its point that a line has to lead there.
    pub far: bool,
}

/// A place for the label of every point, the first that covers neither a point nor another label. If there is none, the
/// label stands at the right of its point, whatever is there.
pub(super) fn labels(points: &[(i32, i32)]) -> Vec<Label> {
    let mut placed: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    let mut labels = Vec::with_capacity(points.len());
    for point in points {
        let label = candidates(*point).find(|label| is_free(label.at, points, &placed));
        let label = label.unwrap_or(Label { at: (point.0 + DISTANCES[0], point.1), far: false });
        placed.push(label.at);
        labels.push(label);
    }
    labels
}

fn candidates(point: (i32, i32)) -> impl Iterator<Item = Label> {
    DISTANCES.into_iter().flat_map(move |distance| {
        DIRECTIONS.into_iter().map(move |(x, y)| Label {
            at: (point.0 + x * distance / 100, point.1 + y * distance / 100),
            far: distance > DISTANCES[0],
        })
    })
}

fn is_free((x, y): (i32, i32), points: &[(i32, i32)], labels: &[(i32, i32)]) -> bool {
    let (half_width, half_height) = HALF_LABEL;
    let inside = (LEFT + half_width..=RIGHT - half_width).contains(&x)
        && (TOP + half_height..=BOTTOM - half_height).contains(&y);
    let apart =
        |other: &(i32, i32), width: i32, height: i32| (x - other.0).abs() >= width || (y - other.1).abs() >= height;
    inside
        && points.iter().all(|point| apart(point, half_width + RADIUS, half_height + RADIUS))
        && labels.iter().all(|label| apart(label, 2 * half_width, 2 * half_height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_off_each_other_and_off_the_points() {
        let crowd: Vec<(i32, i32)> = (0..9).map(|place| (500 + place % 3 * 22, 400 + place / 3 * 22)).collect();
        let labels: Vec<(i32, i32)> = labels(&crowd).into_iter().map(|label| label.at).collect();
        assert_eq!(labels.len(), 9);
        for (place, label) in labels.iter().enumerate() {
            let others: Vec<_> =
                labels.iter().enumerate().filter(|(other, _)| *other != place).map(|(_, at)| *at).collect();
            assert!(is_free(*label, &crowd, &others), "label {place} at {label:?}");
        }
    }

    #[test]
    fn axes_hold_every_value_and_have_few_steps() {
        for values in [vec![3.0, 3.01], vec![1.0, 4.0], vec![3.98, 4.0], vec![2.5]] {
            let axis = Axis::of(&values, (1.0, 4.0));
            assert!(values.iter().all(|value| (0.0..=1.0).contains(&axis.part(*value))), "{values:?}");
            assert!((1..=8).contains(&axis.steps().count()), "{values:?}");
        }
    }
}
