//! MPPs to learn from.

use serde::Serialize;
use suara_domain::index::Index;
use suara_domain::language::Language;

use super::standings::province;
use crate::fonts::breakable;
use crate::indonesian::{count, decimal};
use crate::national::NationalReport;
use crate::national::lessons::{Lesson, Model, lessons};

/// Steps that are printed of one MPP.
const STEPS: usize = 2;

#[derive(Serialize)]
pub(super) struct LearningView {
    tests: String,
    lessons: Vec<LessonView>,
}

#[derive(Serialize)]
struct LessonView {
    name: String,
    element: String,
    ikm: String,
    models: Vec<ModelView>,
}

#[derive(Serialize)]
struct ModelView {
    name: String,
    province: &'static str,
    ikm: String,
    better_by: String,
    interval: String,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    step: String,
    status: Option<String>,
}

impl LearningView {
    pub fn of(report: &NationalReport) -> Self {
        let (mut lessons, tests) = lessons(report);
        lessons.sort_by(|one, other| (&one.mpp.name, &one.mpp.code).cmp(&(&other.mpp.name, &other.mpp.code)));
        Self {
            tests: count(tests as u64),
            lessons: lessons.iter().map(|lesson| LessonView::of(report, lesson)).collect(),
        }
    }
}

impl LessonView {
    fn of(report: &NationalReport, lesson: &Lesson<'_>) -> Self {
        let of_element = |tally| Index::of_element(&tally, lesson.element);
        let ikm = |tally| of_element(tally).map_or_else(String::new, |index| decimal(index.to_f64(), 1));
        let model = |model: &Model<'_>| ModelView {
            name: breakable(&model.mpp.name),
            province: province(model.mpp),
            ikm: ikm(model.mpp.total()),
            better_by: decimal(model.difference.difference(), 1),
            interval: model
                .difference
                .interval
                .map_or_else(String::new, |(low, high)| format!("{} – {}", decimal(low, 1), decimal(high, 1))),
            steps: model
                .steps
                .iter()
                .take(STEPS)
                .map(|step| StepView { step: breakable(&step.step), status: step.status.as_deref().map(breakable) })
                .collect(),
        };
        Self {
            name: breakable(&lesson.mpp.name),
            element: report.instrument.question(lesson.element).name.get(Language::Indonesian).to_owned(),
            ikm: ikm(lesson.mpp.total()),
            models: lesson.models.iter().map(model).collect(),
        }
    }
}
