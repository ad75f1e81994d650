//! What a reader without statistics needs to be told, in one sentence each, and is told in both languages.

use std::path::{Path, PathBuf};

use suara_domain::change::Verdict;
use suara_domain::element::Answers;
use suara_domain::fixed::Fixed;
use suara_domain::language::Language::{self, English, Indonesian};
use suara_domain::respondent::Channel;
use suara_domain::suppression::Crossing;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_domain::topics::{Tone, Topics};
use suara_reports::charts::Charts;
use suara_reports::document;
use suara_reports::report::{NationalIndex, SemesterReport};

use crate::fixture;
use crate::tools::{keep, poppler};

fn set(name: &str, report: &SemesterReport, language: Language) -> PathBuf {
    let charts = Charts::draw(report, language).unwrap();
    keep(name, &document::semester(report, &charts, language).unwrap())
}

/// The text of the report in both languages.
fn read(name: &str, report: &SemesterReport) -> [String; 2] {
    [Indonesian, English].map(|language| text(&set(&format!("{name}-{}.pdf", language.key()), report, language)))
}

/// Its text in the order in which it is read, also where it stands in two columns.
fn text(file: &Path) -> String {
    flow(file, &[])
}

fn page(file: &Path, number: &str) -> String {
    flow(file, &["-f", number, "-l", number])
}

