//! A report's mail as bytes: multipart/mixed of (text or HTML), PDF and XLSX.

use askama::Template;
use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{self, ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, MultiPart, SinglePart};

use super::address::Correspondent;
use super::national::NationalMail;
use super::report::ReportMail;
use super::wording::Letter;

/// Largest mail that is sent with all attachments, in bytes as transmitted: what most servers accept.
pub const SIZE_LIMIT: usize = 15_000_000;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Which files a mail carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Attached {
    /// Report and annex.
    Everything,
    /// The report; the annex would have made the mail too large.
    PdfAlone,
    /// Neither.
    Nothing,
}

/// Who sends what to whom: all of a mail but its words.
pub(super) struct Envelope<'a> {
    pub message_id: &'a str,
    pub sender: &'a Correspondent,
    pub recipient: &'a Correspondent,
    pub date: DateTime<Utc>,
    /// Name of the attached files, without the extension.
    pub file_name: String,
    pub pdf: &'a [u8],
    pub xlsx: &'a [u8],
}

/// A mail that is ready to leave. The same input gives the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingMail {
    message_id: String,
    sender: Correspondent,
    recipient: Correspondent,
    attached: Attached,
    bytes: Vec<u8>,
}

/// Why a mail cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The library refused a part.
    #[error("the mail cannot be set: {0}")]
    Message(#[from] lettre::error::Error),
    /// The library refused a media type.
    #[error("the mail cannot be set: {0}")]
    MediaType(#[from] header::ContentTypeErr),
    /// The HTML part.
    #[error("the mail cannot be set: {0}")]
    Html(#[from] askama::Error),
}

impl OutgoingMail {
    /// Sets a report's mail. Above `size_limit` bytes it goes without the annex, still above without any file, and
    /// says so.
    ///
    /// # Errors
    /// The mail library refuses a part.
    pub fn compose(mail: &ReportMail<'_>, size_limit: usize) -> Result<Self, ComposeError> {
        Self::fit(&mail.envelope(), |attached| Letter::write(mail, attached), size_limit)
    }

    /// Sets the mail with the national report, as [`OutgoingMail::compose`] does.
    ///
    /// # Errors
    /// The mail library refuses a part.
    pub fn compose_national(mail: &NationalMail<'_>, size_limit: usize) -> Result<Self, ComposeError> {
        Self::fit(&mail.envelope(), |attached| Letter::national(mail, attached), size_limit)
    }

    fn fit(
        envelope: &Envelope<'_>,
        letter: impl Fn(Attached) -> Letter,
        size_limit: usize,
    ) -> Result<Self, ComposeError> {
        let mut outgoing = Self::with(envelope, &letter(Attached::Everything), Attached::Everything)?;
        for fewer in [Attached::PdfAlone, Attached::Nothing] {
            if outgoing.bytes.len() <= size_limit {
                break;
            }
            outgoing = Self::with(envelope, &letter(fewer), fewer)?;
        }
        Ok(outgoing)
    }

    fn with(mail: &Envelope<'_>, letter: &Letter, attached: Attached) -> Result<Self, ComposeError> {
        let message = Message::builder()
            .from(mail.sender.mailbox())
            .to(mail.recipient.mailbox())
            .subject(super::address::one_line(&letter.subject, 300))
            .date(mail.date.into())
            .message_id(Some(format!("<{}>", mail.message_id)))
            .header(AutoSubmitted)
            .multipart(parts(mail, letter, attached)?)?;
        Ok(Self {
            message_id: mail.message_id.to_owned(),
            sender: mail.sender.clone(),
            recipient: mail.recipient.clone(),
            attached,
            bytes: message.formatted(),
        })
    }

    /// The Message-ID without its brackets.
    #[must_use]
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// Who sends.
    #[must_use]
    pub const fn sender(&self) -> &Correspondent {
        &self.sender
    }

    /// Who receives.
    #[must_use]
    pub const fn recipient(&self) -> &Correspondent {
        &self.recipient
    }

    /// Which files it carries.
    #[must_use]
    pub const fn attached(&self) -> Attached {
        self.attached
    }

    /// The whole message, header and body, lines ended by CR LF.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// The boundaries come from the identity: random ones would make every repeat differ.
fn parts(mail: &Envelope<'_>, letter: &Letter, attached: Attached) -> Result<MultiPart, ComposeError> {
    let boundary: String = mail.message_id.chars().filter(char::is_ascii_alphanumeric).take(50).collect();
    let alternative = MultiPart::alternative()
        .boundary(format!("isi-{boundary}"))
        .singlepart(SinglePart::plain(text(letter)))
        .singlepart(SinglePart::html(Html { letter }.render()?));
    let mut parts = MultiPart::mixed().boundary(format!("surat-{boundary}")).multipart(alternative);
    if attached != Attached::Nothing {
        parts = parts.singlepart(attachment(mail, "pdf", mail.pdf, "application/pdf")?);
    }
    if attached == Attached::Everything {
        parts = parts.singlepart(attachment(mail, "xlsx", mail.xlsx, XLSX)?);
    }
    Ok(parts)
}

fn attachment(
    mail: &Envelope<'_>,
    extension: &str,
    bytes: &[u8],
    media_type: &str,
) -> Result<SinglePart, ComposeError> {
    let name = format!("{}.{extension}", mail.file_name);
    Ok(Attachment::new(name).body(bytes.to_vec(), ContentType::parse(media_type)?))
}

fn text(letter: &Letter) -> String {
    let mut lines = vec![letter.greeting.clone(), String::new(), letter.opening.clone(), String::new()];
    lines.extend(letter.figures.iter().map(|(label, value)| format!("{label}: {value}")));
    lines.extend([String::new(), format!("{}:", letter.lowest_title)]);
    lines.extend(letter.lowest.iter().enumerate().map(|(place, line)| format!("{}. {line}", place + 1)));
    lines.extend([String::new(), letter.attached.to_owned(), String::new(), format!("{}:", letter.steps_title)]);
    lines.extend(letter.steps.iter().enumerate().map(|(place, line)| format!("{}. {line}", place + 1)));
    lines.extend([String::new(), format!("{}:", letter.link_title), letter.link.clone()]);
    lines.extend([String::new(), "-- ".to_owned(), letter.closing.to_owned(), String::new()]);
    lines.join("\r\n")
}

/// Styles are written into the elements, because mail programs drop style sheets; nothing is loaded from anywhere.
#[derive(Template)]
#[template(
    ext = "html",
    source = r#"<!doctype html>
<html lang="{{ letter.language }}">
<head><meta charset="utf-8"><title>{{ letter.subject }}</title></head>
<body style="margin:0;padding:24px;background:#f7f2e8;color:#1d2b33;font:16px/1.5 sans-serif">
<div style="max-width:36em;margin:0 auto;padding:24px;background:#ffffff;border-top:4px solid #124e5c">
<p>{{ letter.greeting }}</p>
<p>{{ letter.opening }}</p>
<table style="border-collapse:collapse">
{% for (label, value) in letter.figures %}<tr><th scope="row" style="padding:2px 16px 2px 0;text-align:left;vertical-align:top">{{ label }}</th><td style="padding:2px 0">{{ value }}</td></tr>
{% endfor %}</table>
<p><strong>{{ letter.lowest_title }}</strong></p>
<ol>{% for line in letter.lowest %}<li>{{ line }}</li>{% endfor %}</ol>
<p>{{ letter.attached }}</p>
<p><strong>{{ letter.steps_title }}</strong></p>
<ol>{% for line in letter.steps %}<li>{{ line }}</li>{% endfor %}</ol>
<p>{{ letter.link_title }}: <a href="{{ letter.link }}" style="color:#124e5c">{{ letter.link }}</a></p>
<p style="color:#52616b;font-size:14px">{{ letter.closing }}</p>
</div>
</body>
</html>
"#
)]
struct Html<'a> {
    letter: &'a Letter,
}

/// RFC 3834: keeps holiday replies away.
#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}
