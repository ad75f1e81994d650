//! The mail that brings a semester report.

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use suara_domain::element::Element;
use suara_domain::fixed::Fixed;
use suara_domain::index::{Index, Mutu, by_weakness};
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::period::Period;
use suara_domain::precision::{Precision, PrecisionFlag};
use suara_domain::sample_size;
use suara_domain::tally::Tally;
use url::Url;

use super::address::Correspondent;
use super::message::Envelope;

/// How many of the lowest elements the mail names (the follow-up plan takes up at least these).
const LOWEST: usize = 3;

/// A semester report on its way to one recipient. [`super::message::OutgoingMail::compose`] sets it.
#[derive(Clone, Debug)]
pub struct ReportMail<'a> {
    /// Identity of the mail, from [`message_id`] when it was put into the outbox.
    pub message_id: &'a str,
    /// Who sends (`SUARA_MAIL_FROM`).
    pub sender: &'a Correspondent,
    /// Who receives.
    pub recipient: &'a Correspondent,
    /// Language of the recipient.
    pub language: Language,
    /// Code of the MPP; it names the attached files.
    pub mpp: &'a MppCode,
    /// Name of the MPP as it is written.
    pub mpp_name: &'a str,
    /// The semester.
    pub period: Period,
    /// Revision of the document, from 1 on.
    pub revision: u32,
    /// When the document was made; the mail's Date.
    pub date: DateTime<Utc>,
    /// The figures of the frozen summary.
    pub figures: Figures,
    /// Address of the page where the public sees the result.
    pub link: &'a str,
    /// The report.
    pub pdf: &'a [u8],
    /// The annex.
    pub xlsx: &'a [u8],
}

/// What the mail says of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The official index.
    pub ikm: Fixed<2>,
    /// Its class.
    pub mutu: Mutu,
    /// Accepted responses.
    pub n: u64,
    /// Minimum sample for the MPP's number of users.
    pub sample_minimum: u64,
    /// The reader's flag.
    pub precision: PrecisionFlag,
    /// 95 % interval, points.
    pub interval: Option<(f64, f64)>,
    /// The lowest elements with index and class, the lowest first.
    pub lowest: Vec<(Element, Fixed<2>, Mutu)>,
}

impl Figures {
    /// The figures of an MPP whose number of users in the period is `population`; `None` if n = 0.
    #[must_use]
    pub fn of(tally: &Tally, population: Option<u64>) -> Option<Self> {
        let index = Index::of(tally)?;
        let precision = Precision::of(tally, population)?;
        let of_element =
            |element| Index::of_element(tally, element).map(|index: Index| (element, index.rounded(), index.mutu()));
        Some(Self {
            ikm: index.rounded(),
            mutu: index.mutu(),
            n: tally.n(),
            sample_minimum: sample_size::minimum(population).minimum,
            precision: precision.flag,
            interval: precision.interval,
            lowest: by_weakness(tally).into_iter().filter_map(of_element).take(LOWEST).collect(),
        })
    }
}

impl ReportMail<'_> {
    pub(super) fn envelope(&self) -> Envelope<'_> {
        let revision = if self.revision > 1 { format!("-r{}", self.revision) } else { String::new() };
        Envelope {
            message_id: self.message_id,
            sender: self.sender,
            recipient: self.recipient,
            date: self.date,
            file_name: format!("laporan-skm-{}-{}{revision}", self.mpp, self.period),
            pdf: self.pdf,
            xlsx: self.xlsx,
        }
    }
}

/// The identity of a report's mail: the same for the same (MPP, period, revision, recipient), so that a mail which is
/// sent twice is recognised as one. Without the angle brackets; `public_url` gives the part after the @.
#[must_use]
pub fn message_id(mpp: &MppCode, period: Period, revision: u32, recipient: &str, public_url: &str) -> String {
    let key = format!("{mpp}\n{period}\n{revision}\n{}", recipient.to_ascii_lowercase());
    let hash = HEXLOWER.encode(&Sha256::digest(key)[..16]);
    let host = Url::parse(public_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    format!("{mpp}.{period}.r{revision}.{hash}@{}", host.as_deref().unwrap_or("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(mpp: &str, period: &str, revision: u32, recipient: &str, public_url: &str) -> String {
        message_id(&MppCode::parse(mpp).unwrap(), Period::parse(period).unwrap(), revision, recipient, public_url)
    }

    #[test]
    fn the_identity_depends_on_mpp_period_revision_and_recipient_alone() {
        let first = id("kab-kampar", "2026-S1", 1, "budi@kampar.go.id", "https://suara.example.go.id/skm");
        assert_eq!(first, id("kab-kampar", "2026-S1", 1, "Budi@Kampar.go.id", "https://suara.example.go.id:8443"));
        assert!(first.starts_with("kab-kampar.2026-S1.r1.") && first.ends_with("@suara.example.go.id"), "{first}");
        for other in [
            id("kab-bogor", "2026-S1", 1, "budi@kampar.go.id", "https://suara.example.go.id"),
            id("kab-kampar", "2025-S2", 1, "budi@kampar.go.id", "https://suara.example.go.id"),
            id("kab-kampar", "2026-S1", 2, "budi@kampar.go.id", "https://suara.example.go.id"),
            id("kab-kampar", "2026-S1", 1, "ani@kampar.go.id", "https://suara.example.go.id"),
        ] {
            let hash = |id: &str| id.split('.').nth(3).map(str::to_owned);
            assert_ne!(hash(&first), hash(&other));
        }
    }
}
