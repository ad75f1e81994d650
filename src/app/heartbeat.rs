//! A kiosk says that it works.

use suara_storage::StorageError;
use suara_storage::kiosks::{self, Kiosk};

use super::App;
use super::directory::Mpp;

/// More waiting responses than this are told as so many.
const WAITING_LIMIT: u32 = 100_000;
/// Longest version that is kept, in characters.
const VERSION_LIMIT: usize = 40;

/// What a kiosk tells about itself, within bounds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heartbeat {
    /// Name of its counter; empty if that is not one of the MPP.
    pub counter: String,
    /// Responses that wait on it.
    pub waiting: u32,
    /// Version of its page.
    pub version: String,
}

impl Heartbeat {
    /// What it told, as texts. Nothing of it is ever wrong: what makes no sense is left out.
    #[must_use]
    pub fn of(mpp: &Mpp, counter: &str, waiting: &str, version: &str) -> Self {
        let counter = counter.trim();
        let version = version.trim().chars().filter(|character| !character.is_control());
        Self {
            counter: mpp.counter(counter).map_or_else(String::new, |_| counter.to_owned()),
            waiting: waiting.trim().parse::<u32>().unwrap_or_default().min(WAITING_LIMIT),
            version: version.take(VERSION_LIMIT).collect(),
        }
    }
}

impl App {
    /// Records that a kiosk was heard of now. Blocks.
    ///
    /// # Errors
    /// The database fails.
    pub fn record_heartbeat(&self, mpp: &Mpp, heartbeat: Heartbeat) -> Result<(), StorageError> {
        let Heartbeat { counter, waiting, version } = heartbeat;
        let kiosk = Kiosk { mpp: mpp.id, counter, last_seen_at: self.clock().now(), waiting, version };
        self.database().write("heartbeat", |connection| kiosks::put(connection, &kiosk))
    }
}
