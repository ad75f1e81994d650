//! From raw fields to a submission, or to all of its errors at once.

use chrono::{DateTime, Utc};
use suara_domain::element::{Answers, Element, Score};
use suara_domain::respondent::{AgeBand, Channel, Mode, Sex};
use suara_domain::response::{FieldError, RawResponse, Source, Submission};

#[expect(clippy::unnecessary_wraps, reason = "every raw field is optional")]
fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn valid() -> RawResponse {
    RawResponse {
        id: text("0197F2E0-7B2C-7C31-8F10-5A0C7A3E9B11"),
        mpp: text("kab-kampar"),
        service: text(" ktp-el "),
        filled_at: text("2026-03-02T09:15:00+07:00"),
        mode: text("web"),
        scores: std::array::from_fn(|_| text("3")),
        sex: text("P"),
        age_band: text("65+"),
        ..RawResponse::default()
    }
}

fn codes(raw: &RawResponse, source: Source) -> Vec<(&'static str, &'static str)> {
    let errors = Submission::parse(raw, source).unwrap_err();
    errors.iter().map(|error| (error.field, error.problem.code())).collect()
}

#[test]
fn reads_a_valid_response() {
    let submission = Submission::parse(&valid(), Source::Http).unwrap();
    assert_eq!(submission.id.to_string(), "0197f2e0-7b2c-7c31-8f10-5a0c7a3e9b11");
    assert_eq!(submission.service.as_deref(), Some("ktp-el"));
    assert_eq!(submission.answers, Answers::new([Score::new(3); 9]));
    assert_eq!(submission.filled_at, Some("2026-03-02T02:15:00Z".parse::<DateTime<Utc>>().unwrap()));
    assert_eq!((submission.profile.sex, submission.profile.age_band), (Some(Sex::Female), Some(AgeBand::From65)));
    assert_eq!((submission.channel, submission.comment, submission.verified), (None, None, false));
}

#[test]
fn every_error_is_returned_in_the_order_of_the_form() {
    let mut raw = RawResponse {
        id: text("bukan-uuid"),
        mpp: text("Kab Kampar"),
        service: text(&"x".repeat(121)),
        counter: text(&"y".repeat(121)),
        filled_at: text("2026-03-02 09:15"),
        channel: text("drone"),
        mode: text("paper"),
        scores: std::array::from_fn(|_| text("4")),
        sex: text("X"),
        age_band: text("17-25"),
        education: text("SD"),
        occupation: text("raja"),
        disability: text("mungkin"),
        comment: text(&"k".repeat(100_000)),
        duration_s: text("sebentar"),
        language: text("fr"),
        verified: text("kadang"),
        counter_signed: text("mungkin"),
        // None of these is ever an error.
        token: text(&"t".repeat(100_000)),
        counter_code: text("\u{0}"),
        device_marker: text(&"d".repeat(65)),
    };
    raw.scores[Element::Prosedur.index()] = text("0");
    raw.scores[Element::Biaya.index()] = text("abc");
    raw.scores[Element::Sarana.index()] = None;
    raw.scores[Element::Pengaduan.index()] = text("5");
    assert_eq!(
        codes(&raw, Source::Http),
        [
            ("id", "not_a_uuid"),
            ("mpp", "not_a_code"),
            ("service", "too_long"),
            ("counter", "too_long"),
            ("filled_at", "not_a_time"),
            ("channel", "not_an_option"),
            ("mode", "not_an_option"),
            ("prosedur", "not_a_score"),
            ("biaya", "not_a_score"),
            ("sarana", "unanswered"),
            ("pengaduan", "not_a_score"),
            ("sex", "not_an_option"),
            ("age_band", "not_an_option"),
            ("education", "not_an_option"),
            ("occupation", "not_an_option"),
            ("disability", "not_an_option"),
            ("comment", "too_long"),
            ("duration_s", "not_seconds"),
            ("language", "not_an_option"),
            ("verified", "not_an_option"),
            ("counter_signed", "not_an_option"),
        ]
    );
}

#[test]
fn messages_name_the_thing_and_quote_little() {
    let mut raw = valid();
    raw.id = None;
    raw.mpp = text(&"A".repeat(5_000));
    raw.scores[0] = text("4\u{0}\u{7}x");
    let errors: Vec<String> =
        Submission::parse(&raw, Source::Http).unwrap_err().iter().map(FieldError::to_string).collect();
    assert_eq!(errors[0], "id: is required");
    assert!(errors[1].starts_with("mpp: \"AAAA") && errors[1].len() < 80, "{}", errors[1]);
    assert_eq!(errors[2], "persyaratan: \"4x\" is not a score: it must be 1, 2, 3 or 4");
}

#[test]
fn http_and_files_may_leave_out_different_things() {
    let empty = RawResponse::default();
    let mut http = vec![("id", "required"), ("mpp", "required")];
    http.extend(Element::ALL.map(|element| (element.key(), "unanswered")));
    assert_eq!(codes(&empty, Source::Http), http);
    assert_eq!(
        codes(&empty, Source::File),
        [
            ("id", "required"),
            ("mpp", "required"),
            ("filled_at", "required"),
            ("mode", "required"),
            ("persyaratan", "unanswered"),
        ]
    );
    let mut raw = valid();
    raw.mode = text("paper");
    raw.scores = std::array::from_fn(|place| if place == 4 { text("2") } else { text("  ") });
    let paper = Submission::parse(&raw, Source::File).unwrap();
    assert_eq!((paper.mode, paper.answers.answered()), (Mode::Paper, 1));
    let mut raw = valid();
    (raw.mode, raw.filled_at, raw.channel) = (None, None, text("self_service"));
    let post = Submission::parse(&raw, Source::Http).unwrap();
    assert_eq!((post.mode, post.filled_at, post.channel), (Mode::Web, None, Some(Channel::SelfService)));
}

