//! The settings file.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigError;

/// Where the settings file is.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ConfigFlags {
    /// Settings file (TOML) for what no flag and no variable says
    #[arg(long, value_name = "FILE", env = "SUARA_CONFIG", global = true, help_heading = "Where things are")]
    pub config: Option<PathBuf>,
}

/// What a settings file may say. An unknown key is an error: a misspelt setting must not be silently without effect.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConfigFile {
    /// See [`super::StorageSettings`].
    pub database_url: Option<String>,
    /// See [`super::StorageSettings`].
    pub data_dir: Option<PathBuf>,
    /// See [`super::MailSettings`].
    pub smtp_url: Option<String>,
    /// See [`super::MailSettings`].
    pub smtp_ca: Option<PathBuf>,
    /// See [`super::MailSettings`].
    pub mail_from: Option<String>,
    /// See [`super::MailSettings`].
    pub public_url: Option<String>,
    /// See [`super::EmbedFlags`].
    pub embed_origins: Option<Vec<String>>,
    /// See [`super::BatchSettings`].
    pub close_after_days: Option<u32>,
}

impl ConfigFile {
    /// Reads the file that the flags name; without one, an empty file.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML, or has an unknown key.
    pub fn load(flags: &ConfigFlags) -> Result<Self, ConfigError> {
        flags.config.as_deref().map_or_else(|| Ok(Self::default()), Self::read)
    }

    fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError(format!("cannot read the settings file {}: {error}", path.display())))?;
        toml::from_str(&text).map_err(|error| ConfigError(format!("in the settings file {}: {error}", path.display())))
    }
}
