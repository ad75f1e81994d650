//! The visit token: proof that somebody was served, without saying who. Twenty digits on the slip of the queue machine.
//!
//! 100 bits: the last day on which it is valid (16), which one of that day it is (24), and a signature that binds both to
//! the MPP (60). Whether it was used is a bit in the database (`suara_storage::visit_tokens`).

use std::fmt;

use chrono::{Days, NaiveDate};
use suara_domain::mpp::MppCode;
use suara_storage::Database;
use suara_storage::visit_tokens::{SERIALS, VisitTicket};

use super::mac::MacKey;
use super::{AppError, crockford};

/// Digits of five bits.
const LENGTH: usize = 20;
const SERIAL_BITS: u32 = SERIALS.trailing_zeros();
const SIGNATURE_BITS: u32 = 60;

/// A token as it stands on a slip, `7K3M9-QRT2X-YZ000-00000`. Whether it is genuine, only its key knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitToken {
    ticket: VisitTicket,
    signature: u64,
}

/// Makes tokens and recognises them. The same on every node that shares a database.
#[derive(Clone)]
pub struct TokenKey(MacKey);

impl TokenKey {
    /// A key from its 32 secret bytes.
    #[must_use]
    pub fn new(secret: &[u8; 32]) -> Self {
        Self(MacKey::new(secret))
    }

    /// The key of a database.
    ///
    /// # Errors
    /// A failing database.
    pub fn load(database: &Database) -> Result<Self, AppError> {
        Ok(Self(MacKey::load(database, "visit.key")?))
    }

    /// The token of an MPP for this day and serial.
    #[must_use]
    pub fn token(&self, mpp: &MppCode, ticket: VisitTicket) -> VisitToken {
        let [_, serial @ ..] = ticket.serial.to_be_bytes();
        let parts: [&[u8]; 4] = [b"visit", mpp.as_str().as_bytes(), &ticket.last_day.to_be_bytes(), &serial];
        VisitToken { ticket, signature: self.0.bits(&parts) >> (u64::BITS - SIGNATURE_BITS) }
    }

    /// What a genuine token of this MPP says; `None` for any other.
    #[must_use]
    pub fn ticket(&self, mpp: &MppCode, token: &VisitToken) -> Option<VisitTicket> {
        (self.token(mpp, token.ticket) == *token).then_some(token.ticket)
    }
}

impl VisitToken {
    /// Reads a token as people write it: any case, with or without hyphens and spaces, O for 0, I and L for 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bits = crockford::parse(text, LENGTH)?;
        let part = |shift: u32, length: u32| bits >> shift & ((1 << length) - 1);
        let ticket = VisitTicket {
            last_day: u16::try_from(part(SERIAL_BITS + SIGNATURE_BITS, u16::BITS)).ok()?,
            serial: u32::try_from(part(SIGNATURE_BITS, SERIAL_BITS)).ok()?,
        };
        Some(Self { ticket, signature: u64::try_from(part(0, SIGNATURE_BITS)).ok()? })
    }
}

impl fmt::Display for VisitToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let VisitTicket { last_day, serial } = self.ticket;
        let bits = u128::from(last_day) << (SERIAL_BITS + SIGNATURE_BITS)
            | u128::from(serial) << SIGNATURE_BITS
            | u128::from(self.signature);
        f.write_str(&crockford::text(bits, LENGTH, 5))
    }
}

/// The first day that a token can name.
fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default()
}

/// A day as tokens have it; `None` before 2020 and after 2199.
#[must_use]
pub fn day_number(day: NaiveDate) -> Option<u16> {
    u16::try_from((day - first_day()).num_days()).ok()
}

/// The inverse of [`day_number`].
#[must_use]
pub fn day_of(number: u16) -> NaiveDate {
    first_day() + Days::new(number.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> MppCode {
        MppCode::parse(text).unwrap()
    }

    fn key(byte: u8) -> TokenKey {
        TokenKey::new(&[byte; 32])
    }

    const TICKET: VisitTicket = VisitTicket { last_day: 2_252, serial: 16_777_215 };

    #[test]
    fn is_genuine_for_its_mpp_and_key_alone() {
        let (kampar, konawe) = (code("kab-kampar"), code("kab-konawe"));
        let token = key(7).token(&kampar, TICKET);
        assert_eq!(key(7).ticket(&kampar, &token), Some(TICKET));
        assert_eq!(key(7).ticket(&konawe, &token), None);
        assert_eq!(key(8).ticket(&kampar, &token), None);
        let forged = [
            VisitToken { ticket: VisitTicket { last_day: 2_253, ..TICKET }, ..token },
            VisitToken { ticket: VisitTicket { serial: 0, ..TICKET }, ..token },
            VisitToken { signature: token.signature ^ 1, ..token },
            VisitToken { signature: 0, ..token },
        ];
        assert!(forged.iter().all(|forged| key(7).ticket(&kampar, forged).is_none()));
        // The parts of what is signed never pass for each other.
        let other = key(7).token(&code("kab-kampar1"), TICKET);
        assert_ne!(other.signature, token.signature);
    }

    #[test]
    fn survives_being_written_by_hand() {
        for ticket in [TICKET, VisitTicket { last_day: 0, serial: 0 }, VisitTicket { last_day: u16::MAX, serial: 1 }] {
            let token = key(1).token(&code("kab-kampar"), ticket);
            let shown = token.to_string();
            assert_eq!((shown.len(), shown.matches('-').count()), (23, 3), "{shown}");
            assert_eq!(VisitToken::parse(&shown), Some(token));
            assert_eq!(VisitToken::parse(&shown.to_lowercase().replace('-', "")), Some(token));
            assert_eq!(VisitToken::parse(&shown.replace('0', "o").replace('1', "l")), Some(token));
        }
        for wrong in ["", "7K3M9-QRT2X-YZ000", "7K3M9-QRT2X-YZ000-000000", "7K3M9-QRT2X-YZ000-0000U", "{}"] {
            assert_eq!(VisitToken::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn days_are_counted_from_2020_on() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(day_number(day("2026-03-02")), Some(2_252));
        assert_eq!((day_of(2_252), day_of(0)), (day("2026-03-02"), day("2020-01-01")));
        assert_eq!((day_number(day("2019-12-31")), day_number(day("2200-01-01"))), (None, None));
        assert_eq!(day_of(u16::MAX), day("2199-06-06"));
    }
}
