//! SMTP: one connection and one transaction per mail, so that a refused recipient never touches another's mail.

use std::fmt;
use std::time::Duration;

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Code;
use percent_encoding::percent_decode_str;
use url::Url;

use super::message::OutgoingMail;
use super::transport::{SendError, Stage};

/// How long to wait for the server's answer to a command. Taking over a message may last [`CONTENT_PATIENCE`] times as
/// long: servers search it for viruses, and giving up too early makes a repeat.
pub const TIMEOUT: Duration = Duration::from_secs(30);

const CONTENT_PATIENCE: u32 = 5;

/// Why the settings name no usable server. Never contains the password.
#[derive(Debug, thiserror::Error)]
pub enum SmtpSettingsError {
    /// Not a URL.
    #[error("the SMTP URL cannot be read: {0}")]
    Url(#[from] url::ParseError),
    /// Another scheme.
    #[error("the SMTP URL begins with \"{0}://\": use smtp://, smtps:// or smtp+starttls://")]
    Scheme(String),
    /// No host.
    #[error("the SMTP URL names no host: write it like smtps://mail.example.go.id:465")]
    Host,
    /// More than scheme, user, host and port.
    #[error("the SMTP URL may have nothing after host and port")]
    Rest,
    /// A user name that is not UTF-8 once decoded.
    #[error("user or password in the SMTP URL are not valid percent-encoded UTF-8")]
    Encoding,
    /// A password that would travel in the clear.
    #[error(
        "smtp:// would send the password in the clear to {0}: use smtps:// or smtp+starttls:// (smtp:// with a \
         password is for this machine only)"
    )]
    Cleartext(String),
    /// The additional root certificate.
    #[error("the root certificate for SMTP cannot be used: {0}")]
    Certificate(lettre::transport::smtp::Error),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    Plain,
    Tls,
    StartTls,
}

/// An SMTP server and how to talk to it.
pub struct SmtpServer {
    host: String,
    port: u16,
    security: Security,
    credentials: Option<Credentials>,
    tls: TlsParameters,
    timeout: Duration,
}

/// Without user and password.
impl fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpServer({}:{}, {:?})", self.host, self.port, self.security)
    }
}

impl SmtpServer {
    /// The server of a URL: `smtp://host:port`, `smtps://…`, `smtp+starttls://user:password@host:port`, user and
    /// password percent-encoded. TLS trusts the public authorities and `extra_root` (PEM); `timeout` is per command.
    ///
    /// # Errors
    /// See [`SmtpSettingsError`].
    pub fn new(url: &str, extra_root: Option<&[u8]>, timeout: Duration) -> Result<Self, SmtpSettingsError> {
        let url = Url::parse(url)?;
        let (security, port) = match url.scheme() {
            "smtp" => (Security::Plain, 25),
            "smtps" => (Security::Tls, 465),
            "smtp+starttls" => (Security::StartTls, 587),
            other => return Err(SmtpSettingsError::Scheme(other.to_owned())),
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(SmtpSettingsError::Rest);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SmtpSettingsError::Host)?;
        let host = host.trim_matches(['[', ']']).to_owned();
        let credentials = credentials(&url)?;
        if security == Security::Plain && credentials.is_some() && !is_this_machine(&host) {
            return Err(SmtpSettingsError::Cleartext(host));
        }
        let tls = tls(&host, extra_root).map_err(SmtpSettingsError::Certificate)?;
        Ok(Self { port: url.port().unwrap_or(port), host, security, credentials, tls, timeout })
    }

    /// Hands over one mail.
    pub(super) fn send(&self, mail: &OutgoingMail) -> Result<(), SendError> {
        let mut connection = self.connect().map_err(failed_at(Stage::Connect))?;
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).map_err(failed_at(Stage::Login))?;
        }
        self.transact(&mut connection, mail)?;
        // The mail is theirs now; whether they say goodbye makes no difference.
        let _ = connection.quit();
        Ok(())
    }

    fn connect(&self) -> Result<SmtpConnection, lettre::transport::smtp::Error> {
        let hello = ClientId::default();
        let wrapper = (self.security == Security::Tls).then_some(&self.tls);
        let address = (self.host.as_str(), self.port);
        let mut connection = SmtpConnection::connect(address, Some(self.timeout), &hello, wrapper, None)?;
        if self.security == Security::StartTls {
            connection.starttls(&self.tls, &hello)?;
        }
        Ok(connection)
    }

    /// The three steps of RFC 5321, each failure with its place: a refused recipient is the recipient's, a refused
    /// sender everybody's.
    fn transact(&self, connection: &mut SmtpConnection, mail: &OutgoingMail) -> Result<(), SendError> {
        let sender = mail.sender().envelope_address().clone();
        let recipient = mail.recipient().envelope_address().clone();
        connection.command(Mail::new(Some(sender), Vec::new())).map_err(failed_at(Stage::Sender))?;
        connection.command(Rcpt::new(recipient, Vec::new())).map_err(failed_at(Stage::Recipient))?;
        connection.command(Data).map_err(failed_at(Stage::Content))?;
        let patience = self.timeout * CONTENT_PATIENCE;
        connection.set_timeout(Some(patience)).map_err(|error| SendError::new(Stage::Content, None, &error))?;
        // The end-of-message mark brings its own line end.
        let message = mail.bytes().strip_suffix(b"\r\n").unwrap_or(mail.bytes());
        connection.message(message).map_err(failed_at(Stage::Content))?;
        // Only the goodbye is left.
        let _ = connection.set_timeout(Some(Duration::from_secs(2)));
        Ok(())
    }
}

