//! What the handlers share.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use suara_domain::mpp::MppCode;

use crate::app::App;
use crate::app::directory::Mpp;
use crate::web::citizen::ServiceList;
use crate::web::metrics::Metrics;

/// A rendered service choice with the MPP it was made from.
type OfMpp = (Arc<Mpp>, Arc<ServiceList>);

/// Shared by all workers.
pub(super) struct Web {
    /// The use cases.
    pub app: App,
    /// Counters and histograms.
    pub metrics: Arc<Metrics>,
    /// The service choice of each MPP that was asked for.
    services: RwLock<HashMap<MppCode, OfMpp>>,
}

impl Web {
    /// State for an application.
    pub fn new(app: App, metrics: Arc<Metrics>) -> Self {
        Self { app, metrics, services: RwLock::default() }
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
