//! Made-up identifiers in the ways people write them, and the numbers that stand in comments for other reasons.

use crate::random::Random;

/// A comment, with what it identifies a person by.
pub struct Comment {
    pub text: String,
    /// The same without it.
    pub rest: String,
    pub identifier: String,
}

const AROUND_NIK: [&str; 24] = [
    "NIK {}",
    "NIK: {}",
    "NIK:{}",
    "nik{}",
    "Nik saya {} tidak terbaca di loket",
    "no ktp {} salah cetak, mohon diperbaiki",
    "KTP={}; sudah antre 3 jam",
    "nomor KK {} belum muncul",
    "Tolong cek data a.n. Siti ({}), terima kasih",
    "saya sudah ke loket 4 dua kali dengan nik {}",
    "{}",
    "{} itu NIK saya",
    "Data kependudukan {}.",
    "e-KTP anak saya,{},belum jadi",
    "NIK/{}/belum online",
    "Petugas minta NIK “{}” padahal sudah diberikan",
    "identitas:{}!",
    "Nomor induk kependudukan saya adalah {} dan belum padan",
    "antre dari jam 08.00 untuk NIK {} baru selesai 11.30",
    "tanggal 17-08-2026 daftar pakai nik {}",
    "nik\n{}\nterima kasih",
    "tiket A-012 nik {} 2 kali gagal",
    "npwp sama dengan nik {}?",
    "mohon bantuan\tNIK\t{}",
];

const AROUND_PHONES: [&str; 28] = [
    "{}",
    "hubungi {}",
    "hub. {} ya pak",
    "HP {}",
    "hp:{}",
    "hp{}",
    "No HP saya {} mohon dikabari",
    "no. hp: {}",
    "WA {}",
    "wa:{}",
    "wa {} (Budi)",
    "WA saya di {} aktif 24 jam",
    "whatsapp={}",
    "chat aja ke {} kalau sudah jadi",
    "telp {}",
    "Telp. {}",
    "tlp:{}, terima kasih",
    "telepon kantor {} tidak pernah diangkat",
    "nomor {} tidak bisa dihubungi",
    "call center {} tidak menjawab",
    "sms ke {} tidak sampai",
    "ini nomor saya {}",
    "antre dari jam 08.00-11.30, nomor saya {}",
    "bayar Rp 50.000 ke {} apakah resmi?",
    "({})",
    "Petugas loket 3 minta pulsa ke {} 2 kali",
    "tanggal 08-12-2026 saya telp {}.",
    "Ibu Siti,{},Pekanbaru",
];

const AROUND_EMAILS: [&str; 16] = [
    "{}",
    "email {}",
    "email: {}",
    "e-mail:{}",
    "surel saya {}, mohon dibalas",
    "kirim ke {} saja",
    "Kirim hasilnya ke {}. Terima kasih",
    "({})",
    "alamat <{}> tidak bisa dikirimi",
    "Sudah 2x kirim berkas ke {} belum dijawab",
    "kontak {} / loket 4",
    "email,{},tidak masuk",
    "emailku={};",
    "jam 08.30 saya email {}!",
    "mohon konfirmasi\n{}\nterima kasih",
    "apakah {} benar?",
];

/// Every template with every writing, and the writing applied to a new identifier each time.
fn comments(templates: &[&str], random: &mut Random, writings: impl Fn(&mut Random) -> Vec<String>) -> Vec<Comment> {
    let mut comments = Vec::new();
    for template in templates {
        for identifier in writings(random) {
            let (text, rest) = (template.replace("{}", &identifier), template.replace("{}", ""));
            comments.push(Comment { text, rest, identifier });
        }
    }
    comments
}

