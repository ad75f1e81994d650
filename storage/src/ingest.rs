//! Group commit: a writer puts whatever has arrived in the last moment into one transaction and answers after it
//! was committed. With nothing else to do it commits a single response at once, so nobody waits for a timer.

use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::connection::Connection;
use crate::database::{Database, transact, transact_nested};
use crate::device_marks::DayKeys;
use crate::dialect::Access;
use crate::error::StorageError;
use crate::responses::{NewResponse, State, Stored, WhenClosed, lock_tickets, store};

/// What became of a response that is now durable (or was before).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Stored, and it counts.
    Recorded,
    /// Stored after its period was closed: outside the figures.
    Late,
    /// Was there already, with the same content.
    AlreadyRecorded {
        /// It had come after the closing.
        late: bool,
    },
    /// The id is there already, with other content.
    Conflict,
    /// The id was there and was taken back.
    Withdrawn,
}

/// Why a response was not stored.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// More arrives than can be stored: try again in a moment.
    #[error("too many responses wait to be stored")]
    Busy,
    /// The database cannot be reached, or the writer has ended. Whether the response was stored may be unknown; the
    /// same id can be sent again safely.
    #[error("responses cannot be stored: {0}")]
    Unavailable(String),
    /// The database refuses this response.
    #[error("the response was refused: {0}")]
    Rejected(String),
}

/// How much the writer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Responses that may wait; the next one is told [`IngestError::Busy`].
    pub waiting: usize,
    /// Responses in one transaction at most.
    pub batch: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { waiting: 4096, batch: 512 }
    }
}

/// The writer: threads with a connection of their own, as many as the database makes use of. Share it by `Arc`.
pub struct Writer {
    sender: mpsc::Sender<Message>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

enum Message {
    Store(Box<NewResponse>, oneshot::Sender<Result<Outcome, IngestError>>),
    Stop,
}

impl Writer {
    /// Starts the writer. It connects when there is something to store, and again whenever the connection broke.
    ///
    /// # Errors
    /// The system refuses another thread.
    pub fn start(database: &Database, limits: Limits) -> Result<Self, StorageError> {
        let (sender, receiver) = mpsc::channel(limits.waiting);
        let receiver = Arc::new(Mutex::new(receiver));
        let start = |_| {
            let worker = Worker { database: database.clone(), connection: None, keys: DayKeys::default() };
            let receiver = Arc::clone(&receiver);
            std::thread::Builder::new()
                .name("ingest".to_owned())
                .spawn(move || worker.run(&receiver, limits.batch))
                .map_err(|error| StorageError::Failed(format!("the ingest thread cannot start: {error}")))
        };
        let threads = (0..database.writers()).map(start).collect::<Result<_, _>>()?;
        Ok(Self { sender, threads: Mutex::new(threads) })
    }

    /// Stores a response; returns once it is durable.
    ///
    /// # Errors
    /// See [`IngestError`].
    pub async fn submit(&self, response: NewResponse) -> Result<Outcome, IngestError> {
        let (answer, answered) = oneshot::channel();
        self.sender.try_send(Message::Store(Box::new(response), answer)).map_err(|error| match error {
            TrySendError::Full(_) => IngestError::Busy,
            TrySendError::Closed(_) => ended(),
        })?;
        answered.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Responses that wait to be stored.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.sender.max_capacity() - self.sender.capacity()
    }

    /// Stores what is waiting, takes nothing more, and returns when all is done.
    pub async fn shutdown(&self) {
        // An error means that the thread has ended already.
        let _ = self.sender.send(Message::Stop).await;
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            let _ = tokio::task::spawn_blocking(move || thread.join()).await;
        }
    }
}

fn ended() -> IngestError {
    IngestError::Unavailable("the service is stopping".to_owned())
}

type Answer = oneshot::Sender<Result<Outcome, IngestError>>;

struct Worker {
    database: Database,
    connection: Option<Connection>,
    /// The key of the present day for device markers, once a transaction with it was committed.
    keys: DayKeys,
}

impl Worker {
    fn run(mut self, receiver: &Mutex<mpsc::Receiver<Message>>, batch: usize) {
        let mut messages = Vec::with_capacity(batch);
        while receive(receiver, &mut messages, batch) {
            let (responses, answers): (Vec<_>, Vec<_>) = messages
                .drain(..)
                .filter_map(|message| match message {
                    Message::Store(response, answer) => Some((response, answer)),
                    Message::Stop => None,
                })
                .unzip();
            self.handle(&responses, answers);
        }
    }

