//! 4.2: the plan made from this semester, and what became of the former one.

use chrono::Datelike;
use serde::Serialize;
use suara_domain::index::Index;

use super::trend::ChangeView;
use super::{code, name, text};
use crate::fonts::breakable;
use crate::report::{FollowUp, SemesterReport};
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct FollowUpView {
    plan: Vec<StepView>,
    former_plan: Vec<StepView>,
    former_period: String,
}

impl FollowUpView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let effect =
            |step: &FollowUp| StepView { effect: effect(report, step, voice), ..StepView::of(report, step, voice) };
        Self {
            plan: report.follow_up.iter().map(|step| StepView::of(report, step, voice)).collect(),
            former_plan: report.former_follow_up.iter().map(effect).collect(),
            former_period: voice.period(report.period.previous()),
        }
    }
}

#[derive(Serialize)]
struct StepView {
    code: String,
    element: String,
    step: String,
    owner: Option<String>,
    /// Quarter in which it is due, 1 to 4; `None` without a date.
    quarter: Option<u32>,
    due: Option<String>,
    status: Option<String>,
    evidence: Option<String>,
    /// How the element changed since, of former steps.
    effect: Option<EffectView>,
}

impl StepView {
    fn of(report: &SemesterReport, step: &FollowUp, voice: Voice) -> Self {
        Self {
            code: code(step.element),
            element: name(report, step.element, voice),
            step: breakable(&step.step),
            owner: text(step.owner.as_ref()),
            quarter: step.due_on.map(|due| due.month0() / 3 + 1),
            due: step.due_on.map(|due| voice.date(due)),
            status: text(step.status.as_ref()),
            evidence: text(step.evidence.as_ref()),
            effect: None,
        }
    }
}

/// An element before and after.
#[derive(Serialize)]
struct EffectView {
    before: String,
    after: String,
    change: ChangeView,
}

fn effect(report: &SemesterReport, step: &FollowUp, voice: Voice) -> Option<EffectView> {
    let (before, after) = (report.former.as_ref()?.tallies.total(), report.tallies.total());
    let index = |tally| Index::of_element(tally, step.element).map(|index| voice.fixed(index.rounded()));
    Some(EffectView {
        before: index(&before)?,
        after: index(&after)?,
        change: ChangeView::of_element(&before, &after, step.element, voice)?,
    })
}
