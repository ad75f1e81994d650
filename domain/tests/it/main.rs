//! The rules against published reports, reference implementations and their own definitions.
//!
//! The modules are marked as tests for the lints, which allow `unwrap` there.

#[cfg(test)]
mod case_mix;
#[cfg(test)]
mod change;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod comparison;
#[cfg(test)]
mod country;
#[cfg(test)]
mod coverage;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod index;
#[cfg(test)]
mod masking;
#[cfg(test)]
mod monitoring;
#[cfg(test)]
mod mpp;
#[cfg(test)]
mod nation;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod period;
#[cfg(test)]
mod precision;
#[cfg(test)]
mod quality;
#[cfg(test)]
mod random;
#[cfg(test)]
mod reliability;
#[cfg(test)]
mod response;
#[cfg(test)]
mod sample_size;
#[cfg(test)]
mod strategies;
#[cfg(test)]
mod suppression;
#[cfg(test)]
mod tally;
#[cfg(test)]
mod topics;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod weighted;