    fn handle(&mut self, responses: &[Box<NewResponse>], answers: Vec<Answer>) {
        let responses: Vec<&NewResponse> = responses.iter().map(AsRef::as_ref).collect();
        let results = match self.store(&responses) {
            Ok(results) => results,
            Err(error) => {
                if error.is_temporary() {
                    tracing::warn!(ingest.responses = responses.len(), error = %error, "a batch was not stored");
                }
                vec![Err(IngestError::Unavailable(error.to_string())); responses.len()]
            }
        };
        for (answer, result) in answers.into_iter().zip(results) {
            // Whoever does not listen any more has hung up; the response is stored all the same.
            let _ = answer.send(result);
        }
    }

    /// The batch in one transaction; if that fails, each response on its own inside another one. An error means that
    /// nothing of the batch is known to be stored.
    fn store(&mut self, responses: &[&NewResponse]) -> Result<Vec<Result<Outcome, IngestError>>, StorageError> {
        if responses.is_empty() {
            return Ok(Vec::new());
        }
        let known = self.keys.clone();
        let batch = |connection: &mut Connection| {
            let mut keys = known.clone();
            let stored = store(connection, responses, WhenClosed::StoreLate, &mut keys)?;
            Ok((stored, keys))
        };
        let error = match self.transact(batch) {
            Ok((stored, keys)) => {
                self.keys = keys.latest();
                return Ok(stored.into_iter().map(outcome).collect());
            }
            Err(error @ StorageError::Unreachable(_)) => return Err(error),
            Err(error) => error,
        };
        tracing::warn!(ingest.responses = responses.len(), error = %error, "a batch is stored one by one");
        self.transact(|connection| {
            lock_tickets(connection, responses)?;
            responses.iter().map(|response| store_alone(connection, response)).collect()
        })
    }

    fn transact<T>(&mut self, work: impl Fn(&mut Connection) -> Result<T, StorageError>) -> Result<T, StorageError> {
        if let Some(mut connection) = self.connection.take() {
            let result = transact(&mut connection, Access::Write, &work);
            if !matches!(result, Err(StorageError::Unreachable(_))) {
                self.connection = Some(connection);
                return result;
            }
            // The connection may have died of old age while nothing happened; running again is safe by the ids.
        }
        let mut connection = self.database.connect()?;
        let result = transact(&mut connection, Access::Write, &work);
        if !matches!(result, Err(StorageError::Unreachable(_))) {
            self.connection = Some(connection);
        }
        result
    }
}

/// Waits for messages and takes up to `batch` of them; `false` once there will be no more. Only one thread waits for
/// messages, the others for their turn, so that what arrives together is stored together.
fn receive(receiver: &Mutex<mpsc::Receiver<Message>>, messages: &mut Vec<Message>, batch: usize) -> bool {
    let mut receiver = receiver.lock().unwrap_or_else(PoisonError::into_inner);
    let count = receiver.blocking_recv_many(messages, batch);
    if messages.iter().any(|message| matches!(message, Message::Stop)) {
        // What is in the channel is still handed out after this; nothing new comes in.
        receiver.close();
    }
    count > 0
}

/// One response behind a savepoint, so that a refused one leaves the others alone.
fn store_alone(
    connection: &mut Connection,
    response: &NewResponse,
) -> Result<Result<Outcome, IngestError>, StorageError> {
    // A key that is made behind the savepoint may vanish with it, so none is kept.
    let mut keys = DayKeys::default();
    match transact_nested(connection, |connection| store(connection, &[response], WhenClosed::StoreLate, &mut keys)) {
        Ok(stored) => Ok(stored.into_iter().next().map_or_else(|| Err(ended()), outcome)),
        Err(error) if error.is_temporary() => Err(error),
        Err(error) => Ok(Err(IngestError::Rejected(error.to_string()))),
    }
}

fn outcome(stored: Stored) -> Result<Outcome, IngestError> {
    Ok(match stored {
        Stored::New(State::Late) => Outcome::Late,
        Stored::New(_) => Outcome::Recorded,
        Stored::Same(state) => Outcome::AlreadyRecorded { late: state == State::Late },
        Stored::Different => Outcome::Conflict,
        Stored::Withdrawn => Outcome::Withdrawn,
        // Only files are refused for it; here late responses are kept.
        Stored::PeriodClosed => return Err(IngestError::Rejected("its period is closed".to_owned())),
    })
}
