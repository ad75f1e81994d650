//! Load: a number of connections, each with one request under way at any time, or so many requests a second.

use std::cell::RefCell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use tokio::task::JoinHandle;

use crate::Result;
use crate::http::Connection;
use crate::requests::Requests;

/// What came of it.
pub struct Answered {
    /// Requests answered with 2xx.
    pub accepted: u64,
    /// Requests answered otherwise.
    pub refused: u64,
    /// From the first request to the last answer.
    pub elapsed: Duration,
    latencies_us: Vec<u32>,
}

impl Answered {
    /// Accepted requests per second.
    pub fn rate(&self) -> f64 {
        self.accepted as f64 / self.elapsed.as_secs_f64()
    }

    /// The latency that `per_mille` of a thousand requests did not exceed, in milliseconds.
    pub fn latency_ms(&self, per_mille: usize) -> f64 {
        let place = (self.latencies_us.len() * per_mille / 1000).min(self.latencies_us.len().saturating_sub(1));
        self.latencies_us.get(place).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    }

    fn count(&mut self, status: u16, latency: Duration) {
        self.latencies_us.push(u32::try_from(latency.as_micros()).unwrap_or(u32::MAX));
        if (200..300).contains(&status) {
            self.accepted += 1;
        } else {
            self.refused += 1;
        }
    }
}

/// Applies load for a while, on one thread.
pub fn apply(address: SocketAddr, connections: usize, requests: Requests, duration: Duration) -> Result<Answered> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async move {
        let requests = Rc::new(RefCell::new(requests));
        let mut opened = Vec::with_capacity(connections);
        for _ in 0..connections {
            opened.push(Connection::open(address).await?);
        }
        let started = Instant::now();
        let drivers: Vec<_> = opened
            .into_iter()
            .map(|connection| tokio::task::spawn_local(drive(connection, Rc::clone(&requests), started + duration)))
            .collect();
        gathered(drivers, started).await
    })
}

/// What all connections have measured together.
async fn gathered(drivers: Vec<JoinHandle<Result<Answered>>>, started: Instant) -> Result<Answered> {
    let mut all =
        Answered { accepted: 0, refused: 0, elapsed: Duration::ZERO, latencies_us: Vec::with_capacity(1 << 20) };
    for driver in drivers {
        let own = driver.await??;
        all.accepted += own.accepted;
        all.refused += own.refused;
        all.latencies_us.extend(own.latencies_us);
    }
    all.elapsed = started.elapsed();
    all.latencies_us.sort_unstable();
    Ok(all)
}

async fn drive(mut connection: Connection, requests: Rc<RefCell<Requests>>, until: Instant) -> Result<Answered> {
    let mut buffer = Vec::with_capacity(1 << 11);
    let mut own = Answered { accepted: 0, refused: 0, elapsed: Duration::ZERO, latencies_us: Vec::new() };
    let mut started = Instant::now();
    while started < until {
        requests.borrow_mut().next(&mut buffer);
        let status = connection.exchange(&buffer).await?;
        let now = Instant::now();
        own.count(status, now - started);
        started = now;
    }
    Ok(own)
}

/// Connections over which requests at a fixed rate are spread: enough that none waits for the one before.
const LANES: u32 = 32;

/// Sends the same request `rate` times a second, whether or not the answers keep up. A latency counts from the moment
/// when the request was due, so that waiting is not left out.
pub fn pace(address: SocketAddr, request: &'static [u8], rate: u32, duration: Duration) -> Result<Answered> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let tasks = tokio::task::LocalSet::new();
    tasks.block_on(&runtime, async move {
        let started = Instant::now() + Duration::from_millis(100);
        let mut lanes = Vec::new();
        for lane in 0..LANES {
            let connection = Connection::open(address).await?;
            let due = started + Duration::from_secs(1) / rate * lane;
            let every = Duration::from_secs(1) / rate * LANES;
            lanes.push(tokio::task::spawn_local(keep_pace(connection, request, (due, every), started + duration)));
        }
        gathered(lanes, started).await
    })
}

async fn keep_pace(
    mut connection: Connection,
    request: &[u8],
    (mut due, every): (Instant, Duration),
    until: Instant,
) -> Result<Answered> {
    let mut own = Answered { accepted: 0, refused: 0, elapsed: Duration::ZERO, latencies_us: Vec::new() };
    while due < until {
        tokio::time::sleep_until(due.into()).await;
        let status = connection.exchange(request).await?;
        own.count(status, due.elapsed());
        due += every;
    }
    Ok(own)
}

/// The bytes of the answer to a request.
pub fn answer_to(address: SocketAddr, request: &[u8]) -> Result<Vec<u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async move {
        let mut connection = Connection::open(address).await?;
        connection.exchange(request).await?;
        Ok(connection.last_answer().to_vec())
    })
}

/// The bytes of the answer to one request.
pub fn answer_to_one(address: SocketAddr, mut requests: Requests) -> Result<Vec<u8>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    runtime.block_on(async move {
        let mut connection = Connection::open(address).await?;
        let mut request = Vec::new();
        requests.next(&mut request);
        let status = connection.exchange(&request).await?;
        let answer = connection.last_answer().to_vec();
        if status == 201 {
            Ok(answer)
        } else {
            Err(format!("the server answered {}", String::from_utf8_lossy(&answer)).into())
        }
    })
}
