//! Giving out visit tokens: to the queue machine as a file, to the queue system over the API.

use chrono::{DateTime, Days, NaiveDate, Utc};
use suara_domain::mpp::MppCode;
use suara_storage::visit_tokens::{self, SERIALS, VisitTicket};
use suara_storage::{Database, StorageError};

use super::directory::Mpp;
use super::visit_token::{TokenKey, VisitToken, day_number, day_of};
use super::{App, AppError};

/// How many tokens are wanted, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VisitOrder {
    /// Tokens.
    pub count: u32,
    /// The last day on which they are valid is so many days after the present one.
    pub days: u32,
}

/// Tokens that were given out just now.
#[derive(Clone, Debug)]
pub struct Visits {
    /// Whose visitors they are for.
    pub mpp: MppCode,
    /// Last day on which they are valid, in the MPP's zone.
    pub last_valid_day: NaiveDate,
    /// The tokens.
    pub tokens: Vec<VisitToken>,
}

/// Why no tokens were given out.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// There are not so many left with this last day.
    #[error("at most {SERIALS} tokens can be valid until {0}, and not so many are left: choose another number of days")]
    Exhausted(NaiveDate),
    /// The database fails.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Gives out tokens of an MPP.
///
/// # Errors
/// There is no such MPP, there are not so many tokens left, or the database fails.
pub fn issue_visits(
    database: &Database,
    mpp: &MppCode,
    order: VisitOrder,
    now: DateTime<Utc>,
) -> Result<Visits, AppError> {
    let (_, directory) = super::service::load(database)?;
    let mpp = directory.mpp(mpp).ok_or_else(|| AppError::refused(format!("there is no MPP \"{mpp}\"")))?;
    let key = TokenKey::load(database)?;
    issue(database, &key, mpp, order, now).map_err(|error| match error {
        VisitError::Storage(error) => error.into(),
        exhausted @ VisitError::Exhausted(_) => AppError::refused(exhausted.to_string()),
    })
}

impl App {
    /// Gives out tokens of an MPP. Blocks.
    ///
    /// # Errors
    /// See [`VisitError`].
    pub fn issue_visits(&self, mpp: &Mpp, order: VisitOrder) -> Result<Visits, VisitError> {
        issue(self.database(), self.tokens(), mpp, order, self.clock().now())
    }

    /// What a token says, if it is genuine, of this MPP, and valid at `filled_at`: an answer that waited on a phone
    /// without a network counts as of when it was given.
    pub(super) fn ticket(&self, mpp: &Mpp, token: Option<&str>, filled_at: DateTime<Utc>) -> Option<VisitTicket> {
        let token = VisitToken::parse(token?)?;
        let ticket = self.tokens().ticket(&mpp.code, &token)?;
        (mpp.zone.local(filled_at).date_naive() <= day_of(ticket.last_day)).then_some(ticket)
    }
}

fn issue(
    database: &Database,
    key: &TokenKey,
    mpp: &Mpp,
    order: VisitOrder,
    now: DateTime<Utc>,
) -> Result<Visits, VisitError> {
    let last_valid_day = mpp.zone.local(now).date_naive() + Days::new(order.days.into());
    let exhausted = || VisitError::Exhausted(last_valid_day);
    let last_day = day_number(last_valid_day).ok_or_else(exhausted)?;
    let first = database
        .write("issue visit tokens", |connection| visit_tokens::issue(connection, mpp.id, last_day, order.count))?
        .ok_or_else(exhausted)?;
    let token = |serial| key.token(&mpp.code, VisitTicket { last_day, serial });
    let tokens = (first..first + order.count).map(token).collect();
    Ok(Visits { mpp: mpp.code.clone(), last_valid_day, tokens })
}

impl Visits {
    /// The address of the survey with a token in it.
    #[must_use]
    pub fn address(&self, public_url: &str, token: &VisitToken) -> String {
        format!("{public_url}/s/{}?tiket={token}", self.mpp)
    }
}
