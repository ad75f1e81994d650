//! The only code that knows diesel: one schema on SQLite and PostgreSQL.
//!
//! Each table has a file of free functions over a [`Connection`]: plain structs in, plain structs out. A connection
//! comes from [`Database::read`] or [`Database::write`]; whatever writes is called inside the latter, because some
//! functions first take a lock that ends with the transaction. Responses from the web go through [`ingest::Writer`].
//!
//! What differs between the databases is in the private module `dialect` and nowhere else.

mod any_connection;
mod codes;
mod connection;
mod database;
pub mod device_marks;
mod dialect;
pub mod directory;
mod error;
pub mod followups;
pub mod history;
mod ids;
pub mod ingest;
pub mod instruments;
pub mod kiosks;
pub mod leases;
pub mod live_tallies;
pub mod mpp_periods;
pub mod mpps;
pub mod national_revisions;
pub mod outbox;
pub mod recipients;
pub mod report_revisions;
pub mod report_runs;
pub mod responses;
mod schema;
pub mod services;
pub mod settings;
pub mod snapshots;
pub mod summaries;
pub mod tallies;
#[cfg(feature = "testing")]
pub mod testing;
mod upserted;
mod url;
mod varint;
pub mod visit_tokens;
pub mod visitors;

pub use connection::Connection;
pub use database::{Database, SchemaState};
pub use error::StorageError;
pub use ids::{AgencyId, CounterId, InstrumentId, MppId, ServiceId};
pub use upserted::Upserted;
pub use url::DatabaseUrl;
