//! What the handlers share.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, TimeDelta, Utc};
use suara_domain::mpp::MppCode;

use crate::app::App;
use crate::app::directory::Mpp;
use crate::web::citizen::{ReadyPages, ServiceList};
use crate::web::metrics::Metrics;
use crate::web::policies::Policies;
use crate::web::server::ServeOptions;

/// A rendered service choice with the MPP it was made from.
type OfMpp = (Arc<Mpp>, Arc<ServiceList>);

/// Shared by all workers.
pub(super) struct Web {
    /// The use cases.
    pub app: App,
    /// Counters and histograms.
    pub metrics: Arc<Metrics>,
    /// Public address of the service, without a slash at the end.
    pub public_url: String,
    /// Content security policies.
    pub policies: Policies,
    /// Empty survey pages.
    pub ready: ReadyPages,
    /// The service choice of each MPP that was asked for.
    services: RwLock<HashMap<MppCode, OfMpp>>,
    /// When each kiosk, by MPP and counter, was last written down.
    heartbeats: Mutex<HashMap<(MppCode, String), DateTime<Utc>>>,
}

/// Between two heartbeats of a kiosk that are written down.
const HEARTBEAT_EVERY: TimeDelta = TimeDelta::seconds(30);

impl Web {
    /// State for an application.
    pub fn new(app: App, metrics: Arc<Metrics>, options: &ServeOptions) -> Self {
        let public_url = options.public_url.clone();
        let policies = Policies::new(&options.embed_origins);
        Self {
            app,
            metrics,
            public_url,
            policies,
            ready: ReadyPages::default(),
            services: RwLock::default(),
            heartbeats: Mutex::default(),
        }
    }

    /// Whether a heartbeat of this kiosk should be written down now. The caller does so, or says that it failed.
    pub fn takes_heartbeat(&self, mpp: &MppCode, counter: &str) -> bool {
        let now = self.app.clock().now();
        let mut heartbeats = self.heartbeats.lock().unwrap_or_else(PoisonError::into_inner);
        let last = heartbeats.entry((mpp.clone(), counter.to_owned())).or_insert(DateTime::UNIX_EPOCH);
        let is_due = now - *last >= HEARTBEAT_EVERY;
        if is_due {
            *last = now;
        }
        is_due
    }

    /// The last heartbeat of this kiosk could not be written down: the next one is due at once.
    pub fn forget_heartbeat(&self, mpp: &MppCode, counter: &str) {
        let mut heartbeats = self.heartbeats.lock().unwrap_or_else(PoisonError::into_inner);
        heartbeats.remove(&(mpp.clone(), counter.to_owned()));
    }

    /// The service choice of an MPP, rendered when first asked for and again after the MPP changed.
    pub fn services(&self, mpp: &Arc<Mpp>) -> Arc<ServiceList> {
        let known = self.services.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, list)) = known.get(&mpp.code)
            && Arc::ptr_eq(of, mpp)
        {
            return Arc::clone(list);
        }
        drop(known);
        let list = Arc::new(ServiceList::of(mpp));
        let entry = (Arc::clone(mpp), Arc::clone(&list));
        self.services.write().unwrap_or_else(PoisonError::into_inner).insert(mpp.code.clone(), entry);
        list
    }
}
