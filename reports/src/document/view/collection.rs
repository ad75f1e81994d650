//! Chapter II: how many were asked and how many answered.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Serialize;
use suara_domain::sample_size::{self, SampleBasis};

use crate::percent;
use crate::report::SemesterReport;
use crate::voice::Voice;

#[derive(Serialize)]
pub(super) struct CollectionView {
    /// N, if known.
    population: Option<String>,
    by_formula: Option<String>,
    by_table: Option<String>,
    minimum: String,
    /// Where the minimum comes from: `unknown`, `everyone`, `table` or `formula`.
    basis: &'static str,
    n: String,
    reached: bool,
    missing: String,
    response_rate: Option<String>,
    population_exceeded: bool,
    first_month: &'static str,
    last_month: &'static str,
    weekdays: usize,
    services: usize,
    agencies: usize,
}

impl CollectionView {
    pub fn of(report: &SemesterReport, voice: Voice) -> Self {
        let n = report.tallies.total().n();
        let sample = sample_size::minimum(report.population);
        let agencies: BTreeSet<_> =
            report.services.iter().map(|service| service.agency.as_str()).filter(|agency| !agency.is_empty()).collect();
        let (first, last) = (report.period.first_day(), report.period.last_day());
        Self {
            population: report.population.map(|population| voice.count(population)),
            by_formula: report.population.map(|population| voice.count(sample_size::formula(population))),
            by_table: report.population.map(|population| voice.count(sample_size::table(population))),
            minimum: voice.count(sample.minimum),
            basis: basis(sample.basis),
            n: voice.count(n),
            reached: n >= sample.minimum && n > 0,
            missing: voice.count(sample.minimum.saturating_sub(n)),
            response_rate: report.population.filter(|all| *all >= n).map(|all| percent::share(n, all)),
            population_exceeded: report.population.is_some_and(|population| n > population),
            first_month: voice.month(first),
            last_month: voice.month(last),
            weekdays: weekdays(first, last),
            services: report.services.len(),
            agencies: agencies.len(),
        }
    }
}

const fn basis(basis: SampleBasis) -> &'static str {
    match basis {
        SampleBasis::UnknownPopulation => "unknown",
        SampleBasis::Everyone => "everyone",
        SampleBasis::Table => "table",
        SampleBasis::Formula => "formula",
    }
}

/// Days from Monday to Friday, holidays not taken off.
fn weekdays(first: NaiveDate, last: NaiveDate) -> usize {
    first
        .iter_days()
        .take_while(|day| *day <= last)
        .filter(|day| day.weekday().number_from_monday() <= Weekday::Fri.number_from_monday())
        .count()
}
