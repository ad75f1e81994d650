//! `responses.csv`.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use suara_domain::element::Element;
use suara_domain::period::Period;
use suara_domain::response::{FieldError, FieldProblem, RawResponse, Source, Submission, columns};
use suara_storage::responses::{Imported, NewResponse, insert_batch};
use suara_storage::{Database, InstrumentId};

use super::Kept;
use super::names::Names;
use super::table::{Columns, Reject, Row};
use crate::app::AppError;
use crate::app::cells::unguarded;
use crate::app::instrument;

pub(super) const COLUMNS: Columns = Columns { required: &columns::REQUIRED, optional: &columns::OPTIONAL };

pub(super) fn import(
    database: &Database,
    names: &Names,
    rows: &[Row],
    now: DateTime<Utc>,
) -> Result<Vec<Result<Kept, Reject>>, AppError> {
    let instrument = instrument::standard(database)?;
    let context = Context { names, now, instrument };
    let parsed: Vec<Result<NewResponse, Reject>> = rows.iter().map(|row| context.response(row)).collect();
    let usable: Vec<NewResponse> = parsed.iter().flatten().cloned().collect();
    let stored = database.write("import responses", |connection| insert_batch(connection, &usable))?;
    let mut stored = usable.iter().zip(stored);
    let results = rows.iter().zip(parsed).map(|(row, parsed)| {
        parsed?;
        match stored.next() {
            Some((response, imported)) => kept(row, response, imported),
            None => Ok(Kept::Unchanged),
        }
    });
    Ok(results.collect())
}

fn kept(row: &Row, response: &NewResponse, imported: Imported) -> Result<Kept, Reject> {
    match imported {
        Imported::Inserted => Ok(Kept::Imported),
        Imported::Unchanged => Ok(Kept::Unchanged),
        Imported::Conflict => Err(row.reject("id", "id_conflict", "this id is stored with other content")),
        Imported::Withdrawn => Err(row.reject("id", "withdrawn", "this response was withdrawn")),
        Imported::PeriodClosed => {
            let problem = FieldProblem::PeriodClosed(response.period.to_string());
            Err(row.reject("filled_at", problem.code(), problem.to_string()))
        }
    }
}

struct Context<'a> {
    names: &'a Names,
    now: DateTime<Utc>,
    instrument: InstrumentId,
}

impl Context<'_> {
    fn response(&self, row: &Row) -> Result<NewResponse, Reject> {
        let raw = raw(row);
        let submission = Submission::parse(&raw, Source::File).map_err(|errors| all(row, &errors))?;
        let problem = |field, problem| all(row, &[FieldError { field, problem }]);
        let mpp = self.names.get(&submission.mpp);
        let mpp = mpp.ok_or_else(|| problem("mpp", FieldProblem::UnknownMpp(submission.mpp.to_string())))?;
        let service = match &submission.service {
            None => None,
            Some(code) => match mpp.services.get(code) {
                Some(service) => Some(*service),
                None => return Err(problem("service", FieldProblem::UnknownService(code.clone()))),
            },
        };
        let filled_at = match submission.filled_at {
            Some(filled_at) if filled_at > self.now => return Err(problem("filled_at", FieldProblem::InFuture)),
            filled_at => filled_at.unwrap_or(self.now),
        };
        if submission.under_17 {
            return Err(row.reject("age_band", "under_17", "answers of people under 17 are not recorded"));
        }
        Ok(NewResponse {
            id: submission.id,
            mpp: mpp.id,
            service,
            counter: submission.counter.as_ref().and_then(|name| mpp.counters.get(name)).copied(),
            period: Period::containing(filled_at, mpp.zone),
            filled_at,
            received_at: self.now,
            channel: submission.channel,
            mode: submission.mode,
            answers: submission.answers,
            profile: submission.profile,
            duration_s: submission.duration_s,
            language: submission.language,
            verified: submission.verified,
            visit: None,
            counter_signed: submission.counter_signed,
            device_marker: None,
            flags: 0,
            content_hash: submission.content_hash(),
            instrument: self.instrument,
            comment: submission.comment,
        })
    }
}

/// Every error of a row as one rejection: the first column at fault, all reasons.
fn all(row: &Row, errors: &[FieldError]) -> Reject {
    let Some(first) = errors.first() else { return row.reject("", "invalid", "cannot be used") };
    let reason = match errors {
        [only] => only.problem.to_string(),
        several => several.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    };
    row.reject(first.field, first.problem.code(), reason)
}

fn raw(row: &Row) -> RawResponse {
    let cells: HashMap<&str, String> = COLUMNS
        .required
        .iter()
        .chain(COLUMNS.optional)
        .filter_map(|column| Some((*column, unguarded(row.get(column)?).to_owned())))
        .collect();
    let cell = |column: &str| cells.get(column).cloned();
    RawResponse {
        id: cell("id"),
        mpp: cell("mpp"),
        service: cell("service"),
        counter: cell("counter"),
        filled_at: cell("filled_at"),
        channel: cell("channel"),
        mode: cell("mode"),
        scores: Element::ALL.map(|element| cell(element.key())),
        sex: cell("sex"),
        age_band: cell("age_band"),
        education: cell("education"),
        occupation: cell("occupation"),
        disability: cell("disability"),
        comment: cell("comment"),
        duration_s: cell("duration_s"),
        language: cell("language"),
        verified: cell("verified"),
        counter_signed: cell("counter_signed"),
        // What proves something is sent by pages; of a file's device marker nothing is made.
        ..RawResponse::default()
    }
}
