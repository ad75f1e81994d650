//! The survey page as a struct: what the template needs, made from an MPP, the language and what was filled in so far.

use askama::Template;
use suara_domain::element::Score;
use suara_domain::instrument::{Instrument, Question};
use suara_domain::language::Language;
use suara_domain::respondent::{AgeBand, Disability, Education, Occupation, Sex, UNDER_17};
use suara_domain::response::{FieldError, RawResponse};

use crate::app::directory::Mpp;
use crate::web::assets::Assets;
use crate::web::citizen::field_text;
use crate::web::citizen::service_list::ServiceList;
use crate::web::fields;
use crate::web::text::Texts;

/// What a survey page is made of.
pub(in crate::web) struct Survey<'a> {
    /// The MPP.
    pub mpp: &'a Mpp,
    /// Its services, rendered.
    pub services: &'a ServiceList,
    /// Language.
    pub language: Language,
    /// What was filled in.
    pub values: &'a RawResponse,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Opened by GET: a script may renew the id.
    pub fresh: bool,
}

/// An answer or option to choose.
struct Choice<'a> {
    value: &'a str,
    text: &'a str,
    checked: bool,
}

struct QuestionView<'a> {
    key: &'static str,
    wording: &'a str,
    plain: &'a str,
    options: [Choice<'a>; 4],
    problem: Option<String>,
}

struct ProfileView<'a> {
    key: &'static str,
    options: Vec<Choice<'a>>,
    problem: Option<String>,
}

struct ErrorLine<'a> {
    anchor: &'static str,
    label: &'a str,
    text: String,
}

#[derive(Template)]
#[template(path = "survey.html")]
struct SurveyPage<'a> {
    t: &'static Texts,
    other: &'static Texts,
    style: &'static str,
    script: &'static str,
    assets: &'static Assets,
    mpp: &'a Mpp,
    id: &'a str,
    mode: Option<&'a str>,
    counter: Option<String>,
    comment: &'a str,
    services: String,
    service_problem: Option<String>,
    questions: Vec<QuestionView<'a>>,
    profile: Vec<ProfileView<'a>>,
    profile_open: bool,
    comment_problem: Option<String>,
    errors: Vec<ErrorLine<'a>>,
    fresh: bool,
}

const SCORES: [&str; 4] = ["1", "2", "3", "4"];

impl Survey<'_> {
    /// The page.
    ///
    /// # Errors
    /// None in practice: writing to memory does not fail.
    pub fn render(&self) -> askama::Result<String> {
        let assets = Assets::get();
        let (t, values) = (Texts::of(self.language), self.values);
        let counter = values.counter.clone().filter(|counter| self.mpp.counter(counter).is_some());
        let profile = self.profile(t);
        let page = SurveyPage {
            t,
            other: Texts::of(other(self.language)),
            style: &assets.style,
            script: &assets.script,
            assets,
            mpp: self.mpp,
            id: values.id.as_deref().unwrap_or_default(),
            mode: values.mode.as_deref(),
            services: self.services(t, counter.as_deref()),
            counter,
            comment: values.comment.as_deref().unwrap_or_default(),
            service_problem: self.problem("service"),
            questions: Instrument::standard().questions().iter().map(|question| self.question(t, question)).collect(),
            profile_open: profile.iter().any(|field| field.problem.is_some() || has_value(values, field.key)),
            profile,
            comment_problem: self.problem("comment"),
            errors: self.errors.iter().map(|error| self.line(t, error)).collect(),
            fresh: self.fresh,
        };
        // The pages of the largest malls have some 60 kB; growing to that step by step would copy it several times.
        let mut html = String::with_capacity(24 * 1024 + page.services.len());
        page.render_into(&mut html)?;
        Ok(html)
    }

    fn services(&self, t: &Texts, counter: Option<&str>) -> String {
        let chosen = self.values.service.as_deref();
        let Some(counter) = counter else { return self.services.with_selected(chosen) };
        let here = ServiceList::at_counter(t.say("service-at-counter"), self.mpp.services_at(counter));
        let chosen_here = chosen.is_some_and(|code| here.contains(code));
        let mut options = here.with_selected(chosen.filter(|_| chosen_here));
        options.push_str(&self.services.with_selected(chosen.filter(|_| !chosen_here)));
        options
    }

    fn question<'b>(&self, t: &'b Texts, question: &'b Question) -> QuestionView<'b> {
        let key = question.element.key();
        let given = self.values.scores[question.element.index()].as_deref();
        let free = || self.values.service.as_deref().and_then(|code| self.mpp.service(code)?.free) == Some(true);
        let plain = if key == "biaya" && free() { t.say("question-free") } else { question.plain.get(self.language) };
        QuestionView {
            key,
            wording: question.wording.get(self.language),
            plain,
            options: Score::ALL.map(|score| {
                let value = SCORES[usize::from(score.get()) - 1];
                Choice { value, text: question.option(score).get(self.language), checked: given == Some(value) }
            }),
            problem: self.problem(key),
        }
    }

    fn profile<'b>(&self, t: &'b Texts) -> Vec<ProfileView<'b>> {
        let ages = std::iter::once(UNDER_17).chain(AgeBand::ALL.iter().map(|age| age.key()));
        vec![
            self.profile_field(t, "sex", Sex::ALL.iter().map(|sex| sex.key())),
            self.profile_field(t, "age_band", ages),
            self.profile_field(t, "education", Education::ALL.iter().map(|education| education.key())),
            self.profile_field(t, "occupation", Occupation::ALL.iter().map(|occupation| occupation.key())),
            self.profile_field(t, "disability", Disability::ALL.iter().map(|disability| disability.key())),
        ]
    }

    fn profile_field<'b>(
        &self,
        t: &'b Texts,
        key: &'static str,
        options: impl Iterator<Item = &'static str>,
    ) -> ProfileView<'b> {
        let given = fields::value(self.values, key);
        let choice = |value| Choice { value, text: t.option(&option_key(key, value)), checked: given == Some(value) };
        ProfileView { key, options: options.map(choice).collect(), problem: self.problem(key) }
    }

    fn problem(&self, field: &str) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field == field)?;
        Some(field_text::problem(Texts::of(self.language), error))
    }

    fn line<'b>(&self, t: &'b Texts, error: &FieldError) -> ErrorLine<'b> {
        let label = field_text::label(t, self.language, error.field);
        let anchor = if field_text::is_on_page(error.field) { error.field } else { "isi" };
        ErrorLine { anchor, label, text: field_text::problem(t, error) }
    }
}

/// The other language of the product.
pub(in crate::web) const fn other(language: Language) -> Language {
    match language {
        Language::Indonesian => Language::English,
        Language::English => Language::Indonesian,
    }
}

fn has_value(values: &RawResponse, field: &str) -> bool {
    fields::value(values, field).is_some_and(|value| !value.trim().is_empty())
}

/// The message of an option of the profile. Message keys know no `+`.
pub(in crate::web) fn option_key(field: &str, value: &str) -> String {
    format!("{field}-{}", value.replace('+', "-plus"))
}
