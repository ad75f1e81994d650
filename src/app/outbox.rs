//! Sending what waits in the outbox, and the ledger of it.

mod national;

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::Deserialize;
use suara_storage::outbox::{self, AfterFailure, MailId, MailState, NewMail};
use suara_storage::{Database, mpps, report_revisions, summaries, tallies};

use super::AppError;
use super::summary::MppSummary;
use crate::clock::Clock;
use crate::config::MailSettings;
use crate::mail::address::Correspondent;
use crate::mail::dispatch::{self, Attempt, Claim, Decision, Drained};
use crate::mail::message::{OutgoingMail, SIZE_LIMIT};
use crate::mail::report::{Figures, ReportMail};
use crate::mail::smtp::{SmtpServer, TIMEOUT};
use crate::mail::transport::{MailFolder, Transport};

/// One mail takes seconds; a drain that died is replaced after this.
const LEASE_MINUTES: i64 = 10;

/// A file that goes with a mail, as the run noted it.
#[derive(Debug, Deserialize)]
struct Attachment {
    path: String,
}

/// Sends every mail that is due.
///
/// # Errors
/// The settings cannot be used, or the database fails. What a mail server refuses is no error: it is in the ledger.
pub fn send(
    database: &Database,
    data_dir: &Path,
    settings: &MailSettings,
    clock: &dyn Clock,
) -> Result<Drained, AppError> {
    let transport = transport(data_dir, settings)?;
    let sender = Correspondent::parse(&settings.mail_from)
        .map_err(|error| AppError::refused(format!("the sender of mail cannot be used: {error}")))?;
    let mut queue = Queue { database, data_dir, sender, public_url: &settings.public_url };
    dispatch::drain(&mut queue, &transport, clock, &mut |_| {})
}

fn transport(data_dir: &Path, settings: &MailSettings) -> Result<Transport, AppError> {
    let Some(url) = &settings.smtp_url else {
        return Ok(Transport::Files(MailFolder::new(data_dir.join("mail"))));
    };
    let unreadable = |path: &PathBuf, error| AppError::refused(format!("cannot read {}: {error}", path.display()));
    let root = settings.smtp_ca.as_ref();
    let root = root.map(|path| fs::read(path).map_err(|error| unreadable(path, error))).transpose()?;
    let server = SmtpServer::new(url, root.as_deref(), TIMEOUT)
        .map_err(|error| AppError::refused(format!("the address of the mail server cannot be used: {error}")))?;
    Ok(Transport::Smtp(server))
}

/// The outbox in the database.
struct Queue<'a> {
    database: &'a Database,
    data_dir: &'a Path,
    sender: Correspondent,
    public_url: &'a str,
}

/// A mail that this drain holds.
struct Ticket {
    id: MailId,
    mail: NewMail,
}

impl dispatch::Outbox for Queue<'_> {
    type Ticket = Ticket;
    type Error = AppError;

    fn claim(&mut self, now: DateTime<Utc>, due_by: DateTime<Utc>) -> Result<Option<Claim<Ticket>>, AppError> {
        let until = now + TimeDelta::minutes(LEASE_MINUTES);
        let claimed =
            self.database.write("claim mail", |connection| outbox::claim_due(connection, due_by, 1, until))?;
        Ok(claimed.into_iter().next().map(|mail| Claim {
            message_id: mail.mail.message_id.clone(),
            // The attempt that begins here is counted already.
            attempts: mail.attempts.saturating_sub(1),
            ticket: Ticket { id: mail.id, mail: mail.mail },
        }))
    }

    fn load(&mut self, claim: &Claim<Ticket>) -> Result<Result<OutgoingMail, String>, AppError> {
        let mail = &claim.ticket.mail;
        match self.compose(mail) {
            Ok(outgoing) => Ok(Ok(outgoing)),
            Err(AppError::Storage(error)) => Err(AppError::Storage(error)),
            Err(reason) => Ok(Err(reason.to_string())),
        }
    }

    fn record(&mut self, claim: &Claim<Ticket>, attempt: &Attempt) -> Result<(), AppError> {
        let (id, at) = (claim.ticket.id, attempt.at);
        let failed = |after, reason: &str| {
            self.database.write("record attempt", |connection| outbox::mark_failed(connection, id, at, after, reason))
        };
        match &attempt.decision {
            Decision::Sent => {
                self.database.write("record attempt", |connection| outbox::mark_sent(connection, id, at, ""))?;
            }
            Decision::Retry { at: next, reason } => failed(AfterFailure::RetryAt(*next), reason)?,
            Decision::Postpone { at: next, reason } => failed(AfterFailure::Postpone(*next), reason)?,
            Decision::Fail { reason } => failed(AfterFailure::GiveUp, reason)?,
        }
        Ok(())
    }
}

