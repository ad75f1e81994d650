//! Suara: public-satisfaction surveys (SKM) for Indonesia's Public Service Malls, from the citizen's phone to the
//! signed semester report. `ARCHITECTURE.md` has the map; this crate is the service, its rules live in
//! [`suara_domain`].

pub mod app;
pub mod batch;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod mail;
pub mod telemetry;
pub mod web;
