//! Where data is kept.

use std::path::PathBuf;

use super::ConfigFile;

const DATABASE_HELP: &str = "Database: sqlite://PATH (absolute as sqlite:///PATH) or postgres://USER@HOST/NAME \
    [default: sqlite://suara-data/suara.db]";

/// Where data is kept, as flags.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct StorageFlags {
    /// Database URL.
    #[arg(
        help = DATABASE_HELP,
        long,
        value_name = "URL",
        env = "SUARA_DATABASE_URL",
        hide_env_values = true,
        global = true,
        help_heading = "Where things are"
    )]
    pub database: Option<String>,
    /// Folder for archive/, reports/ and mail/ [default: suara-data]
    #[arg(long, value_name = "DIR", env = "SUARA_DATA_DIR", global = true, help_heading = "Where things are")]
    pub data_dir: Option<PathBuf>,
}

/// Where data is kept.
#[derive(Clone, Debug)]
pub struct StorageSettings {
    /// URL of the database (`SUARA_DATABASE_URL`, default `sqlite://suara-data/suara.db`).
    pub database_url: String,
    /// Folder of archive, reports and mail files (`SUARA_DATA_DIR`, default `suara-data`).
    pub data_dir: PathBuf,
}

impl StorageSettings {
    /// Flag or environment, then file, then default.
    #[must_use]
    pub fn resolve(flags: &StorageFlags, file: &ConfigFile) -> Self {
        let database_url = flags.database.clone().or_else(|| file.database_url.clone());
        let data_dir = flags.data_dir.clone().or_else(|| file.data_dir.clone());
        Self {
            database_url: database_url.unwrap_or_else(|| "sqlite://suara-data/suara.db".to_owned()),
            data_dir: data_dir.unwrap_or_else(|| PathBuf::from("suara-data")),
        }
    }
}
