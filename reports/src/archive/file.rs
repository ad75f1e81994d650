//! Files that are there whole or not at all.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::ArchiveError;

/// Writes a file by way of a temporary one beside it: whoever looks sees the old bytes or all of the new ones.
///
/// # Errors
/// The folder or file cannot be written; nothing is left behind.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    let mut file = PendingFile::create(path)?;
    let written = file.write_all(bytes).and_then(|()| file.keep());
    written.map(|_| ()).map_err(|error| ArchiveError::write(path, error))
}

/// A file that is being written under a temporary name and hashed on the way. Dropped before [`PendingFile::keep`] it
/// leaves nothing.
pub struct PendingFile {
    path: PathBuf,
    temporary: PathBuf,
    file: BufWriter<File>,
    hasher: Sha256,
    bytes: u64,
    kept: bool,
}

/// What was written.
pub struct Written {
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
}

impl PendingFile {
    /// Begins a file; its folder is made.
    ///
    /// # Errors
    /// The folder or the temporary file cannot be written.
    pub fn create(path: &Path) -> Result<Self, ArchiveError> {
        let error = |source| ArchiveError::write(path, source);
        let folder = path.parent().ok_or_else(|| error(io::ErrorKind::InvalidInput.into()))?;
        fs::create_dir_all(folder).map_err(error)?;
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        // Readers of the archive skip names that begin with a dot. The number keeps two processes apart.
        let temporary = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
        let file = BufWriter::with_capacity(1 << 16, File::create(&temporary).map_err(error)?);
        Ok(Self { path: path.to_owned(), temporary, file, hasher: Sha256::new(), bytes: 0, kept: false })
    }

    /// Makes the file durable and visible under its name.
    ///
    /// # Errors
    /// It cannot be written whole; nothing is left behind.
    pub fn keep(mut self) -> io::Result<Written> {
        self.publish()?;
        self.kept = true;
        let digest = std::mem::take(&mut self.hasher).finalize();
        Ok(Written { sha256: hexadecimal(&digest), bytes: self.bytes })
    }

    fn publish(&mut self) -> io::Result<()> {
        self.file.flush()?;
        self.file.get_ref().sync_all()?;
        fs::rename(&self.temporary, &self.path)?;
        // The new name itself must survive a power cut too.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    }
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        if !self.kept {
            // Nothing can be done about a temporary file that cannot be removed; the next attempt writes over it.
            let _ = fs::remove_file(&self.temporary);
        }
    }
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
