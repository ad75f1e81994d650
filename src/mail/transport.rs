//! The ways a mail can leave: over SMTP, into files, into memory.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::message::OutgoingMail;
use super::smtp::SmtpServer;

/// Where mails go.
#[derive(Debug)]
pub enum Transport {
    /// To an SMTP server.
    Smtp(SmtpServer),
    /// Into a folder, one `.eml` file a mail, which any mail program opens.
    Files(MailFolder),
    /// Nowhere: kept for tests.
    Memory(Mailbag),
}

impl Transport {
    /// Sends one mail to its one recipient. When this returns `Ok`, the other side has taken it over.
    ///
    /// # Errors
    /// See [`SendError`]; [`super::dispatch::decide`] says what becomes of it.
    pub fn send(&self, mail: &OutgoingMail) -> Result<(), SendError> {
        match self {
            Self::Smtp(server) => server.send(mail),
            Self::Files(folder) => folder.store(mail).map_err(|error| SendError::new(Stage::Store, None, &error)),
            Self::Memory(mailbag) => {
                mailbag.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
                Ok(())
            }
        }
    }
}

/// How far a mail came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reaching the server, up to and with TLS.
    Connect,
    /// User and password.
    Login,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA and the message itself.
    Content,
    /// Writing the file.
    Store,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "the mail server cannot be reached",
            Self::Login => "the mail server refused the login",
            Self::Sender => "the mail server refused the sender",
            Self::Recipient => "the mail server refused the recipient",
            Self::Content => "the mail server did not take the message",
            Self::Store => "the mail file cannot be written",
        })
    }
}

/// Why a mail did not leave.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{stage}: {reason}")]
pub struct SendError {
    stage: Stage,
    reply: Option<u16>,
    reason: String,
}

impl SendError {
    pub(super) fn new(stage: Stage, reply: Option<u16>, reason: &dyn fmt::Display) -> Self {
        Self { stage, reply, reason: super::address::one_line(&reason.to_string(), 300) }
    }

    /// How far the mail came.
    #[must_use]
    pub const fn stage(&self) -> Stage {
        self.stage
    }

    /// The server's reply code; `None` if it did not answer.
    #[must_use]
    pub const fn reply(&self) -> Option<u16> {
        self.reply
    }
}

/// A folder of `.eml` files, named after the Message-ID: a repeat replaces its former self.
#[derive(Debug)]
pub struct MailFolder(PathBuf);

impl MailFolder {
    /// Mails go into `folder`, which is made when the first one does.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The file of a mail.
    #[must_use]
    pub fn file_of(&self, message_id: &str) -> PathBuf {
        let name: String = message_id
            .split('@')
            .take(1)
            .flat_map(str::chars)
            .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-'))
            .collect();
        self.0.join(format!("{name}.eml"))
    }

    fn store(&self, mail: &OutgoingMail) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        let file = self.file_of(mail.message_id());
        let unfinished = file.with_extension(format!("{}.tmp", std::process::id()));
        let written = write_whole(&unfinished, mail.bytes()).and_then(|()| fs::rename(&unfinished, &file));
        if written.is_err() {
            // What is left of a failed write is of no use; the error that matters is the first one.
            let _ = fs::remove_file(&unfinished);
        }
        written
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Mails that were sent in a test.
#[derive(Debug, Default)]
pub struct Mailbag(Mutex<Vec<OutgoingMail>>);

impl Mailbag {
    /// What was sent so far.
    #[must_use]
    pub fn mails(&self) -> Vec<OutgoingMail> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
