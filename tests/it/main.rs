//! Integration tests.
//!
//! The modules are marked as tests for the lints, which allow `unwrap` there.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod mail;
