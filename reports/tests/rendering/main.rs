//! Documents are rendered from a believable semester and read back with other tools than those that wrote them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod alerts;
mod catalogue;
mod charts;
mod document;
mod fixture;
mod national;
mod plain;
mod qr_poster;
mod scanner;
mod structure;
mod tools;
mod unusual;
mod workbook;
