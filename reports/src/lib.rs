//! The batch's pure half: archived responses in, tallies and documents out.

pub mod archive;
pub mod frame;
pub mod table;
pub mod tallies;
