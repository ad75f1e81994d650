//! Use cases, one public function per file: the only way from web, cli and batch to storage and reports.

pub mod cells;
pub mod country;
mod error;
pub mod export;
pub mod flags;
pub mod import;
pub mod instrument;
pub mod open;
pub mod outbox;
pub mod status;
pub mod summary;
pub mod synth;

pub use error::AppError;
