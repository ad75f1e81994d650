//! Documents are rendered from a believable semester and read back with other tools than those that wrote them.

mod charts;
mod document;
mod fixture;
mod tools;
mod workbook;
