//! Who surveyed, who did not, who fell silent.

use serde::Serialize;
use suara_domain::monitoring::Activity;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};

use super::names::ByProvinceView;
use crate::national::provinces::Province;
use crate::national::{NationalMpp, NationalReport};
use crate::percent;
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct CoverageView {
    rows: Vec<RowView>,
    registered: String,
    comparable: String,
    reached: String,
    silent: ByProvinceView,
    few: ByProvinceView,
    small: ByProvinceView,
    inactive: ByProvinceView,
    open: ByProvinceView,
    provinces_with: usize,
    provinces_without: Vec<&'static str>,
}

#[derive(Serialize)]
struct RowView {
    /// Key of the catalogue.
    state: &'static str,
    mpps: String,
    share: String,
}

impl CoverageView {
    pub fn of(report: &NationalReport, provinces: &[Province<'_>], voice: Voice) -> Self {
        let all = report.mpps.len() as u64;
        let number =
            |wanted: &dyn Fn(&NationalMpp) -> bool| report.mpps.iter().filter(|mpp| wanted(mpp)).count() as u64;
        let row = |state, wanted: &dyn Fn(&NationalMpp) -> bool| {
            let mpps = number(wanted);
            RowView { state, mpps: voice.count(mpps), share: percent::share(mpps, all) }
        };
        let names = |wanted: &dyn Fn(&NationalMpp) -> bool| ByProvinceView::of(provinces, wanted);
        let reached = |mpp: &NationalMpp| mpp.n() > 0 && mpp.n() >= mpp.sample_minimum;
        let inactive = |mpp: &NationalMpp| mpp.activity == Activity::Inactive;
        Self {
            rows: vec![
                row("registered", &|_| true),
                row("answered", &|mpp| mpp.n() > 0),
                row("public", &|mpp| mpp.n() >= PUBLIC_FROM),
                row("comparable", &|mpp| mpp.n() >= RANKED_FROM),
                row("reached", &reached),
                row("closed", &|mpp| mpp.closed),
                row("inactive", &inactive),
            ],
            registered: voice.count(all),
            comparable: voice.count(number(&|mpp| mpp.is_ranked())),
            reached: voice.count(number(&reached)),
            silent: names(&|mpp| mpp.n() == 0),
            few: names(&|mpp| (1..PUBLIC_FROM).contains(&mpp.n())),
            small: names(&|mpp| (PUBLIC_FROM..RANKED_FROM).contains(&mpp.n())),
            inactive: names(&inactive),
            open: names(&|mpp| !mpp.closed),
            provinces_with: provinces.iter().filter(|province| !province.mpps.is_empty()).count(),
            provinces_without: provinces.iter().filter(|it| it.mpps.is_empty()).map(|it| it.name).collect(),
        }
    }
}
