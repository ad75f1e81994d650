//! The web service as a client sees it: a real server on a free port, a real SQLite database, plain HTTP.

mod abuse;
mod api;
mod harness;
mod messages;
mod offline;
mod operation;
mod poster;
mod privacy;
mod process;
mod results;
mod submit;
mod survey;
mod trust;
mod visits;
mod withdraw;
