//! Texts of the pages, from Fluent files. What has no arguments is formatted once, at start.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use suara_domain::language::Language;
use unic_langid::langid;

/// The Fluent source of a language.
pub(super) const fn source(language: Language) -> &'static str {
    match language {
        Language::Indonesian => include_str!("messages/id.ftl"),
        Language::English => include_str!("messages/en.ftl"),
    }
}

/// The keys a Fluent source defines.
pub(super) fn keys(source: &str) -> impl Iterator<Item = &str> {
    let starts_message = |line: &&str| line.starts_with(|first: char| first.is_ascii_alphabetic());
    source.lines().filter(starts_message).filter_map(|line| line.split_once(" =")).map(|(key, _)| key)
}

static INDONESIAN: LazyLock<Texts> = LazyLock::new(|| Texts::load(Language::Indonesian));
static ENGLISH: LazyLock<Texts> = LazyLock::new(|| Texts::load(Language::English));

/// The texts of one language.
pub(super) struct Texts {
    language: Language,
    fixed: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
}

impl Texts {
    /// The texts in `language`.
    pub fn of(language: Language) -> &'static Self {
        match language {
            Language::Indonesian => &INDONESIAN,
            Language::English => &ENGLISH,
        }
    }

    fn load(language: Language) -> Self {
        // What cannot be parsed or resolved shows up as its key; a test holds both files complete.
        let resource = FluentResource::try_new(source(language).to_owned()).unwrap_or_else(|(resource, _)| resource);
        let tag = match language {
            Language::Indonesian => langid!("id"),
            Language::English => langid!("en"),
        };
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // The isolation marks of Fluent are invisible characters around every argument: not in a page's text.
        bundle.set_use_isolating(false);
        let _duplicates = bundle.add_resource(resource);
        let mut texts = Self { language, fixed: HashMap::new(), bundle };
        texts.fixed =
            keys(source(language)).filter_map(|key| Some((key.to_owned(), texts.format(key, None)?))).collect();
        texts
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

    /// A decimal as it is written in the language: comma in Indonesian.
    pub fn decimal<'a>(&self, number: &'a str) -> Cow<'a, str> {
        match self.language {
            Language::Indonesian if number.contains('.') => Cow::Owned(number.replace('.', ",")),
            _ => Cow::Borrowed(number),
        }
    }

    /// A count with its thousands apart.
    pub fn count(&self, count: u64) -> String {
        let separator = if self.language == Language::Indonesian { '.' } else { ',' };
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
