//! The batch's pure half: frames in, tallies and documents out.
//!
//! polars, plotters, Typst and the XLSX writer are named only in this crate. Nothing here reads the clock, the
//! environment or the network; the same input gives the same bytes.

pub mod archive;
mod cells;
pub mod charts;
pub mod design;
pub mod document;
mod english;
mod fonts;
pub mod frame;
mod indonesian;
pub mod national;
mod percent;
pub mod report;
#[cfg(test)]
mod samples;
pub mod table;
pub mod tallies;
mod voice;
pub mod workbook;
