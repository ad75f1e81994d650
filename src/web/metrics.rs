//! Figures about the service itself, for Prometheus. Labels are route patterns and states, never anything sent.

use std::time::Duration;

use prometheus::{HistogramOpts, HistogramVec, IntCounter, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use crate::app::live::Lag;

/// What is counted.
pub(super) struct Metrics {
    registry: Registry,
    requests: HistogramVec,
    ingest: IntCounterVec,
    visits: IntCounter,
    waiting: IntGauge,
    behind: IntGauge,
    caught_up: IntGauge,
}

impl Metrics {
    /// Fresh figures.
    ///
    /// # Errors
    /// Two of them have one name.
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let buckets = vec![0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];
        let requests = HistogramVec::new(
            HistogramOpts::new("suara_http_request_seconds", "Requests by route pattern and status.").buckets(buckets),
            &["route", "method", "status"],
        )?;
        let ingest = IntCounterVec::new(
            Opts::new("suara_ingest_total", "Responses that arrived, by what became of them."),
            &["outcome"],
        )?;
        let visits = IntCounter::new("suara_visit_tokens_total", "Visit tokens given out over the API.")?;
        let waiting = IntGauge::new("suara_ingest_waiting", "Responses that wait to be stored.")?;
        let behind = IntGauge::new("suara_live_behind", "Responses stored and not yet counted, when last counted.")?;
        let caught_up = IntGauge::new(
            "suara_live_caught_up_timestamp_seconds",
            "When everything that was stored had last been counted; 0 if never.",
        )?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(ingest.clone()))?;
        registry.register(Box::new(visits.clone()))?;
        registry.register(Box::new(waiting.clone()))?;
        registry.register(Box::new(behind.clone()))?;
        registry.register(Box::new(caught_up.clone()))?;
        Ok(Self { registry, requests, ingest, visits, waiting, behind, caught_up })
    }

    /// A request was answered.
    pub fn request(&self, route: &str, method: &str, status: &str, duration: Duration) {
        self.requests.with_label_values(&[route, method, status]).observe(duration.as_secs_f64());
    }

    /// A response met this fate.
    pub fn ingest(&self, outcome: &str) {
        self.ingest.with_label_values(&[outcome]).inc();
    }

    /// So many visit tokens were given out.
    pub fn visits(&self, count: usize) {
        self.visits.inc_by(count as u64);
    }

    /// All figures in the text format.
    ///
    /// # Errors
    /// The encoder fails.
    pub fn render(&self, waiting: usize, lag: Lag) -> prometheus::Result<String> {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        self.behind.set(i64::try_from(lag.behind).unwrap_or(i64::MAX));
        self.caught_up.set(lag.caught_up_at);
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}
