//! Suara.
