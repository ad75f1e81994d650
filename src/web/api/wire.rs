//! Responses as JSON: lenient about how a value is written, aware of repeated fields. Unknown keys are skipped unread.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use suara_domain::element::Element;
use suara_domain::response::columns;

use crate::web::fields::Arrived;

/// What was posted: one response or a list of them.
pub(super) enum Posted {
    One(Box<Arrived>),
    Many(Vec<Arrived>),
}

/// Why a body is not taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum WireError {
    /// Not JSON, or neither an object nor a list.
    Malformed,
    /// A list with too many items.
    TooMany,
}

/// Items of a list at most.
pub(super) const ITEMS_LIMIT: usize = 100;

/// Reads a body.
///
/// # Errors
/// See [`WireError`].
pub(super) fn parse(body: &[u8]) -> Result<Posted, WireError> {
    let malformed = |_| WireError::Malformed;
    let text = std::str::from_utf8(body).map_err(|_| WireError::Malformed)?;
    match text.bytes().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => serde_json::from_str(text).map(|Item(arrived)| Posted::One(Box::new(arrived))).map_err(malformed),
        Some(b'[') => {
            let items: Vec<Item> = serde_json::from_str(text).map_err(malformed)?;
            if items.len() > ITEMS_LIMIT {
                return Err(WireError::TooMany);
            }
            Ok(Posted::Many(items.into_iter().map(|Item(arrived)| arrived).collect()))
        }
        _ => Err(WireError::Malformed),
    }
}

/// One response. Anything that is no object has no fields, and so all the errors of an empty response.
struct Item(Arrived);

/// A JSON value as far as it matters here: a text, members, or nothing of use.
enum Loose {
    Text(String),
    Members(Vec<(String, Loose)>),
    /// A list, where a text is expected.
    List,
    Null,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut arrived = Arrived::default();
        for (name, value) in members(Loose::deserialize(deserializer)?) {
            match name.as_str() {
                "answers" => take(&mut arrived, value, |name| Element::from_key(name).is_some()),
                "respondent" => take(&mut arrived, value, |name| PROFILE.contains(&name)),
                name if is_top(name) => arrived.take(name, text(value)),
                _ => {}
            }
        }
        Ok(Self(arrived))
    }
}

const PROFILE: [&str; 5] = ["sex", "age_band", "education", "occupation", "disability"];

/// Whether a name is one of the object itself, not of `answers` or `respondent`.
fn is_top(name: &str) -> bool {
    columns::SENT.contains(&name) && !PROFILE.contains(&name) && Element::from_key(name).is_none()
}

fn take(arrived: &mut Arrived, values: Loose, is_member: impl Fn(&str) -> bool) {
    for (name, value) in members(values) {
        if is_member(&name) {
            arrived.take(&name, text(value));
        }
    }
}

fn members(value: Loose) -> Vec<(String, Loose)> {
    if let Loose::Members(members) = value { members } else { Vec::new() }
}

/// The value as text. What is neither text nor number stays recognisable, so that the rule of its field refuses it.
fn text(value: Loose) -> Option<String> {
    match value {
        Loose::Text(text) if text.trim().is_empty() => None,
        Loose::Text(text) => Some(text),
        Loose::Members(_) => Some("{}".to_owned()),
        Loose::List => Some("[]".to_owned()),
        Loose::Null => None,
    }
}

impl<'de> Deserialize<'de> for Loose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(LooseVisitor)
    }
}

struct LooseVisitor;

impl<'de> Visitor<'de> for LooseVisitor {
    type Value = Loose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Loose, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            if is_known(&name) {
                members.push((name, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Loose::Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Loose, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Loose::List)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Loose, E> {
        Ok(Loose::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Loose, E> {
        Ok(Loose::Text(text))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_string()))
    }

    /// `4.0` is written as `4`.
    fn visit_f64<E: Error>(self, value: f64) -> Result<Loose, E> {
        Ok(Loose::Text(value.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Loose, E> {
        Ok(Loose::Null)
    }
}

/// Names this reader looks at, at any depth; everything else is skipped without being kept.
fn is_known(name: &str) -> bool {
    matches!(name, "answers" | "respondent") || columns::SENT.contains(&name)
}

#[cfg(test)]
mod tests {
    use suara_domain::response::FieldProblem;

    use super::*;

    fn one(json: &str) -> Arrived {
        match parse(json.as_bytes()) {
            Ok(Posted::One(arrived)) => *arrived,
            _ => panic!("not one response: {json}"),
        }
    }

    #[test]
    fn takes_numbers_and_texts_alike() {
        let arrived = one(r#"{"id":" x ","answers":{"waktu":4.0,"biaya":"3","sarana":null,"x":1},"duration_s":"61.5",
            "respondent":{"sex":"L","comment":"no"},"comment":"","ip":"1.2.3.4","extra":{"id":"other"}}"#);
        assert_eq!(arrived.raw.id.as_deref(), Some(" x "));
        assert_eq!(arrived.raw.scores[2].as_deref(), Some("4"));
        assert_eq!(arrived.raw.scores[3].as_deref(), Some("3"));
        assert_eq!(arrived.raw.scores[7], None);
        assert_eq!(arrived.raw.duration_s.as_deref(), Some("61.5"));
        assert_eq!((arrived.raw.sex.as_deref(), arrived.raw.comment), (Some("L"), None));
    }

    #[test]
    fn notices_an_element_given_twice() {
        let errors = one(r#"{"answers":{"waktu":4,"waktu":4}}"#).repeated();
        assert_eq!(errors.len(), 1);
        assert_eq!((errors[0].field, &errors[0].problem), ("waktu", &FieldProblem::Repeated));
    }

    #[test]
    fn refuses_what_is_no_json() {
        for body in [&b"{"[..], b"", b"null", b"\"x\"", b"{\"a\":1} x", b"[1,]", b"{\"comment\":\"\xff\"}"] {
            assert!(matches!(parse(body), Err(WireError::Malformed)), "{body:?}");
        }
        let many = format!("[{}]", vec!["{}"; 101].join(","));
        assert!(matches!(parse(many.as_bytes()), Err(WireError::TooMany)));
        assert!(matches!(parse(b"[1, null, {}]"), Ok(Posted::Many(items)) if items.len() == 3));
    }
}
