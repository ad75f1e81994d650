//! Form bodies and query strings: strict about UTF-8, aware of repeated fields.

/// Why a form body cannot be read.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form is not valid UTF-8")]
pub(super) struct NotUtf8;

/// The fields of a form body or query string, in order.
///
/// # Errors
/// A name or value that is not UTF-8 once decoded.
pub(super) fn decode(body: &[u8]) -> Result<Vec<(String, String)>, NotUtf8> {
    body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

/// The last value of a field in a query string; an unreadable query has no fields.
pub(super) fn query_value(query: &str, name: &str) -> Option<String> {
    let fields = decode(query.as_bytes()).ok()?;
    fields.into_iter().rev().find(|(field, _)| field == name).map(|(_, value)| value)
}

/// A value as it goes into a query string.
pub(super) fn encode(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn pair(pair: &[u8]) -> Result<(String, String), NotUtf8> {
    let mut halves = pair.splitn(2, |byte| *byte == b'=');
    let (name, value) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
    Ok((text(name)?, text(value)?))
}

/// `+` is a space and `%41` a byte; a percent sign without two hexadecimal digits stays one, as browsers have it.
fn text(encoded: &[u8]) -> Result<String, NotUtf8> {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded;
    while let [first, tail @ ..] = rest {
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(match (escaped, first) {
            (Some(byte), _) => byte,
            (None, b'+') => b' ',
            (None, byte) => *byte,
        });
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_err(|_| NotUtf8)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_browsers_send() {
        let fields = decode(b"comment=a+b%26c%C3%A9&empty=&bare&pct=50%&x=%zz").unwrap();
        let expected = [("comment", "a b&cé"), ("empty", ""), ("bare", ""), ("pct", "50%"), ("x", "%zz")];
        assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn refuses_what_is_not_utf8() {
        assert_eq!(decode(b"comment=%ff"), Err(NotUtf8));
        assert_eq!(decode(b"comment=\xff"), Err(NotUtf8));
        assert_eq!(decode(b"%c3=1"), Err(NotUtf8));
    }

    #[test]
    fn takes_the_last_value_of_a_query() {
        assert_eq!(query_value("q=a&bahasa=id&bahasa=en", "bahasa").as_deref(), Some("en"));
        assert_eq!(query_value("q=%ff", "q"), None);
    }
}
