//! Which other sites may show the survey inside their pages.

use super::{ConfigError, ConfigFile};

/// Sites that may show the survey in a frame, as a flag.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct EmbedFlags {
    /// Sites that may show the survey in a frame, like `https://mpp.example.go.id`; several with commas
    #[arg(long, value_name = "ORIGINS", env = "SUARA_EMBED_ORIGINS", value_delimiter = ',')]
    pub embed_origins: Vec<String>,
}

impl EmbedFlags {
    /// The origins: flag or environment (`SUARA_EMBED_ORIGINS`), then file, then none.
    ///
    /// # Errors
    /// Something that is no origin (`https://host` or `https://host:port`, `http` only for the machine itself).
    pub fn resolve(&self, file: &ConfigFile) -> Result<Vec<String>, ConfigError> {
        let given = if self.embed_origins.is_empty() { file.embed_origins.as_ref() } else { Some(&self.embed_origins) };
        given.into_iter().flatten().map(|origin| checked(origin.trim())).collect()
    }
}

/// An origin goes into a header as it is, so nothing else may.
fn checked(origin: &str) -> Result<String, ConfigError> {
    let host = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let local = |host: &str| matches!(host.split(':').next(), Some("localhost" | "127.0.0.1"));
    let plain = |host: &str| host.chars().all(|letter| letter.is_ascii_alphanumeric() || "-.:".contains(letter));
    match host {
        Some(host) if !host.is_empty() && plain(host) && (origin.starts_with("https") || local(host)) => {
            Ok(origin.to_owned())
        }
        _ => Err(ConfigError(format!(
            "embed_origins: {origin:?} is no origin; write one like https://mpp.example.go.id, without a path"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_origins_and_nothing_else() {
        for origin in ["https://mpp.example.go.id", "https://a.example.go.id:8443", "http://localhost:3000"] {
            assert_eq!(checked(origin).unwrap(), origin);
        }
        for wrong in
            ["", "*", "mpp.example.go.id", "http://mpp.example.go.id", "https://", "https://a/b", "https://a; b"]
        {
            assert!(checked(wrong).is_err(), "{wrong}");
        }
    }
}
