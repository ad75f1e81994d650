//! The nine elements in the order of the form: index, interval, the semester before, the country.

use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::precision::Precision;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};
use suara_domain::tally::Tally;

use super::rows::{self, Bar, Lead, Mark, Row};
use super::{Chart, ChartError};
use crate::cells;
use crate::report::SemesterReport;
use crate::voice::Voice;

/// Draws the nine bars. What they are compared with is drawn from ten answers on.
pub(super) fn draw(report: &SemesterReport, voice: Voice) -> Result<Chart, ChartError> {
    let total = report.tallies.total();
    let former = report.former.as_ref().map(|former| former.tallies.total());
    let nation = report.national.as_ref().and_then(|national| national.tally.as_ref());
    let veils = cells::veils_of_elements(&total);
    let rows = Element::ALL.map(|element| {
        let n = total.answered(element);
        if let Some(words) = veils[element.index()].words(voice) {
            return Row { label: label(report, element, voice), n: "–".to_owned(), bar: Err(words.to_owned()) };
        }
        let bar = Index::of_element(&total, element).map(|index| Bar {
            value: index.rounded().to_f64(),
            text: voice.fixed(index.rounded()),
            mutu: (n >= RANKED_FROM).then(|| index.mutu()),
            interval: Precision::of_element(&total, element, report.population).and_then(|it| it.interval),
            former: former.as_ref().and_then(|tally| mark(tally, element, voice)),
            nation: nation.and_then(|tally| mark(tally, element, voice)),
        });
        let absence = voice.say("tidak dijawab", "not answered").to_owned();
        Row { label: label(report, element, voice), n: voice.count(n), bar: bar.ok_or(absence) }
    });
    rows::draw(&lead(report, voice), &rows, voice)
}

fn lead(report: &SemesterReport, voice: Voice) -> Lead {
    let alt = voice.say(
        "Diagram batang nilai IKM sembilan unsur beserta interval 95%.",
        "Bar chart of the index of the nine elements with 95% intervals.",
    );
    Lead {
        name: "elements",
        alt: alt.to_owned(),
        former: voice.short_period(report.former.as_ref().map_or(report.period.previous(), |former| former.period)),
        nation: voice.say("nasional (gabungan)", "nation (pooled)").to_owned(),
    }
}

/// "U1 Persyaratan".
pub(super) fn label(report: &SemesterReport, element: Element, voice: Voice) -> String {
    let name = report.instrument.question(element).name.get(voice.language());
    format!("U{} {name}", element.index() + 1)
}

fn mark(tally: &Tally, element: Element, voice: Voice) -> Option<Mark> {
    let index = Index::of_element(tally, element).filter(|_| tally.answered(element) >= PUBLIC_FROM)?;
    Some(Mark { value: index.to_f64(), text: voice.fixed(index.rounded()) })
}
