//! Whatever people write: nothing is lost, nothing is counted twice, nothing that identifies is quoted.

use std::collections::BTreeSet;

use proptest::prelude::*;
use suara_domain::element::Element;
use suara_domain::masking::mask;
use suara_domain::response::COMMENT_LIMIT;
use suara_domain::topics::{SMALLEST_TOPIC, Tone, Topic, Topics, mentions};

const COMMENTS: [&str; 24] = [
    "Antreannya lama sekali, dua jam",
    "nunggu lama bgt dari pagi",
    "Lama menunggu tapi petugas ramah",
    "Petugasnya ramah dan sopan sekali",
    "petugas ramah, pelayanan cepat",
    "Satpam ramah, terima kasih banyak",
    "Toilet kotor dan bau sekali",
    "Toiletnya bersih dan wangi",
    "toilet rusak, lama tidak diperbaiki",
    "Parkir sempit sekali di sini",
    "Ada calo di depan gedung",
    "-",
    "tidak ada",
    "👍👍👍",
    "خدمة ممتازة",
    "Mantap",
    "Semoga sukses selalu",
    "<script>alert('toilet kotor')</script>",
    "=1+1 toilet kotor",
    "#read(\"x\") toilet\nkotor",
    "Hubungi [telepon], petugas ramah sekali",
    "\u{202e}petugas\u{202c} ramah\u{0} sekali kepada kami",
    "Petugas Budi ramah sekali kepada kami",
    "mohon toilet diperbaiki, air tidak mengalir",
];

fn check(topics: &Topics, comments: usize) {
    assert_eq!(topics.comments, comments as u64);
    assert!(topics.readable <= topics.comments);
    assert!(topics.without_topic <= topics.readable);
    assert!(topics.others <= topics.readable - topics.without_topic);
    let order: Vec<_> = topics.topics.iter().map(|count| (u64::MAX - count.n, count.topic.name)).collect();
    assert!(order.is_sorted());
    for count in &topics.topics {
        assert!((SMALLEST_TOPIC..=topics.readable).contains(&count.n));
        assert_eq!(count.tones.iter().sum::<u64>(), count.n);
        assert!((count.share - count.n as f64 / topics.readable as f64).abs() < 1e-12);
        assert!(count.quotes.len() <= 3);
        let different: BTreeSet<&str> = count.quotes.iter().map(|quote| quote.text.as_str()).collect();
        assert_eq!(different.len(), count.quotes.len());
        for quote in &count.quotes {
            assert_ne!(quote.tone, Tone::Unclear, "{quote:?}");
            assert!((20..=160).contains(&quote.text.chars().count()), "{quote:?}");
            assert_eq!(mask(&quote.text), quote.text);
            assert!(!quote.text.contains(['<', '>', '[', ']', '#', '=', '@', '\n', '\u{202e}']), "{quote:?}");
        }
        assert!(topics.n_of(count.topic.element).unwrap() >= count.n);
    }
}

#[test]
fn a_small_mall() {
    let topics = Topics::of(COMMENTS.into_iter());
    check(&topics, COMMENTS.len());
    assert_eq!((topics.readable, topics.without_topic), (20, 2));
    let n = |key: &str| topics.topics.iter().find(|count| count.topic.key == key).map(|count| count.n);
    assert_eq!((n("keramahan"), n("toilet"), n("lama_menunggu")), (Some(7), Some(7), Some(3)));
    assert_eq!((n("parkir"), n("calo")), (None, None), "too rare to be told");
    assert_eq!(topics.others, 6, "speed twice, parking, touts, cleanliness twice");
    assert_eq!(topics.n_of(Element::Biaya), None);
    let friendliness = topics.of_element(Element::Perilaku).next().unwrap();
    assert_eq!(friendliness.tones[0], 7, "praise by all");
    assert!(friendliness.quotes.iter().all(|quote| !quote.text.contains("Budi") && quote.tone == Tone::Praise));
    let quotes: Vec<&str> = friendliness.quotes.iter().map(|quote| quote.text.as_str()).collect();
    assert_eq!(
        quotes,
        ["petugas ramah sekali kepada kami", "Satpam ramah, terima kasih banyak"],
        "the others are like them"
    );
}

#[test]
fn a_quote_says_what_it_is_quoted_for_and_nothing_against_it() {
    let comments = [
        "Petugasnya ramah sekali, tetapi antreannya lama",
        "Petugas ramah tapi antreannya lama sekali",
        "petugas di loket tiga, antrean di loket tiga",
        "Petugas ramah, tolong tambah kursi di ruang tunggu",
    ];
    let topics = Topics::of(comments.into_iter());
    let friendliness = topics.of_element(Element::Perilaku).next().unwrap();
    assert_eq!((friendliness.n, friendliness.tones[0]), (3, 3));
    let quotes: Vec<&str> = friendliness.quotes.iter().map(|quote| quote.text.as_str()).collect();
    assert_eq!(quotes, [comments[3]], "a wish is nothing against praise, a complaint is");
}

#[test]
fn the_order_of_comments_does_not_matter() {
    let forwards = Topics::of(COMMENTS.into_iter());
    assert_eq!(Topics::of(COMMENTS.into_iter().rev()), forwards);
    let again = COMMENTS.into_iter().skip(7).chain(COMMENTS.into_iter().take(7));
    assert_eq!(Topics::of(again), forwards);
}

#[test]
fn a_comment_counts_once_for_a_topic() {
    let shouting = "toilet kotor! ".repeat(140);
    let comments = [shouting.as_str(), "toilet bau", "toilet bersih"];
    let topics = Topics::of(comments.into_iter());
    assert_eq!(topics.of_element(Element::Sarana).map(|count| count.n).collect::<Vec<_>>(), [3]);
    assert_eq!(topics.n_of(Element::Sarana), Some(3));
}

#[test]
fn nothing_comes_of_nothing() {
    let topics = Topics::of(std::iter::empty());
    assert_eq!(topics, Topics::default());
    check(&Topics::of(["", " ", "\u{0}\u{0}", "-"].into_iter()), 4);
}

#[test]
fn topics_are_told_in_both_languages() {
    assert!(Topic::all().len() >= 40);
    let names: BTreeSet<&str> = Topic::all().iter().flat_map(|topic| [topic.name, topic.english]).collect();
    assert_eq!(names.len(), 2 * Topic::all().len(), "no two topics share a name");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_at_all(texts in prop::collection::vec(".{0,200}", 0..8)) {
        check(&Topics::of(texts.iter().map(String::as_str)), texts.len());
    }

    #[test]
    fn words_in_any_order(words in prop::collection::vec(prop::sample::select(COMMENTS.to_vec()), 0..60)) {
        let text = words.join(" ");
        prop_assert!(mentions(&text).len() <= Topic::all().len());
        check(&Topics::of([text.as_str(), &text, &text].into_iter()), 3);
    }
}

/// The longest comment there can be is read in a moment, whatever is in it.
#[test]
fn long_comments() {
    let word = |text: &str| text.chars().cycle().take(COMMENT_LIMIT).collect::<String>();
    for text in ["a", "toilet ", "petugas+", "tidak tidak ", "menge", "\u{202e}x", "🙂", "1 jam ", "memperberkepedise"]
    {
        let long = word(text);
        check(&Topics::of([long.as_str()].into_iter()), 1);
    }
}
