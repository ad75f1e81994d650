//! Comments with numbers that identify nobody.

use super::corpus::grouped;
use crate::random::Random;

/// One comment of every kind.
pub fn comments(random: &mut Random) -> Vec<String> {
    let mut comments = prices(random);
    comments.extend(days_and_hours(random));
    comments.extend(letters_and_rules(random));
    comments.extend(numbers_of_things(random));
    comments
}

/// 1.500.000
fn rupiah(random: &mut Random) -> String {
    let thousands = random.between(1, 999) * random.pick(&[1, 5, 10, 100]);
    let digits = format!("{thousands}000");
    let first = digits.len() % 3;
    grouped(&digits, &[if first == 0 { 3 } else { first }, 3, 3, 3], ".")
}

fn prices(random: &mut Random) -> Vec<String> {
    let mut price = || rupiah(random);
    vec![
        format!("biaya Rp {} padahal di papan gratis", price()),
        format!("bayar Rp{} tanpa kuitansi", price()),
        format!("diminta Rp. {},- oleh calo", price()),
        format!("bayar {},00 untuk 2 sertipikat", price()),
        format!("antara Rp {} - {}", price(), price()),
        format!("tarif {} sampai {} per berkas", price(), price()),
        format!("tarif {}-{}", price(), price()),
        format!("dari {} jadi {} rupiah", price(), price()),
        format!("pajak {} tahun ini, tahun lalu {}", price().replace('.', ""), price().replace('.', "")),
        format!("total {} {} {}", price(), price(), price()),
        format!("IDR {}", price().replace('.', ",")),
        format!("denda {} ribu", random.between(10, 900)),
        format!("sekitar {}00000 rupiah", random.between(800, 899)),
        format!("Rp {} juta", random.between(800, 899)),
    ]
}

fn days_and_hours(random: &mut Random) -> Vec<String> {
    let (day, month, year) = (random.between(1, 28), random.between(1, 12), random.between(2019, 2026));
    let (hour, minute) = (random.between(7, 15), random.between(0, 59));
    vec![
        format!("tanggal {day:02}-{month:02}-{year} belum jadi"),
        format!("sejak {day:02}/{month:02}/{year}"),
        format!("{day}.{month}.{year} jam {hour:02}.{minute:02}"),
        format!("{year}/{month:02}/{day:02}"),
        format!("{year}-{month:02}-{day:02} {hour:02}:{minute:02}:07"),
        format!("tgl {day:02}-{month:02}-{:02}", year % 100),
        format!("08-{month:02}-{year} {hour:02}.{minute:02}"),
        format!("dari {day:02}-{month:02}-{year} sampai {day:02}-12-2026"),
        format!("cuti {day:02}-{month:02}-{year} - {day:02}-12-{year}"),
        format!("{day:02}-{month:02}-{year} {hour:02}.{minute:02} antre, {hour:02}.59 selesai"),
        format!("jam {hour:02}.{minute:02}-{hour:02}.59 istirahat"),
        "buka 08.00 - 11.30 13.00 - 15.00".to_owned(),
        format!("buka 08.{minute:02}-12.00 dan 13.00-16.{minute:02}"),
        format!("pukul 08:{minute:02} s/d 08:59"),
        format!("dipanggil {hour}.{minute:02}WIB"),
        format!("antre {} menit, bukan {} menit", random.between(1, 300), random.between(1, 300)),
        format!("tahun {} {} {} {} selalu sama", year - 3, year - 2, year - 1, year),
        format!("tahun anggaran {}-{year}", year - 1),
        format!("lahir {day:02} {month:02} {year}"),
        format!("berlaku s.d. {day:02}-{month:02}-{year}, perpanjang {}", year + 5),
    ]
}

fn letters_and_rules(random: &mut Random) -> Vec<String> {
    let (number, month, year) = (random.between(1, 999), random.between(1, 12), random.between(2009, 2026));
    vec![
        format!("surat nomor {number}/{}/{year}", random.between(1, 999)),
        format!("surat no. 0{number}/0761/{year}"),
        format!("470/{number}/DPMPTSP/{year}"),
        format!("SK 800.1.11.1/{number}/BKPSDM/{year}"),
        format!("sesuai PermenPANRB 14 Tahun {year}"),
        format!("Perpres 89/{year} pasal {} ayat (2)", random.between(1, 40)),
        format!("UU No. {} Tahun {year} tidak dijalankan", random.between(1, 40)),
        format!("Perda {number}/{year} Pasal 8 ayat 1"),
        format!("nomor surat 821.2/{number}/{month:02}/{year}"),
        format!("berkas {number}.{month:02}.{year}"),
        format!("syarat (1) ktp (2) kk (3) pas foto {}x{}", random.between(2, 4), random.between(3, 6)),
        "petugas @loket ramah, @semua".to_owned(),
        "arrived at counter 3, looked at the board. Good".to_owned(),
    ]
}

fn numbers_of_things(random: &mut Random) -> Vec<String> {
    let small = random.between(1, 99);
    vec![
        format!("antrean A-{} dan B-{}", random.digits(3), random.digits(3)),
        format!("antrean A-08{} lama sekali", random.digits(2)),
        format!("nomor antrean 08{}", random.digits(2)),
        format!("nomor antrean 0812 0813 08{} dilewati", random.digits(2)),
        format!("tiket {} sudah lewat", random.digits(4)),
        format!("loket {small} dan {}", small + 1),
        format!("lantai 2 ruang 08, rumah no. {}", random.between(1, 300)),
        format!("Jl. Sudirman No. {} RT 00{} RW 01{}", random.between(1, 300), small % 10, small % 10),
        format!("kode pos 28{}", random.digits(3)),
        format!("listrik {}00 VA, {} kWh per bulan", random.pick(&[9, 13, 22, 35]), random.between(50, 900)),
        format!("token {}", grouped(&random.digits(20), &[4, 4, 4, 4, 4], " ")),
        format!("nomor meter 86{}", random.digits(9)),
        format!("id pelanggan 53{}", random.digits(10)),
        format!("BM {} XY ditilang", random.between(1_000, 9_999)),
        format!("plat B 8{}{} RFS", small % 10, random.digits(2)),
        format!("resi JP{}", random.digits(10)),
        format!("order INV-2026{}-{}", random.digits(4), random.digits(4)),
        format!("no. order 08{}", random.digits(8)),
        format!("TRX08{} gagal", random.digits(9)),
        format!("nomor registrasi: 0812{}", random.digits(7)),
        format!("no berkas 02{}", random.digits(8)),
        format!("kuitansi {}/{}", random.digits(5), random.digits(4)),
        format!("NIB {}", random.digits(13)),
        format!("nilai {},{:02} dari 100", random.between(25, 99), small),
        "skor 4 4 4 3 4 4 3 4 4".to_owned(),
        format!("sudah {}x ke sini, {} orang di depan", small, random.between(1, 300)),
        format!("penduduk {} jiwa, {}% puas", rupiah(random), small),
        format!("versi aplikasi 1.{small}.{}", small + 3),
        format!("ukuran {small} x {small} cm, berat {small},5 kg"),
        format!("suhu 27,5 derajat, AC {small} mati"),
        format!("call center 1500{} bagus", random.digits(3)),
        format!("hubungi 112 atau 14{}", random.digits(3)),
        format!("koordinat -0.53{}, 101.44{}", random.digits(4), random.digits(4)),
        format!("usia {small} tahun, anak {}", small % 5),
    ]
}
