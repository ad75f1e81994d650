//! Under which address people reach the service.

use super::ConfigFile;

/// Under which address people reach the service, as a flag.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct AddressFlags {
    /// Public address of the service, for links and QR codes
    #[arg(long, value_name = "URL", env = "SUARA_PUBLIC_URL")]
    pub public_url: Option<String>,
}

impl AddressFlags {
    /// Public address without a slash at the end: flag or environment (`SUARA_PUBLIC_URL`), then file, then
    /// `http://localhost:8080`.
    #[must_use]
    pub fn resolve(&self, file: &ConfigFile) -> String {
        let given = self.public_url.as_ref().or(file.public_url.as_ref());
        given.map_or_else(|| "http://localhost:8080".to_owned(), |url| url.trim_end_matches('/').to_owned())
    }
}
