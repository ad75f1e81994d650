//! What the mails with reports say, in both languages. The letter is one structure that is set as text and as HTML, so that
//! the two alternatives cannot differ.

mod national;

use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::Mutu;
use suara_domain::instrument::Instrument;
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_domain::precision::PrecisionFlag;

use super::message::Attached;
use super::report::{Figures, ReportMail};

/// The languages mails are written in; pages may speak more.
#[derive(Clone, Copy)]
enum Tongue {
    Indonesian,
    English,
}

impl Tongue {
    const fn of_texts(self) -> Language {
        match self {
            Self::Indonesian => Language::Indonesian,
            Self::English => Language::English,
        }
    }
}

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
        if mail.language == Language::English { english(mail, attached) } else { indonesian(mail, attached) }
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
            decimal(figures.ikm, Tongue::Indonesian),
            figures.mutu.letter()
        ),
        greeting: mail.recipient.name().map_or_else(|| "Yth. Bapak/Ibu,".to_owned(), |name| format!("Yth. {name},")),
        opening: format!(
            "Laporan Survei Kepuasan Masyarakat (SKM) {mpp} untuk {}{revision} sudah selesai.",
            semester(period, Tongue::Indonesian)
        ),
        attached: attached_sentence(attached, Tongue::Indonesian),
        figures: vec![
            ("IKM", index(figures.ikm, figures.mutu, Tongue::Indonesian)),
            ("Responden", respondents(figures, Tongue::Indonesian)),
            ("Ketelitian", precision(figures, Tongue::Indonesian)),
        ],
        lowest_title: "Tiga unsur terendah",
        lowest: lowest(figures, Tongue::Indonesian),
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
            decimal(figures.ikm, Tongue::English),
            figures.mutu.letter()
        ),
        greeting: mail.recipient.name().map_or_else(|| "Dear reader,".to_owned(), |name| format!("Dear {name},")),
        opening: format!(
            "The report on the public satisfaction survey (SKM) of {mpp} for {}{revision} is complete.",
            semester(period, Tongue::English)
        ),
        attached: attached_sentence(attached, Tongue::English),
        figures: vec![
            ("IKM", index(figures.ikm, figures.mutu, Tongue::English)),
            ("Respondents", respondents(figures, Tongue::English)),
            ("Precision", precision(figures, Tongue::English)),
        ],
        lowest_title: "The three lowest elements",
        lowest: lowest(figures, Tongue::English),
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

fn semester(period: Period, language: Tongue) -> String {
    let year = period.year();
    match (language, period.half()) {
        (Tongue::Indonesian, 1) => format!("Semester I {year} (1 Januari sampai 30 Juni)"),
        (Tongue::Indonesian, _) => format!("Semester II {year} (1 Juli sampai 31 Desember)"),
        (Tongue::English, 1) => format!("the first half of {year} (1 January to 30 June)"),
        (Tongue::English, _) => format!("the second half of {year} (1 July to 31 December)"),
    }
}

fn attached_sentence(attached: Attached, language: Tongue) -> &'static str {
    match (language, attached) {
        (Tongue::Indonesian, Attached::Everything) => "Terlampir: laporan lengkap (PDF) dan lampiran data (XLSX).",
        (Tongue::Indonesian, Attached::PdfAlone) => {
            "Terlampir: laporan lengkap (PDF). Lampiran data (XLSX) terlalu besar untuk surel; mintalah berkasnya \
             kepada pengelola sistem."
        }
        (Tongue::Indonesian, Attached::Nothing) => {
            "Laporan terlalu besar untuk dilampirkan pada surel; mintalah berkasnya kepada pengelola sistem."
        }
        (Tongue::English, Attached::Everything) => {
            "Attached: the full report (PDF) and the data annex (XLSX), both in Indonesian."
        }
        (Tongue::English, Attached::PdfAlone) => {
            "Attached: the full report (PDF), in Indonesian. The data annex (XLSX) is too large for mail; please ask \
             the operator of the system for it."
        }
        (Tongue::English, Attached::Nothing) => {
            "The report is too large to be attached; please ask the operator of the system for the file."
        }
    }
}

fn lowest(figures: &Figures, language: Tongue) -> Vec<String> {
    lowest_elements(&figures.lowest, language)
}

fn lowest_elements(lowest: &[(Element, Fixed<2>, Mutu)], language: Tongue) -> Vec<String> {
    let line = |(element, value, mutu): &(_, Fixed<2>, Mutu)| {
        let name = Instrument::standard().question(*element).name.get(language.of_texts());
        format!("{name}: {} ({})", decimal(*value, language), mutu.letter())
    };
    lowest.iter().map(line).collect()
}

fn index(ikm: Fixed<2>, mutu: Mutu, language: Tongue) -> String {
    let value = decimal(ikm, language);
    let letter = mutu.letter();
    match language {
        Tongue::Indonesian => format!("{value}, mutu {letter} ({})", mutu.kinerja()),
        Tongue::English => {
            let words = match mutu {
                Mutu::A => "very good",
                Mutu::B => "good",
                Mutu::C => "less than good",
                Mutu::D => "not good",
            };
            format!("{value}, class {letter} ({words})")
        }
    }
}

fn respondents(figures: &Figures, language: Tongue) -> String {
    let (n, minimum) = (whole(figures.n, language), whole(figures.sample_minimum, language));
    match (language, figures.n >= figures.sample_minimum) {
        (Tongue::Indonesian, true) => format!("{n} orang (sampel minimum {minimum} terpenuhi)"),
        (Tongue::Indonesian, false) => format!("{n} orang (sampel minimum {minimum} belum terpenuhi)"),
        (Tongue::English, true) => format!("{n} (minimum sample of {minimum} reached)"),
        (Tongue::English, false) => format!("{n} (minimum sample of {minimum} not reached)"),
    }
}

fn precision(figures: &Figures, language: Tongue) -> String {
    let words = match (language, figures.precision) {
        (Tongue::Indonesian, PrecisionFlag::Baik) => "baik, angka ini dapat dipakai apa adanya",
        (Tongue::Indonesian, PrecisionFlag::HatiHati) => "gunakan dengan hati-hati",
        (Tongue::Indonesian, PrecisionFlag::TidakUntukDibandingkan) => "jangan dibandingkan dengan MPP lain",
        (Tongue::English, PrecisionFlag::Baik) => "good, the figure can be used as it stands",
        (Tongue::English, PrecisionFlag::HatiHati) => "use with care",
        (Tongue::English, PrecisionFlag::TidakUntukDibandingkan) => "not to be compared with other MPPs",
    };
    let end = |value: f64| punctuate(&format!("{value:.2}"), language);
    match (figures.interval, language) {
        (None, _) => words.to_owned(),
        (Some((lower, upper)), Tongue::Indonesian) => {
            format!("{words} (interval 95%: {} sampai {})", end(lower), end(upper))
        }
        (Some((lower, upper)), Tongue::English) => {
            format!("{words} (95% interval: {} to {})", end(lower), end(upper))
        }
    }
}

fn decimal(value: Fixed<2>, language: Tongue) -> String {
    punctuate(&value.to_string(), language)
}

fn punctuate(number: &str, language: Tongue) -> String {
    match language {
        Tongue::Indonesian => number.replace('.', ","),
        Tongue::English => number.to_owned(),
    }
}

/// A count with its thousands apart.
fn whole(count: u64, language: Tongue) -> String {
    let separator = match language {
        Tongue::Indonesian => '.',
        Tongue::English => ',',
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
            assert_eq!(whole(count, Tongue::Indonesian), indonesian);
            assert_eq!(whole(count, Tongue::English), english);
        }
    }
}
