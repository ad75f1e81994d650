//! What identifies a person is masked, what does not stays readable.

use suara_domain::masking::{EMAIL_MASK, NIK_MASK, PHONE_MASK, mask};

#[test]
fn identifiers_in_the_ways_people_write_them() {
    for (text, expected) in [
        ("NIK 3201011203850001", NIK_MASK),
        ("NIK:3201.0112.0385.0001.", NIK_MASK),
        ("no ktp 320101-120385-0001 salah cetak", NIK_MASK),
        ("KK 3201 0112 0385 0001", NIK_MASK),
        ("telp 081234567890", PHONE_MASK),
        ("hp 0812.3456.789", PHONE_MASK),
        ("wa:0857-1234-5678", PHONE_MASK),
        ("+6281234567890", PHONE_MASK),
        ("+62 (0)812 3456 7890", PHONE_MASK),
        ("(+62)812-3456-7890", PHONE_MASK),
        ("0062 812 3456 7890", PHONE_MASK),
        ("nomor saya 812 3456 7890", PHONE_MASK),
        ("kantor (021) 5551234", PHONE_MASK),
        ("kantor 0761-123456", PHONE_MASK),
        ("email siti_90@contoh.go.id", EMAIL_MASK),
        ("email SITI.AMINAH+mpp@Contoh.CO.ID!", EMAIL_MASK),
    ] {
        let masked = mask(text);
        assert!(masked.contains(expected), "{text:?} became {masked:?}");
        let digits = masked.chars().filter(char::is_ascii_digit).count();
        assert!(digits <= 2, "{text:?} became {masked:?}");
        assert_eq!(mask(&masked), masked, "masking twice changes nothing");
    }
}

#[test]
fn several_in_one_text() {
    assert_eq!(
        mask("Hubungi Budi 0812-3456-7890 atau budi@contoh.id, NIK 1401012345678901, antre 3 jam"),
        "Hubungi Budi [telepon] atau [surel], NIK [NIK], antre 3 jam"
    );
}

#[test]
fn ordinary_numbers_stay() {
    for text in [
        "antre dari jam 08.00 sampai 11.30",
        "biaya Rp 350.000 bukan Rp350000",
        "bayar 1.250.000,00 untuk 2 sertipikat",
        "tanggal 17-08-2026 dan 17/08/2026",
        "semester 2026-S1, loket 12, antrean B-045",
        "sudah 3x ke sini sejak 2024",
        "Perpres 89/2021 dan PermenPANRB 14 Tahun 2017",
        "nilai 88,31 sama dengan 88.31",
        "petugas @loket ramah",
        "kode pos 28411",
        "lantai 2 ruang 08",
        "",
    ] {
        assert_eq!(mask(text), text);
    }
}
