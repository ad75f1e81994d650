//! Integration tests.
//!
//! The modules are marked as tests for the lints, which allow `unwrap` there.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod edges;
#[cfg(test)]
mod import;
#[cfg(test)]
mod live;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod national;
#[cfg(test)]
mod open_data;
#[cfg(test)]
mod poster;
#[cfg(test)]
mod report;
#[cfg(test)]
mod semester;
#[cfg(test)]
mod status;
#[cfg(test)]
mod together;
#[cfg(test)]
mod token;
#[cfg(test)]
mod web;
#[cfg(test)]
mod world;
