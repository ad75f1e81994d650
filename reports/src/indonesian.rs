//! How figures, dates and options are written in Bahasa Indonesia.

use chrono::{Datelike, NaiveDate};
use suara_domain::fixed::Fixed;
use suara_domain::period::Period;
use suara_domain::tally_set::Dimension;

const MONTHS: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

/// An official figure with a decimal comma.
#[must_use]
pub fn fixed<const PLACES: u32>(value: Fixed<PLACES>) -> String {
    value.to_string().replace('.', ",")
}

/// A statistic with `places` decimals and a decimal comma.
#[must_use]
pub fn decimal(value: f64, places: usize) -> String {
    format!("{value:.places$}").replace('.', ",")
}

/// A count with points between the thousands.
#[must_use]
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// "30 Juni 2026".
#[must_use]
pub fn date(date: NaiveDate) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "Januari".
#[must_use]
pub fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

/// "Semester I Tahun 2026".
#[must_use]
pub fn period(period: Period) -> String {
    format!("Semester {} Tahun {}", roman(period), period.year())
}

/// "Sem. I 2026".
#[must_use]
pub fn short_period(period: Period) -> String {
    format!("Sem. {} {}", roman(period), period.year())
}

/// The half of the year, as semesters are numbered.
pub(crate) const fn roman(period: Period) -> &'static str {
    if period.half() == 1 { "I" } else { "II" }
}

/// What a group of a dimension is called. Services, agencies and weeks are called by their key; "" is "not said".
#[must_use]
pub fn group(dimension: Dimension, key: &str) -> String {
    let label = match (dimension, key) {
        (Dimension::Service | Dimension::Agency, "") => "MPP secara umum (tanpa layanan tertentu)",
        (Dimension::Channel, "") => "Kanal tidak diketahui",
        (_, "") => "Tidak menyebutkan",
        (Dimension::Sex, "L") => "Laki-laki",
        (Dimension::Sex, "P") => "Perempuan",
        (Dimension::AgeBand, "65+") => "65 tahun ke atas",
        (Dimension::AgeBand, band) => return format!("{} tahun", band.replace('-', "–")),
        (Dimension::Education, key) => education(key),
        (Dimension::Occupation, key) => occupation(key),
        (Dimension::Disability, "ya") => "Penyandang disabilitas",
        (Dimension::Disability, "tidak") => "Bukan penyandang disabilitas",
        (Dimension::Channel, "direct") => "Layanan langsung",
        (Dimension::Channel, "mobile") => "Layanan bergerak",
        (Dimension::Channel, "self_service") => "Layanan mandiri",
        (Dimension::Channel, "electronic") => "Layanan elektronik",
        (Dimension::Mode, "web") => "Gawai sendiri (web)",
        (Dimension::Mode, "kiosk") => "Tablet di MPP (kios)",
        (Dimension::Mode, "assisted") => "Dibantu petugas",
        (Dimension::Mode, "paper") => "Kertas",
        (Dimension::Verified, "yes") => "Terverifikasi token kunjungan",
        (Dimension::Verified, "no") => "Terbuka (tanpa token)",
        (_, key) => key,
    };
    label.to_owned()
}

fn education(key: &str) -> &str {
    match key {
        "tidak_sekolah" => "Tidak sekolah",
        "sd" => "SD",
        "smp" => "SMP",
        "sma" => "SMA",
        "diploma" => "Diploma (D1–D4)",
        "s1" => "S1",
        "s2" => "S2",
        "s3" => "S3",
        key => key,
    }
}

fn occupation(key: &str) -> &str {
    match key {
        "pns" => "PNS",
        "tni" => "TNI",
        "polri" => "Polri",
        "swasta" => "Swasta",
        "wirausaha" => "Wirausaha",
        "pelajar" => "Pelajar/mahasiswa",
        "petani_nelayan" => "Petani/nelayan",
        "rumah_tangga" => "Rumah tangga",
        "lainnya" => "Lainnya",
        key => key,
    }
}

/// What a dimension is called as the head of a table.
#[must_use]
pub const fn dimension(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Total => "Seluruh responden",
        Dimension::Unflagged => "Tanpa penanda",
        Dimension::Complete => "Jawaban lengkap",
        Dimension::Fold => "Kelompok acak",
        Dimension::Service => "Layanan",
        Dimension::Agency => "Instansi",
        Dimension::Channel => "Kanal layanan",
        Dimension::CaseMix => "Kanal dan biaya",
        Dimension::Mode => "Cara pengisian",
        Dimension::Sex => "Jenis kelamin",
        Dimension::AgeBand => "Usia",
        Dimension::Education => "Pendidikan",
        Dimension::Occupation => "Pekerjaan",
        Dimension::Disability => "Disabilitas",
        Dimension::Verified => "Verifikasi",
        Dimension::Week => "Minggu",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_points_and_commas() {
        assert_eq!(fixed(Fixed::<2>::from_units(9148)), "91,48");
        assert_eq!(decimal(-1.25, 1), "-1,2");
        assert_eq!(count(0), "0");
        assert_eq!(count(999), "999");
        assert_eq!(count(1_234_567), "1.234.567");
    }
}
