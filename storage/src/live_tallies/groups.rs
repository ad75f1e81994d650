//! Which groups a response is counted in, and how they are stored.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use suara_domain::period::{Period, TimeZone, monday};
use suara_domain::respondent::{Channel, Mode};
use suara_domain::tally::Tally;

use crate::codes::{Code, optional};
use crate::connection::{Connection, instant};
use crate::dialect::{self, LiveKey, StoredResponse};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::responses::answers;
use crate::schema::{live_tallies, mpps};
use crate::tallies::tally;
use crate::varint;

/// The stored dimensions: the whole, and three ways to split it. Services and the channels that responses name share one,
/// because a response that names none has that of its service.
pub(super) const TOTAL: &str = "total";
const SERVICE_CHANNEL: &str = "service_channel";
const MODE: &str = "mode";
const WEEK: &str = "week";
pub(super) const DIMENSIONS: [&str; 4] = [TOTAL, SERVICE_CHANNEL, MODE, WEEK];

/// What a stored key stands for.
pub(super) enum Place<'a> {
    Total,
    /// Service, and channel as it was given.
    ServiceChannel(Option<i32>, Option<Channel>),
    Mode(&'a str),
    Week(&'a str),
}

impl<'a> Place<'a> {
    pub fn of(dimension: &str, text: &'a str) -> Result<Self, StorageError> {
        Ok(match dimension {
            TOTAL => Self::Total,
            MODE => Self::Mode(text),
            WEEK => Self::Week(text),
            _ => {
                let (service, channel) = text.split_once('/').unwrap_or((text, "nothing"));
                let service = given(service, |id| id.parse().ok())?;
                let channel = given(channel, Channel::from_key)?;
                Self::ServiceChannel(service, channel)
            }
        })
    }
}

/// What a part of a key says; an empty one says nothing.
fn given<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, StorageError> {
    if text.is_empty() {
        return Ok(None);
    }
    read(text).map(Some).ok_or_else(|| StorageError::corrupt("a service and a channel", text))
}

/// The time zones of all MPPs.
pub(super) struct Zones(HashMap<i32, TimeZone>);

impl Zones {
    pub fn load(connection: &mut Connection) -> Result<Self, StorageError> {
        let rows: Vec<(i32, String)> = mpps::table.select((mpps::id, mpps::time_zone)).load(&mut connection.inner)?;
        let zone = |(id, key): (i32, String)| {
            let zone = TimeZone::from_key(&key).ok_or_else(|| StorageError::corrupt("a time zone", &key))?;
            Ok((id, zone))
        };
        rows.into_iter().map(zone).collect::<Result<_, StorageError>>().map(Self)
    }
}

/// Counted responses by group.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Groups(pub BTreeMap<LiveKey, Tally>);

impl Groups {
    /// Counts one response in each of its groups.
    pub fn add(
        &mut self,
        zones: &Zones,
        (mpp, period): (i32, i32),
        response: &StoredResponse,
    ) -> Result<(), StorageError> {
        let zone = zones.0.get(&mpp).ok_or_else(|| StorageError::corrupt("an MPP", mpp))?;
        let mode = response.mode.ok_or_else(|| StorageError::corrupt("a mode", "nothing"))?;
        let channel: Option<Channel> = optional(response.channel)?;
        let service = response.service_id.map_or_else(String::new, |service| service.to_string());
        let week = monday(zone.local(instant(response.filled_at)?).date_naive());
        let answers = answers(response)?;
        let keys = [
            (TOTAL, String::new()),
            (SERVICE_CHANNEL, format!("{service}/{}", channel.map_or("", Channel::key))),
            (MODE, Mode::from_code(mode)?.key().to_owned()),
            (WEEK, week.to_string()),
        ];
        for (dimension, key) in keys {
            self.0.entry(LiveKey { period, dimension, mpp, key }).or_default().add(&answers, 1);
        }
        Ok(())
    }

    /// Adds these groups to what is stored, under the lock of the live tallies.
    pub fn store(&self, connection: &mut Connection) -> Result<(), StorageError> {
        let keys: Vec<&LiveKey> = self.0.keys().collect();
        let there = dialect::live_words(&mut connection.inner, &keys)?;
        let mut rows = Vec::with_capacity(keys.len());
        for ((key, counted), there) in self.0.iter().zip(there) {
            let mut sum = there.as_deref().map(tally).transpose()?.unwrap_or_default();
            sum += counted;
            rows.push((key, varint::encode(&sum.to_words())));
        }
        Ok(dialect::put_live_words(&mut connection.inner, &rows)?)
    }

    /// Takes these groups out of what is stored, under the lock of the live tallies. `false`, and nothing is changed, if
    /// they are not a part of it.
    pub fn take_out(&self, connection: &mut Connection) -> Result<bool, StorageError> {
        let keys: Vec<&LiveKey> = self.0.keys().collect();
        let there = dialect::live_words(&mut connection.inner, &keys)?;
        let (mut rows, mut empty) = (Vec::new(), Vec::new());
        for ((key, counted), there) in self.0.iter().zip(there) {
            let there = there.as_deref().map(tally).transpose()?.unwrap_or_default();
            match there.without(counted) {
                None => return Ok(false),
                Some(rest) if rest.n() == 0 => empty.push(key),
                Some(rest) => rows.push((key, varint::encode(&rest.to_words()))),
            }
        }
        for key in empty {
            let row = live_tallies::table.find((key.period, key.dimension, key.mpp, &key.key));
            diesel::delete(row).execute(&mut connection.inner)?;
        }
        dialect::put_live_words(&mut connection.inner, &rows)?;
        Ok(true)
    }
}

/// Visits the stored groups of an MPP and period: dimension, key and tally.
pub(super) fn for_each(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    mut visit: impl FnMut(&'static str, String, Tally) -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    for dimension in DIMENSIONS {
        let rows: Vec<(String, Vec<u8>)> = live_tallies::table
            .filter(live_tallies::period.eq(period.number()))
            .filter(live_tallies::dimension.eq(dimension))
            .filter(live_tallies::mpp_id.eq(mpp.0))
            .select((live_tallies::key, live_tallies::words))
            .load(&mut connection.inner)?;
        for (key, words) in rows {
            visit(dimension, key, tally(&words)?)?;
        }
    }
    Ok(())
}

/// All stored groups of an MPP and period.
pub(super) fn stored(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
) -> Result<BTreeMap<LiveKey, Tally>, StorageError> {
    let mut groups = BTreeMap::new();
    for_each(connection, mpp, period, |dimension, key, tally| {
        groups.insert(LiveKey { period: period.number(), dimension, mpp: mpp.0, key }, tally);
        Ok(())
    })?;
    Ok(groups)
}
