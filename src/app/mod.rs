//! Use cases, one public function per file: the only way from web, cli and batch to storage and reports.

pub mod import;
pub mod summary;
