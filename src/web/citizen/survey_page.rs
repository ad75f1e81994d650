//! The survey page as a struct: what the template needs, made from an MPP, the language and what was filled in so far.

use std::fmt::Write;

use askama::Template;
use fluent_bundle::FluentArgs;
use suara_domain::element::Element;
use suara_domain::privacy::NOTICE;
use suara_domain::respondent::{AgeBand, Disability, Education, Occupation, Sex, UNDER_17};
use suara_domain::response::{FieldError, RawResponse};

use crate::app::directory::Mpp;
use crate::web::assets::Assets;
use crate::web::citizen::field_text;
use crate::web::citizen::service_list::{ServiceList, escaped};
use crate::web::fields;
use crate::web::text::Texts;

/// What a survey page is made of.
pub(in crate::web) struct Survey<'a> {
    /// The MPP.
    pub mpp: &'a Mpp,
    /// Its services, rendered.
    pub services: &'a ServiceList,
    /// Texts of the page.
    pub t: &'static Texts,
    /// What was filled in.
    pub values: &'a RawResponse,
    /// What is wrong with it.
    pub errors: &'a [FieldError],
    /// Opened by GET: a script may renew the id.
    pub fresh: bool,
    /// The agency whose services stand first.
    pub agency: Option<&'a str>,
    /// Inside the page of another site.
    pub embedded: bool,
}

/// Stands for the identity in a page that is rendered once and filled in many times. No text of a page can contain it:
/// what is written into pages is escaped.
pub(in crate::web) const HOLE: &str = "<!--identity-->";

/// The hidden fields that differ from page to page: the id, and what proves the visit and the counter.
pub(in crate::web) fn identity(values: &RawResponse) -> String {
    let fields = [("id", &values.id), ("token", &values.token), ("counter_code", &values.counter_code)];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_deref()?)));
    fields.fold(String::new(), |mut html, (name, value)| {
        // Writing to memory does not fail.
        let _ = write!(html, "<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value));
        html
    })
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
    style: &'static str,
    script: &'static str,
    assets: &'static Assets,
    mpp: &'a Mpp,
    identity: &'a str,
    marker: &'a str,
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
    embedded: bool,
    /// What the question about cost means where there is one.
    cost: &'a str,
    /// Version of the privacy notice.
    notice: String,
}

const SCORES: [&str; 4] = ["1", "2", "3", "4"];

impl Survey<'_> {
    /// The page with its identity.
    ///
    /// # Errors
    /// None in practice: writing to memory does not fail.
    pub fn render(&self) -> askama::Result<String> {
        self.render_with(&identity(self.values))
    }

    /// The page with this in the place of its identity.
    ///
    /// # Errors
    /// None in practice.
    pub fn render_with(&self, identity: &str) -> askama::Result<String> {
        let assets = Assets::get();
        let (t, values) = (self.t, self.values);
        let counter = values.counter.clone().filter(|counter| self.mpp.counter(counter).is_some());
        let profile = self.profile();
        let page = SurveyPage {
            t,
            style: &assets.style,
            script: &assets.script,
            assets,
            mpp: self.mpp,
            identity,
            marker: values.device_marker.as_deref().unwrap_or_default(),
            mode: values.mode.as_deref(),
            services: self.services(counter.as_deref()),
            counter,
            comment: values.comment.as_deref().unwrap_or_default(),
            service_problem: self.problem("service"),
            questions: Element::ALL.iter().map(|element| self.question(*element)).collect(),
            profile_open: profile.iter().any(|field| field.problem.is_some() || has_value(values, field.key)),
            profile,
            comment_problem: self.problem("comment"),
            errors: self.errors.iter().map(|error| self.line(error)).collect(),
            fresh: self.fresh,
            embedded: self.embedded,
            cost: &t.question(Element::Biaya).plain,
            notice: notice(t),
        };
        // The pages of the largest malls have some 60 kB; growing to that step by step would copy it several times.
        let mut html = String::with_capacity(24 * 1024 + page.services.len());
        page.render_into(&mut html)?;
        Ok(html)
    }

    /// The options of the choice: first those of the counter or the agency, then all by agency.
    fn services(&self, counter: Option<&str>) -> String {
        let chosen = self.values.service.as_deref();
        let here = match (counter, self.agency) {
            (Some(counter), _) => ServiceList::group(self.t.say("service-at-counter"), self.mpp.services_at(counter)),
            (None, Some(agency)) => ServiceList::group(agency, self.mpp.services_of(agency)),
            (None, None) => return self.services.with_selected(chosen),
        };
        let chosen_here = chosen.is_some_and(|code| here.contains(code));
        let mut options = here.with_selected(chosen.filter(|_| chosen_here));
        options.push_str(&self.services.with_selected(chosen.filter(|_| !chosen_here)));
        options
    }

    fn question(&self, element: Element) -> QuestionView<'static> {
        let (t, key) = (self.t, element.key());
        let texts = t.question(element);
        let given = self.values.scores[element.index()].as_deref();
        let free = || self.values.service.as_deref().and_then(|code| self.mpp.service(code)?.free) == Some(true);
        let choice =
            |(value, text): (&'static str, &'static String)| Choice { value, text, checked: given == Some(value) };
        let [one, two, three, four] = &texts.options;
        QuestionView {
            key,
            wording: &texts.wording,
            plain: if element == Element::Biaya && free() { t.say("question-free") } else { &texts.plain },
            options: [(SCORES[0], one), (SCORES[1], two), (SCORES[2], three), (SCORES[3], four)].map(choice),
            problem: self.problem(key),
        }
    }

    fn profile(&self) -> Vec<ProfileView<'static>> {
        let ages = std::iter::once(UNDER_17).chain(AgeBand::ALL.iter().map(|age| age.key()));
        vec![
            self.profile_field("sex", Sex::ALL.iter().map(|sex| sex.key())),
            self.profile_field("age_band", ages),
            self.profile_field("education", Education::ALL.iter().map(|education| education.key())),
            self.profile_field("occupation", Occupation::ALL.iter().map(|occupation| occupation.key())),
            self.profile_field("disability", Disability::ALL.iter().map(|disability| disability.key())),
        ]
    }

    fn profile_field(&self, key: &'static str, options: impl Iterator<Item = &'static str>) -> ProfileView<'static> {
        let (t, given) = (self.t, fields::value(self.values, key));
        let choice = |value| Choice { value, text: t.option(&option_key(key, value)), checked: given == Some(value) };
        ProfileView { key, options: options.map(choice).collect(), problem: self.problem(key) }
    }

    fn problem(&self, field: &str) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field == field)?;
        Some(field_text::problem(self.t, error))
    }

    fn line(&self, error: &FieldError) -> ErrorLine<'static> {
        let label = field_text::label(self.t, error.field);
        let anchor = if field_text::is_on_page(error.field) { error.field } else { "isi" };
        ErrorLine { anchor, label, text: field_text::problem(self.t, error) }
    }
}

