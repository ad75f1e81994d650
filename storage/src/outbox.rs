//! Mail that is to go out: one row per report revision and recipient, whatever happens, and a ledger of attempts.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use suara_domain::language::Language;
use suara_domain::period::Period;

use crate::codes::{Code, codes};
use crate::connection::{Connection, instant, micros};
use crate::dialect::{self, Lock};
use crate::error::StorageError;
use crate::ids::MppId;
use crate::responses::period;
use crate::schema::{deliveries, outbox};

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMail {
    /// MPP the mail is about; `None` for the whole country.
    pub mpp: Option<MppId>,
    /// Period it is about.
    pub period: Period,
    /// Revision of the report.
    pub revision: i32,
    /// Address of the recipient.
    pub email: String,
    /// Name of the recipient.
    pub name: String,
    /// Language of the mail.
    pub language: Language,
    /// Message-ID, the same at every attempt.
    pub message_id: String,
    /// What is attached, JSON.
    pub attachments: String,
}

/// Identity of a mail in the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MailId(pub i64);

/// Where a mail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailState {
    /// Waits for its next attempt.
    Pending,
    /// Someone is at it, until the lease ends.
    Sending,
    /// Accepted by the mail server.
    Sent,
    /// Given up.
    Failed,
}

codes! {
    MailState { Pending = 1, Sending = 2, Sent = 3, Failed = 4 }
}

/// A mail in the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Identity.
    pub id: MailId,
    /// What is sent to whom.
    pub mail: NewMail,
    /// Where it stands.
    pub state: MailState,
    /// Attempts begun.
    pub attempts: u32,
    /// Not before this instant is the next attempt made.
    pub next_attempt_at: DateTime<Utc>,
    /// What the last attempt failed of.
    pub last_error: Option<String>,
    /// When the mail server accepted it.
    pub sent_at: Option<DateTime<Utc>>,
}

/// What happens to a mail after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterFailure {
    /// It is tried again from this instant on.
    RetryAt(DateTime<Utc>),
    /// It is tried again from this instant on, and the attempt does not count: the fault was not the mail's.
    Postpone(DateTime<Utc>),
    /// It is given up.
    GiveUp,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The mail server accepted the mail.
    Sent,
    /// It may go through later.
    Deferred,
    /// It never will.
    Refused,
}

codes! {
    Outcome { Sent = 1, Deferred = 2, Refused = 3 }
}

/// One attempt to send a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// When it ended.
    pub attempted_at: DateTime<Utc>,
    /// How it ended.
    pub outcome: Outcome,
    /// What the mail server said.
    pub detail: String,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = outbox)]
struct Row {
    id: i64,
    mpp_id: Option<i32>,
    period: i32,
    revision: i32,
    recipient_email: String,
    recipient_name: String,
    language: i16,
    message_id: String,
    attachments: String,
    state: i16,
    attempts: i32,
    next_attempt_at: i64,
    last_error: Option<String>,
    sent_at: Option<i64>,
}

/// Puts a mail into the outbox, due at once, unless one for the same MPP, period, revision and address is there;
/// inside a write transaction. Says whether it is new.
///
/// # Errors
/// The message id is taken by another mail, or a failing database.
pub fn enqueue(connection: &mut Connection, mail: &NewMail, now: DateTime<Utc>) -> Result<bool, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Outbox)?;
    let same: Vec<Option<i32>> = outbox::table
        .filter(outbox::period.eq(mail.period.number()))
        .filter(outbox::revision.eq(mail.revision))
        .filter(outbox::recipient_email.eq(&mail.email))
        .select(outbox::mpp_id)
        .load(&mut connection.inner)?;
    if same.contains(&mail.mpp.map(|mpp| mpp.0)) {
        return Ok(false);
    }
    diesel::insert_into(outbox::table)
        .values((
            outbox::mpp_id.eq(mail.mpp.map(|mpp| mpp.0)),
            outbox::period.eq(mail.period.number()),
            outbox::revision.eq(mail.revision),
            outbox::recipient_email.eq(&mail.email),
            outbox::recipient_name.eq(&mail.name),
            outbox::language.eq(mail.language.code()),
            outbox::message_id.eq(&mail.message_id),
            outbox::attachments.eq(&mail.attachments),
            outbox::state.eq(MailState::Pending.code()),
            outbox::attempts.eq(0),
            outbox::next_attempt_at.eq(micros(now)),
            outbox::lease_until.eq(0_i64),
        ))
        .execute(&mut connection.inner)?;
    Ok(true)
}

/// Whether a mail about the whole country in a period was ever put in for an address, whatever the revision.
///
/// # Errors
/// A failing database.
pub fn has_national(connection: &mut Connection, period: Period, email: &str) -> Result<bool, StorageError> {
    let same = outbox::table
        .filter(outbox::period.eq(period.number()))
        .filter(outbox::mpp_id.is_null())
        .filter(outbox::recipient_email.eq(email));
    let count: i64 = same.count().get_result(&mut connection.inner)?;
    Ok(count > 0)
}

