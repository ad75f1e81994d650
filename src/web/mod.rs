//! The web service: the citizens' survey, the public pages and the API (DESIGN 3.3).
//!
//! A handler reads, calls one use case of [`crate::app`] and renders; it knows nothing of storage.

mod api;
mod assets;
mod body;
mod citizen;
mod fields;
mod form;
mod health;
mod metrics;
mod notice;
mod observe;
mod policies;
mod public;
mod reply;
mod routes;
mod server;
mod spliced;
mod state;
mod text;
mod worker;

pub use server::{ServeOptions, Server, serve};
