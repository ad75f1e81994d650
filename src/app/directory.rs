//! Who may be rated: MPPs, their agencies, counters and services, kept in memory and looked up by code.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use suara_domain::mpp::{MppCode, Region};
use suara_domain::period::TimeZone;
use suara_domain::respondent::Channel;
use suara_storage::{CounterId, MppId, ServiceId};

/// All registered MPPs at one moment. Cheap to share; replaced as a whole when the stored one changes.
#[derive(Debug, Default)]
pub struct Directory {
    mpps: BTreeMap<MppCode, Arc<Mpp>>,
}

/// One MPP with what it offers.
#[derive(Debug)]
pub struct Mpp {
    /// Identity in storage.
    pub id: MppId,
    /// Code, as in addresses.
    pub code: MppCode,
    /// Name.
    pub name: String,
    /// Own brand name.
    pub brand: Option<String>,
    /// Owner: regency, city or province.
    pub region: &'static Region,
    /// Time zone its periods are cut in.
    pub zone: TimeZone,
    agencies: Vec<Agency>,
    services: HashMap<String, (usize, usize)>,
    counters: HashMap<String, CounterId>,
}

/// An agency with its services in an MPP.
#[derive(Debug)]
pub struct Agency {
    /// Name.
    pub name: String,
    /// Services, by name.
    pub services: Vec<Service>,
}

/// A service.
#[derive(Debug)]
pub struct Service {
    /// Identity in storage.
    pub id: ServiceId,
    /// Code, unique in the MPP.
    pub code: String,
    /// Name.
    pub name: String,
    /// Counter it is given at.
    pub counter: Option<String>,
    /// Channel it is given through.
    pub channel: Option<Channel>,
    /// Free of charge; `None` if unknown.
    pub free: Option<bool>,
}

impl Directory {
    /// A directory of these MPPs.
    #[must_use]
    pub fn new(mpps: impl IntoIterator<Item = Mpp>) -> Self {
        Self { mpps: mpps.into_iter().map(|mpp| (mpp.code.clone(), Arc::new(mpp))).collect() }
    }

    /// The MPP with this code.
    #[must_use]
    pub fn mpp(&self, code: &MppCode) -> Option<&Arc<Mpp>> {
        self.mpps.get(code)
    }

    /// All MPPs, by code.
    #[must_use]
    pub fn mpps(&self) -> impl ExactSizeIterator<Item = &Arc<Mpp>> {
        self.mpps.values()
    }
}

impl Mpp {
    /// An MPP that offers the services of `agencies` at `counters`.
    #[must_use]
    pub fn new(id: MppId, code: MppCode, name: String, region: &'static Region) -> Self {
        let zone = region.time_zone;
        let (agencies, services, counters) = (Vec::new(), HashMap::new(), HashMap::new());
        Self { id, code, name, brand: None, region, zone, agencies, services, counters }
    }

    /// An MPP without services, for tests of pages.
    #[cfg(test)]
    pub(crate) fn named(name: &str) -> Self {
        let region = suara_domain::mpp::region("14.01").unwrap();
        Self::new(MppId(1), MppCode::parse("kab-kampar").unwrap(), name.to_owned(), region)
    }

    /// Replaces what it offers; agencies and services are put in the order of their names.
    pub fn set_offer(&mut self, mut agencies: Vec<Agency>, counters: HashMap<String, CounterId>) {
        agencies.sort_by(|a, b| a.name.cmp(&b.name));
        self.services.clear();
        for (place, agency) in agencies.iter_mut().enumerate() {
            agency.services.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
            let codes = agency.services.iter().enumerate();
            self.services.extend(codes.map(|(index, service)| (service.code.clone(), (place, index))));
        }
        self.agencies = agencies;
        self.counters = counters;
    }

    /// Agencies with their services, by name.
    #[must_use]
    pub fn agencies(&self) -> &[Agency] {
        &self.agencies
    }

    /// The service with this code.
    #[must_use]
    pub fn service(&self, code: &str) -> Option<&Service> {
        let (agency, index) = self.services.get(code)?;
        self.agencies.get(*agency)?.services.get(*index)
    }

    /// The services given at a counter.
    pub fn services_at<'a>(&'a self, counter: &'a str) -> impl Iterator<Item = &'a Service> {
        let services = self.agencies.iter().flat_map(|agency| &agency.services);
        services.filter(move |service| service.counter.as_deref() == Some(counter))
    }

    /// The services of the agency with this name.
    pub fn services_of<'a>(&'a self, agency: &'a str) -> impl Iterator<Item = &'a Service> {
        self.agencies.iter().filter(move |known| known.name == agency).flat_map(|known| &known.services)
    }

    /// The counter with this name.
    #[must_use]
    pub fn counter(&self, name: &str) -> Option<CounterId> {
        self.counters.get(name).copied()
    }

    /// Whether any service is registered.
    #[must_use]
    pub fn has_services(&self) -> bool {
        !self.services.is_empty()
    }
}
