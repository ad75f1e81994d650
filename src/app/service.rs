//! What a running service holds: the database, the ingest writer, the directory in memory, the keys.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use suara_domain::mpp::{MppCode, region};
use suara_storage::ingest::{Limits, Writer};
use suara_storage::{AgencyId, CounterId, Database, InstrumentId, MppId, StorageError, directory};
use tokio::sync::Semaphore;
use uuid::{NoContext, Timestamp, Uuid};

use super::counter_code::CounterKey;
use super::directory::{Agency, Directory, Mpp, Service};
use super::live::Progress;
use super::published::Results;
use super::queue_key::QueueKeys;
use super::receipt::ReceiptKey;
use super::visit_token::TokenKey;
use super::{AppError, instrument};
use crate::clock::Clock;

/// The application behind the web service. Cheap to clone, shared by all workers.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    database: Database,
    writer: Writer,
    directory: RwLock<(u64, Arc<Directory>)>,
    results: Results,
    counting: Progress,
    receipts: ReceiptKey,
    tokens: TokenKey,
    queue_keys: QueueKeys,
    counters: CounterKey,
    instrument: InstrumentId,
    clock: Arc<dyn Clock>,
    withdrawals: Semaphore,
}

impl App {
    /// Starts the ingest writer and loads the directory.
    ///
    /// # Errors
    /// The database fails, or there can be no other thread.
    pub fn start(database: Database, clock: Arc<dyn Clock>) -> Result<Self, AppError> {
        let directory = load(&database)?;
        Ok(Self(Arc::new(Inner {
            writer: Writer::start(&database, Limits::default())?,
            directory: RwLock::new(directory),
            results: Results::default(),
            counting: Progress::default(),
            receipts: ReceiptKey::load(&database)?,
            tokens: TokenKey::load(&database)?,
            queue_keys: QueueKeys::load(&database)?,
            counters: CounterKey::load(&database)?,
            instrument: instrument::standard(&database)?,
            clock,
            withdrawals: Semaphore::new(1),
            database,
        })))
    }

    /// The MPPs with their services, as of the last refresh.
    #[must_use]
    pub fn directory(&self) -> Arc<Directory> {
        Arc::clone(&self.0.directory.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// The MPP with this code.
    #[must_use]
    pub fn mpp(&self, code: &MppCode) -> Option<Arc<Mpp>> {
        self.0.directory.read().unwrap_or_else(PoisonError::into_inner).1.mpp(code).cloned()
    }

    /// The MPP with this text as its code.
    #[must_use]
    pub fn mpp_named(&self, text: &str) -> Option<Arc<Mpp>> {
        self.mpp(&MppCode::parse(text).ok()?)
    }

    /// Loads the directory again if it changed. Blocks: call it off the workers.
    ///
    /// # Errors
    /// The database fails; the former directory stays.
    pub fn refresh_directory(&self) -> Result<(), StorageError> {
        let version = self.0.database.read(directory::version)?;
        let known = self.0.directory.read().unwrap_or_else(PoisonError::into_inner).0;
        if version != known {
            let fresh = load(&self.0.database)?;
            *self.0.directory.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        }
        Ok(())
    }

    /// A new id for a response: UUID of version 7, so that rows of one time lie together.
    #[must_use]
    pub fn fresh_id(&self) -> Uuid {
        let now = self.0.clock.now();
        let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
        Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, now.timestamp_subsec_nanos()))
    }

    /// Whether the database answers and has the schema this version needs. Blocks.
    ///
    /// # Errors
    /// It does not answer.
    pub fn is_ready(&self) -> Result<bool, StorageError> {
        Ok(self.0.database.state()? == suara_storage::SchemaState::UpToDate)
    }

    /// Responses that wait to be stored.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.0.writer.waiting()
    }

    /// Stores what is waiting and stops the writer.
    pub async fn shutdown(&self) {
        self.0.writer.shutdown().await;
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    pub(super) fn database(&self) -> &Database {
        &self.0.database
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.0.writer
    }

    pub(super) fn receipts(&self) -> &ReceiptKey {
        &self.0.receipts
    }

    pub(super) fn tokens(&self) -> &TokenKey {
        &self.0.tokens
    }

    pub(super) fn queue_keys(&self) -> &QueueKeys {
        &self.0.queue_keys
    }

    pub(super) fn counters(&self) -> &CounterKey {
        &self.0.counters
    }

    pub(super) fn results(&self) -> &Results {
        &self.0.results
    }

    pub(super) fn counting(&self) -> &Progress {
        &self.0.counting
    }

    pub(super) fn instrument(&self) -> InstrumentId {
        self.0.instrument
    }

    pub(super) fn withdrawals(&self) -> &Semaphore {
        &self.0.withdrawals
    }
}

pub(super) fn load(database: &Database) -> Result<(u64, Arc<Directory>), StorageError> {
    let stored = database.read(directory::load)?;
    let agency_names: HashMap<AgencyId, String> =
        stored.agencies.into_iter().map(|agency| (agency.id, agency.name)).collect();
    let counter_names: HashMap<CounterId, String> =
        stored.counters.iter().map(|counter| (counter.id, counter.name.clone())).collect();
    let mut counters: HashMap<MppId, HashMap<String, CounterId>> = HashMap::new();
    for counter in stored.counters {
        counters.entry(counter.mpp).or_default().entry(counter.name).or_insert(counter.id);
    }
    let mut agencies: HashMap<MppId, HashMap<AgencyId, Vec<Service>>> = HashMap::new();
    for service in stored.services {
        agencies.entry(service.mpp).or_default().entry(service.agency).or_default().push(Service {
            id: service.id,
            code: service.code,
            name: service.name,
            counter: service.counter.and_then(|counter| counter_names.get(&counter).cloned()),
            channel: service.channel,
            free: service.free,
        });
    }
    let mpps = stored.mpps.into_iter().filter_map(|row| {
        let details = row.details;
        let mut mpp = Mpp::new(row.id, details.code, details.name, region(&details.region_code)?);
        mpp.zone = details.time_zone;
        mpp.brand = details.brand;
        let named = |(id, services)| Agency { name: agency_names.get(&id).cloned().unwrap_or_default(), services };
        let offered = agencies.remove(&row.id).unwrap_or_default().into_iter().map(named).collect();
        mpp.set_offer(offered, counters.remove(&row.id).unwrap_or_default());
        Some(mpp)
    });
    Ok((stored.version, Arc::new(Directory::new(mpps))))
}
