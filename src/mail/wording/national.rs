//! What the mail with the national report says.

use suara_domain::language::Language;
use suara_domain::period::Period;

use super::{Letter, Tongue, decimal, index, lowest_elements, semester, whole};
use crate::mail::message::Attached;
use crate::mail::national::{NationalFigures, NationalMail};

impl Letter {
    /// The letter to the ministry.
    pub fn national(mail: &NationalMail<'_>, attached: Attached) -> Self {
        if mail.language == Language::English { english(mail, attached) } else { indonesian(mail, attached) }
    }
}

fn indonesian(mail: &NationalMail<'_>, attached: Attached) -> Letter {
    let (figures, period, tongue) = (&mail.figures, mail.period, Tongue::Indonesian);
    Letter {
        language: "id",
        subject: subject(period, figures, tongue),
        greeting: mail.recipient.name().map_or_else(|| "Yth. Bapak/Ibu,".to_owned(), |name| format!("Yth. {name},")),
        opening: format!(
            "Laporan nasional Survei Kepuasan Masyarakat di Mal Pelayanan Publik untuk {} sudah selesai. Angkanya sudah \
             final.",
            semester(period, tongue)
        ),
        attached: attached_sentence(attached, tongue),
        figures: vec![
            ("IKM gabungan", index(figures.pooled, figures.mutu, tongue)),
            ("Rata-rata MPP", format!("{} dari {} MPP", decimal(figures.mean, tongue), whole(figures.mpps, tongue))),
            ("Responden", whole(figures.n, tongue)),
            ("Dapat dibandingkan", format!("{} dari {} MPP terdaftar", figures.comparable, figures.registered)),
            ("Jelas di atas rata-rata", format!("{} MPP", figures.above)),
            ("Jelas di bawah rata-rata", format!("{} MPP", figures.below)),
            ("Dibanding semester lalu", changes(figures, tongue)),
        ],
        lowest_title: "Tiga unsur terendah secara nasional",
        lowest: lowest_elements(&figures.lowest, tongue),
        steps_title: "Langkah berikutnya",
        steps: [
            "Hubungi MPP yang tidak melaksanakan survei atau yang surveinya berhenti sebelum akhir semester (bab 1 laporan).",
            "Pertemukan MPP dengan MPP sebanding yang nyata lebih baik pada unsur terlemahnya (bab 6; semuanya di lembar \
             Belajar).",
            "Umumkan laporan PDF; angka di dalamnya sudah disaring untuk melindungi responden. Jangan membuat \
             peringkat MPP yang nilainya tidak dapat dibedakan.",
        ],
        link_title: "Hasil yang dapat dilihat masyarakat",
        link: mail.link.to_owned(),
        closing: "Surel ini dikirim otomatis oleh Suara, sistem survei kepuasan masyarakat.",
    }
}

fn english(mail: &NationalMail<'_>, attached: Attached) -> Letter {
    let (figures, period, tongue) = (&mail.figures, mail.period, Tongue::English);
    Letter {
        language: "en",
        subject: subject(period, figures, tongue),
        greeting: mail.recipient.name().map_or_else(|| "Dear reader,".to_owned(), |name| format!("Dear {name},")),
        opening: format!(
            "The national report on the public satisfaction survey (SKM) at the Public Service Malls (MPP) for {} is \
             complete. Its figures are frozen.",
            semester(period, tongue)
        ),
        attached: attached_sentence(attached, tongue),
        figures: vec![
            ("IKM, all pooled", index(figures.pooled, figures.mutu, tongue)),
            ("Mean of MPPs", format!("{} over {} MPPs", decimal(figures.mean, tongue), whole(figures.mpps, tongue))),
            ("Respondents", whole(figures.n, tongue)),
            ("Comparable", format!("{} of {} registered MPPs", figures.comparable, figures.registered)),
            ("Clearly above the mean", format!("{} MPPs", figures.above)),
            ("Clearly below the mean", format!("{} MPPs", figures.below)),
            ("Since last semester", changes(figures, tongue)),
        ],
        lowest_title: "The three lowest elements nationally",
        lowest: lowest_elements(&figures.lowest, tongue),
        steps_title: "What to do next",
        steps: [
            "Get in touch with MPPs that did not survey or stopped before the end of the semester (chapter 1).",
            "Bring MPPs together with comparable ones that are truly better at their weakest element (chapter 6; all of \
             them on the sheet Belajar).",
            "Publish the PDF; its figures are safe. Do not rank MPPs that cannot be told apart.",
        ],
        link_title: "What the public can see",
        link: mail.link.to_owned(),
        closing: "This mail was sent automatically by Suara, the public satisfaction survey.",
    }
}

fn subject(period: Period, figures: &NationalFigures, tongue: Tongue) -> String {
    let (ikm, letter) = (decimal(figures.pooled, tongue), figures.mutu.letter());
    match tongue {
        Tongue::Indonesian => format!("Laporan nasional SKM MPP {period}: IKM gabungan {ikm} ({letter})"),
        Tongue::English => format!("National SKM report of the MPPs {period}: pooled IKM {ikm} ({letter})"),
    }
}

fn changes(figures: &NationalFigures, tongue: Tongue) -> String {
    let (tests, risen, fallen) = figures.changes;
    match (tongue, tests) {
        (Tongue::Indonesian, 0) => "belum ada MPP dengan dua semester yang dapat dibandingkan".to_owned(),
        (Tongue::Indonesian, _) => format!("{risen} naik, {fallen} turun, dari {tests} MPP yang diuji"),
        (Tongue::English, 0) => "no MPP has two semesters that can be compared yet".to_owned(),
        (Tongue::English, _) => format!("{risen} rose, {fallen} fell, of {tests} MPPs tested"),
    }
}

fn attached_sentence(attached: Attached, tongue: Tongue) -> &'static str {
    match (tongue, attached) {
        (Tongue::Indonesian, Attached::Everything) => {
            "Terlampir: laporan nasional (PDF) dan perbandingan semua MPP (XLSX). Lembar XLSX hanya untuk kementerian: \
             memuat juga MPP dengan kurang dari 10 responden."
        }
        (Tongue::Indonesian, Attached::PdfAlone) => {
            "Terlampir: laporan nasional (PDF). Perbandingan semua MPP (XLSX) terlalu besar untuk surel; mintalah \
             berkasnya kepada pengelola sistem."
        }
        (Tongue::Indonesian, Attached::Nothing) => {
            "Laporan terlalu besar untuk dilampirkan pada surel; mintalah berkasnya kepada pengelola sistem."
        }
        (Tongue::English, Attached::Everything) => {
            "Attached: the national report (PDF, in Indonesian) and the comparison of all MPPs (XLSX). The XLSX is for \
             the ministry alone: it also has MPPs with fewer than 10 respondents."
        }
        (Tongue::English, Attached::PdfAlone) => {
            "Attached: the national report (PDF, in Indonesian). The comparison of all MPPs (XLSX) is too large for \
             mail; please ask the operator of the system for it."
        }
        (Tongue::English, Attached::Nothing) => {
            "The report is too large to be attached; please ask the operator of the system for the file."
        }
    }
}