/// Takes up to `limit` mails that are due and holds them until `lease_until`; inside a write transaction. A mail whose
/// former holder let the lease run out is due again.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn claim_due(
    connection: &mut Connection,
    now: DateTime<Utc>,
    limit: u32,
    lease_until: DateTime<Utc>,
) -> Result<Vec<Mail>, StorageError> {
    dialect::lock(&mut connection.inner, Lock::Outbox)?;
    let pending = outbox::state.eq(MailState::Pending.code()).and(outbox::next_attempt_at.le(micros(now)));
    let abandoned = outbox::state.eq(MailState::Sending.code()).and(outbox::lease_until.le(micros(now)));
    let due: Vec<i64> = outbox::table
        .filter(pending.or(abandoned))
        .select(outbox::id)
        .order((outbox::next_attempt_at, outbox::id))
        .limit(limit.into())
        .load(&mut connection.inner)?;
    let mut mails = Vec::with_capacity(due.len());
    for id in due {
        diesel::update(outbox::table.find(id))
            .set((
                outbox::state.eq(MailState::Sending.code()),
                outbox::attempts.eq(outbox::attempts + 1),
                outbox::lease_until.eq(micros(lease_until)),
            ))
            .execute(&mut connection.inner)?;
        let row: Row = outbox::table.find(id).select(Row::as_select()).first(&mut connection.inner)?;
        mails.push(row.mail()?);
    }
    Ok(mails)
}

/// Records that the mail server accepted a mail; inside a write transaction.
///
/// # Errors
/// A failing database.
pub fn mark_sent(connection: &mut Connection, id: MailId, at: DateTime<Utc>, detail: &str) -> Result<(), StorageError> {
    diesel::update(outbox::table.find(id.0))
        .set((
            outbox::state.eq(MailState::Sent.code()),
            outbox::sent_at.eq(micros(at)),
            outbox::last_error.eq(None::<String>),
        ))
        .execute(&mut connection.inner)?;
    record(connection, id, at, Outcome::Sent, detail)
}

/// Records a failed attempt; inside a write transaction. A mail that someone else has sent meanwhile stays sent.
///
/// # Errors
/// A failing database.
pub fn mark_failed(
    connection: &mut Connection,
    id: MailId,
    at: DateTime<Utc>,
    after: AfterFailure,
    error: &str,
) -> Result<(), StorageError> {
    let (state, next_attempt_at, outcome) = match after {
        AfterFailure::RetryAt(next) | AfterFailure::Postpone(next) => (MailState::Pending, next, Outcome::Deferred),
        AfterFailure::GiveUp => (MailState::Failed, at, Outcome::Refused),
    };
    let uncounted = i32::from(matches!(after, AfterFailure::Postpone(_)));
    let unsent = outbox::table.filter(outbox::id.eq(id.0)).filter(outbox::state.ne(MailState::Sent.code()));
    diesel::update(unsent)
        .set((
            outbox::attempts.eq(outbox::attempts - uncounted),
            outbox::state.eq(state.code()),
            outbox::next_attempt_at.eq(micros(next_attempt_at)),
            outbox::last_error.eq(error),
        ))
        .execute(&mut connection.inner)?;
    record(connection, id, at, outcome, error)
}

fn record(
    connection: &mut Connection,
    id: MailId,
    at: DateTime<Utc>,
    outcome: Outcome,
    detail: &str,
) -> Result<(), StorageError> {
    diesel::insert_into(deliveries::table)
        .values((
            deliveries::outbox_id.eq(id.0),
            deliveries::attempted_at.eq(micros(at)),
            deliveries::outcome.eq(outcome.code()),
            deliveries::detail.eq(detail),
        ))
        .execute(&mut connection.inner)?;
    Ok(())
}

/// All mails, or those in one state, in the order they were put in.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn list(connection: &mut Connection, state: Option<MailState>) -> Result<Vec<Mail>, StorageError> {
    let query = outbox::table.select(Row::as_select()).order(outbox::id);
    let rows: Vec<Row> = match state {
        Some(state) => query.filter(outbox::state.eq(state.code())).load(&mut connection.inner)?,
        None => query.load(&mut connection.inner)?,
    };
    rows.into_iter().map(Row::mail).collect()
}

/// How many mails have yet to go out, and when the first of them is due; `None` where nothing waits.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn backlog(connection: &mut Connection) -> Result<(u64, Option<DateTime<Utc>>), StorageError> {
    let open = [MailState::Pending.code(), MailState::Sending.code()];
    let (waiting, next): (i64, Option<i64>) = outbox::table
        .filter(outbox::state.eq_any(open))
        .select((count_star(), min(outbox::next_attempt_at)))
        .first(&mut connection.inner)?;
    Ok((waiting.unsigned_abs(), next.map(instant).transpose()?))
}

/// The attempts to send a mail, the first one first.
///
/// # Errors
/// A failing database, or a stored value that makes no sense.
pub fn deliveries(connection: &mut Connection, id: MailId) -> Result<Vec<Delivery>, StorageError> {
    let rows: Vec<(i64, i16, String)> = deliveries::table
        .filter(deliveries::outbox_id.eq(id.0))
        .select((deliveries::attempted_at, deliveries::outcome, deliveries::detail))
        .order(deliveries::id)
        .load(&mut connection.inner)?;
    rows.into_iter()
        .map(|(at, outcome, detail)| {
            Ok(Delivery { attempted_at: instant(at)?, outcome: Outcome::from_code(outcome)?, detail })
        })
        .collect()
}

impl Row {
    fn mail(self) -> Result<Mail, StorageError> {
        Ok(Mail {
            id: MailId(self.id),
            mail: NewMail {
                mpp: self.mpp_id.map(MppId),
                period: period(self.period)?,
                revision: self.revision,
                email: self.recipient_email,
                name: self.recipient_name,
                language: Language::from_code(self.language)?,
                message_id: self.message_id,
                attachments: self.attachments,
            },
            state: MailState::from_code(self.state)?,
            attempts: self.attempts.unsigned_abs(),
            next_attempt_at: instant(self.next_attempt_at)?,
            last_error: self.last_error,
            sent_at: self.sent_at.map(instant).transpose()?,
        })
    }
}
