//! Use cases, one public function per file: the only way from web, cli and batch to storage and reports.

pub mod cells;
pub mod comparison;
pub mod counter_code;
pub mod country;
mod crockford;
pub mod design;
pub mod directory;
mod error;
pub mod export;
pub mod files;
pub mod heartbeat;
pub mod import;
pub mod instrument;
pub mod live;
mod mac;
pub mod open;
pub mod open_data;
pub mod outbox;
pub mod poster;
pub mod published;
pub mod quality;
pub mod queue_key;
pub mod receipt;
pub mod record_response;
mod service;
pub mod snapshot;
pub mod status;
pub mod summary;
pub mod synth;
pub mod tallies;
pub mod visit_token;
pub mod visits;
pub mod watch;
pub mod withdraw;

pub use error::AppError;
pub use service::App;
