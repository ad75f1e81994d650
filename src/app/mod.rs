//! Use cases, one public function per file: the only way from web, cli and batch to storage and reports.

pub mod cells;
pub mod country;
pub mod design;
pub mod directory;
mod error;
pub mod export;
pub mod flags;
pub mod import;
pub mod instrument;
pub mod open;
pub mod outbox;
pub mod poster;
pub mod published;
pub mod receipt;
pub mod record_response;
mod service;
pub mod status;
pub mod summary;
pub mod synth;
pub mod withdraw;

pub use error::AppError;
pub use service::App;