pub fn niks(random: &mut Random) -> Vec<Comment> {
    comments(&AROUND_NIK, random, |random| {
        let place = random.pick(&["140101", "327306", "317402", "190120", "110505", "647103", "940301", "120826"]);
        // Women are born on days from 41 to 71.
        let day = random.between(1, 31) + if random.percent(50) { 40 } else { 0 };
        let birth = format!("{day:02}{:02}{:02}", random.between(1, 12), random.between(0, 99));
        let nik = format!("{place}{birth}{:04}", random.between(1, 40));
        let groups = |sizes: &[usize], sign: &str| grouped(&nik, sizes, sign);
        vec![
            nik.clone(),
            groups(&[4, 4, 4, 4], " "),
            groups(&[4, 4, 4, 4], "."),
            groups(&[4, 4, 4, 4], "-"),
            groups(&[4, 4, 4, 4], "  "),
            groups(&[4, 4, 4, 4], " - "),
            groups(&[6, 6, 4], " "),
            groups(&[6, 6, 4], "."),
            groups(&[6, 6, 4], "-"),
            groups(&[2, 2, 2, 6, 4], "."),
            groups(&[2, 2, 2, 6, 4], " "),
            groups(&[2, 2, 2, 2, 2, 2, 4], "-"),
            groups(&[3, 3, 3, 3, 4], " "),
            groups(&[8, 8], " "),
            groups(&[1; 16], " "),
            groups(&[1; 16], "-"),
            groups(&[4, 4, 4, 4], "\u{a0}"),
            groups(&[4, 4, 4, 4], "–"),
            full_width(&nik),
            full_width(&groups(&[4, 4, 4, 4], " ")),
            format!("{} {}", &groups(&[6, 6], ".")[..13], &nik[12..]),
        ]
    })
}

pub fn phones(random: &mut Random) -> Vec<Comment> {
    let mut comments = comments(&AROUND_PHONES, random, mobiles);
    comments.extend(self::comments(&AROUND_PHONES, random, fixed_lines));
    comments
}

fn mobiles(random: &mut Random) -> Vec<String> {
    let prefixes =
        ["811", "812", "813", "821", "822", "831", "838", "852", "857", "858", "877", "878", "881", "895", "896"];
    let length = usize::try_from(random.between(7, 9)).unwrap();
    let cell = format!("{}{}", random.pick(&prefixes), random.digits(length));
    [national(&cell), international(&cell)].concat()
}

fn national(cell: &str) -> Vec<String> {
    let home = format!("0{cell}");
    let rest = |sizes: &[usize], sign: &str| grouped(cell, sizes, sign);
    let whole = |sizes: &[usize], sign: &str| grouped(&home, sizes, sign);
    vec![
        home.clone(),
        whole(&[4, 4, 9], "-"),
        whole(&[4, 4, 9], " "),
        whole(&[4, 4, 9], "."),
        whole(&[4, 4, 9], " - "),
        whole(&[4, 4, 9], "–"),
        whole(&[4, 3, 9], "-"),
        whole(&[4, 3, 9], " "),
        whole(&[4, 9], "-"),
        whole(&[4, 9], " "),
        whole(&[2, 2, 2, 2, 2, 2, 2], " "),
        whole(&[1; 16], " "),
        format!("({}) {}", &home[..4], &home[4..]),
        format!("({}){}", &home[..4], grouped(&home[4..], &[4, 9], "-")),
        format!("tel:{home}"),
        cell.to_owned(),
        rest(&[3, 4, 9], " "),
        rest(&[3, 4, 9], "-"),
        rest(&[3, 9], "-"),
        full_width(&home),
    ]
}

fn international(cell: &str) -> Vec<String> {
    let rest = |sizes: &[usize], sign: &str| grouped(cell, sizes, sign);
    vec![
        format!("+62{cell}"),
        format!("+62 {}", rest(&[3, 4, 9], " ")),
        format!("+62 {}", rest(&[3, 4, 9], "-")),
        format!("+62-{}", rest(&[3, 4, 9], "-")),
        format!("+62.{}", rest(&[3, 4, 9], ".")),
        format!("(+62){cell}"),
        format!("(+62) {}", rest(&[3, 4, 9], "-")),
        format!("+62 (0){cell}"),
        format!("+62 (0) {}", rest(&[3, 4, 9], " ")),
        format!("+620{cell}"),
        format!("0062{cell}"),
        format!("62{cell}"),
        format!("62 {}", rest(&[3, 4, 9], " ")),
        format!("62-{}", rest(&[3, 4, 9], "-")),
        format!("62{}", rest(&[3, 4, 9], "-")),
        format!("wa.me/62{cell}"),
        format!("tel:+62{cell}"),
        // As copied from an address book.
        format!("\u{202a}+62 {}\u{202c}", rest(&[3, 4, 9], "-")),
    ]
}

