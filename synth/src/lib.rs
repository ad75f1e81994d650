//! A believable synthetic country: malls, agencies, services, visitors and responses with planted truth.
//!
//! Everything follows from a seed alone: the same seed gives the same bytes on every machine. Nothing here describes
//! how a real mall works; only names, dates of inauguration and the sizes of Kampar and Konawe come from public
//! sources.

mod calendar;
mod catalogue;
mod country;
mod files;
mod follow_up;
mod mall;
mod opinion;
mod respondent;
mod responses;
mod rng;
mod truth;

pub use self::country::Country;
pub use self::files::{SynthError, write};
pub use self::follow_up::{FollowUp, PastResult};
pub use self::mall::{Activity, Mall, Recipient, Service};
pub use self::responses::{Response, Responses};
pub use self::truth::{MallTruth, Truth};
