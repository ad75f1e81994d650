//! Who surveyed, who did not, who fell silent.

use serde::Serialize;
use suara_domain::monitoring::Activity;
use suara_domain::suppression::{PUBLIC_FROM, RANKED_FROM};

use crate::fonts::breakable;
use crate::indonesian::{count, percent};
use crate::national::provinces::Province;
use crate::national::{NationalMpp, NationalReport};

#[derive(Serialize)]
pub(super) struct CoverageView {
    rows: Vec<RowView>,
    registered: String,
    comparable: String,
    reached: String,
    inactive_count: String,
    silent_count: String,
    /// Names, in the order of the alphabet.
    silent: Vec<String>,
    few: Vec<String>,
    small: Vec<String>,
    inactive: Vec<String>,
    open: Vec<String>,
    provinces_with: usize,
    provinces_without: Vec<&'static str>,
}

#[derive(Serialize)]
struct RowView {
    words: &'static str,
    mpps: String,
    share: String,
}

impl CoverageView {
    pub fn of(report: &NationalReport, provinces: &[Province<'_>]) -> Self {
        let all = report.mpps.len() as u64;
        let number =
            |wanted: &dyn Fn(&NationalMpp) -> bool| report.mpps.iter().filter(|mpp| wanted(mpp)).count() as u64;
        let row = |words, wanted: &dyn Fn(&NationalMpp) -> bool| {
            let mpps = number(wanted);
            RowView { words, mpps: count(mpps), share: percent(mpps, all) }
        };
        let reached = |mpp: &NationalMpp| mpp.n() >= mpp.sample_minimum;
        let inactive = |mpp: &NationalMpp| mpp.activity == Activity::Inactive;
        Self {
            rows: vec![
                row("MPP terdaftar", &|_| true),
                row("ada jawaban pada periode ini", &|mpp| mpp.n() > 0),
                row("angka dapat diumumkan (n ≥ 10)", &|mpp| mpp.n() >= PUBLIC_FROM),
                row("dapat dibandingkan (n ≥ 30)", &|mpp| mpp.n() >= RANKED_FROM),
                row("mencapai jumlah responden minimum (Krejcie–Morgan)", &reached),
                row("periode sudah ditutup", &|mpp| mpp.closed),
                row("berhenti sebelum akhir semester (tiga minggu tanpa jawaban)", &inactive),
            ],
            registered: count(all),
            comparable: count(number(&|mpp| mpp.is_ranked())),
            reached: count(number(&reached)),
            inactive_count: count(number(&inactive)),
            silent_count: count(number(&|mpp| mpp.n() == 0)),
            silent: names(report, &|mpp| mpp.n() == 0),
            few: names(report, &|mpp| (1..PUBLIC_FROM).contains(&mpp.n())),
            small: names(report, &|mpp| (PUBLIC_FROM..RANKED_FROM).contains(&mpp.n())),
            inactive: names(report, &inactive),
            open: names(report, &|mpp| !mpp.closed),
            provinces_with: provinces.iter().filter(|province| !province.mpps.is_empty()).count(),
            provinces_without: provinces.iter().filter(|it| it.mpps.is_empty()).map(|it| it.name).collect(),
        }
    }
}

fn names(report: &NationalReport, wanted: &dyn Fn(&NationalMpp) -> bool) -> Vec<String> {
    let mut names: Vec<String> = report.mpps.iter().filter(|mpp| wanted(mpp)).map(|mpp| breakable(&mpp.name)).collect();
    names.sort();
    names
}
