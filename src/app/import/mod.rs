//! Import of the CSV files of DESIGN 3.2. All imports are idempotent; a row that cannot be used is named and the rest
//! goes on.

pub mod table;
