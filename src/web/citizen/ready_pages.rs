//! Empty survey pages, rendered and compressed once: on a busy morning everybody asks for the same few, and only the
//! identity differs.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::respondent::Mode;

use crate::app::directory::Mpp;
use crate::web::spliced::Spliced;

/// What makes two empty pages of an MPP different, beside their identity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::web) struct Variant {
    /// Language.
    pub language: Language,
    /// Mode, if not on the person's own device.
    pub mode: Option<Mode>,
    /// Counter of the MPP.
    pub counter: Option<String>,
    /// Service of the MPP.
    pub service: Option<String>,
    /// Agency of the MPP whose services stand first.
    pub agency: Option<String>,
    /// Inside the page of another site.
    pub embedded: bool,
}

/// The pages of an MPP with the MPP they were made from.
type OfMpp = (Arc<Mpp>, HashMap<Variant, Arc<Spliced>>);

/// Pages in memory. What does not fit is made anew.
#[derive(Default)]
pub(in crate::web) struct ReadyPages(RwLock<HashMap<MppCode, OfMpp>>);

/// Variants kept per MPP: with some 10 kB each, a large MPP takes a few MB.
const VARIANTS: usize = 256;

impl ReadyPages {
    /// The page of this variant, if it was made from this very MPP.
    pub fn get(&self, mpp: &Arc<Mpp>, variant: &Variant) -> Option<Arc<Spliced>> {
        let pages = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let (of, variants) = pages.get(&mpp.code)?;
        if Arc::ptr_eq(of, mpp) { variants.get(variant).cloned() } else { None }
    }

    /// Keeps a page; pages of the MPP as it was before go.
    pub fn keep(&self, mpp: &Arc<Mpp>, variant: Variant, page: &Arc<Spliced>) {
        let mut pages = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let (of, variants) = pages.entry(mpp.code.clone()).or_insert_with(|| (Arc::clone(mpp), HashMap::new()));
        if !Arc::ptr_eq(of, mpp) || variants.len() >= VARIANTS {
            *of = Arc::clone(mpp);
            variants.clear();
        }
        variants.insert(variant, Arc::clone(page));
    }
}
