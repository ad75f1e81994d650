//! Published results as CSV: one row per figure, names guarded against being read as formulas.

use super::results::{ListedMpp, MppWithResults};
use crate::app::cells::guarded;
use crate::app::published::{CellFigures, Headline, MppFigures, NationalFigures};

/// The list of MPPs.
pub(super) fn mpps(all: &[ListedMpp]) -> Option<String> {
    let header = ["code", "name", "brand", "region_code", "region", "province", "period", "n", "ikm", "mutu"];
    let rows = all.iter().map(|mpp| {
        let [period, n, ikm, mutu] = mpp.latest.as_ref().map(headline).unwrap_or_default();
        [
            mpp.code.clone(),
            guarded(&mpp.name).into_owned(),
            guarded(mpp.brand.as_deref().unwrap_or_default()).into_owned(),
            mpp.region_code.to_owned(),
            mpp.region.to_owned(),
            mpp.province.to_owned(),
            period,
            n,
            ikm,
            mutu,
        ]
    });
    table(header, rows)
}

/// The published periods of an MPP.
pub(super) fn periods(mpp: &MppWithResults) -> Option<String> {
    let rows = mpp.results.iter().map(|result| {
        let [period, n, ikm, mutu] = headline(result);
        [mpp.mpp.code.clone(), period, n, ikm, mutu]
    });
    table(["mpp", "period", "n", "ikm", "mutu"], rows)
}

/// The figures of an MPP and period: total, elements, services and channels under one another.
pub(super) fn figures(figures: &MppFigures) -> Option<String> {
    let row = |group: &str, key: &str, name: &str, n: Option<u64>, ikm: Option<&String>, mutu: Option<&String>| {
        [
            figures.code.clone(),
            figures.period.clone(),
            group.to_owned(),
            key.to_owned(),
            guarded(name).into_owned(),
            count(n),
            ikm.cloned().unwrap_or_default(),
            mutu.cloned().unwrap_or_default(),
        ]
    };
    let total = row("total", "", "", figures.n, figures.ikm.as_ref(), figures.mutu.as_ref());
    let elements = figures
        .elements
        .iter()
        .map(|element| row("element", &element.key, "", element.n, element.ikm.as_ref(), element.mutu.as_ref()));
    let cell = |group: &'static str, cell: &CellFigures| {
        let (key, name) = (cell.key.as_deref().unwrap_or_default(), cell.name.as_deref().unwrap_or_default());
        row(group, key, name, cell.n, cell.ikm.as_ref(), cell.mutu.as_ref())
    };
    let services = figures.services.iter().map(|service| cell("service", service));
    let channels = figures.channels.iter().map(|channel| cell("channel", channel));
    let rows = std::iter::once(total).chain(elements).chain(services).chain(channels);
    table(["mpp", "period", "group", "key", "name", "n", "ikm", "mutu"], rows)
}

/// The national figures and every MPP.
pub(super) fn national(figures: &NationalFigures) -> Option<String> {
    let readings = [("pooled", &figures.pooled), ("mean", &figures.mean)].map(|(reading, index)| {
        let (ikm, mutu) = (index.ikm.clone().unwrap_or_default(), index.mutu.clone().unwrap_or_default());
        [reading.to_owned(), String::new(), String::new(), String::new(), count(index.n), ikm, mutu]
    });
    let mpps = figures.mpp.iter().map(|mpp| {
        let [_, n, ikm, mutu] = headline(&mpp.headline);
        ["mpp".to_owned(), mpp.code.clone(), guarded(&mpp.name).into_owned(), mpp.province.to_owned(), n, ikm, mutu]
    });
    table(["group", "mpp", "name", "province", "n", "ikm", "mutu"], readings.into_iter().chain(mpps))
}

fn headline(headline: &Headline) -> [String; 4] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    [headline.period.clone(), count(headline.n), text(&headline.ikm), text(&headline.mutu)]
}

fn count(n: Option<u64>) -> String {
    n.map(|n| n.to_string()).unwrap_or_default()
}

fn table<const N: usize>(header: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Option<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).ok()?;
    for row in rows {
        writer.write_record(row).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}
