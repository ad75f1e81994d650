//! 4.2: the plan made from this semester, and what became of the former one.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use serde::Serialize;
use suara_domain::change::{Change, Verdict, adjusted};
use suara_domain::element::Element;
use suara_domain::index::Index;

use super::trend::ChangeView;
use super::untested::Untested;
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
        let changes = Changes::of(report);
        Self {
            plan: report.follow_up.iter().map(|step| StepView::of(report, step, voice)).collect(),
            former_plan: report
                .former_follow_up
                .iter()
                .map(|step| StepView::former(report, step, &changes, voice))
                .collect(),
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
    /// Not begun: there is nothing yet that could be felt.
    unbegun: bool,
    /// How the element changed since, of former steps.
    effect: Option<EffectView>,
    /// Why that cannot be told, of former steps that have begun.
    untested: Option<Untested>,
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
            unbegun: step.status.as_deref().is_some_and(is_unbegun),
            effect: None,
            untested: None,
        }
    }

    /// A step of the former plan: whether it was felt, if it has begun.
    fn former(report: &SemesterReport, step: &FollowUp, changes: &Changes, voice: Voice) -> Self {
        let view = Self::of(report, step, voice);
        if view.unbegun {
            return view;
        }
        let effect = EffectView::of(report, step, changes, voice);
        let why = || Untested::why(report, report.period.previous(), |tally| tally.answered(step.element));
        Self { untested: effect.is_none().then(why), effect, ..view }
    }
}

/// Words with which MPPs say that a step is yet to come, and what makes "belum" mean that it has begun.
const UNBEGUN: [&str; 6] = ["belum", "rencana", "direncanakan", "ditunda", "tertunda", "not started"];
const BEGUN: [&str; 4] = ["selesai", "tuntas", "rampung", "sepenuhnya"];

/// Whether a status, told in the words of the MPP, says that nothing was done yet.
fn is_unbegun(status: &str) -> bool {
    let status = status.trim().to_lowercase();
    UNBEGUN.iter().any(|word| status.starts_with(word)) && !BEGUN.iter().any(|word| status.contains(word))
}

/// The changes of the elements that steps of the former plan were meant for; the verdicts are adjusted for all of them
/// (STATISTICS 6).
struct Changes(BTreeMap<Element, (Change, Verdict)>);

impl Changes {
    fn of(report: &SemesterReport) -> Self {
        let Some(former) = &report.former else { return Self(BTreeMap::new()) };
        let (before, after) = (former.tallies.total(), report.tallies.total());
        let begun = report.former_follow_up.iter().filter(|step| !step.status.as_deref().is_some_and(is_unbegun));
        let elements: BTreeSet<Element> = begun.map(|step| step.element).collect();
        let tested = |element| Some((element, Change::of_element(&before, &after, element)?));
        let tested: Vec<(Element, Change)> = elements.into_iter().filter_map(tested).collect();
        let adjusted = adjusted(&tested.iter().map(|(_, change)| change.p.unwrap_or(1.0)).collect::<Vec<_>>());
        let told = |((element, change), p): ((Element, Change), f64)| {
            let verdict = Verdict::of(change.difference(), Some(p));
            (element, (change, verdict))
        };
        Self(tested.into_iter().zip(adjusted).map(told).collect())
    }
}

/// An element before and after.
#[derive(Serialize)]
struct EffectView {
    before: String,
    after: String,
    change: ChangeView,
}

impl EffectView {
    /// Of the element a step was meant for; `None` where its change cannot be tested.
    fn of(report: &SemesterReport, step: &FollowUp, changes: &Changes, voice: Voice) -> Option<Self> {
        let (before, after) = (report.former.as_ref()?.tallies.total(), report.tallies.total());
        let (change, verdict) = changes.0.get(&step.element)?;
        let index = |tally| Index::of_element(tally, step.element).map(|index| voice.fixed(index.rounded()));
        Some(Self {
            before: index(&before)?,
            after: index(&after)?,
            change: ChangeView::told(change, Some(*verdict), voice)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_begun_is_known_by_its_words() {
        for status in ["rencana", " Belum dimulai", "belum", "Ditunda ke 2027", "Direncanakan TW III"] {
            assert!(is_unbegun(status), "{status}");
        }
        for status in ["selesai", "berjalan", "belum selesai seluruhnya", "Belum tuntas", "sudah dimulai", ""] {
            assert!(!is_unbegun(status), "{status}");
        }
    }
}
