//! The only place that asks which database it talks to. Everything else is written once for both.

mod bulk;
mod ingest;
mod live;
mod migrations;
mod statements;
mod transaction;
mod trust;

pub(crate) use bulk::{StoredResponse, for_each_id, for_each_response, insert_tallies};
pub(crate) use ingest::{Insertion, StoredContent, insert_responses, stored_contents, writers};
pub(crate) use live::{LiveKey, adders, live_words, put_live_words};
#[cfg(feature = "testing")]
pub(crate) use migrations::revert_last_migration;
pub(crate) use migrations::{applied_migrations, known_migrations, revert_migrations, run_migrations, table_names};
pub(crate) use transaction::{Access, Lock, begin, commit, lock, rollback, savepoint};
pub(crate) use trust::{lock_visit_tokens, make_day_key, overwrite_deleted, put_heartbeat, put_spent};