/// "Notice version 1, 2026-11-21".
fn notice(t: &Texts) -> String {
    let mut args = FluentArgs::new();
    args.set("version", NOTICE.version);
    args.set("date", NOTICE.date.to_string());
    t.fill("privacy-version", &args)
}

fn has_value(values: &RawResponse, field: &str) -> bool {
    fields::value(values, field).is_some_and(|value| !value.trim().is_empty())
}

/// The message of an option of the profile. Message keys know no `+`.
pub(in crate::web) fn option_key(field: &str, value: &str) -> String {
    format!("{field}-{}", value.replace('+', "-plus"))
}

#[cfg(test)]
mod tests {
    use suara_domain::element::Score;
    use suara_domain::instrument::Instrument;
    use suara_domain::language::Language;
    use suara_domain::response::FieldProblem;

    use super::*;
    use crate::web::text::keys;

    /// Every text of a language that nobody speaks is in brackets.
    fn pseudo() -> String {
        let source = Language::Indonesian.messages();
        let bracketed = source.lines().map(|line| match line.split_once(" = ") {
            Some((key, text)) if !line.starts_with(' ') => format!("{key} = ⟦{text}⟧"),
            _ => match line.split_once("] ") {
                Some((option, text)) if line.starts_with(' ') => format!("{option}] ⟦{text}⟧"),
                _ => line.to_owned(),
            },
        });
        let mut lines: Vec<String> = bracketed.collect();
        for question in Instrument::standard().questions() {
            let key = question.element.key();
            lines.extend(["name", "wording", "plain"].map(|part| format!("question-{key}-{part} = ⟦{key} {part}⟧")));
            lines.extend(Score::ALL.map(|score| format!("question-{key}-{} = ⟦{key} {}⟧", score.get(), score.get())));
        }
        lines.join("\n") + "\n"
    }

    /// The texts between tags that people see, without script and style.
    fn seen(html: &str) -> Vec<String> {
        let mut rest = html.to_owned();
        for code in ["style", "script"] {
            while let Some((before, after)) = rest.split_once(&format!("<{code}>")) {
                rest = format!("{before}{}", after.split_once(&format!("</{code}>")).unwrap().1);
            }
        }
        let texts = rest.split('<').filter_map(|part| part.split_once('>'));
        texts.map(|(_, text)| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn a_language_is_a_file() {
        let source = pseudo();
        let texts: &'static Texts = Box::leak(Box::new(Texts::load(Language::Indonesian, &source)));
        assert!(keys(&source).count() > 200);
        let mpp = Mpp::named("⟦Kampar⟧");
        let values = RawResponse { id: Some("x".to_owned()), ..RawResponse::default() };
        let errors = [
            FieldError { field: "waktu", problem: FieldProblem::Unanswered },
            FieldError { field: "comment", problem: FieldProblem::TooLong { length: 2_100, limit: 2_000 } },
        ];
        let services = ServiceList::default();
        let survey = Survey {
            mpp: &mpp,
            services: &services,
            t: texts,
            values: &values,
            errors: &errors,
            fresh: false,
            agency: None,
            embedded: false,
        };
        let html = survey.render().unwrap();
        // The languages one can switch to name themselves, and brackets around a word are no words.
        let own = ["English", "(", ")", ":"];
        let strays: Vec<String> = seen(&html)
            .into_iter()
            .filter(|text| {
                !text.contains('⟦') && !own.contains(&text.as_str()) && text.chars().any(char::is_alphabetic)
            })
            .collect();
        assert!(strays.is_empty(), "not from the file of the language: {strays:?}");
        assert!(html.contains("⟦waktu wording⟧") && html.contains("⟦perilaku 4⟧"));
    }
}
