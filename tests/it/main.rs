//! Integration tests.
mod mail;
