//! MPPs to learn from, for those who need it most. The lessons of all others are in the workbook.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::Index;

use super::names::{element_name, province, short};
use crate::fonts::breakable;
use crate::national::NationalReport;
use crate::national::lessons::{Lesson, Model, lessons};
use crate::report::FollowUp;
use crate::voice::Voice;

/// MPPs that are shown at most: what two or three pages hold, whatever the size of the country.
const SHOWN: usize = 30;
/// For an element, the steps of this many models are printed, those who are named most first.
const MODELS: usize = 3;
/// A step is cut after this many characters; the workbook has all of it.
const STEP_LENGTH: usize = 160;

#[derive(Serialize)]
pub(super) struct LearningView {
    tests: String,
    /// Comparable MPPs, those of them with a lesson, and those of these who need it most.
    mpps: String,
    found: usize,
    pressing: usize,
    /// As many of these as are shown.
    shown: usize,
    elements: Vec<ElementView>,
}

#[derive(Serialize)]
struct ElementView {
    code: String,
    name: String,
    lessons: Vec<LessonView>,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct LessonView {
    name: String,
    province: &'static str,
    /// Whether it lies below the funnel.
    below: bool,
    n: String,
    ikm: String,
    models: Vec<ModelView>,
}

#[derive(Serialize)]
struct ModelView {
    name: String,
    province: &'static str,
    better_by: String,
    interval: String,
}

#[derive(Serialize)]
struct StepView {
    name: String,
    step: String,
    status: Option<String>,
}

impl LearningView {
    pub fn of(report: &NationalReport, voice: Voice) -> Self {
        let (all, tests) = lessons(report);
        let found = || all.iter().filter(|lesson| !lesson.models.is_empty());
        let mut shown: Vec<&Lesson> = found().filter(|lesson| lesson.is_pressing()).collect();
        let pressing = shown.len();
        shown.sort_by(|one, other| one.upper().total_cmp(&other.upper()));
        shown.truncate(SHOWN);
        shown.sort_by_key(|lesson| (&lesson.mpp.name, &lesson.mpp.code));
        let of = |element: &Element| ElementView::of(report, *element, &shown, voice);
        Self {
            tests: voice.count(tests as u64),
            mpps: voice.count(all.len() as u64),
            found: found().count(),
            pressing,
            shown: shown.len(),
            elements: Element::ALL.iter().filter_map(of).collect(),
        }
    }
}

impl ElementView {
    /// What is to be learned about an element; `None` if it is nobody's weakest.
    fn of(report: &NationalReport, element: Element, shown: &[&Lesson<'_>], voice: Voice) -> Option<Self> {
        let lessons: Vec<&Lesson> = shown.iter().filter(|lesson| lesson.element == element).copied().collect();
        (!lessons.is_empty()).then(|| Self {
            code: format!("U{}", element.index() + 1),
            name: element_name(report, element, voice),
            lessons: lessons.iter().map(|lesson| LessonView::of(lesson, voice)).collect(),
            steps: steps(&lessons),
        })
    }
}

impl LessonView {
    fn of(lesson: &Lesson<'_>, voice: Voice) -> Self {
        let total = lesson.mpp.total();
        let model = |model: &Model<'_>| ModelView {
            name: short(&model.mpp.name),
            province: province(model.mpp),
            better_by: voice.decimal(model.difference.difference(), 1),
            interval: model.difference.interval.map_or_else(String::new, |ends| voice.interval(ends)),
        };
        Self {
            name: short(&lesson.mpp.name),
            province: province(lesson.mpp),
            below: lesson.is_below_funnel(),
            n: voice.count(total.answered(lesson.element)),
            ikm: Index::of_element(&total, lesson.element)
                .map_or_else(String::new, |index| voice.fixed(Fixed::<1>::round(index.exact()))),
            models: lesson.models.iter().map(model).collect(),
        }
    }
}

/// One step of each of the models that are named most.
fn steps(lessons: &[&Lesson<'_>]) -> Vec<StepView> {
    let mut named: BTreeMap<&str, (usize, &Model)> = BTreeMap::new();
    for model in lessons.iter().flat_map(|lesson| &lesson.models) {
        named.entry(model.mpp.code.as_str()).or_insert((0, model)).0 += 1;
    }
    let mut models: Vec<(usize, &Model)> = named.into_values().filter(|(_, model)| !model.steps.is_empty()).collect();
    models.sort_by_key(|(times, model)| (Reverse(*times), &model.mpp.name));
    models.iter().take(MODELS).filter_map(|(_, model)| Some(StepView::of(model, model.steps.first()?))).collect()
}

impl StepView {
    fn of(model: &Model<'_>, step: &FollowUp) -> Self {
        Self {
            name: short(&model.mpp.name),
            step: breakable(&shortened(&step.step)),
            status: step.status.as_deref().map(breakable).filter(|status| !status.is_empty()),
        }
    }
}

/// A text up to its last whole word before [`STEP_LENGTH`].
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(STEP_LENGTH) else { return text.to_owned() };
    let start = &text[..end];
    format!("{} …", start.rsplit_once(' ').map_or(start, |(words, _)| words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_steps_end_with_a_whole_word() {
        assert_eq!(shortened("Menambah loket"), "Menambah loket");
        let long = shortened(&"loket ".repeat(60));
        assert!(long.ends_with("loket …") && long.chars().count() <= STEP_LENGTH + 2, "{long}");
        assert_eq!(shortened(&"é".repeat(200)).chars().count(), STEP_LENGTH + 2);
    }
}
