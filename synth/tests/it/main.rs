//! The synthetic country keeps its promises.
//!
//! The modules are marked as tests for the lints, which allow `unwrap` there.

#[cfg(test)]
mod country;
#[cfg(test)]
mod files;
#[cfg(test)]
mod responses;
