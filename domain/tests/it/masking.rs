//! What identifies a person is masked, what does not stays readable.

mod corpus;
mod harmless;

use proptest::prelude::*;
use suara_domain::masking::{EMAIL_MASK, NIK_MASK, PHONE_MASK, mask};
use suara_domain::response::COMMENT_LIMIT;

use self::corpus::Comment;
use crate::random::Random;

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

#[expect(clippy::print_stdout, reason = "the rates are what these tests are for")]
fn print(what: &str, found: usize, all: usize) -> f64 {
    let percent = 100.0 * found as f64 / all as f64;
    println!("{what}: {found} of {all}, {percent:.2} %");
    percent
}

fn digits(text: &str) -> String {
    text.chars().filter(|letter| letter.is_numeric()).collect()
}

/// Masked, and no digit of it is left; nor has any other digit gone.
fn is_masked(comment: &Comment, masked: &str, mask: &str) -> bool {
    masked.contains(mask) && digits(masked) == digits(&comment.rest)
}

/// Masked, and nothing of it is left that has two letters.
fn is_masked_address(comment: &Comment, masked: &str) -> bool {
    let rest = masked.replace(EMAIL_MASK, "");
    let left =
        comment.identifier.split(|letter: char| !letter.is_alphanumeric()).filter(|part| part.chars().count() > 4);
    masked.contains(EMAIL_MASK) && left.clone().count() > 0 && left.into_iter().all(|part| !rest.contains(part))
}

fn recall(what: &str, comments: &[Comment], is_masked: impl Fn(&Comment, &str) -> bool) {
    let results: Vec<String> = comments.iter().map(|comment| mask(&comment.text)).collect();
    let missed = comments.iter().zip(&results).filter(|(comment, result)| !is_masked(comment, result));
    let missed: Vec<_> = missed.map(|(comment, result)| (&comment.text, result)).collect();
    let percent = print(what, comments.len() - missed.len(), comments.len());
    assert!(comments.len() > 200 && percent >= 99.0, "{what}: {:#?}", &missed[..missed.len().min(40)]);
}

#[test]
fn ninety_nine_of_a_hundred_identifiers_are_masked() {
    let mut random = Random::new(2026);
    recall("NIK masked", &corpus::niks(&mut random), |comment, masked| is_masked(comment, masked, NIK_MASK));
    recall("phones masked", &corpus::phones(&mut random), |comment, masked| is_masked(comment, masked, PHONE_MASK));
    recall("e-mail addresses masked", &corpus::emails(&mut random), is_masked_address);
}

#[test]
fn one_of_a_hundred_harmless_comments_is_masked_at_most() {
    let mut random = Random::new(7);
    let comments: Vec<String> = (0..12).flat_map(|_| harmless::comments(&mut random)).collect();
    let hit: Vec<_> = comments.iter().map(|text| (text, mask(text))).filter(|(text, masked)| *text != masked).collect();
    let percent = print("harmless comments masked", hit.len(), comments.len());
    assert!(comments.len() > 900 && percent <= 1.0, "{hit:#?}");
}

/// Pieces of what the rules look for.
fn piece() -> impl Strategy<Value = String> {
    let words = vec!["08", "+62", "62", "wa ", "telp ", "no ", "@", " at ", "gmail", ".id", "Rp", "[NIK]", "trx", "jt"];
    prop_oneof![
        4 => "[0-9]{1,5}",
        4 => "[ .()/+-]{1,3}",
        1 => prop::sample::select(words).prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn any_text_is_masked_once_and_for_all(parts in prop::collection::vec(piece(), 0..30)) {
        let masked = mask(&parts.concat());
        prop_assert_eq!(mask(&masked), masked);
    }

    #[test]
    fn words_stay(text in "[a-zA-Zéü .,;:!?'\"/()-]{0,80}") {
        prop_assert_eq!(mask(&text), text);
    }
}

#[test]
fn the_longest_comments_are_no_burden() {
    // Each of these makes a rule begin at every place and give up late.
    for part in
        ["0", "08", "0 ", "1.", "a@", "a.", "a at b dot ", "62(", "0812-", "17-08-2026-", "telp no ", "２", "(0"]
    {
        let text: String = part.chars().cycle().take(COMMENT_LIMIT).collect();
        let masked = mask(&text);
        assert!(masked.len() <= 8 * text.len(), "{part:?}");
    }
}
