//! Tallies of what is not frozen yet, counted from the responses in the order of storing, a little behind them.
//!
//! One mark tells how far: every accepted response up to it is counted once, unless the summary of its MPP and period is
//! stored, whose frozen tallies then hold. [`step`] moves tallies and mark in one transaction; withdrawing takes a
//! response out again if it was counted. All of it happens under one lock, so any number of nodes may count.
//!
//! What is stored of a row never changes with the master data: a service stands under its identity and a channel as it
//! was given. The channel of the service takes effect when the tallies are read, so it may be edited at any time. Only
//! another time zone of an MPP moves responses between weeks, and has them counted anew.

mod groups;
mod repair;
mod step;

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use suara_domain::period::Period;
use suara_domain::respondent::Channel;
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};

use crate::codes::optional;
use crate::connection::Connection;
use crate::error::StorageError;
use crate::ids::MppId;
use crate::schema::{live_marks, live_tallies, services};
use crate::tallies::tally;
use groups::{Place, TOTAL};

pub use repair::{Recounted, recount};
pub(crate) use repair::{forget, recount_weeks, take_out};
pub use step::{Horizon, Step, horizon, step};

/// The only row of the marks.
const MARK: i32 = 1;

/// The place in the order of storing up to which responses are counted.
///
/// # Errors
/// A failing database.
pub fn mark(connection: &mut Connection) -> Result<i64, StorageError> {
    Ok(live_marks::table.find(MARK).select(live_marks::seq).first(&mut connection.inner)?)
}

/// The tallies of an MPP and period as far as they are counted: total, service, channel, mode and week; empty if nothing
/// is, or if the figures are frozen.
///
/// # Errors
/// A failing database, or tallies that do not add up; [`recount`] repairs those.
pub fn load(connection: &mut Connection, mpp: MppId, period: Period) -> Result<TallySet, StorageError> {
    let offer = Offer::load(connection, mpp)?;
    let mut set = TallySet::default();
    groups::for_each(connection, mpp, period, |dimension, key, tally| {
        match Place::of(dimension, &key)? {
            Place::Total => *set.entry(Dimension::Total, "") += &tally,
            Place::Mode(mode) => *set.entry(Dimension::Mode, mode) += &tally,
            Place::Week(week) => *set.entry(Dimension::Week, week) += &tally,
            Place::ServiceChannel(service, channel) => {
                let service = service.and_then(|service| offer.0.get(&service));
                let channel = channel.or_else(|| service.and_then(|(_, channel)| *channel));
                *set.entry(Dimension::Service, service.map_or("", |(code, _)| code)) += &tally;
                *set.entry(Dimension::Channel, channel.map_or("", Channel::key)) += &tally;
            }
        }
        Ok(())
    })?;
    let total = set.total();
    let adds_up = |dimension: &Dimension| set.groups(*dimension).map(|(_, tally)| tally).sum::<Tally>() == total;
    match [Dimension::Service, Dimension::Mode, Dimension::Week].iter().find(|dimension| !adds_up(dimension)) {
        None => Ok(set),
        Some(dimension) => {
            Err(StorageError::corrupt("figures that add up", format!("{period} by {}", dimension.key())))
        }
    }
}

/// The total tally of every MPP in a period, as far as they are counted; without those whose figures are frozen.
///
/// # Errors
/// A failing database, or a stored tally that cannot be read.
pub fn totals(connection: &mut Connection, period: Period) -> Result<BTreeMap<MppId, Tally>, StorageError> {
    let rows: Vec<(i32, Vec<u8>)> = live_tallies::table
        .filter(live_tallies::period.eq(period.number()))
        .filter(live_tallies::dimension.eq(TOTAL))
        .select((live_tallies::mpp_id, live_tallies::words))
        .load(&mut connection.inner)?;
    rows.into_iter().map(|(mpp, words)| Ok((MppId(mpp), tally(&words)?))).collect()
}

/// Code and channel of the services of an MPP.
struct Offer(HashMap<i32, (String, Option<Channel>)>);

impl Offer {
    fn load(connection: &mut Connection, mpp: MppId) -> Result<Self, StorageError> {
        let rows: Vec<(i32, String, Option<i16>)> = services::table
            .filter(services::mpp_id.eq(mpp.0))
            .select((services::id, services::code, services::channel))
            .load(&mut connection.inner)?;
        rows.into_iter()
            .map(|(id, code, channel)| Ok((id, (code, optional(channel)?))))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}
