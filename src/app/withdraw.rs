//! Withdrawing a response by its receipt. The receipt is not stored, so the ids of the MPP's open periods are searched
//! for the one it belongs to.

use std::ops::ControlFlow;

use suara_domain::period::Period;
use suara_storage::responses::{self, Withdrawal};
use suara_storage::{Connection, Database, MppId, StorageError, mpp_periods};
use uuid::Uuid;

use super::App;
use super::directory::Mpp;
use super::receipt::{Receipt, ReceiptKey};

/// A response that is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// By this call.
    Now,
    /// By an earlier one.
    Before,
}

/// Why nothing was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawError {
    /// No response of an open period has this receipt.
    #[error("no response of an open period has this receipt")]
    Unknown,
    /// The database cannot be reached.
    #[error("the response cannot be withdrawn now")]
    Unavailable,
}

/// How many periods back from the current one are searched: an answer may arrive 60 days after it was given, and a
/// period stays open until the batch closes it.
const PERIODS: usize = 3;

impl App {
    /// Withdraws the response with this receipt, on the pool for blocking work.
    ///
    /// # Errors
    /// See [`WithdrawError`].
    pub async fn withdraw(&self, mpp: &Mpp, receipt: Receipt) -> Result<Withdrawn, WithdrawError> {
        let now = self.clock().now();
        let current = Period::containing(now, mpp.zone);
        let periods: Vec<Period> =
            std::iter::successors(Some(current.next()), |period| Some(period.previous())).take(PERIODS + 1).collect();
        let (database, key, id) = (self.database().clone(), self.receipts().clone(), mpp.id);
        // One search at a time: it reads every id of a semester, and must not take the pool away from the writer.
        let _turn = self.withdrawals().acquire().await.map_err(|_| WithdrawError::Unavailable)?;
        let search = move || {
            let found = find(&database, &key, id, &periods, receipt)?;
            found
                .map(|response| database.write("withdraw", |connection| responses::withdraw(connection, response, now)))
                .transpose()
        };
        match tokio::task::spawn_blocking(search).await {
            Ok(Ok(Some(Withdrawal::Withdrawn))) => Ok(Withdrawn::Now),
            Ok(Ok(Some(Withdrawal::AlreadyWithdrawn))) => Ok(Withdrawn::Before),
            Ok(Ok(Some(Withdrawal::PeriodClosed | Withdrawal::Unknown) | None)) => Err(WithdrawError::Unknown),
            Ok(Err(error)) => {
                tracing::warn!(error = %error, "a response could not be withdrawn");
                Err(WithdrawError::Unavailable)
            }
            Err(_) => Err(WithdrawError::Unavailable),
        }
    }
}

fn find(
    database: &Database,
    key: &ReceiptKey,
    mpp: MppId,
    periods: &[Period],
    receipt: Receipt,
) -> Result<Option<Uuid>, StorageError> {
    database.read(|connection| {
        for period in periods {
            if mpp_periods::get(connection, mpp, *period)?.is_none()
                && let Some(id) = find_in(connection, key, mpp, *period, receipt)?
            {
                return Ok(Some(id));
            }
        }
        Ok(None)
    })
}

fn find_in(
    connection: &mut Connection,
    key: &ReceiptKey,
    mpp: MppId,
    period: Period,
    receipt: Receipt,
) -> Result<Option<Uuid>, StorageError> {
    let mut found = None;
    responses::ids(connection, mpp, period, |id| {
        if key.receipt(id) == receipt {
            found = Some(id);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(found)
}
