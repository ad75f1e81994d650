//! Addresses of senders and recipients.

use std::fmt;

use lettre::Address;
use lettre::message::Mailbox;

/// Why a text is not an address that mail can be sent to or from.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not a mail address: {reason}")]
pub struct AddressError {
    text: String,
    reason: &'static str,
}

/// A mail address with the name of its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correspondent {
    name: Option<String>,
    address: Address,
}

impl Correspondent {
    /// An address and a name. The name is text of people: line breaks and control characters become spaces, so that
    /// it cannot become a header.
    ///
    /// # Errors
    /// Not an address, or one outside ASCII, which many servers refuse.
    pub fn new(address: &str, name: &str) -> Result<Self, AddressError> {
        let error = |reason| AddressError { text: one_line(address, 80), reason };
        if !address.is_ascii() {
            return Err(error("only ASCII addresses are supported"));
        }
        let address: Address = address.trim().parse().map_err(|_| error("write it like nama@kab-kampar.go.id"))?;
        let name = one_line(name, 200);
        Ok(Self { name: (!name.is_empty()).then_some(name), address })
    }

    /// Reads `Suara <suara@example.go.id>` or a bare address, as settings have it.
    ///
    /// # Errors
    /// As [`Correspondent::new`].
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        match text.trim().strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
            Some((name, address)) => Self::new(address, name.trim().trim_matches('"')),
            None => Self::new(text, ""),
        }
    }

    /// The bare address.
    #[must_use]
    pub fn address(&self) -> &str {
        self.address.as_ref()
    }

    /// The name, if one is known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    pub(super) const fn envelope_address(&self) -> &Address {
        &self.address
    }

    pub(super) fn mailbox(&self) -> Mailbox {
        Mailbox::new(self.name.clone(), self.address.clone())
    }
}

/// The address as logs may have it, `b***@example.go.id`.
impl fmt::Display for Correspondent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.address.user().chars().next().unwrap_or('*');
        write!(f, "{first}***@{}", self.address.domain())
    }
}

/// A text on one line, without control characters, cut after `limit` characters.
#[must_use]
pub(super) fn one_line(text: &str, limit: usize) -> String {
    let visible: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(limit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_may_name_the_sender() {
        for (text, name, address) in [
            ("Suara <suara@localhost>", Some("Suara"), "suara@localhost"),
            ("\"SKM, Kampar\" <skm@kampar.go.id>", Some("SKM, Kampar"), "skm@kampar.go.id"),
            ("skm@kampar.go.id", None, "skm@kampar.go.id"),
        ] {
            let parsed = Correspondent::parse(text).unwrap();
            assert_eq!((parsed.name(), parsed.address()), (name, address), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_named() {
        for text in ["", "budi", "budi@", "@go.id", "budi@go.id\r\nBcc: x@y.id", "büdi@go.id", "a b@go.id", "<a@b.id"]
        {
            let error = Correspondent::parse(text).unwrap_err().to_string();
            assert!(error.contains("is not a mail address") && !error.contains('\n'), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        let recipient = Correspondent::new("budi@go.id", "Budi\r\nBcc: semua@go.id\u{7}").unwrap();
        assert_eq!(recipient.name(), Some("Budi Bcc: semua@go.id"));
    }

    #[test]
    fn logs_see_a_masked_address() {
        assert_eq!(Correspondent::new("budi@kampar.go.id", "Budi").unwrap().to_string(), "b***@kampar.go.id");
    }
}
