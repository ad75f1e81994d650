//! The tables by element, by service and by group.

use rust_xlsxwriter::XlsxError;
use suara_domain::element::{Element, Score};
use suara_domain::fixed::Fixed;
use suara_domain::index::{self, Index};
use suara_domain::language::Language;
use suara_domain::precision::Precision;
use suara_domain::suppression::MANAGER_FROM;
use suara_domain::tally::Tally;
use suara_domain::tally_set::Dimension;

use super::sheet::{Look, Sheet, Value};
use crate::cells::{self, Cell};
use crate::indonesian;
use crate::report::SemesterReport;

const SMALL_CELLS: &str = "Kelompok dengan 1 sampai 4 responden ditulis \"n < 5\" tanpa nilai.";

/// The nine elements.
pub(super) fn elements(sheet: &mut Sheet, report: &SemesterReport) -> Result<(), XlsxError> {
    let total = report.tallies.total();
    sheet.widths(&[6, 42, 9, 9, 9, 11, 9, 11, 11, 7, 9, 9, 9, 9, 9])?;
    sheet.title("Nilai per unsur")?;
    sheet.head(&[
        "No",
        "Unsur",
        "n",
        "Nilai",
        "NRR",
        "NRR tertimbang",
        "IKM",
        "Batas bawah 95%",
        "Batas atas 95%",
        "Mutu",
        "Skor 1",
        "Skor 2",
        "Skor 3",
        "Skor 4",
        "Kosong",
    ])?;
    sheet.freeze()?;
    for element in Element::ALL {
        let index = Index::of_element(&total, element);
        let interval = Precision::of_element(&total, element, report.population).and_then(|it| it.interval);
        let count = |score: usize| Value::from(total.count(element, Score::ALL[score]));
        sheet.row([
            format!("U{}", element.index() + 1).into(),
            report.instrument.question(element).name.get(Language::Indonesian).into(),
            total.answered(element).into(),
            total.score_sum(element).into(),
            Value::number(index::nrr_rounded(&total, element).map(Fixed::to_f64), Look::Nrr),
            Value::number(index::nrr_weighted(&total, element).map(Fixed::to_f64), Look::Nrr),
            Value::number(index.as_ref().map(|index| index.rounded().to_f64()), Look::Index),
            Value::number(interval.map(|ends| ends.0), Look::Index),
            Value::number(interval.map(|ends| ends.1), Look::Index),
            index.map(|index| index.mutu().letter()).into(),
            count(0),
            count(1),
            count(2),
            count(3),
            (total.n() - total.answered(element)).into(),
        ])?;
    }
    Ok(())
}

/// The services by agency.
pub(super) fn services(sheet: &mut Sheet, report: &SemesterReport) -> Result<(), XlsxError> {
    sheet.widths(&[6, 14, 52, 40, 20, 11, 9, 9, 7])?;
    sheet.title("Nilai per layanan")?;
    sheet.note(SMALL_CELLS)?;
    sheet.head(&["No", "Kode", "Layanan", "Instansi", "Kanal", "Pengguna", "n", "IKM", "Mutu"])?;
    sheet.freeze()?;
    let agencies = cells::services(report);
    let rows = agencies.iter().flat_map(|agency| agency.services.iter().map(move |row| (&agency.label, row)));
    for (number, (agency, (service, cell))) in (1_u64..).zip(rows) {
        let channel = service.and_then(|service| service.channel);
        let [n, ikm, mutu] = figures(cell.tally);
        sheet.row([
            number.into(),
            cell.key.as_str().into(),
            cell.label.as_str().into(),
            agency.as_str().into(),
            channel.map(|channel| indonesian::group(Dimension::Channel, channel.key())).into(),
            service.and_then(|service| service.visitors).into(),
            n,
            ikm,
            mutu,
        ])?;
    }
    Ok(())
}

/// Agencies, channels, modes and the profile of the respondents.
pub(super) fn groups(sheet: &mut Sheet, report: &SemesterReport) -> Result<(), XlsxError> {
    let total = report.tallies.total().n();
    sheet.widths(&[20, 48, 9, 11, 9, 7])?;
    sheet.title("Nilai per kelompok dan profil responden")?;
    sheet.note(SMALL_CELLS)?;
    sheet.head(&["Karakteristik", "Indikator", "n", "Persentase", "IKM", "Mutu"])?;
    sheet.freeze()?;
    for dimension in [
        Dimension::Sex,
        Dimension::AgeBand,
        Dimension::Education,
        Dimension::Occupation,
        Dimension::Disability,
        Dimension::Channel,
        Dimension::Mode,
        Dimension::Verified,
        Dimension::Agency,
    ] {
        for cell in cells::margin(&report.tallies, dimension) {
            group(sheet, dimension, &cell, total)?;
        }
    }
    Ok(())
}

fn group(sheet: &mut Sheet, dimension: Dimension, cell: &Cell, total: u64) -> Result<(), XlsxError> {
    let [n, ikm, mutu] = figures(cell.tally);
    let share = (total > 0 && !is_small(cell.tally)).then(|| cell.tally.n() as f64 / total as f64);
    sheet.row([
        indonesian::dimension(dimension).into(),
        cell.label.as_str().into(),
        n,
        Value::number(share, Look::Share),
        ikm,
        mutu,
    ])
}

const fn is_small(tally: &Tally) -> bool {
    tally.n() > 0 && tally.n() < MANAGER_FROM
}

/// Count, index and class of a cell as a manager may see them.
fn figures(tally: &Tally) -> [Value; 3] {
    if is_small(tally) {
        return ["n < 5".into(), Value::Empty, Value::Empty];
    }
    let index = Index::of(tally);
    [
        tally.n().into(),
        Value::number(index.as_ref().map(|index| index.rounded().to_f64()), Look::Index),
        index.map(|index| index.mutu().letter()).into(),
    ]
}
