//! The first and the last sheet: the result in short, and what the figures rest on.

use rust_xlsxwriter::XlsxError;
use suara_domain::fixed::Fixed;
use suara_domain::index::{self, Index, Mutu};
use suara_domain::precision::Precision;
use suara_domain::sample_size;
use suara_domain::tally_set::Dimension;

use super::sheet::{Look, Sheet, Value};
use crate::indonesian;
use crate::report::{SemesterReport, Status};

/// The result in short.
pub(super) fn summary(sheet: &mut Sheet, report: &SemesterReport) -> Result<(), XlsxError> {
    let total = report.tallies.total();
    let index = Index::of(&total);
    let precision = Precision::of(&total, report.population);
    let interval = precision.as_ref().and_then(|precision| precision.interval);
    sheet.widths(&[38, 60])?;
    sheet.title("Survei Kepuasan Masyarakat (SKM)")?;
    sheet.row(["MPP".into(), report.mpp.name.as_str().into()])?;
    sheet.row(["Kode".into(), report.mpp.code.as_str().into()])?;
    sheet.row(["Nama khas".into(), report.mpp.brand.as_deref().into()])?;
    sheet.row(["Wilayah".into(), format!("{}, Provinsi {}", report.mpp.region, report.mpp.province).into()])?;
    sheet.row(["Periode".into(), indonesian::period(report.period).into()])?;
    sheet.row(["Status".into(), status(report.edition.status).into()])?;
    sheet.skip();
    sheet.row(["IKM".into(), Value::number(index.as_ref().map(|index| index.rounded().to_f64()), Look::Index)])?;
    sheet.row(["Mutu".into(), index.as_ref().map(|index| index.mutu().letter()).into()])?;
    sheet.row(["Kinerja".into(), index.as_ref().map(|index| index.mutu().kinerja()).into()])?;
    sheet.row(["Responden (n)".into(), total.n().into()])?;
    sheet.row(["Pengguna layanan (N)".into(), report.population.into()])?;
    sheet.row(["Responden minimum".into(), sample_size::minimum(report.population).minimum.into()])?;
    sheet.row(["Batas bawah interval 95%".into(), Value::number(interval.map(|ends| ends.0), Look::Index)])?;
    sheet.row(["Batas atas interval 95%".into(), Value::number(interval.map(|ends| ends.1), Look::Index)])?;
    let se = precision.as_ref().and_then(|precision| precision.se);
    sheet.row(["Galat baku".into(), Value::number(se, Look::Statistic)])?;
    sheet.row(["Ketelitian".into(), precision.as_ref().map(|precision| precision.flag.label()).into()])?;
    let weight = index::ikm_weight_011(&total).map(Fixed::to_f64);
    sheet.row(["Pembanding bobot 0,11".into(), Value::number(weight, Look::Index)])?;
    if let Some(classes) = precision.and_then(|precision| precision.class_probability) {
        for (mutu, probability) in Mutu::ALL.iter().zip(classes) {
            let name = format!("Kepastian mutu {}", mutu.letter());
            sheet.row([name.into(), Value::Number(probability, Look::Statistic)])?;
        }
    }
    sheet.skip();
    sheet
        .note("Ketelitian hanya berlaku untuk kelompok yang menjawab; kepastian mutu berdasarkan data MPP ini saja.")?;
    sheet.note("Lembar ini untuk pengelola MPP dan kementerian; untuk umum berlaku aturan n < 10.")
}

/// What the figures rest on.
pub(super) fn quality(sheet: &mut Sheet, report: &SemesterReport) -> Result<(), XlsxError> {
    let total = report.tallies.total();
    let unflagged = report.tallies.get(Dimension::Unflagged, "").cloned().unwrap_or_default();
    let quality = &report.quality;
    let known = report.population.filter(|population| *population >= total.n() && *population > 0);
    sheet.widths(&[44, 70])?;
    sheet.title("Mutu data")?;
    let rate = known.map(|population| total.n() as f64 / population as f64);
    sheet.row(["Tingkat respons (n/N)".into(), Value::number(rate, Look::Share)])?;
    sheet.row(["Jawaban bertanda".into(), total.n().saturating_sub(unflagged.n()).into()])?;
    for (name, count) in [
        ("Tanda: diisi terlalu cepat", quality.too_fast),
        ("Tanda: jawaban dan komentar berulang", quality.repeated),
        ("Tanda: lonjakan di satu loket", quality.burst),
        ("Tanda: banyak isian dari satu gawai", quality.device),
        ("Tanda: jam gawai jauh meleset", quality.clock),
    ] {
        sheet.row([name.into(), count.into()])?;
    }
    let without = Index::of(&unflagged).map(|index| index.rounded().to_f64());
    sheet.row(["IKM tanpa jawaban bertanda".into(), Value::number(without, Look::Index)])?;
    sheet.row(["Terlambat (tidak dihitung)".into(), quality.late.into()])?;
    sheet.row(["Ditarik (tidak dihitung)".into(), quality.withdrawn.into()])?;
    sheet.row(["Instrumen".into(), report.instrument.id.as_str().into()])?;
    sheet.row(["Versi aturan".into(), report.instrument.rule_version.as_str().into()])?;
    sheet.row(["Versi bobot".into(), report.instrument.weight_version.as_str().into()])?;
    sheet.row(["Revisi".into(), u64::from(report.edition.revision).into()])?;
    sheet.row(["Alasan revisi".into(), report.edition.reason.as_deref().into()])?;
    let local = report.mpp.time_zone.local(report.edition.generated_at).date_naive();
    sheet.row(["Dibuat".into(), indonesian::date(local).into()])?;
    sheet.row(["Manifes (SHA-256)".into(), report.edition.manifest_sha256.as_deref().into()])?;
    sheet.row(["Perangkat lunak".into(), concat!("Suara ", env!("CARGO_PKG_VERSION")).into()])
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Final => "final",
        Status::Provisional => "SEMENTARA",
    }
}