#[test]
fn scores_are_single_digits() {
    for wrong in ["0", "5", "-1", "+4", "04", "3.0", "4,0", "abc", "empat", "４", "1e0", "33"] {
        let mut raw = valid();
        raw.scores[Element::Waktu.index()] = text(wrong);
        assert_eq!(codes(&raw, Source::File), [("waktu", "not_a_score")], "{wrong:?}");
    }
}

#[test]
fn a_child_is_recognised_and_no_age_band() {
    let mut raw = valid();
    raw.age_band = text("0-16");
    let submission = Submission::parse(&raw, Source::Http).unwrap();
    assert!(submission.under_17 && submission.profile.age_band.is_none());
}

#[test]
fn comments_are_cleaned_masked_and_limited_by_characters() {
    let parse = |comment: &str| {
        let mut raw = valid();
        raw.comment = text(comment);
        Submission::parse(&raw, Source::Http).map(|submission| submission.comment)
    };
    assert_eq!(parse(" ramah\r\nsekali\u{0}\u{1b}[31m ").unwrap().as_deref(), Some("ramah\nsekali[31m"));
    assert_eq!(parse("telepon 0812-3456-7890").unwrap().as_deref(), Some("telepon [telepon]"));
    assert_eq!(parse("\u{0}").unwrap(), None);
    assert_eq!(parse(&"é".repeat(2_000)).unwrap().unwrap().chars().count(), 2_000);
    assert!(parse(&"é".repeat(2_001)).is_err());
    let injection = "<script>alert(1)</script> #panic() =HYPERLINK(\"x\")";
    assert_eq!(parse(injection).unwrap().as_deref(), Some(injection), "text of citizens is data");
}

#[test]
fn content_is_what_was_said_not_when() {
    let base = Submission::parse(&valid(), Source::Http).unwrap().content_hash();
    let hash = |change: fn(&mut RawResponse)| {
        let mut raw = valid();
        change(&mut raw);
        Submission::parse(&raw, Source::Http).unwrap().content_hash()
    };
    assert_eq!(hash(|raw| raw.filled_at = text("2026-04-01T00:00:00Z")), base);
    assert_eq!(hash(|raw| raw.duration_s = text("61.5")), base);
    assert_eq!(hash(|raw| raw.language = text("en")), base);
    for change in [
        (|raw| raw.mpp = text("kab-konawe")) as fn(&mut RawResponse),
        |raw| raw.service = None,
        |raw| raw.channel = text("direct"),
        |raw| raw.mode = text("kiosk"),
        |raw| raw.scores[8] = text("4"),
        |raw| raw.sex = text("L"),
        |raw| raw.education = text("s1"),
        |raw| raw.comment = text("baik"),
    ] {
        assert_ne!(hash(change), base);
    }
}

#[test]
fn proofs_are_kept_if_they_can_be_some_and_are_no_content() {
    let base = Submission::parse(&valid(), Source::Http).unwrap();
    let with = |token: &str, code: &str, marker: &str| {
        let (token, counter_code, device_marker) = (text(token), text(code), text(marker));
        let raw = RawResponse { token, counter_code, device_marker, ..valid() };
        Submission::parse(&raw, Source::Http).unwrap()
    };
    let kept = with(" 7K3M9-QRT2X-YZ000-00000 ", "0ABCDEFG", "m1");
    assert_eq!(kept.token.as_deref(), Some("7K3M9-QRT2X-YZ000-00000"));
    assert_eq!((kept.counter_code.as_deref(), kept.device_marker.as_deref()), (Some("0ABCDEFG"), Some("m1")));
    assert_eq!(kept.content_hash(), base.content_hash());
    let longest = with(&"é".repeat(40), &"x".repeat(40), &"é".repeat(64));
    assert!(longest.token.is_some() && longest.counter_code.is_some() && longest.device_marker.is_some());
    let useless = with(&"x".repeat(41), &"x".repeat(41), &"x".repeat(65));
    assert_eq!((&useless.token, &useless.counter_code, &useless.device_marker), (&None, &None, &None));
    assert_eq!(with("", " ", "a\nb"), useless);
}

#[test]
fn an_unbelievable_clock_gives_way_to_the_time_of_receipt() {
    let received: DateTime<Utc> = "2026-03-02T02:00:00Z".parse().unwrap();
    for (filled_at, flagged) in [
        ("2026-03-02T02:10:00Z", false),
        ("2026-03-02T02:10:01Z", true),
        ("2026-01-01T02:00:00Z", false),
        ("2026-01-01T01:59:59Z", true),
    ] {
        let mut raw = valid();
        raw.filled_at = text(filled_at);
        let submission = Submission::parse(&raw, Source::Http).unwrap();
        let (settled, flag) = submission.settled_time(received);
        assert_eq!(flag, flagged, "{filled_at}");
        assert_eq!(settled, if flagged { received } else { submission.filled_at.unwrap() });
    }
}
