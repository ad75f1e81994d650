//! What the quality page tells of haste, equal answers, straight lines and daily scores.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use suara_domain::element::Answers;
use suara_domain::language::Language;
use suara_domain::monitoring::Signal;
use suara_domain::quality::{EqualAnswers, Hurry, Share, StraightLine};
use suara_domain::respondent::Mode;
use suara_reports::charts::Charts;
use suara_reports::document;
use suara_reports::report::SemesterReport;

use crate::fixture::{self, instant};
use crate::tools::{keep, text};

fn set(report: &SemesterReport, language: Language, name: &str) -> String {
    let charts = Charts::draw(report, language).unwrap();
    text(&keep(name, &document::semester(report, &charts, language).unwrap()))
}

fn shares(shares: &[(Mode, u64, u64)]) -> EqualAnswers {
    shares.iter().map(|(mode, equal, responses)| (*mode, Share { responses: *responses, equal: *equal })).collect()
}

/// A semester in which everything went wrong.
fn alarming() -> SemesterReport {
    let mut report = fixture::semester(412, 8);
    let day = |days| report.period.first_day() + Days::new(days);
    let signals: Vec<(NaiveDate, Signal)> =
        vec![(day(9), Signal::Above), (day(40), Signal::Below), (day(44), Signal::Below), (day(61), Signal::Below)];
    let quality = &mut report.quality;
    quality.hurry = Hurry { measured: 200, hasty: 11 };
    quality.equal = shares(&[(Mode::Web, 50, 100), (Mode::Paper, 9, 9)]);
    quality.straight_lines = vec![StraightLine {
        counter: "Loket #strong[3] =1".to_owned(),
        answers: Answers::from_digits([4; 9]).unwrap(),
        length: 21,
        since: instant("2026-03-02T17:30:00Z"),
        share: 0.1,
        expected: 1e-6,
    }];
    quality.signals = Some(signals);
    let nation = report.national.as_mut().unwrap();
    nation.equal = shares(&[(Mode::Web, 30, 90), (Mode::Kiosk, 5, 9)]);
    report
}

#[test]
fn alarms_are_told_in_both_languages() {
    let said: BTreeMap<&str, [&str; 7]> = BTreeMap::from([
        (
            "id",
            [
                "6% dari 200 isian web",
                "Lebih dari 5%",
                "(web) 50% (nasional 33%)",
                "Loket #strong[3] =1: 21 jawaban yang persis sama beruntun sejak 3 Maret 2026",
                "Pada 10 Januari 2026 nilai menjadi lebih tinggi",
                "Antara 10 Februari 2026 dan 3 Maret 2026 nilai 3 kali",
                "lebih rendah daripada kebiasaan",
            ],
        ),
        (
            "en",
            [
                "6% of the 200 web answers",
                "More than 5%",
                "(nation 33%)",
                "Loket #strong[3] =1: 21 identical answers in a row since 3 March 2026",
                "On 10 January 2026 scores had become higher",
                "Between 10 February 2026 and 3 March 2026 scores",
                "3 times",
            ],
        ),
    ]);
    for (language, told) in [Language::Indonesian, Language::English].into_iter().zip(["id", "en"]) {
        let text = set(&alarming(), language, &format!("alarming-{told}.pdf"));
        for words in said[told] {
            assert!(text.contains(words), "\"{words}\" is missing in {text}");
        }
    }
}

#[test]
fn nothing_is_claimed_of_few_or_of_what_is_not_known() {
    let mut report = alarming();
    report.quality.hurry = Hurry { measured: 9, hasty: 9 };
    report.quality.straight_lines.clear();
    report.quality.signals = None;
    report.quality.equal = shares(&[(Mode::Kiosk, 20, 40), (Mode::Paper, 9, 9)]);
    let text = set(&report, Language::Indonesian, "unalarming.pdf");
    for words in ["kurang dari 10 isian web", "50% (nasional –)", "Tidak ada deretan", "Belum dapat dibandingkan"] {
        assert!(text.contains(words), "\"{words}\" is missing in {text}");
    }
    assert!(!text.contains("100% (nasional"), "nine people on paper are too few");
    assert!(!text.contains("Lebih dari 5%"), "{text}");
}
