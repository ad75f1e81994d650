//! The fields of a response by name: the names of the form, of the API and of the columns are the same.

use suara_domain::element::Element;
use suara_domain::response::{FieldError, FieldProblem, RawResponse, columns};

/// Fields in the order of the form, in which errors are told.
pub(super) const ORDER: [&str; columns::SENT.len()] = columns::SENT;

/// The place of a field's value and its name as a constant; `None` for a name that is no field. Whether a response is
/// verified is never said by the client.
pub(super) fn slot<'a>(raw: &'a mut RawResponse, name: &str) -> Option<(&'static str, &'a mut Option<String>)> {
    let known = ORDER.into_iter().find(|known| *known == name)?;
    let value = match known {
        "id" => &mut raw.id,
        "mpp" => &mut raw.mpp,
        "counter" => &mut raw.counter,
        "service" => &mut raw.service,
        "filled_at" => &mut raw.filled_at,
        "channel" => &mut raw.channel,
        "mode" => &mut raw.mode,
        "sex" => &mut raw.sex,
        "age_band" => &mut raw.age_band,
        "education" => &mut raw.education,
        "occupation" => &mut raw.occupation,
        "disability" => &mut raw.disability,
        "comment" => &mut raw.comment,
        "duration_s" => &mut raw.duration_s,
        "language" => &mut raw.language,
        "token" => &mut raw.token,
        "counter_code" => &mut raw.counter_code,
        "device_marker" => &mut raw.device_marker,
        element => &mut raw.scores[Element::from_key(element)?.index()],
    };
    Some((known, value))
}

/// The value of a field.
pub(super) fn value<'a>(raw: &'a RawResponse, name: &str) -> Option<&'a str> {
    match name {
        "id" => raw.id.as_deref(),
        "counter" => raw.counter.as_deref(),
        "service" => raw.service.as_deref(),
        "channel" => raw.channel.as_deref(),
        "mode" => raw.mode.as_deref(),
        "sex" => raw.sex.as_deref(),
        "age_band" => raw.age_band.as_deref(),
        "education" => raw.education.as_deref(),
        "occupation" => raw.occupation.as_deref(),
        "disability" => raw.disability.as_deref(),
        "comment" => raw.comment.as_deref(),
        "language" => raw.language.as_deref(),
        "token" => raw.token.as_deref(),
        "counter_code" => raw.counter_code.as_deref(),
        "device_marker" => raw.device_marker.as_deref(),
        name => raw.scores[Element::from_key(name)?.index()].as_deref(),
    }
}

/// Fields as they arrived, and those of them that came more than once.
#[derive(Debug, Default)]
pub(super) struct Arrived {
    /// First value of each field.
    pub raw: RawResponse,
    repeated: Vec<&'static str>,
}

impl Arrived {
    /// Takes one field. Unknown names are dropped: they are never stored or logged.
    pub fn take(&mut self, name: &str, given: Option<String>) {
        let Some((known, value)) = slot(&mut self.raw, name) else { return };
        match (value.is_some(), given) {
            (_, None) => {}
            (false, given) => *value = given,
            // What proves something may be of no use, but is never wrong.
            (true, Some(_)) if columns::PROOFS.contains(&known) => {}
            (true, Some(_)) if !self.repeated.contains(&known) => self.repeated.push(known),
            (true, Some(_)) => {}
        }
    }

    /// The errors of repeated fields.
    pub fn repeated(&self) -> Vec<FieldError> {
        let error = |field: &&'static str| FieldError { field, problem: FieldProblem::Repeated };
        self.repeated.iter().map(error).collect()
    }
}

/// All errors once per field, in the order of the form. What comes first about a field stays.
pub(super) fn in_order(errors: impl IntoIterator<Item = FieldError>) -> Vec<FieldError> {
    let mut kept: Vec<FieldError> = Vec::new();
    for error in errors {
        if kept.iter().all(|known| known.field != error.field) {
            kept.push(error);
        }
    }
    kept.sort_by_key(|error| ORDER.iter().position(|field| *field == error.field));
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_order_has_a_place() {
        let mut raw = RawResponse::default();
        for name in ORDER {
            assert_eq!(slot(&mut raw, name).map(|(known, _)| known), Some(name));
        }
        for name in ["verified", "counter_signed", "nik"] {
            assert!(slot(&mut raw, name).is_none(), "{name}");
        }
    }

    #[test]
    fn notices_a_repeated_field_once() {
        let mut arrived = Arrived::default();
        for value in ["4", "3", "3"] {
            arrived.take("waktu", Some(value.to_owned()));
        }
        arrived.take("nik", Some("1".to_owned()));
        arrived.take("token", Some("a".to_owned()));
        arrived.take("token", Some("b".to_owned()));
        assert_eq!(arrived.raw.token.as_deref(), Some("a"));
        assert_eq!(arrived.raw.scores[2].as_deref(), Some("4"));
        assert_eq!(arrived.repeated(), [FieldError { field: "waktu", problem: FieldProblem::Repeated }]);
    }
}
