//! Mail as a real SMTP server receives it, and what becomes of it when the server misbehaves.

mod dispatch;
mod fixtures;
mod message;
mod server;
mod tls;