fn failed_at(stage: Stage) -> impl Fn(lettre::transport::smtp::Error) -> SendError {
    move |error| SendError::new(stage, error.status().map(number), &error)
}

fn number(code: Code) -> u16 {
    code.into()
}

fn credentials(url: &Url) -> Result<Option<Credentials>, SmtpSettingsError> {
    let decode = |text: &str| {
        percent_decode_str(text)
            .decode_utf8()
            .map(std::borrow::Cow::into_owned)
            .map_err(|_| SmtpSettingsError::Encoding)
    };
    match (url.username(), url.password()) {
        ("", _) => Ok(None),
        (user, password) => Ok(Some(Credentials::new(decode(user)?, decode(password.unwrap_or_default())?))),
    }
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn tls(host: &str, extra_root: Option<&[u8]>) -> Result<TlsParameters, lettre::transport::smtp::Error> {
    let mut tls = TlsParameters::builder(host.to_owned());
    if let Some(pem) = extra_root {
        tls = tls.add_root_certificate(Certificate::from_pem(pem)?);
    }
    tls.build()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(url: &str) -> Result<SmtpServer, SmtpSettingsError> {
        SmtpServer::new(url, None, TIMEOUT)
    }

    #[test]
    fn the_url_names_host_port_and_security() {
        for (url, shown) in [
            ("smtp://mail.example.go.id", "SmtpServer(mail.example.go.id:25, Plain)"),
            ("smtp://127.0.0.1:2525/", "SmtpServer(127.0.0.1:2525, Plain)"),
            ("smtps://mail.example.go.id", "SmtpServer(mail.example.go.id:465, Tls)"),
            ("smtp+starttls://u:p@mail.example.go.id", "SmtpServer(mail.example.go.id:587, StartTls)"),
            ("smtp://[::1]:2525", "SmtpServer(::1:2525, Plain)"),
        ] {
            assert_eq!(format!("{:?}", server(url).unwrap()), shown, "{url}");
        }
    }

    #[test]
    fn user_and_password_are_percent_decoded() {
        let credentials = server("smtps://skm%40kampar.go.id:p%3Ass%2Fw%40rd@mail.example.go.id").unwrap().credentials;
        assert_eq!(credentials, Some(Credentials::new("skm@kampar.go.id".to_owned(), "p:ss/w@rd".to_owned())));
    }

    #[test]
    fn a_useless_url_is_refused_without_repeating_the_password() {
        for (url, expected) in [
            ("mail.example.go.id:25", "begins with \"mail.example.go.id://\""),
            ("http://mail.example.go.id", "use smtp://"),
            ("smtp://", "names no host"),
            ("smtps://u:rahasia@mail.example.go.id:99999", "cannot be read"),
            ("smtps://u:rahasia@mail.example.go.id/x", "nothing after host and port"),
            ("smtps://u:rahasia%ff@mail.example.go.id", "percent-encoded"),
            ("smtp://u:rahasia@mail.example.go.id", "in the clear"),
        ] {
            let error = server(url).unwrap_err().to_string();
            assert!(error.contains(expected) && !error.contains("rahasia"), "{url}: {error}");
        }
    }

    #[test]
    fn a_password_in_the_clear_is_for_this_machine_only() {
        assert!(server("smtp://u:p@localhost:2525").is_ok());
        assert!(server("smtp://u:p@127.0.0.1:2525").is_ok());
    }

    #[test]
    fn nothing_shows_the_password() {
        let shown = format!("{:?}", server("smtps://u:rahasia@mail.example.go.id").unwrap());
        assert!(!shown.contains("rahasia"), "{shown}");
    }
}
