//! The mail that brings the national report to the ministry.

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::Mutu;
use suara_domain::language::Language;
use suara_domain::period::Period;
use url::Url;

use super::address::Correspondent;
use super::message::Envelope;

/// The national report on its way to one recipient. [`super::message::OutgoingMail::compose_national`] sets it.
#[derive(Clone, Debug)]
pub struct NationalMail<'a> {
    /// Identity of the mail, from [`message_id`] when it was put into the outbox.
    pub message_id: &'a str,
    /// Who sends (`SUARA_MAIL_FROM`).
    pub sender: &'a Correspondent,
    /// Who receives.
    pub recipient: &'a Correspondent,
    /// Language of the recipient.
    pub language: Language,
    /// The semester.
    pub period: Period,
    /// Revision of the document, from 1 on.
    pub revision: u32,
    /// When the document was made; the mail's Date.
    pub date: DateTime<Utc>,
    /// The figures of the frozen snapshot.
    pub figures: NationalFigures,
    /// Address of the page where the public sees all results.
    pub link: &'a str,
    /// The report.
    pub pdf: &'a [u8],
    /// The comparison as a workbook.
    pub xlsx: &'a [u8],
}

/// What the mail says of the country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationalFigures {
    /// Index of all responses pooled.
    pub pooled: Fixed<2>,
    /// Its class.
    pub mutu: Mutu,
    /// Unweighted mean of the MPPs.
    pub mean: Fixed<2>,
    /// Responses.
    pub n: u64,
    /// MPPs with responses.
    pub mpps: u64,
    /// Registered MPPs.
    pub registered: u64,
    /// MPPs that can be compared.
    pub comparable: u64,
    /// Of these, clearly above the mean.
    pub above: u64,
    /// Of these, clearly below it.
    pub below: u64,
    /// MPPs tested for a change, how many rose and how many fell.
    pub changes: (u64, u64, u64),
    /// The lowest elements with index and class, the lowest first.
    pub lowest: Vec<(Element, Fixed<2>, Mutu)>,
}

impl NationalMail<'_> {
    pub(super) fn envelope(&self) -> Envelope<'_> {
        let revision = if self.revision > 1 { format!("-r{}", self.revision) } else { String::new() };
        Envelope {
            message_id: self.message_id,
            sender: self.sender,
            recipient: self.recipient,
            date: self.date,
            file_name: format!("laporan-nasional-skm-{}{revision}", self.period),
            pdf: self.pdf,
            xlsx: self.xlsx,
        }
    }
}

/// The identity of the mail: the same for the same (period, recipient), because the ministry gets one per period.
/// Without the angle brackets; `public_url` gives the part after the @.
#[must_use]
pub fn message_id(period: Period, recipient: &str, public_url: &str) -> String {
    let key = format!("nasional\n{period}\n{}", recipient.to_ascii_lowercase());
    let hash = HEXLOWER.encode(&Sha256::digest(key)[..16]);
    let host = Url::parse(public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    format!("nasional.{period}.{hash}@{}", host.as_deref().unwrap_or("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_depends_on_period_and_recipient_alone() {
        let id = |period: &str, recipient: &str| {
            message_id(Period::parse(period).unwrap(), recipient, "https://suara.example.go.id")
        };
        let first = id("2026-S1", "deputi@example.go.id");
        assert_eq!(first, id("2026-S1", "Deputi@example.go.id"));
        assert!(first.starts_with("nasional.2026-S1.") && first.ends_with("@suara.example.go.id"), "{first}");
        assert_ne!(first, id("2026-S2", "deputi@example.go.id"));
        assert_ne!(first, id("2026-S1", "asdep@example.go.id"));
    }
}
