//! What is wrong with a field, in the words of the page.

use fluent_bundle::FluentArgs;
use suara_domain::element::Element;
use suara_domain::response::{FieldError, FieldProblem};

use crate::web::text::Texts;

/// The name of a field as the page shows it.
pub(super) fn label<'a>(t: &'a Texts, field: &str) -> &'a str {
    if let Some(element) = Element::from_key(field) {
        return &t.question(element).name;
    }
    match field {
        "service" => t.say("service-heading"),
        "sex" => t.say("sex"),
        "age_band" => t.say("age_band"),
        "education" => t.say("education"),
        "occupation" => t.say("occupation"),
        "disability" => t.say("disability"),
        "comment" => t.say("comment"),
        _ => t.say("page"),
    }
}

/// Whether a field has an input one can jump to.
pub(super) fn is_on_page(field: &str) -> bool {
    Element::from_key(field).is_some()
        || matches!(field, "service" | "sex" | "age_band" | "education" | "occupation" | "disability" | "comment")
}

/// The problem in plain words.
pub(super) fn problem(t: &Texts, error: &FieldError) -> String {
    let text = match &error.problem {
        FieldProblem::Unanswered => t.say("error-unanswered"),
        FieldProblem::NotAScore(_) => t.say("error-score"),
        FieldProblem::NotAnOption { .. } => t.say("error-option"),
        FieldProblem::Repeated => t.say("error-repeated"),
        FieldProblem::TooLong { length, limit } => return too_long(t, *length, *limit),
        FieldProblem::NotAUuid(_) | FieldProblem::Required => t.say("error-id"),
        FieldProblem::UnknownService(_) => t.say("error-service"),
        _ => t.say("error-other"),
    };
    text.to_owned()
}

fn too_long(t: &Texts, length: usize, limit: usize) -> String {
    let mut args = FluentArgs::new();
    args.set("length", t.count(length as u64));
    args.set("limit", t.count(limit as u64));
    t.fill("error-too-long", &args)
}
