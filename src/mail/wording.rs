//! What the report mail says, in both languages. The letter is one structure that is set as text and as HTML, so that
//! the two alternatives cannot differ.

use suara_domain::fixed::Fixed;
use suara_domain::index::Mutu;
use suara_domain::instrument::Instrument;
use suara_domain::period::Period;
use suara_domain::precision::PrecisionFlag;
use suara_domain::respondent::Language;

use super::message::Attached;
use super::report::{Figures, ReportMail};

/// The parts of the mail, ready to be set.
pub(super) struct Letter {
    pub language: &'static str,
    pub subject: String,
    pub greeting: String,
    pub opening: String,
    pub attached: &'static str,
    pub figures: Vec<(&'static str, String)>,
    pub lowest_title: &'static str,
    pub lowest: Vec<String>,
    pub steps_title: &'static str,
    pub steps: [&'static str; 3],
    pub link_title: &'static str,
    pub link: String,
    pub closing: &'static str,
}

impl Letter {
    pub fn write(mail: &ReportMail<'_>, attached: Attached) -> Self {
        match mail.language {
            Language::Indonesian => indonesian(mail, attached),
            Language::English => english(mail, attached),
        }
    }
}

fn indonesian(mail: &ReportMail<'_>, attached: Attached) -> Letter {
    let figures = &mail.figures;
    let (mpp, period) = (mail.mpp_name, mail.period);
    let revision = if mail.revision > 1 { format!(" (revisi {})", mail.revision) } else { String::new() };
    Letter {
        language: "id",
        subject: format!(
            "Laporan SKM {period}{revision}: {mpp}, IKM {} ({})",
            decimal(figures.ikm, mail.language),
            figures.mutu.letter()
        ),
        greeting: mail.recipient.name().map_or_else(|| "Yth. Bapak/Ibu,".to_owned(), |name| format!("Yth. {name},")),
        opening: format!(
            "Laporan Survei Kepuasan Masyarakat (SKM) {mpp} untuk {}{revision} sudah selesai.",
            semester(period, mail.language)
        ),
        attached: attached_sentence(attached, mail.language),
        figures: vec![
            ("IKM", index(figures.ikm, figures.mutu, mail.language)),
            ("Responden", respondents(figures, mail.language)),
            ("Ketelitian", precision(figures, mail.language)),
        ],
        lowest_title: "Tiga unsur terendah",
        lowest: lowest(figures, mail.language),
        steps_title: "Langkah berikutnya",
        steps: [
            "Periksa laporan, lengkapi isian yang masih kosong, lalu tanda tangani.",
            "Bahas unsur terendah dalam Forum Konsultasi Publik dan tetapkan rencana tindak lanjut: kegiatan, waktu, \
             dan penanggung jawab.",
            "Umumkan hasilnya kepada masyarakat, antara lain dengan memasang publikasi IKM di MPP.",
        ],
        link_title: "Hasil yang dapat dilihat masyarakat",
        link: mail.link.to_owned(),
        closing: "Surel ini dikirim otomatis oleh Suara, sistem survei kepuasan masyarakat.",
    }
}

fn english(mail: &ReportMail<'_>, attached: Attached) -> Letter {
    let figures = &mail.figures;
    let (mpp, period) = (mail.mpp_name, mail.period);
    let revision = if mail.revision > 1 { format!(" (revision {})", mail.revision) } else { String::new() };
    Letter {
        language: "en",
        subject: format!(
            "SKM report {period}{revision}: {mpp}, IKM {} ({})",
            decimal(figures.ikm, mail.language),
            figures.mutu.letter()
        ),
        greeting: mail.recipient.name().map_or_else(|| "Dear reader,".to_owned(), |name| format!("Dear {name},")),
        opening: format!(
            "The report on the public satisfaction survey (SKM) of {mpp} for {}{revision} is complete.",
            semester(period, mail.language)
        ),
        attached: attached_sentence(attached, mail.language),
        figures: vec![
            ("IKM", index(figures.ikm, figures.mutu, mail.language)),
            ("Respondents", respondents(figures, mail.language)),
            ("Precision", precision(figures, mail.language)),
        ],
        lowest_title: "The three lowest elements",
        lowest: lowest(figures, mail.language),
        steps_title: "What to do next",
        steps: [
            "Check the report, fill in what is still blank, and sign it.",
            "Discuss the lowest elements in the public consultation forum and agree a follow-up plan: steps, dates \
             and who is responsible.",
            "Publish the result, for example with the IKM poster at the MPP.",
        ],
        link_title: "What the public can see",
        link: mail.link.to_owned(),
        closing: "This mail was sent automatically by Suara, the public satisfaction survey.",
    }
}

fn semester(period: Period, language: Language) -> String {
    let year = period.year();
    match (language, period.half()) {
        (Language::Indonesian, 1) => format!("Semester I {year} (1 Januari sampai 30 Juni)"),
        (Language::Indonesian, _) => format!("Semester II {year} (1 Juli sampai 31 Desember)"),
        (Language::English, 1) => format!("the first half of {year} (1 January to 30 June)"),
        (Language::English, _) => format!("the second half of {year} (1 July to 31 December)"),
    }
}

fn attached_sentence(attached: Attached, language: Language) -> &'static str {
    match (language, attached) {
        (Language::Indonesian, Attached::Everything) => "Terlampir: laporan lengkap (PDF) dan lampiran data (XLSX).",
        (Language::Indonesian, Attached::PdfAlone) => {
            "Terlampir: laporan lengkap (PDF). Lampiran data (XLSX) terlalu besar untuk surel; mintalah berkasnya \
             kepada pengelola sistem."
        }
        (Language::Indonesian, Attached::Nothing) => {
            "Laporan terlalu besar untuk dilampirkan pada surel; mintalah berkasnya kepada pengelola sistem."
        }
        (Language::English, Attached::Everything) => {
            "Attached: the full report (PDF) and the data annex (XLSX), both in Indonesian."
        }
        (Language::English, Attached::PdfAlone) => {
            "Attached: the full report (PDF), in Indonesian. The data annex (XLSX) is too large for mail; please ask \
             the operator of the system for it."
        }
        (Language::English, Attached::Nothing) => {
            "The report is too large to be attached; please ask the operator of the system for the file."
        }
    }
}

fn lowest(figures: &Figures, language: Language) -> Vec<String> {
    let line = |(element, value, mutu): &(_, Fixed<2>, Mutu)| {
        let name = Instrument::standard().question(*element).name.get(language);
        format!("{name}: {} ({})", decimal(*value, language), mutu.letter())
    };
    figures.lowest.iter().map(line).collect()
}

fn index(ikm: Fixed<2>, mutu: Mutu, language: Language) -> String {
    let value = decimal(ikm, language);
    let letter = mutu.letter();
    match language {
        Language::Indonesian => format!("{value}, mutu {letter} ({})", mutu.kinerja()),
        Language::English => {
            let words = match mutu {
                Mutu::A => "very good",
                Mutu::B => "good",
                Mutu::C => "poor",
                Mutu::D => "not good",
            };
            format!("{value}, class {letter} ({words})")
        }
    }
}

fn respondents(figures: &Figures, language: Language) -> String {
    let (n, minimum) = (whole(figures.n, language), whole(figures.sample_minimum, language));
    match (language, figures.n >= figures.sample_minimum) {
        (Language::Indonesian, true) => format!("{n} orang (sampel minimum {minimum} terpenuhi)"),
        (Language::Indonesian, false) => format!("{n} orang (sampel minimum {minimum} belum terpenuhi)"),
        (Language::English, true) => format!("{n} (minimum sample of {minimum} reached)"),
        (Language::English, false) => format!("{n} (minimum sample of {minimum} not reached)"),
    }
}

fn precision(figures: &Figures, language: Language) -> String {
    let words = match (language, figures.precision) {
        (Language::Indonesian, PrecisionFlag::Baik) => "baik, angka ini dapat dipakai apa adanya",
        (Language::Indonesian, PrecisionFlag::HatiHati) => "gunakan dengan hati-hati",
        (Language::Indonesian, PrecisionFlag::TidakUntukDibandingkan) => "jangan dibandingkan dengan MPP lain",
        (Language::English, PrecisionFlag::Baik) => "good, the figure can be used as it stands",
        (Language::English, PrecisionFlag::HatiHati) => "use with care",
        (Language::English, PrecisionFlag::TidakUntukDibandingkan) => "not to be compared with other MPPs",
    };
    let end = |value: f64| punctuate(&format!("{value:.2}"), language);
    match (figures.interval, language) {
        (None, _) => words.to_owned(),
        (Some((lower, upper)), Language::Indonesian) => {
            format!("{words} (selang kepercayaan 95\u{a0}%: {} sampai {})", end(lower), end(upper))
        }
        (Some((lower, upper)), Language::English) => {
            format!("{words} (95\u{a0}% interval: {} to {})", end(lower), end(upper))
        }
    }
}

fn decimal(value: Fixed<2>, language: Language) -> String {
    punctuate(&value.to_string(), language)
}

fn punctuate(number: &str, language: Language) -> String {
    match language {
        Language::Indonesian => number.replace('.', ","),
        Language::English => number.to_owned(),
    }
}

/// A count with its thousands apart.
fn whole(count: u64, language: Language) -> String {
    let separator = match language {
        Language::Indonesian => '.',
        Language::English => ',',
    };
    let digits = count.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_as_each_language_does() {
        for (count, indonesian, english) in
            [(0, "0", "0"), (999, "999", "999"), (1000, "1.000", "1,000"), (1_234_567, "1.234.567", "1,234,567")]
        {
            assert_eq!(whole(count, Language::Indonesian), indonesian);
            assert_eq!(whole(count, Language::English), english);
        }
    }
}
