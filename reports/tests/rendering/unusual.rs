//! Semesters at the edges: everybody of one mind, one service, odd numbers of users, paper alone.

use suara_domain::element::Answers;
use suara_domain::language::Language;
use suara_domain::respondent::Channel;
use suara_domain::suppression::Crossing;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_reports::charts::Charts;
use suara_reports::document;
use suara_reports::report::SemesterReport;

use crate::fixture;
use crate::tools::{keep, pages, text};

/// The text of the report in a language, after a look at its margins.
fn read(name: &str, report: &SemesterReport, language: Language) -> String {
    let charts = Charts::draw(report, language).unwrap();
    let file = keep(name, &document::semester(report, &charts, language).unwrap());
    for (number, width, right) in pages(&file) {
        assert!(right <= width - 30.0, "{name}: text runs to {right} of {width} on page {number}");
    }
    text(&file)
}

/// A semester in which every answer has the same score.
fn of_one_mind(score: u8, n: u64) -> SemesterReport {
    let mut report = fixture::semester(n, 1);
    let answers = Answers::from_digits([score; 9]).unwrap();
    let mut set = TallySet::default();
    for (dimension, key, tally) in report.tallies.iter() {
        set.entry(dimension, key).add(&answers, tally.n());
    }
    report.tallies = set;
    report.clusters = None;
    report
}

/// A semester of four services of one agency, which have so many responses and channels.
fn by_service(counts: [(u64, Channel); 4]) -> SemesterReport {
    let mut report = fixture::semester(counts.iter().map(|(n, _)| n).sum(), 4);
    let answers = Answers::from_digits([3; 9]).unwrap();
    let split = [Dimension::Service, Dimension::Agency, Dimension::Channel];
    let (mut set, mut crossing) = (TallySet::default(), Crossing::default());
    for (dimension, key, tally) in report.tallies.iter().filter(|(dimension, ..)| !split.contains(dimension)) {
        *set.entry(dimension, key) += tally;
    }
    for (service, (n, channel)) in report.services.iter_mut().zip(counts) {
        service.name = format!("Layanan {n}");
        "Dinas".clone_into(&mut service.agency);
        let keys = ["Dinas", service.code.as_str(), channel.key()];
        crossing.add(keys, n);
        for (dimension, key) in [Dimension::Agency, Dimension::Service, Dimension::Channel].into_iter().zip(keys) {
            set.entry(dimension, key).add(&answers, n);
        }
    }
    (report.tallies, report.crossing) = (set, crossing);
    report
}

#[test]
fn a_service_that_is_a_channel_hides_no_other() {
    let direct = |n| (n, Channel::Direct);
    for (second, veiled) in [(direct(12), "Layanan 6; Layanan 12"), ((12, Channel::Mobile), "Layanan 6; Layanan 40")] {
        let report = by_service([direct(6), second, direct(40), direct(50)]);
        let text = read("together.pdf", &report, Language::Indonesian);
        assert!(text.contains(&format!("n < 10 atau ditutup: {veiled}")), "{veiled}: {text}");
    }
}

#[test]
fn everybody_may_be_of_one_mind() {
    for (score, ikm, mutu, kinerja) in [(4, "100,00", "A", "Sangat baik"), (1, "25,00", "D", "Tidak baik")] {
        let text = read(&format!("all-{score}.pdf"), &of_one_mind(score, 120), Language::Indonesian);
        let said = format!("IKM unit layanan adalah {ikm} dengan mutu {mutu} (kinerja: {kinerja}), dari 120 responden");
        assert!(text.contains(&said), "{said}");
        // Without any spread there is an interval (Wilson) and no certainty.
        assert!(text.contains("belum dapat dihitung"));
        assert!(!text.contains("NaN") && !text.contains("inf "), "{text}");
    }
}

#[test]
fn users_may_be_unknown_none_or_fewer_than_respondents() {
    let mut report = fixture::semester(60, 1);
    for (population, said) in [
        (None, "jumlah pengguna layanan belum diketahui"),
        (Some(0), "jumlah pengguna perlu diperiksa"),
        (Some(59), "jumlah pengguna perlu diperiksa"),
        (Some(60), "100 % (n = 60 dari N = 60)"),
    ] {
        report.population = population;
        report.services[0].visitors = population;
        let text = read("users.pdf", &report, Language::Indonesian);
        assert!(text.contains(said), "{population:?}: {said}");
    }
}

#[test]
fn answers_may_have_come_on_paper_alone() {
    let mut report = fixture::semester(60, 3);
    let mut set = TallySet::default();
    for (dimension, key, tally) in report.tallies.iter() {
        let key = if dimension == Dimension::Mode { "paper" } else { key };
        *set.entry(dimension, key) += tally;
    }
    report.tallies = set;
    let text = read("paper.pdf", &report, Language::Indonesian);
    assert!(text.contains("Cara pengisian Kertas 100 %"), "{text}");
    // The former semester was answered on devices too.
    assert!(text.contains("bergeser lebih dari 20 poin"));
}

#[test]
fn english_is_written_with_points_and_says_that_it_is_a_translation() {
    let report = fixture::semester(412, 12);
    let text = read("english.pdf", &report, Language::English);
    for said in [
        "Translation for information.",
        "Chapter III Results",
        "3.2 Public Satisfaction Index",
        "12,480",
        "Annex 5 Statistical Metadata",
        "30 June 2026",
        "Handling of",
    ] {
        assert!(text.contains(said), "{said}");
    }
    for foreign in ["Laki-laki", " responden ", "Semester I Tahun", "ditutup", "terpenuhi"] {
        assert!(!text.contains(foreign), "{foreign}");
    }
}

#[test]
fn what_was_done_is_told_by_what_changed() {
    let report = fixture::semester(412, 12);
    let text = read("effect.pdf", &report, Language::Indonesian);
    assert!(text.contains("Terasa? Nilai unsur"), "{text}");
    let verdicts = ["tidak berubah nyata", "naik", "turun"];
    assert!(verdicts.iter().any(|verdict| text.contains(&format!("nilai periode ini {verdict}"))));
    assert!(text.contains("bukan nilai resmi"));
    let mut first = report;
    first.former = None;
    let text = read("effect-none.pdf", &first, Language::Indonesian);
    assert!(text.contains("belum dapat diukur") && text.contains("Belum diuji"));
}