impl Queue<'_> {
    fn compose(&self, mail: &NewMail) -> Result<OutgoingMail, AppError> {
        let Some(id) = mail.mpp else { return national::compose(self, mail) };
        let (mpps, revisions, summary, tallies) = self.database.read(|connection| {
            Ok((
                mpps::list(connection)?,
                report_revisions::list(connection, id, mail.period)?,
                summaries::get(connection, id, mail.period)?,
                tallies::load(connection, id, mail.period)?,
            ))
        })?;
        let missing = |what: &str| AppError::refused(format!("{what} of this mail is missing"));
        let mpp = mpps.into_iter().find(|mpp| mpp.id == id).ok_or_else(|| missing("the MPP"))?;
        let revision = revisions.into_iter().find(|revision| revision.number == mail.revision);
        let summary = summary.ok_or_else(|| missing("the summary"))?;
        let summary: MppSummary = serde_json::from_str(&summary.body).map_err(AppError::output)?;
        let total = tallies.ok_or_else(|| missing("the tally"))?.total();
        let [pdf, workbook] = self.attachments(mail)?;
        let recipient =
            Correspondent::new(&mail.email, &mail.name).map_err(|error| AppError::refused(error.to_string()))?;
        let report = ReportMail {
            message_id: &mail.message_id,
            sender: &self.sender,
            recipient: &recipient,
            language: mail.language,
            mpp: &mpp.details.code,
            mpp_name: &mpp.details.name,
            period: mail.period,
            revision: mail.revision.unsigned_abs(),
            date: revision.ok_or_else(|| missing("the revision"))?.created_at,
            figures: Figures::of(&total, summary.population).ok_or_else(|| missing("the result"))?,
            link: &format!("{}/hasil/{}", self.public_url, mpp.details.code),
            pdf: &pdf,
            xlsx: &workbook,
        };
        OutgoingMail::compose(&report, SIZE_LIMIT).map_err(|error| AppError::refused(error.to_string()))
    }

    fn attachments(&self, mail: &NewMail) -> Result<[Vec<u8>; 2], AppError> {
        let [pdf, workbook]: [Attachment; 2] = serde_json::from_str(&mail.attachments).map_err(AppError::output)?;
        let read = |attachment: Attachment| {
            let path = self.data_dir.join(attachment.path);
            fs::read(&path).map_err(|error| AppError::refused(format!("cannot read {}: {error}", path.display())))
        };
        Ok([read(pdf)?, read(workbook)?])
    }
}

/// How many mails have yet to go out, and when the first of them is due.
///
/// # Errors
/// A failing database.
pub fn backlog(database: &Database) -> Result<(u64, Option<DateTime<Utc>>), AppError> {
    Ok(database.read(outbox::backlog)?)
}

/// The ledger as lines for a terminal, one per mail.
///
/// # Errors
/// A failing database.
pub fn ledger(database: &Database, only_failed: bool) -> Result<Vec<String>, AppError> {
    let state = only_failed.then_some(MailState::Failed);
    let (mails, codes) = database.read(|connection| Ok((outbox::list(connection, state)?, mpps::list(connection)?)))?;
    let time = |at: DateTime<Utc>| at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let line = |mail: &outbox::Mail| {
        let code = codes.iter().find(|mpp| Some(mpp.id) == mail.mail.mpp);
        let state = match mail.state {
            MailState::Sent => format!("sent {}", mail.sent_at.map(time).unwrap_or_default()),
            MailState::Failed => "failed".to_owned(),
            MailState::Pending | MailState::Sending => format!("waiting, next {}", time(mail.next_attempt_at)),
        };
        let columns = [
            code.map_or_else(|| "nasional".to_owned(), |mpp| mpp.details.code.to_string()),
            mail.mail.period.to_string(),
            format!("rev {}", mail.mail.revision),
            mail.mail.email.clone(),
            state,
            format!("{} attempts", mail.attempts),
            mail.last_error.clone().unwrap_or_default(),
        ];
        columns.join("  ").trim_end().to_owned()
    };
    Ok(mails.iter().map(line).collect())
}
