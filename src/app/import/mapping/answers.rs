//! What people ticked, as forms and spreadsheets write it down: "Sangat mudah", "4. Sangat mudah", "d) Gratis", 4.

use std::collections::BTreeMap;

use suara_domain::element::{Element, Score};
use suara_domain::instrument::Instrument;
use suara_domain::language::Language;
use suara_domain::respondent::{AgeBand, UNDER_17};

use super::plain;

/// The score that a text stands for. `known` are the texts of the mapping; the options of the official questionnaire in
/// Indonesian and English need not stand there. A number before the words must say the same as the words, for some forms
/// count from the best to the worst.
///
/// # Errors
/// The reason, for people. Whole numbers are handed on as they are: what a score is, is checked later.
pub(super) fn score(element: Element, text: &str, known: Option<&BTreeMap<String, String>>) -> Result<String, String> {
    let meaning =
        |text: &str| known.and_then(|known| known.get(&plain(text)).cloned()).or_else(|| official(element, text));
    if let Some(score) = meaning(text) {
        return Ok(score);
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.to_owned());
    }
    let unknown =
        || format!("\"{}\" is no answer to {element}: it may be added to [values.{element}]", shortened(text));
    let (label, words) = labelled(text).ok_or_else(unknown)?;
    match meaning(words) {
        Some(score) if score == label => Ok(score),
        Some(score) => Err(format!("\"{}\" is numbered {label}, but \"{words}\" is {score}", shortened(text))),
        None => Err(unknown()),
    }
}

/// The score of an option in the words of the questionnaire.
fn official(element: Element, text: &str) -> Option<String> {
    let question = Instrument::standard().question(element);
    let words = plain(text);
    let is_option = |score: &Score| {
        let option = question.option(*score);
        [Language::Indonesian, Language::English].iter().any(|language| plain(option.get(*language)) == words)
    };
    Score::ALL.into_iter().find(is_option).map(|score| score.get().to_string())
}

/// The number before an answer, letters counted as on the official form, and the words after it.
fn labelled(text: &str) -> Option<(&'static str, &str)> {
    let mut letters = text.chars();
    let label = match letters.next()?.to_ascii_lowercase() {
        '1' | 'a' => "1",
        '2' | 'b' => "2",
        '3' | 'c' => "3",
        '4' | 'd' => "4",
        _ => return None,
    };
    let rest = letters.as_str().trim_start();
    let words = rest.strip_prefix(['.', ')', ':', '=', '-', '–', '—'])?.trim();
    (!words.is_empty()).then_some((label, words))
}

/// The band of an age in years, as the official form asks it: "34", "34 tahun".
pub(super) fn age_band(text: &str) -> Option<&'static str> {
    let words = plain(text);
    let years = words.trim_end_matches(|letter: char| letter.is_alphabetic()).trim_end();
    let unit = words[years.len()..].trim();
    if !["", "tahun", "thn", "th"].contains(&unit) {
        return None;
    }
    let band = match years.parse::<u8>().ok()? {
        0..=16 => return Some(UNDER_17),
        17..=24 => AgeBand::From17,
        25..=34 => AgeBand::From25,
        35..=44 => AgeBand::From35,
        45..=54 => AgeBand::From45,
        55..=64 => AgeBand::From55,
        65.. => AgeBand::From65,
    };
    Some(band.key())
}

/// What is quoted back: enough to recognise.
pub(super) fn shortened(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(element: Element, text: &str) -> Result<String, String> {
        score(element, text, None)
    }

    #[test]
    fn answers_are_known_by_number_by_words_and_by_both() {
        for text in ["4", "Sangat mudah", "SANGAT MUDAH ", "4. Sangat mudah", "4 - sangat mudah", "d) Sangat mudah"] {
            assert_eq!(read(Element::Prosedur, text).as_deref(), Ok("4"), "{text}");
        }
        assert_eq!(read(Element::Biaya, "Gratis").as_deref(), Ok("4"));
        assert_eq!(read(Element::Sarana, "Good").as_deref(), Ok("3"));
    }

    #[test]
    fn nothing_is_guessed() {
        let wrong = read(Element::Prosedur, "1. Sangat mudah").unwrap_err();
        assert!(wrong.contains("numbered 1") && wrong.contains("is 4"), "{wrong}");
        for text in ["Puas", "4. Puas", "Gratis", "3.5", "4 bintang"] {
            assert!(read(Element::Prosedur, text).unwrap_err().contains("[values.prosedur]"), "{text}");
        }
        let known = BTreeMap::from([("puas".to_owned(), "3".to_owned())]);
        assert_eq!(score(Element::Prosedur, "3) Puas", Some(&known)).as_deref(), Ok("3"));
        assert_eq!(read(Element::Prosedur, "7").as_deref(), Ok("7"), "what a score is, is checked later");
    }

    #[test]
    fn ages_in_years_have_a_band() {
        let bands = [("16", "0-16"), ("17", "17-24"), ("34 tahun", "25-34"), ("65 thn", "65+"), ("90", "65+")];
        for (text, band) in bands {
            assert_eq!(age_band(text), Some(band), "{text}");
        }
        for text in ["25-34", "tua", "", "300", "34 bulan"] {
            assert_eq!(age_band(text), None, "{text}");
        }
    }
}
