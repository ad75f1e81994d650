//! Texts of the pages, from Fluent files. What has no arguments is formatted once, at start.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use suara_domain::element::{Element, Score};
use suara_domain::instrument::{Bilingual, Instrument, Question};
use suara_domain::language::Language;

/// The keys a Fluent source defines.
pub(super) fn keys(source: &str) -> impl Iterator<Item = &str> {
    let starts_message = |line: &&str| line.starts_with(|first: char| first.is_ascii_alphabetic());
    source.lines().filter(starts_message).filter_map(|line| line.split_once(" =")).map(|(key, _)| key)
}

fn query(language: Language) -> String {
    if language == Language::Indonesian { String::new() } else { format!("?bahasa={}", language.key()) }
}

static TEXTS: LazyLock<Vec<Texts>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| Texts::load(*language, language.messages())).collect());

/// The texts of one language.
pub(super) struct Texts {
    language: Language,
    fixed: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
    questions: Vec<QuestionTexts>,
    query: String,
}

/// What the page says about one element.
pub(super) struct QuestionTexts {
    /// Name of the element.
    pub name: String,
    /// The question.
    pub wording: String,
    /// What it means, in plain words.
    pub plain: String,
    /// The answers for the scores 1 to 4.
    pub options: [String; 4],
}

impl Texts {
    /// The texts in `language`.
    pub fn of(language: Language) -> &'static Self {
        let place = Language::ALL.iter().position(|known| *known == language).unwrap_or_default();
        &TEXTS[place]
    }

    /// The texts a Fluent source gives for `language`.
    pub fn load(language: Language, source: &str) -> Self {
        // What cannot be parsed or resolved shows up as its key; a test holds all files complete.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let mut bundle = FluentBundle::new_concurrent(language.key().parse().into_iter().collect());
        // The isolation marks of Fluent are invisible characters around every argument: not in a page's text.
        bundle.set_use_isolating(false);
        let _duplicates = bundle.add_resource(resource);
        let mut texts = Self { language, fixed: HashMap::new(), bundle, questions: Vec::new(), query: query(language) };
        texts.fixed = keys(source).filter_map(|key| Some((key.to_owned(), texts.format(key, None)?))).collect();
        texts.questions =
            Instrument::standard().questions().iter().map(|question| texts.translated(question)).collect();
        texts
    }

    /// The wording of a question: that of the messages if they have one, else the instrument's.
    fn translated(&self, question: &Question) -> QuestionTexts {
        let key = question.element.key();
        let or = |part: &str, text: &Bilingual| {
            let own = self.fixed.get(&format!("question-{key}-{part}"));
            own.map_or_else(|| text.get(self.language).to_owned(), Clone::clone)
        };
        QuestionTexts {
            name: or("name", &question.name),
            wording: or("wording", &question.wording),
            plain: or("plain", &question.plain),
            options: Score::ALL.map(|score| or(&score.get().to_string(), question.option(score))),
        }
    }

    /// What is said about an element.
    pub fn question(&self, element: Element) -> &QuestionTexts {
        &self.questions[element.index()]
    }

    /// What an address carries so that the next page keeps the language; Indonesian is the rule and needs nothing.
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The same after other parts of a query.
    pub fn more(&self) -> String {
        self.query.replace('?', "&")
    }

    /// The texts in every other language.
    pub fn others(&self) -> impl Iterator<Item = &'static Self> + use<> {
        let language = self.language;
        TEXTS.iter().filter(move |texts| texts.language != language)
    }

    /// The language as an HTML `lang`.
    pub const fn tag(&self) -> &'static str {
        self.language.key()
    }

    /// The text of a key.
    pub fn say<'a>(&'a self, key: &'a str) -> &'a str {
        self.fixed.get(key).map_or(key, String::as_str)
    }

    /// The text of a key that is put together from a field and an option; empty if there is none.
    pub fn option(&self, key: &str) -> &str {
        self.fixed.get(key).map_or("", String::as_str)
    }

    /// The text of a key with one argument.
    pub fn with<'a>(&self, key: &str, name: &'static str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.fill(key, &args)
    }

    /// The text of a key with arguments.
    pub fn fill(&self, key: &str, args: &FluentArgs<'_>) -> String {
        self.format(key, Some(args)).unwrap_or_else(|| key.to_owned())
    }

    /// A decimal as it is written in the language: with a comma everywhere in Indonesia.
    pub fn decimal<'a>(&self, number: &'a str) -> Cow<'a, str> {
        if self.language == Language::English { number.into() } else { number.replace('.', ",").into() }
    }

    /// A count with its thousands apart.
    pub fn count(&self, count: u64) -> String {
        let separator = if self.language == Language::English { ',' } else { '.' };
        let digits = count.to_string();
        let mut text = String::with_capacity(digits.len() + 4);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(separator);
            }
            text.push(digit);
        }
        text
    }

    /// `None` if there is no such key, or an argument is missing.
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}
