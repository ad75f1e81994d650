//! Chapter II: how many were asked and how many answered.

use serde::Serialize;
use suara_domain::sample_size::{self, SampleBasis};

use crate::indonesian::{count, month, percent};
use crate::report::SemesterReport;

#[derive(Serialize)]
pub(super) struct CollectionView {
    /// N, if known.
    population: Option<String>,
    by_formula: Option<String>,
    by_table: Option<String>,
    minimum: String,
    basis: &'static str,
    n: String,
    reached: bool,
    missing: String,
    response_rate: Option<String>,
    population_exceeded: bool,
    months: String,
    weekdays: usize,
    services: usize,
    agencies: usize,
}

impl CollectionView {
    pub fn of(report: &SemesterReport) -> Self {
        let n = report.tallies.total().n();
        let sample = sample_size::minimum(report.population);
        let agencies: std::collections::BTreeSet<_> =
            report.services.iter().map(|service| service.agency.as_str()).filter(|agency| !agency.is_empty()).collect();
        let (first, last) = (report.period.first_day(), report.period.last_day());
        Self {
            population: report.population.map(count),
            by_formula: report.population.map(|population| count(sample_size::formula(population))),
            by_table: report.population.map(|population| count(sample_size::table(population))),
            minimum: count(sample.minimum),
            basis: basis(sample.basis),
            n: count(n),
            reached: n >= sample.minimum && n > 0,
            missing: count(sample.minimum.saturating_sub(n)),
            response_rate: report.population.filter(|population| *population >= n).map(|all| percent(n, all)),
            population_exceeded: report.population.is_some_and(|population| n > population),
            months: format!("{}–{} {}", month(first), month(last), report.period.year()),
            weekdays: weekdays(first, last),
            services: report.services.len(),
            agencies: agencies.len(),
        }
    }
}

const fn basis(basis: SampleBasis) -> &'static str {
    match basis {
        SampleBasis::UnknownPopulation => {
            "jumlah pengguna layanan belum diketahui, sehingga dipakai jumlah yang cukup untuk populasi berapa pun"
        }
        SampleBasis::Everyone => "seluruh pengguna layanan, karena jumlahnya tidak lebih dari yang diminta",
        SampleBasis::Table => "tabel Krejcie–Morgan, baris berikutnya yang lebih besar",
        SampleBasis::Formula => "rumus Krejcie–Morgan, karena meminta lebih banyak daripada tabel",
    }
}

/// Days from Monday to Friday, holidays not taken off.
fn weekdays(first: chrono::NaiveDate, last: chrono::NaiveDate) -> usize {
    use chrono::{Datelike, Weekday};
    first
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| day.weekday().number_from_monday() <= Weekday::Fri.number_from_monday())
        .count()
}
