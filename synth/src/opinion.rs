//! What people think: scores with a common mood ("halo"), and comments tied to the lowest of them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use suara_domain::element::{Answers, ELEMENTS, Element};
use suara_domain::respondent::Mode;

use crate::mall::Service;
use crate::rng::Rng;

/// From where on the inner scale a 2, a 3 and a 4 is given.
const LIMITS: [f64; 3] = [-2.0, -1.05, 0.45];

static SENTENCES: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut sentences: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut about = "";
    for line in include_str!("../data/comments.txt").lines() {
        match line.strip_prefix("# ") {
            Some(heading) => about = heading,
            None => sentences.entry(about).or_default().push(line),
        }
    }
    sentences
});

/// The answers of one respondent; `effects` is what they would think of each element on an average day.
pub(crate) fn answers(rng: &mut Rng, effects: &[f64; ELEMENTS], free: bool, mode: Mode) -> Answers {
    let mood = 0.75 * rng.normal();
    let noise = rng.nine_normals();
    let same_everywhere = rng.per_mille(160);
    let mut digits: [u8; ELEMENTS] = std::array::from_fn(|u| {
        let thought = if same_everywhere { effects[8] + 0.4 } else { effects[u] + 0.65 * noise[u] };
        1 + LIMITS.iter().map(|limit| u8::from(thought + mood > *limit)).sum::<u8>()
    });
    if free && !same_everywhere && rng.per_mille(950) {
        digits[Element::Biaya.index()] = 4;
    }
    if mode == Mode::Paper {
        leave_gaps(rng, &mut digits);
    }
    Answers::from_digits(digits).unwrap_or_default()
}

/// Paper lets people skip an element, never all of them.
fn leave_gaps(rng: &mut Rng, digits: &mut [u8; ELEMENTS]) {
    let kept = rng.below(ELEMENTS);
    for (place, digit) in digits.iter_mut().enumerate() {
        if rng.per_mille(35) && place != kept {
            *digit = 0;
        }
    }
}

/// What somebody with these answers writes.
pub(crate) fn comment(rng: &mut Rng, answers: &Answers, service: Option<&Service>) -> String {
    let about = topic(rng, answers);
    let sentences = SENTENCES.get(about).map_or([].as_slice(), Vec::as_slice);
    let Some(sentence) = (!sentences.is_empty()).then(|| *rng.pick(sentences)) else { return String::new() };
    let name = service.map_or("layanan ini", |service| service.name);
    let counter = service.and_then(|service| service.counter.as_deref()).unwrap_or("loket");
    sentence.replace("{layanan}", name).replace("{loket}", counter).replace("{telepon}", &telephone(rng))
}

fn topic(rng: &mut Rng, answers: &Answers) -> &'static str {
    if rng.per_mille(15) {
        return "phone";
    }
    let scores = Element::ALL.into_iter().filter_map(|element| Some((answers.get(element)?.get(), element)));
    let lowest = scores.clone().map(|(score, _)| score).min().unwrap_or(4);
    let elements: Vec<Element> = scores.filter(|(score, _)| *score == lowest).map(|(_, element)| element).collect();
    let element = if elements.is_empty() { Element::Waktu } else { *rng.pick(&elements) };
    let weights = match lowest {
        1 | 2 => [80, 8, 12],
        3 => [35, 40, 25],
        _ => [2, 76, 22],
    };
    [element.key(), "praise", "neutral"][rng.weighted(&weights)]
}

fn telephone(rng: &mut Rng) -> String {
    let prefix = rng.pick(&["0812", "0813", "0821", "0852", "0857", "0878", "0896"]);
    let (middle, last) = (rng.between(1_000, 9_999), rng.between(100, 9_999));
    if rng.per_mille(500) { format!("{prefix}-{middle}-{last:04}") } else { format!("{prefix}{middle}{last:04}") }
}
