//! The published index of every MPP and closed period, in memory: for lists, trends and to know what there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use serde::{Deserialize, Serialize};
use suara_domain::period::Period;
use suara_domain::suppression::PUBLIC_FROM;
use suara_storage::{MppId, mpp_periods, summaries};
use utoipa::ToSchema;

use super::super::App;
use super::super::summary::FiguresStatus;
use super::PublishedError;

/// The official figure of a closed period; null below ten responses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Headline {
    /// `2026-S1`.
    pub period: String,
    /// Accepted responses.
    pub n: Option<u64>,
    /// IKM, two decimals.
    pub ikm: Option<String>,
    /// Class.
    pub mutu: Option<String>,
}

type ByMpp = HashMap<MppId, BTreeMap<Period, Headline>>;

/// All headlines that were loaded so far. A closed period never changes, so each is read once.
#[derive(Debug, Default)]
pub struct Results(RwLock<Arc<ByMpp>>);

/// What a headline needs of a stored summary.
#[derive(Deserialize)]
struct Top {
    status: FiguresStatus,
    n: u64,
    ikm: Option<String>,
    mutu: Option<String>,
}

impl App {
    /// The closed periods of an MPP, ascending, as of the last refresh.
    #[must_use]
    pub fn headlines(&self, mpp: MppId) -> Vec<Headline> {
        let all = self.results().all();
        all.get(&mpp).into_iter().flat_map(|periods| periods.values().cloned()).collect()
    }

    /// The periods of which there are results, ascending, as of the last refresh.
    #[must_use]
    pub fn published_periods(&self) -> Vec<Period> {
        let all = self.results().all();
        let periods: BTreeSet<Period> = all.values().flat_map(BTreeMap::keys).copied().collect();
        periods.into_iter().collect()
    }

    /// The last closed period of an MPP.
    #[must_use]
    pub fn latest(&self, mpp: MppId) -> Option<Headline> {
        self.results().all().get(&mpp)?.values().next_back().cloned()
    }

    /// Reads what was closed since the last refresh. Blocks: call it off the workers.
    ///
    /// # Errors
    /// The database fails, or a summary cannot be read.
    pub fn refresh_results(&self) -> Result<(), PublishedError> {
        let known = self.results().all();
        let is_known =
            |mpp: MppId, period: Period| known.get(&mpp).is_some_and(|periods| periods.contains_key(&period));
        let found = self.database().read(|connection| {
            let mut found = Vec::new();
            for period in mpp_periods::periods(connection)? {
                for closure in mpp_periods::list(connection, period)? {
                    if !is_known(closure.mpp, period) {
                        let document = summaries::get(connection, closure.mpp, period)?;
                        found.extend(document.map(|document| (closure.mpp, period, document)));
                    }
                }
            }
            Ok(found)
        })?;
        if found.is_empty() {
            return Ok(());
        }
        let mut all = ByMpp::clone(&known);
        for (mpp, period, document) in found {
            let top: Top = serde_json::from_str(&document.body)?;
            if top.status == FiguresStatus::Final {
                all.entry(mpp).or_default().insert(period, top.headline(period));
            }
        }
        self.results().replace(all);
        Ok(())
    }
}

impl Top {
    fn headline(self, period: Period) -> Headline {
        let public = self.n >= PUBLIC_FROM;
        Headline {
            period: period.to_string(),
            n: public.then_some(self.n),
            ikm: self.ikm.filter(|_| public),
            mutu: self.mutu.filter(|_| public),
        }
    }
}

impl Results {
    fn all(&self) -> Arc<ByMpp> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn replace(&self, all: ByMpp) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(all);
    }
}
