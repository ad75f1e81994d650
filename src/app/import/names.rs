//! Codes and names of master data, resolved to what the database calls them.

use std::collections::HashMap;

use suara_domain::mpp::MppCode;
use suara_domain::period::TimeZone;
use suara_storage::{CounterId, Database, MppId, ServiceId, directory};

use super::table::{Reject, Row};
use crate::app::AppError;

/// A registered MPP with its services and counters by code and name.
pub(super) struct NamedMpp {
    pub id: MppId,
    pub zone: TimeZone,
    pub services: HashMap<String, ServiceId>,
    pub counters: HashMap<String, CounterId>,
}

/// All registered MPPs by code.
pub(super) struct Names {
    mpps: HashMap<MppCode, NamedMpp>,
}

impl Names {
    pub(super) fn load(database: &Database) -> Result<Self, AppError> {
        let directory = database.read(directory::load)?;
        let mut by_id = HashMap::new();
        for mpp in directory.mpps {
            let named = NamedMpp {
                id: mpp.id,
                zone: mpp.details.time_zone,
                services: HashMap::new(),
                counters: HashMap::new(),
            };
            by_id.insert(mpp.id, (mpp.details.code, named));
        }
        for service in directory.services {
            if let Some((_, mpp)) = by_id.get_mut(&service.mpp) {
                mpp.services.insert(service.code, service.id);
            }
        }
        for counter in directory.counters {
            if let Some((_, mpp)) = by_id.get_mut(&counter.mpp) {
                mpp.counters.insert(counter.name, counter.id);
            }
        }
        Ok(Self { mpps: by_id.into_values().collect() })
    }

    /// The MPP with this code.
    pub(super) fn get(&self, code: &MppCode) -> Option<&NamedMpp> {
        self.mpps.get(code)
    }

    /// The MPP that the row names in its column `mpp`.
    pub(super) fn mpp(&self, row: &Row) -> Result<&NamedMpp, Reject> {
        let given = super::required(row, "mpp")?;
        let code = MppCode::parse(given).ok();
        code.and_then(|code| self.mpps.get(&code))
            .ok_or_else(|| row.reject("mpp", "unknown_mpp", format!("there is no MPP \"{given}\"")))
    }
}