fn fixed_lines(random: &mut Random) -> Vec<String> {
    let area = *random.pick(&["021", "022", "024", "031", "061", "0761", "0274", "0341", "0411", "0778", "0967"]);
    let length = if area.len() == 3 { 8 } else { usize::try_from(random.between(6, 7)).unwrap() };
    let line = format!("{}{}", random.between(2, 8), random.digits(length - 1));
    vec![
        format!("({area}) {line}"),
        format!("({area}){line}"),
        format!("({area})-{line}"),
        format!("({area}) {}", grouped(&line, &[3, 9], "-")),
        format!("({area}) {}", grouped(&line, &[4, 9], " ")),
        format!("{area}-{line}"),
        format!("{area} {line}"),
        format!("{area}.{line}"),
        format!("{area} - {line}"),
        format!("{area}{line}"),
        format!("{area}-{}", grouped(&line, &[3, 9], " ")),
        format!("{area} {}", grouped(&line, &[4, 9], "-")),
        format!("+62 {} {line}", &area[1..]),
        format!("+62{}{line}", &area[1..]),
        format!("+62-{}-{line}", &area[1..]),
        format!("(+62 {}) {line}", &area[1..]),
    ]
}

pub fn emails(random: &mut Random) -> Vec<Comment> {
    comments(&AROUND_EMAILS, random, |random| {
        let name =
            random.pick(&["rahmat.h", "dewi_90", "wulan-putri", "Joko.Susilo", "ayu", "RINA88", "tono+mpp", "x1"]);
        let host = random.pick(&[
            "contohmail.co.id",
            "contohmail.com",
            "mail.contohkab.go.id",
            "contohmail.net",
            "kantorcontoh.id",
        ]);
        let host_in_words = host.replace('.', " dot ");
        let host_in_brackets = host.replace('.', "[dot]");
        let mailer = random.pick(&["gmail", "yahoo", "hotmail", "outlook"]);
        vec![
            format!("{name}@{host}"),
            format!("{name}@{}", host.to_uppercase()),
            format!("{name} @{host}"),
            format!("{name}@ {host}"),
            format!("{name} @ {host}"),
            format!("{name}(at){host}"),
            format!("{name} (at) {host}"),
            format!("{name}[at]{host}"),
            format!("{name} [AT] {host}"),
            format!("{name} at {host_in_words}"),
            format!("{name}[at]{host_in_brackets}"),
            format!("{name}@{mailer}.com"),
            format!("{name}@{mailer}.co.id"),
            format!("{name}@{mailer},com"),
            format!("{name}@{mailer}"),
            format!("{name}(a){mailer}.com"),
            full_width(&format!("{name}@{host}")),
        ]
    })
}

/// Digits in groups of these sizes, the last as long as it gets.
pub fn grouped(digits: &str, sizes: &[usize], sign: &str) -> String {
    let (mut groups, mut rest) = (Vec::new(), digits);
    for size in sizes {
        let (group, tail) = rest.split_at((*size).min(rest.len()));
        groups.push(group);
        rest = tail;
    }
    groups.push(rest);
    groups.retain(|group| !group.is_empty());
    groups.join(sign)
}

fn full_width(text: &str) -> String {
    let wide = |letter: char| match letter {
        '!'..='~' => char::from_u32(u32::from(letter) + 0xfee0).unwrap(),
        other => other,
    };
    text.chars().map(wide).collect()
}
