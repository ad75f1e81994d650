//! Semesters at the edges: everybody of one mind, one service, odd numbers of users, paper alone, another questionnaire
//! before, thousands of answers, comments that are not what one expects.

use suara_domain::element::Answers;
use suara_domain::index::Index;
use suara_domain::language::Language;
use suara_domain::respondent::Channel;
use suara_domain::suppression::Crossing;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_domain::topics::Topics;
use suara_reports::charts::Charts;
use suara_reports::document;
use suara_reports::report::{NationalIndex, Quality, SemesterReport};

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
        assert!(text.contains(&format!("n < 10 atau disembunyikan: {veiled}")), "{veiled}: {text}");
    }
}

#[test]
fn everybody_may_be_of_one_mind() {
    for (score, ikm, mutu, kinerja) in [(4, "100,00", "A", "Sangat baik"), (1, "25,00", "D", "Tidak baik")] {
        let text = read(&format!("all-{score}.pdf"), &of_one_mind(score, 120), Language::Indonesian);
        let said = format!(
            "IKM unit pelayanan adalah {ikm} dengan mutu {mutu} (kinerja unit pelayanan: {kinerja}), dari 120 responden"
        );
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
        (Some(60), "100% (n = 60 dari N = 60)"),
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
    report.quality = Quality { late: 2, ..Quality::default() };
    let text = read("paper.pdf", &report, Language::Indonesian);
    assert!(text.contains("Cara pengisian Kertas 100%"), "{text}");
    // The former semester was answered on devices too.
    assert!(text.contains("bergeser lebih dari 20 poin persentase sejak Semester II Tahun 2025"));
    // Of paper nobody can say whether it was filled in too fast, in a burst or on one device.
    let flags = ["terlalu cepat", "komentar berulang", "satu loket", "satu gawai", "jauh meleset"];
    for flag in flags {
        assert!(text.contains(&format!("{flag}: belum dapat dinilai")), "{flag}: {text}");
    }
    assert!(read("paper-en.pdf", &report, Language::English).contains("one counter: cannot be judged yet"));
}

#[test]
fn a_flag_that_was_found_is_counted_even_if_few_could_be_judged() {
    let mut report = fixture::semester(60, 3);
    report.quality = Quality { too_fast: 1, timed: 4, ..Quality::default() };
    let text = read("flags.pdf", &report, Language::Indonesian);
    assert!(text.contains("terlalu cepat: 1;") && text.contains("komentar berulang: 0;"), "{text}");
}

#[test]
fn a_semester_under_another_questionnaire_is_shown_and_not_compared() {
    let mut report = fixture::semester(412, 3);
    for former in report.history.iter_mut().skip(2) {
        former.instrument = "skm-uji-2025".to_owned();
    }
    // What the batch gives of such a semester.
    report.former = None;
    let chart = Charts::draw(&report, Language::Indonesian).unwrap().get("trend").unwrap().clone();
    assert_eq!(chart.svg.matches("kuesioner berubah").count(), 1, "between 2025-S2 and 2026-S1");
    assert!(
        chart.alt.contains("n = 412, interval 87,9 sampai 89,0 (kuesioner, aturan, atau bobot berbeda"),
        "{}",
        chart.alt
    );
    let text = read("questionnaire.pdf", &report, Language::Indonesian);
    for said in [
        "Semester II Tahun 2025 memakai kuesioner, aturan, atau bobot lain: nilainya tidak dapat dibandingkan",
        "Sem. I 2025, Sem. II 2025 memakai kuesioner, aturan, atau bobot lain: deret",
        "kuesioner skm-uji-2025",
        "belum dapat diukur: semester sebelumnya memakai kuesioner",
    ] {
        assert!(text.contains(said), "\"{said}\" is missing in {text}");
    }
    for compared in
        ["poin dari 87,22", "Dibandingkan dengan Semester", "Belum diuji", "belum dapat diperiksa", "Terasa? Nilai"]
    {
        assert!(!text.contains(compared), "\"{compared}\" stands in {text}");
    }
    let english = read("questionnaire-en.pdf", &report, Language::English);
    assert!(english.contains("Semester II 2025 had another questionnaire, rule or weight"), "{english}");
    assert!(!english.contains("points from 87.22") && !english.contains("Compared with Semester"), "{english}");
}

#[test]
fn one_mall_may_be_the_country_beside_small_ones() {
    let mut huge = fixture::semester(10_000, 40);
    huge.population = Some(1_240_000);
    let index = Index::of(&huge.tallies.total()).unwrap().rounded();
    let national = huge.national.as_mut().unwrap();
    (national.mpps, national.n, national.index) = (3, 10_043, NationalIndex::Exact { pooled: index, mean: index });
    let national = huge.national.clone();
    let text = read("huge.pdf", &huge, Language::Indonesian);
    assert!(text.contains("10.000 orang") && text.contains("1.240.000"), "{text}");
    assert!(text.contains("tidak dapat dibedakan dari gabungan nasional"), "it is the nation: {text}");
    for (n, said) in
        [(40, "gabungan nasional: interval"), (3, "belum cukup teliti untuk dibandingkan dengan angka nasional")]
    {
        let mut small = fixture::semester(n, 2);
        small.national.clone_from(&national);
        let text = read(&format!("beside-{n}.pdf"), &small, Language::Indonesian);
        assert!(text.contains(said), "{n}: {text}");
        assert!(text.contains("n = 10.043"), "{n}: {text}");
    }
}

/// Comments as people, children and machines write them.
fn strange() -> Vec<String> {
    let mut comments: Vec<String> = [
        "#panic(\"x\") $x^2$ *tebal* _miring_ `kode` @acuan <label> = petugas ramah",
        "<script>alert(1)</script><b>petugas</b> ramah &amp; &lt;sopan&gt;",
        "\u{202e}petugas ramah sekali\u{202c} الحمد لله الخدمة ممتازة جدا",
        "Petugas ramah 👩🏽‍💼👍🏿🇮🇩 \u{1F9D1}\u{200d}\u{1F33E}",
        "petugas\u{0} ramah\u{7}\u{1b}[31m\r\n\u{b}sekali\u{feff}\u{2028}kepada kami",
        "\\u{41} #include \"/data.json\" // komentar /* blok */ petugas ramah",
    ]
    .map(str::to_owned)
    .into();
    comments.push("petugas ramah ".repeat(150).chars().take(2_000).collect());
    comments.push("x".repeat(2_000));
    comments
}

#[test]
fn comments_may_hold_anything() {
    let mut report = fixture::semester(60, 3);
    let comments = strange();
    report.topics = Some(Topics::of(comments.iter().map(String::as_str)));
    let sorted = read("strange-sorted.pdf", &report, Language::Indonesian);
    assert!(sorted.contains("Keramahan petugas · Perilaku Pelaksana") && sorted.contains("7 pujian"), "{sorted}");
    for foreign in ["panic", "script", "include", "xxxx"] {
        assert!(!sorted.contains(foreign), "{foreign} is quoted: {sorted}");
    }
    // Where comments are not sorted they stand as they are.
    report.topics = None;
    report.comments.excerpts = comments;
    for (language, name) in [(Language::Indonesian, "strange.pdf"), (Language::English, "strange-en.pdf")] {
        let text = read(name, &report, language);
        let flat: String = text.chars().filter(|letter| !matches!(letter, ' ' | '\u{200b}' | '\u{ad}')).collect();
        for said in [
            "#panic(\"x\")$x^2$*tebal*_miring_`kode`@acuan<label>",
            "<script>alert(1)</script>",
            "#include\"/data.json\"",
        ] {
            assert!(flat.contains(said), "{said}: {text}");
        }
        assert!(flat.contains(&"x".repeat(60)) && text.matches("petugas ramah").count() > 100, "{text}");
        assert!(!text.contains(['\u{202e}', '\u{0}', '\u{7}', '\u{1b}']), "{text}");
    }
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
    for foreign in ["Laki-laki", " responden ", "Semester I Tahun", "disembunyikan", "terpenuhi"] {
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
}