fn flow(file: &Path, pages: &[&str]) -> String {
    poppler("pdftotext", &[&["-raw"], pages].concat(), file).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Blanks between the words of a justified line and hyphens at its end depend on where it breaks.
fn tight(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{ad}').collect()
}

#[track_caller]
fn says(text: &str, words: &[&str]) {
    for words in words {
        assert!(tight(text).contains(&tight(words)), "\"{words}\" is missing in {text}");
    }
}

#[track_caller]
fn keeps_silent(text: &str, words: &[&str]) {
    for words in words {
        assert!(!tight(text).contains(&tight(words)), "\"{words}\" stands in {text}");
    }
}

/// How often the words stand in the text.
fn times(text: &str, words: &str) -> usize {
    tight(text).matches(&tight(words)).count()
}

/// These tallies with other answers: the first of each group give the first ones, the rest the second.
fn answered(tallies: &TallySet, percent: u64, digits: [u8; 2]) -> TallySet {
    let [first, second] = digits.map(|digit| Answers::from_digits([digit; 9]).unwrap());
    let mut set = TallySet::default();
    for (dimension, key, tally) in tallies.iter() {
        let part = tally.n() * percent / 100;
        let entry = set.entry(dimension, key);
        entry.add(&first, part);
        entry.add(&second, tally.n() - part);
    }
    set
}

/// 400 responses, so many percent of them all threes, the others all fours.
fn of_threes(percent: u64) -> SemesterReport {
    let mut report = fixture::semester(400, 3);
    report.tallies = answered(&report.tallies, percent, [3, 4]);
    report
}

#[test]
fn a_fall_has_one_sign_and_a_rise_too() {
    // 87.50 after 95.00, and the other way round.
    for (percent, words) in [
        (
            (50, 20),
            ["Nilai turun 7,50 poin dari 95,00", "turun 7,50 poin, interval 95%", "fell by 7.50 points from 95.00"],
        ),
        (
            (20, 50),
            ["Nilai naik 7,50 poin dari 87,50", "naik 7,50 poin, interval 95%", "rose by 7.50 points from 87.50"],
        ),
    ] {
        let mut report = of_threes(percent.0);
        let former = report.former.as_mut().unwrap();
        former.tallies = answered(&report.tallies, percent.1, [3, 4]);
        let index = suara_domain::index::Index::of(&former.tallies.total()).unwrap();
        report.history.last_mut().unwrap().ikm = index.rounded();
        report.verdict = Some(if percent.0 > percent.1 { Verdict::Turun } else { Verdict::Naik });
        let [indonesian, english] = read("signs", &report);
        says(&indonesian, &words[..2]);
        says(&english, &words[2..]);
        for (text, sign) in [(&indonesian, "turun −"), (&indonesian, "naik +"), (&english, "by −"), (&english, "by +")]
        {
            keeps_silent(text, &[sign]);
        }
        says(&indonesian, &["Selisih dihitung dari nilai sebelum dibulatkan, sehingga dapat berbeda 0,01 poin"]);
        // By itself it is large; among all that were tested it is not, or that is not known yet.
        for (verdict, indonesian, english) in [
            (Some(Verdict::TidakBerubahNyata), "Tidak berubah nyata Selisih", "No real change The difference"),
            (None, "Belum dinyatakan Selisih", "Not told yet The difference"),
        ] {
            report.verdict = verdict;
            let texts = read("signs-adjusted", &report);
            says(&texts[0], &[indonesian]);
            says(&texts[1], &[english]);
            keeps_silent(&texts[0], &["Nilai turun", "Nilai naik"]);
        }
    }
}

#[test]
fn of_fewer_than_ten_people_no_table_tells_figures() {
    // A former semester of one person, and three flagged answers among four hundred.
    let mut report = of_threes(20);
    let last = report.history.last_mut().unwrap();
    (last.n, last.ikm, last.interval) = (Some(1), Fixed::from_units(9_999), None);
    let total = report.tallies.total();
    let mut unflagged = Tally::default();
    for place in 3..total.n() {
        unflagged.add(&Answers::from_digits([if place % 5 == 0 { 3 } else { 4 }; 9]).unwrap(), 1);
    }
    *report.tallies.entry(Dimension::Unflagged, "") = unflagged;
    let [indonesian, english] = read("few-people", &report);
    keeps_silent(&indonesian, &["99,99"]);
    says(&indonesian, &["n < 10", "selisih tanpa jawaban bertanda kurang dari 0,5 poin"]);
    says(&english, &["without flagged answers it differs by less than 0.5 points"]);
}

#[test]
fn why_a_change_was_not_tested_is_said_with_one_reason() {
    fn reasons() -> Vec<(&'static str, SemesterReport, &'static str, &'static str)> {
        let (mut value, mut unlike, mut unrecorded) = (of_threes(20), of_threes(20), of_threes(20));
        for report in [&mut value, &mut unlike, &mut unrecorded] {
            report.former = None;
        }
        unlike.history.last_mut().unwrap().rule_version = "former rule".to_owned();
        unrecorded.history.clear();
        let (mut few, mut few_now) = (of_threes(20), fixture::semester(20, 3));
        few.former.as_mut().unwrap().tallies = few_now.tallies.clone();
        few_now.former = of_threes(20).former;
        vec![
            (
                "value",
                value,
                "dari semester sebelumnya hanya tercatat nilainya",
                "of the semester before only the index is recorded",
            ),
            (
                "unlike",
                unlike,
                "semester sebelumnya memakai kuesioner",
                "the semester before had another questionnaire",
            ),
            ("unrecorded", unrecorded, "hasil semester sebelumnya tidak tercatat", "no result of the semester before"),
            ("few", few, "semester sebelumnya kurang dari 30", "the semester before has fewer than 30"),
            ("few-now", few_now, "periode ini kurang dari 30", "this period has fewer than 30"),
        ]
    }
    for (name, report, indonesian, english) in reasons() {
        let texts = read(name, &report);
        says(&texts[0], &[&format!("belum dapat diukur: {indonesian}")]);
        says(&texts[1], &[&format!("cannot be measured yet: {english}")]);
        if report.history.last().is_some_and(|last| report.is_comparable(last)) {
            says(&texts[0], &["Belum diuji", &format!("tidak dapat diuji: {indonesian}")]);
            says(&texts[1], &[&format!("cannot be tested: {english}")]);
        }
    }
}

#[test]
fn a_plan_that_is_not_written_is_asked_for_and_one_that_is_written_is_not() {
    let mut report = fixture::semester(120, 3);
    let [indonesian, english] = read("plan", &report);
    says(&indonesian, &["Tindak lanjut terpenting", "ditindaklanjuti menurut rencana pada 4.2"]);
    says(&english, &["Most important follow-up", "followed up by the plan in 4.2"]);
    keeps_silent(&indonesian, &["belum ditulis"]);
    keeps_silent(&english, &["written yet"]);
    report.follow_up.clear();
    let [indonesian, english] = read("no-plan", &report);
    says(&indonesian, &["Rencana tindak lanjut belum ditulis Bahas unsur", "Langkah berikutnya: membahas unsur"]);
    says(&english, &["No follow-up plan is written yet Discuss", "What to do next: discuss"]);
    keeps_silent(&indonesian, &["Tindak lanjut terpenting", "menurut rencana pada 4.2"]);
    keeps_silent(&english, &["Most important follow-up", "by the plan in 4.2"]);
}

#[test]
fn an_interval_beyond_the_class_says_so() {
    // 88.25 of class B with A within its interval; 95.00, far from any limit.
    let [indonesian, english] = read("crossing", &of_threes(47));
    let said = "Interval melewati batas mutu 88,31: mutu A juga mungkin.";
    assert_eq!(times(&indonesian, said), 2, "in the summary and in 4.1: {indonesian}");
    says(&english, &["The interval crosses the class limit 88.31: class A is possible too."]);
    says(&indonesian, &["poin lebih rendah (turun) atau 0,1 poin lebih tinggi (naik) daripada yang menjawab"]);
    says(&english, &["points lower (it falls) or 0.1 points higher (it rises) than those who did"]);
    let [indonesian, english] = read("not-crossing", &of_threes(20));
    keeps_silent(&indonesian, &["melewati batas", "(naik)"]);
    says(&indonesian, &["poin lebih rendah (turun) daripada yang menjawab"]);
    keeps_silent(&english, &["crosses"]);
}

#[test]
fn comments_are_told_with_their_tones_their_base_and_each_quote_once() {
    let mut report = fixture::semester(412, 3);
    let comments =
        ["Petugas ramah, tolong tambah kursi di ruang tunggu", "Petugasnya ramah, tetapi toiletnya kotor", "-"];
    report.topics = Some(Topics::of(comments.into_iter().cycle().take(30)));
    report.comments.total = 30;
    let file = set("voices.pdf", &report, Indonesian);
    let (all, summary) = (text(&file), page(&file, "3"));
    says(&summary, &["Paling banyak dipuji", "Keramahan petugas 20", "Keluhan dan usul terbanyak", "Toilet 10"]);
    says(&summary, &["dari 20 komentar yang terbaca"]);
    says(&all, &["20 komentar (> 99%): 20 pujian", "10 komentar (50%): 10 usul", "10 komentar (50%): 10 keluhan"]);
    says(&all, &["10 komentar tidak berisi"]);
    assert_eq!(times(&all, "“Petugas ramah, tolong tambah kursi di ruang tunggu” · pujian"), 1);
    assert_eq!(times(&all, comments[0]), 1, "{all}");
    keeps_silent(&all, &[comments[1]]);
    let [_, english] = read("voices", &report);
    says(&english, &["Praised most", "Most complaints and suggestions", "of 20 readable ones", "20 praise"]);
    let topics = report.topics.as_mut().unwrap();
    topics.topics[0].tones = [8, 5, 4, 3];
    assert_eq!(Tone::ALL.len(), 4);
    for topic in topics.topics.iter_mut().skip(1) {
        topic.tones = [0, 1, 1, topic.n - 2];
    }
    let [indonesian, english] = read("tones", &report);
    says(&indonesian, &["Keluhan dan usul terbanyak Keramahan petugas 9 Jumlah komentar"]);
    says(&indonesian, &["20 komentar (> 99%): 8 pujian, 5 keluhan, 4 usul, 3 tidak jelas"]);
    says(&english, &["8 praise, 5 complaint, 4 suggestion, 3 unclear"]);
}

#[test]
fn one_thing_has_one_word_on_every_page() {
    let mut report = fixture::semester(400, 3);
    let whole = report.tallies.total();
    let mut set = TallySet::default();
    for (dimension, key, tally) in report.tallies.iter().filter(|(dimension, ..)| *dimension != Dimension::Channel) {
        *set.entry(dimension, key) = tally.clone();
    }
    let answers = Answers::from_digits([4; 9]).unwrap();
    report.crossing = Crossing::default();
    for (channel, n) in [(Channel::Direct.key(), whole.n() - 26), (Channel::Mobile.key(), 6), ("", 20)] {
        set.entry(Dimension::Channel, channel).add(&answers, n);
        report.crossing.add(["dpmptsp", "izin", channel], n);
    }
    report.tallies = set;
    let [indonesian, english] = read("veils", &report);
    says(&indonesian, &["Layanan bergerak n < 10; Kanal tidak diketahui disembunyikan"]);
    says(&english, &["Mobile service n < 10; Channel unknown withheld"]);
    for (text, words) in [
        (&indonesian, ["rentang yang wajar", "Rentang wajar", "belum berubah nyata"]),
        (&english, ["easonable range", "no real change yet", "Verdict:"]),
    ] {
        keeps_silent(text, &words);
    }
    says(&indonesian, &["Daftar istilah", "Alfa Cronbach (α)", "Deff (efek desain)", "Pascastratifikasi"]);
    says(&english, &["Terms 95% interval", "Cronbach’s α", "Post-stratification"]);
}

#[test]
fn standard_errors_are_named_with_what_they_are_for() {
    let [indonesian, english] = read("errors", &fixture::semester(412, 12));
    says(
        &indonesian,
        &[
            "Galat baku mana yang dipakai untuk apa?",
            "interval 95%, kepastian mutu, dan ketelitian",
            "perubahan antarsemester dan perbandingan nasional",
            "Dengan gerombol hari × loket 0,41",
            "nilai pascastratifikasi saja",
        ],
    );
    says(&english, &["Which standard error is for what?", "With clusters of day × counter 0.41"]);
}

#[test]
fn a_step_that_was_not_begun_is_not_asked_for_its_effect() {
    let mut report = fixture::semester(412, 3);
    report.former_follow_up[0].status = Some("rencana".to_owned());
    let file = set("unbegun.pdf", &report, Indonesian);
    says(&text(&file), &["Terasa? belum dimulai", "Terasa? Nilai unsur"]);
    says(&page(&file, "2"), &["Tindak lanjut Semester II Tahun 2025"]);
}

#[test]
fn a_high_value_for_cost_is_no_merit_where_services_are_free() {
    let mut report = fixture::semester(412, 3);
    let [indonesian, english] = read("free", &report);
    assert_eq!(times(&indonesian, "Biaya/Tarif: sebagian besar jawaban menyangkut layanan gratis"), 3);
    says(&english, &["most answers concern services that are free of charge"]);
    let mut set = TallySet::default();
    for (dimension, key, tally) in report.tallies.iter() {
        let key = if key == "direct/free" { "direct/unknown" } else { key };
        *set.entry(dimension, key) += tally;
    }
    report.tallies = set;
    let [indonesian, english] = read("not-free", &report);
    keeps_silent(&indonesian, &["gratis, sehingga"]);
    keeps_silent(&english, &["free of charge"]);
}

#[test]
fn the_mall_has_a_verdict_beside_the_nation() {
    let mut report = fixture::semester(412, 3);
    let index = suara_domain::index::Index::of(&report.tallies.total()).unwrap().rounded().units();
    for (units, words) in [
        (index - 300, ["MPP ini di atas gabungan itu", "seluruhnya lebih tinggi daripada", "is above"]),
        (index + 300, ["MPP ini di bawah gabungan itu", "seluruhnya lebih rendah daripada", "is below"]),
        (index + 10, ["MPP ini tidak dapat dibedakan dari gabungan itu", "mencakup 88,", "cannot be told apart from"]),
    ] {
        let pooled = Fixed::from_units(units);
        report.national.as_mut().unwrap().index = NationalIndex::Exact { pooled, mean: pooled };
        let [indonesian, english] = read("verdict", &report);
        says(&indonesian, &words[..2]);
        says(&english, &words[2..]);
    }
    report.national.as_mut().unwrap().index = NationalIndex::Rounded(Fixed::from_units(871));
    let [indonesian, english] = read("verdict-rounded", &report);
    says(&indonesian, &["Gabungan seluruh responden 87,1 (n = 214.905)", "Rata-rata nilai MPP tidak dicetak"]);
    says(&english, &["All respondents together 87.1 (n = 214,905)", "The mean of the malls is not printed"]);
    report.national.as_mut().unwrap().index = NationalIndex::Hidden;
    let [indonesian, english] = read("verdict-hidden", &report);
    says(&indonesian, &["Angka nasional tidak ditampilkan, karena nilai MPP dengan kurang dari 10 responden"]);
    says(&english, &["National figures are withheld, because the index of a mall"]);
    keeps_silent(&indonesian, &["MPP ini di ", "dapat dibedakan", "Gabungan seluruh responden 8"]);
    report.national.as_mut().unwrap().mpps = 1;
    let [indonesian, _] = read("verdict-alone", &report);
    keeps_silent(&indonesian, &["MPP ini di ", "dapat dibedakan"]);
    let mut few = fixture::semester(25, 3);
    few.national = report.national.clone().map(|mut national| {
        national.mpps = 2;
        national.index = NationalIndex::Rounded(Fixed::from_units(871));
        national
    });
    let [indonesian, english] = read("verdict-few", &few);
    says(&indonesian, &["Nilai MPP ini belum cukup teliti untuk dibandingkan dengan angka nasional"]);
    says(&english, &["not precise enough to be compared with the national figure"]);
}

#[test]
fn the_summary_is_one_page() {
    for (name, plan) in [("plan", true), ("no-plan", false)] {
        let mut report = of_threes(47);
        let tallies = fixture::semester(400, 3).tallies;
        report.topics = fixture::semester(412, 3).topics;
        if !plan {
            report.follow_up.clear();
            report.tallies = tallies;
        }
        for (language, first, next) in [(Indonesian, "Ringkasan", "BAB I"), (English, "Summary", "Chapter I")] {
            let file = set(&format!("one-page-{name}-{}.pdf", language.key()), &report, language);
            says(&page(&file, "3"), &[first]);
            says(&page(&file, "4"), &[next]);
        }
    }
}
