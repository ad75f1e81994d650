//! The files people ask for.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use suara_reports::archive::PendingFile;

use super::AppError;

/// Writes a file that is there whole or not at all: what stood there before stays if something fails. What is no plain
/// file, such as a pipe, is written as it comes.
///
/// # Errors
/// The file cannot be written, or `write` fails.
pub fn write_to(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<(), AppError>) -> Result<(), AppError> {
    let named = |error: std::io::Error| AppError::output(format!("{}: {error}", path.display()));
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        let mut file = BufWriter::new(File::options().write(true).open(path).map_err(named)?);
        write(&mut file)?;
        return file.flush().map_err(named);
    }
    let mut file = PendingFile::create(path)?;
    write(&mut file)?;
    file.keep().map(drop).map_err(named)
}
