//! The rules of the satisfaction survey (SKM) and every formula of the product.
//!
//! Pure: no I/O, no clock, no serialisation of inner types. The heart is [`tally::Tally`], integers that add up; the
//! official figures ([`index`]) are exact rationals on it, the statistics beside them ([`precision`]) floats.

pub mod case_mix;
pub mod change;
pub mod cluster;
pub mod compare;
pub mod distribution;
pub mod element;
pub mod finer;
pub mod fixed;
pub mod index;
pub mod instrument;
mod keyed;
pub mod language;
pub mod masking;
pub mod monitoring;
pub mod mpp;
pub mod nation;
pub mod period;
pub mod precision;
pub mod privacy;
pub mod quality;
pub mod reliability;
pub mod respondent;
pub mod response;
pub mod sample_size;
pub mod suppression;
pub mod tally;
pub mod tally_set;
pub mod topics;
pub mod weighted;
