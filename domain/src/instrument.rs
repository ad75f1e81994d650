//! Questionnaires as data: their wording, scale, weight and rule version.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::element::{ELEMENTS, Element, Score};
use crate::language::Language;

/// A text in the two languages in which an instrument is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bilingual {
    indonesian: String,
    english: String,
}

impl Bilingual {
    /// The text in one language; the official one where there is no other. Further languages have their own wording
    /// among the messages of the pages.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        if language == Language::English { &self.english } else { &self.indonesian }
    }
}

/// The wording of one element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The element.
    pub element: Element,
    /// Its official name.
    pub name: Bilingual,
    /// The official question.
    pub wording: Bilingual,
    /// What it means, in plain words.
    pub plain: Bilingual,
    options: [Bilingual; 4],
}

impl Question {
    /// The wording of the option for a score.
    #[must_use]
    pub fn option(&self, score: Score) -> &Bilingual {
        &self.options[usize::from(score.get()) - 1]
    }
}

/// A questionnaire with the rule it follows. Editing a question makes a new instrument, never a changed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instrument {
    /// Stable identity, `permenpanrb-14-2017`.
    pub id: String,
    /// The rule in the law's words.
    pub rule: String,
    /// Version of the rule: class limits and rounding. Figures of different versions are never compared.
    pub rule_version: String,
    /// Version of the weight, `1/k`.
    pub weight_version: String,
    /// Title of the form.
    pub title: Bilingual,
    questions: [Question; ELEMENTS],
}

/// Why a file is not an instrument.
#[derive(Debug, thiserror::Error)]
pub enum InstrumentError {
    /// Not the expected JSON.
    #[error("the instrument cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// The elements are not the nine of the rule, in the order of the form.
    #[error("the instrument must have the nine elements in the order of the form; place {place} has \"{found}\"")]
    Elements {
        /// Place from 1 on.
        place: usize,
        /// The key found there.
        found: String,
    },
}

static STANDARD: LazyLock<Result<Instrument, InstrumentError>> = LazyLock::new(|| Instrument::parse(STANDARD_JSON));

/// The official questionnaire of `PermenPANRB` 14/2017 as it is embedded.
pub const STANDARD_JSON: &str = include_str!("../../data/instruments/permenpanrb-14-2017.json");

impl Instrument {
    /// The official questionnaire of `PermenPANRB` 14/2017.
    ///
    /// # Panics
    /// Never in a released binary: the embedded file is parsed by a test.
    #[must_use]
    #[expect(clippy::panic, reason = "the embedded file is checked by a test; there is no product without it")]
    pub fn standard() -> &'static Self {
        match &*STANDARD {
            Ok(instrument) => instrument,
            Err(error) => panic!("{error}"),
        }
    }

    /// Reads an instrument from JSON.
    ///
    /// # Errors
    /// Not JSON of the expected shape, or other than the nine elements in the order of the form.
    pub fn parse(json: &str) -> Result<Self, InstrumentError> {
        let wire: WireInstrument = serde_json::from_str(json)?;
        let mut questions = Vec::with_capacity(ELEMENTS);
        for (index, wire) in wire.elements.into_iter().enumerate() {
            let error = |found: &str| InstrumentError::Elements { place: index + 1, found: found.to_owned() };
            match Element::from_key(&wire.key) {
                Some(element) if element.index() == index => questions.push(wire.question(element)),
                _ => return Err(error(&wire.key)),
            }
        }
        let place = questions.len() + 1;
        let questions = questions.try_into().map_err(|_| InstrumentError::Elements { place, found: String::new() })?;
        Ok(Self {
            id: wire.id,
            rule: wire.rule,
            rule_version: wire.rule_version,
            weight_version: wire.weight_version,
            title: wire.title.into(),
            questions,
        })
    }

    /// The nine questions in the order of the form.
    #[must_use]
    pub const fn questions(&self) -> &[Question; ELEMENTS] {
        &self.questions
    }

    /// The question of an element.
    #[must_use]
    pub const fn question(&self, element: Element) -> &Question {
        &self.questions[element.index()]
    }
}

#[derive(Deserialize)]
struct WireInstrument {
    id: String,
    rule: String,
    rule_version: String,
    weight_version: String,
    title: WireText,
    elements: Vec<WireElement>,
}

#[derive(Deserialize)]
struct WireElement {
    key: String,
    name: WireText,
    question: WireText,
    plain: WireText,
    options: WireOptions,
}

#[derive(Deserialize)]
struct WireText {
    id: String,
    en: String,
}

#[derive(Deserialize)]
struct WireOptions {
    id: [String; 4],
    en: [String; 4],
}

impl From<WireText> for Bilingual {
    fn from(text: WireText) -> Self {
        Self { indonesian: text.id, english: text.en }
    }
}

impl WireElement {
    fn question(self, element: Element) -> Question {
        let [id1, id2, id3, id4] = self.options.id;
        let [en1, en2, en3, en4] = self.options.en;
        let option = |indonesian, english| Bilingual { indonesian, english };
        Question {
            element,
            name: self.name.into(),
            wording: self.question.into(),
            plain: self.plain.into(),
            options: [option(id1, en1), option(id2, en2), option(id3, en3), option(id4, en4)],
        }
    }
}
