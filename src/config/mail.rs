//! How mail leaves, and what address links in it lead to.

use std::path::PathBuf;

use super::{AddressFlags, ConfigFile};

const SMTP_HELP: &str = "SMTP server: smtp://HOST:PORT, smtps:// or smtp+starttls://USER:PASSWORD@HOST:PORT; without one, mails \
    become files";

/// How mail leaves, as flags.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct MailFlags {
    /// URL of the SMTP server.
    #[arg(help = SMTP_HELP, long, value_name = "URL", env = "SUARA_SMTP_URL", hide_env_values = true, help_heading = "Mail")]
    pub smtp_url: Option<String>,
    /// Certificate (PEM) of an own authority that signed the SMTP server's
    #[arg(long, value_name = "FILE", env = "SUARA_SMTP_CA", help_heading = "Mail")]
    pub smtp_ca: Option<PathBuf>,
    /// Sender of the reports
    #[arg(long, value_name = "ADDRESS", env = "SUARA_MAIL_FROM", help_heading = "Mail")]
    pub mail_from: Option<String>,
    /// What links lead to.
    #[command(flatten)]
    pub address: AddressFlags,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub struct MailSettings {
    /// URL of the SMTP server (`SUARA_SMTP_URL`); `None`: mails become files under the data folder.
    pub smtp_url: Option<String>,
    /// Additional root certificate (`SUARA_SMTP_CA`).
    pub smtp_ca: Option<PathBuf>,
    /// Sender (`SUARA_MAIL_FROM`, default `Suara <suara@localhost>`).
    pub mail_from: String,
    /// Public address, see [`AddressFlags::resolve`].
    pub public_url: String,
}

impl MailSettings {
    /// Flag or environment, then file, then default.
    #[must_use]
    pub fn resolve(flags: &MailFlags, file: &ConfigFile) -> Self {
        let either = |flag: &Option<String>, file: &Option<String>| flag.clone().or_else(|| file.clone());
        Self {
            smtp_url: either(&flags.smtp_url, &file.smtp_url).filter(|url| !url.is_empty()),
            smtp_ca: flags.smtp_ca.clone().or_else(|| file.smtp_ca.clone()),
            mail_from: either(&flags.mail_from, &file.mail_from)
                .unwrap_or_else(|| "Suara <suara@localhost>".to_owned()),
            public_url: flags.address.resolve(file),
        }
    }
}
