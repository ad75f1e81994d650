//! Settings: flag, then environment (`SUARA_*`), then file, then default; one small struct per concern.
//!
//! Flags and environment are read by clap in the structs here, nowhere else. The file (TOML, `--config FILE` or
//! `SUARA_CONFIG`) holds the same keys: `database_url`, `data_dir`, `public_url`, `smtp_url`, `mail_from`, ….

mod address;
mod batch;
mod embed;
mod file;
mod mail;
mod storage;

pub use address::AddressFlags;
pub use batch::{BatchFlags, BatchSettings};
pub use embed::EmbedFlags;
pub use file::{ConfigFile, ConfigFlags};
pub use mail::{MailFlags, MailSettings};
pub use storage::{StorageFlags, StorageSettings};

/// Why the settings cannot be used. The text names the setting and where it came from.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);
