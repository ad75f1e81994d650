//! Reading responses one by one, in the same order on every database.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use suara_domain::element::{Answers, Score};
use suara_domain::language::Language;
use suara_domain::period::Period;
use suara_domain::respondent::{Channel, Mode, Profile};
use uuid::Uuid;

use crate::codes::{Code, optional};
use crate::connection::{Connection, instant, micros};
use crate::dialect::{self, StoredResponse};
use crate::error::StorageError;
use crate::ids::{CounterId, InstrumentId, MppId, ServiceId};
use crate::responses::{State, uuid};
use crate::schema::{counters, mpps, services};

/// Which responses to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Only this MPP; `None` for all, in the order of their codes.
    pub mpp: Option<MppId>,
    /// The period.
    pub period: Period,
    /// The states; withdrawn responses have nothing to read.
    pub states: Vec<State>,
    /// Only those that were filled in at this moment or later.
    pub since: Option<DateTime<Utc>>,
}

impl Filter {
    /// The accepted responses of a period.
    #[must_use]
    pub fn accepted(period: Period) -> Self {
        Self { mpp: None, period, states: vec![State::Accepted], since: None }
    }
}

/// One stored response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseRow {
    /// Place in the order of storing.
    pub seq: i64,
    /// Identity.
    pub id: Uuid,
    /// MPP.
    pub mpp: MppId,
    /// Service.
    pub service_id: Option<ServiceId>,
    /// Code of the service.
    pub service: Option<Arc<str>>,
    /// Counter.
    pub counter_id: Option<CounterId>,
    /// Name of the counter.
    pub counter: Option<Arc<str>>,
    /// Period.
    pub period: Period,
    /// When it counts as given.
    pub filled_at: DateTime<Utc>,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// Channel as given; `None` means that of the service.
    pub channel: Option<Channel>,
    /// Mode.
    pub mode: Mode,
    /// The answers.
    pub answers: Answers,
    /// The profile.
    pub profile: Profile,
    /// Seconds taken.
    pub duration_s: Option<i32>,
    /// Language of the page.
    pub language: Option<Language>,
    /// Came with a valid visit token that nobody had used.
    pub verified: bool,
    /// Came with the signed code of its counter.
    pub counter_signed: bool,
    /// Quality flags as a bit set.
    pub flags: i32,
    /// What became of it.
    pub state: State,
    /// The questionnaire that was answered.
    pub instrument: InstrumentId,
    /// Comment, masked.
    pub comment: Option<String>,
}

/// Calls `visit` for every response that matches: MPP by MPP in the order of their codes, within one by
/// `(filled_at, id)`. Memory does not grow with the number of rows.
///
/// # Errors
/// Those of `visit`, a stored value that makes no sense, or a failing database.
pub fn for_each(
    connection: &mut Connection,
    filter: &Filter,
    mut visit: impl FnMut(ResponseRow) -> Result<(), StorageError>,
) -> Result<(), StorageError> {
    let states: Vec<i16> = filter.states.iter().filter(|state| **state != State::Withdrawn).map(|s| s.code()).collect();
    let mpps: Vec<i32> = match filter.mpp {
        Some(mpp) => vec![mpp.0],
        None => mpps::table.select(mpps::id).order(mpps::code).load(&mut connection.inner)?,
    };
    for mpp in mpps {
        let names = Names::load(connection, mpp)?;
        let key = (mpp, filter.period.number());
        let since = filter.since.map_or(i64::MIN, micros);
        dialect::for_each_response(&mut connection.inner, key, (&states, since), |stored, comment| {
            visit(names.row(MppId(mpp), filter.period, &stored, comment)?)
        })?;
    }
    Ok(())
}

/// Calls `visit` for the id of every response of an MPP and period, withdrawn ones included, in no particular order,
/// until it breaks.
///
/// # Errors
/// A failing database.
pub fn ids(
    connection: &mut Connection,
    mpp: MppId,
    period: Period,
    mut visit: impl FnMut(Uuid) -> ControlFlow<()>,
) -> Result<(), StorageError> {
    dialect::for_each_id(&mut connection.inner, (mpp.0, period.number()), |id| Ok(visit(uuid(id)?).is_continue()))
}

/// Codes of services and names of counters of one MPP, looked up here rather than joined row by row.
struct Names {
    services: HashMap<i32, Arc<str>>,
    counters: HashMap<i32, Arc<str>>,
}

impl Names {
    fn load(connection: &mut Connection, mpp: i32) -> Result<Self, StorageError> {
        let services: Vec<(i32, String)> = services::table
            .filter(services::mpp_id.eq(mpp))
            .select((services::id, services::code))
            .load(&mut connection.inner)?;
        let counters: Vec<(i32, String)> = counters::table
            .filter(counters::mpp_id.eq(mpp))
            .select((counters::id, counters::name))
            .load(&mut connection.inner)?;
        let by_id = |names: Vec<(i32, String)>| names.into_iter().map(|(id, name)| (id, name.into())).collect();
        Ok(Self { services: by_id(services), counters: by_id(counters) })
    }

    fn row(
        &self,
        mpp: MppId,
        period: Period,
        stored: &StoredResponse,
        comment: Option<String>,
    ) -> Result<ResponseRow, StorageError> {
        let mode = stored.mode.ok_or_else(|| StorageError::corrupt("a mode", "nothing"))?;
        Ok(ResponseRow {
            seq: stored.seq,
            id: uuid(&stored.id)?,
            mpp,
            service_id: stored.service_id.map(ServiceId),
            service: stored.service_id.and_then(|id| self.services.get(&id).cloned()),
            counter_id: stored.counter_id.map(CounterId),
            counter: stored.counter_id.and_then(|id| self.counters.get(&id).cloned()),
            period,
            filled_at: instant(stored.filled_at)?,
            received_at: instant(stored.received_at)?,
            channel: optional(stored.channel)?,
            mode: Mode::from_code(mode)?,
            answers: answers(stored)?,
            profile: profile(stored)?,
            duration_s: stored.duration_s,
            language: optional(stored.language)?,
            verified: stored.verified,
            counter_signed: stored.counter_signed,
            flags: stored.flags,
            state: State::from_code(stored.state)?,
            instrument: InstrumentId(stored.instrument_id),
            comment,
        })
    }
}

pub(crate) fn answers(stored: &StoredResponse) -> Result<Answers, StorageError> {
    let score = |stored: Option<i16>| {
        stored
            .map(|number| {
                let score = u8::try_from(number).ok().and_then(Score::new);
                score.ok_or_else(|| StorageError::corrupt("a score", number))
            })
            .transpose()
    };
    Ok(Answers::new([
        score(stored.persyaratan)?,
        score(stored.prosedur)?,
        score(stored.waktu)?,
        score(stored.biaya)?,
        score(stored.produk)?,
        score(stored.kompetensi)?,
        score(stored.perilaku)?,
        score(stored.sarana)?,
        score(stored.pengaduan)?,
    ]))
}

fn profile(stored: &StoredResponse) -> Result<Profile, StorageError> {
    Ok(Profile {
        sex: optional(stored.sex)?,
        age_band: optional(stored.age_band)?,
        education: optional(stored.education)?,
        occupation: optional(stored.occupation)?,
        disability: optional(stored.disability)?,
    })
}
