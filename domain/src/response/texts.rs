//! Reading the text of one field.

use chrono::{DateTime, Utc};

use super::{COMMENT_LIMIT, FieldProblem, SHORT_TEXT_LIMIT};
use crate::masking::mask;

pub(super) fn trimmed(raw: Option<&str>) -> Option<&str> {
    raw.map(str::trim).filter(|text| !text.is_empty())
}

/// A text that proves something or proves nothing, but is never wrong: too long a one, or one with control characters,
/// counts as none.
pub(super) fn kept(raw: Option<&str>, limit: usize) -> Option<String> {
    let usable = |text: &&str| text.chars().count() <= limit && !text.chars().any(char::is_control);
    trimmed(raw).filter(usable).map(str::to_owned)
}

/// What is quoted back in an error: enough to recognise, never a whole document.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(40).filter(|character| !character.is_control()).collect()
}

pub(super) fn short_text(text: &str) -> Result<String, FieldProblem> {
    let length = text.chars().count();
    if length > SHORT_TEXT_LIMIT {
        return Err(FieldProblem::TooLong { length, limit: SHORT_TEXT_LIMIT });
    }
    Ok(text.chars().filter(|character| !character.is_control()).collect())
}

/// A comment without control characters (line breaks stay), masked; `None` if nothing is left of it.
pub(super) fn comment_text(text: &str) -> Result<Option<String>, FieldProblem> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|character| *character == '\n' || !character.is_control()).collect();
    let clean = clean.trim();
    let length = clean.chars().count();
    if length > COMMENT_LIMIT {
        return Err(FieldProblem::TooLong { length, limit: COMMENT_LIMIT });
    }
    Ok((!clean.is_empty()).then(|| mask(clean)))
}

pub(super) fn time(text: &str) -> Result<DateTime<Utc>, FieldProblem> {
    let parsed = DateTime::parse_from_rfc3339(text).map_err(|_| FieldProblem::NotATime(shortened(text)))?;
    Ok(parsed.to_utc())
}

pub(super) fn seconds(text: &str) -> Result<i32, FieldProblem> {
    let seconds: f64 = text.parse().map_err(|_| FieldProblem::NotSeconds(shortened(text)))?;
    if (0.0..=f64::from(i32::MAX)).contains(&seconds) {
        // Fractions of a second carry no meaning here.
        #[expect(clippy::cast_possible_truncation, reason = "the range was checked on the line above")]
        Ok(seconds as i32)
    } else {
        Err(FieldProblem::NotSeconds(shortened(text)))
    }
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, FieldProblem> {
    match text {
        "yes" | "ya" | "true" | "1" => Ok(true),
        "no" | "tidak" | "false" | "0" => Ok(false),
        _ => Err(FieldProblem::NotAnOption { given: shortened(text), options: "yes, no".to_owned() }),
    }
}
