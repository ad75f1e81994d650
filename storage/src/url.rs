//! Where the database is: `sqlite://PATH` or `postgres://…`.

use std::fmt;
use std::path::PathBuf;

use crate::error::StorageError;

/// Address of a database. What it prints never shows a password.
#[derive(Clone, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// A file; `sqlite:///var/x.db` is absolute, `sqlite://x.db` relative to the working folder.
    Sqlite(PathBuf),
    /// A PostgreSQL server, as libpq reads it.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads an address.
    ///
    /// # Errors
    /// Another scheme, a SQLite address without a file, or one in memory (which no two connections could share).
    pub fn parse(text: &str) -> Result<Self, StorageError> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            if path.is_empty() || path.ends_with('/') || path.starts_with(':') {
                return Err(StorageError::Url(format!("\"{text}\" names no file: write sqlite://PATH")));
            }
            // "./" keeps a name like "file:x" a name.
            return Ok(Self::Sqlite(if path.starts_with('/') { path.into() } else { format!("./{path}").into() }));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err(StorageError::Url(format!(
            "\"{}\" is not the address of a database: write sqlite://PATH or postgres://USER@HOST/NAME",
            redacted(text)
        )))
    }
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite://{}", path.display().to_string().trim_start_matches("./")),
            Self::Postgres(url) => f.write_str(&redacted(url)),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The address with `…` in place of a password, whether it stands before the host or among the parameters.
fn redacted(url: &str) -> String {
    let (base, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = base.split_once("://").unwrap_or(("", base));
    let mut text = if scheme.is_empty() { String::new() } else { format!("{scheme}://") };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let (name, password) = user.split_once(':').unwrap_or((user, ""));
            text.push_str(name);
            text.push_str(if password.is_empty() { "@" } else { ":…@" });
            text.push_str(host);
        }
        None => text.push_str(rest),
    }
    for (place, parameter) in query.split('&').filter(|parameter| !parameter.is_empty()).enumerate() {
        text.push(if place == 0 { '?' } else { '&' });
        match parameter.split_once('=') {
            Some((key, _)) if key.contains("password") => text.extend([key, "=…"]),
            _ => text.push_str(parameter),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://suara:s3cret@db/suara", "postgres://suara:…@db/suara"),
            (
                "postgres://suara:a@b:c/d@db:5433/suara?sslmode=require",
                "postgres://suara:…@db:5433/suara?sslmode=require",
            ),
            ("postgresql:///suara?host=/run/pg&password=s3cret", "postgresql:///suara?host=/run/pg&password=…"),
            ("postgres://db/suara", "postgres://db/suara"),
        ] {
            let parsed = DatabaseUrl::parse(url).unwrap();
            assert_eq!(parsed.to_string(), shown);
            assert_eq!(format!("{parsed:?}"), shown);
        }
    }

    #[test]
    fn other_addresses_are_refused_by_name() {
        for url in
            ["mysql://root:s3cret@db/suara", "suara.db", "", "sqlite://", "sqlite://folder/", "sqlite://:memory:"]
        {
            let error = DatabaseUrl::parse(url).unwrap_err().to_string();
            assert!(!error.contains("s3cret") && error.contains("sqlite://PATH"), "{error}");
        }
    }
}
