//! The batch's pure half: archived responses in, tallies and documents out.

pub mod archive;
pub mod frame;
#[cfg(test)]
mod samples;
pub mod table;
pub mod tallies;
