//! `POST /s/{mpp}`: one form, sent or switched to the other language.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE, LOCATION};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use suara_domain::language::Language;
use suara_domain::response::FieldError;
use uuid::Uuid;

use super::next_person::{NextPerson, way_on};
use super::survey_page::Survey;
use super::{code_of, language_of};
use crate::app::directory::Mpp;
use crate::app::record_response::{RecordError, Recorded};
use crate::web::api::outcome;
use crate::web::body::{self, BodyError};
use crate::web::fields::{self, Arrived, ORDER};
use crate::web::form;
use crate::web::notice::{Notice, NoticePage, Resend};
use crate::web::reply;
use crate::web::state::Web;
use crate::web::text::Texts;

/// One posted form on its way.
struct Post<'a> {
    state: &'a Web,
    request: &'a HttpRequest,
    mpp: Arc<Mpp>,
    language: Language,
    arrived: Arrived,
    embedded: bool,
}

/// Takes a form.
pub(in crate::web) async fn submit(state: web::Data<Web>, request: HttpRequest, body: body::Sent) -> HttpResponse {
    let language = language_of(&request);
    let Some(mpp) = code_of(&request).and_then(|code| state.app.mpp(&code)) else {
        return NoticePage::new(Notice::UnknownMpp, language).send(&request);
    };
    let fields = match read(&request, body) {
        Ok(fields) => fields,
        Err(notice) => return NoticePage::new(notice, language).at(&mpp.code).send(&request),
    };
    let mut post =
        Post { state: &state, request: &request, mpp, language, arrived: Arrived::default(), embedded: false };
    let mut switch = None;
    for (name, value) in fields {
        match name.as_str() {
            "sematan" => post.embedded = true,
            "bahasa" => switch = Language::from_key(&value),
            // The address says which MPP it is, and the server's clock when and how long.
            "mpp" | "filled_at" | "duration_s" => {}
            _ => post.arrived.take(&name, Some(value).filter(|value| !value.trim().is_empty())),
        }
    }
    let of_page = post.arrived.raw.language.as_deref().and_then(Language::from_key);
    post.language = switch.or(of_page).unwrap_or(language);
    post.arrived.raw.mpp = Some(post.mpp.code.to_string());
    post.arrived.raw.language = Some(post.language.key().to_owned());
    post.arrived.raw.duration_s =
        post.arrived.raw.id.as_deref().and_then(|id| seconds_since(id, state.app.clock().now()));
    match switch {
        Some(_) => post.form(StatusCode::OK, &[]),
        None => post.record().await,
    }
}

/// Seconds since the page was opened: its id is of version 7 and begins with that moment by the server's clock, which
/// the script keeps. Anything that is no such id, or that took longer than a day, says nothing.
fn seconds_since(id: &str, now: DateTime<Utc>) -> Option<String> {
    let (seconds, nanos) = Uuid::try_parse(id).ok()?.get_timestamp()?.to_unix();
    let opened = DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)?;
    let taken = (now - opened).num_seconds();
    (0..=24 * 60 * 60).contains(&taken).then(|| taken.to_string())
}

/// The fields of a form body, or the notice to show.
fn read(request: &HttpRequest, body: body::Sent) -> Result<Vec<(String, String)>, Notice> {
    if !body::is_kind(request, "application/x-www-form-urlencoded") {
        return Err(Notice::MediaType);
    }
    let bytes = body.limited(body::SINGLE_LIMIT).map_err(|error| match error {
        BodyError::TooLarge => Notice::TooLarge,
        BodyError::Broken => Notice::Unreadable,
    })?;
    form::decode(&bytes).map_err(|_| Notice::Unreadable)
}

impl Post<'_> {
    async fn record(self) -> HttpResponse {
        let repeated = self.arrived.repeated();
        if !repeated.is_empty() {
            let others = self.state.app.check(&self.arrived.raw).err().unwrap_or_default();
            self.state.metrics.ingest("invalid");
            return self.refuse(&fields::in_order(repeated.into_iter().chain(others)));
        }
        let result = self.state.app.record_response(&self.arrived.raw).await;
        self.state.metrics.ingest(outcome(&result));
        match result {
            Ok(recorded) => self.thank(&recorded),
            Err(RecordError::Invalid(errors)) => self.refuse(&errors),
            Err(RecordError::Conflict) => self.offer(Notice::Conflict, self.state.app.fresh_id().to_string()),
            Err(RecordError::Withdrawn) => self.notice(Notice::Gone),
            Err(RecordError::Busy | RecordError::Unavailable) => {
                let id = self.arrived.raw.id.clone().unwrap_or_default();
                self.offer(Notice::Busy, id)
            }
        }
    }

    fn thank(&self, recorded: &Recorded) -> HttpResponse {
        let Some(receipt) = recorded.receipt else { return self.notice(Notice::Minor) };
        let mut query: Vec<String> = Vec::new();
        if recorded.late {
            query.push("terlambat=1".to_owned());
        }
        if self.language != Language::Indonesian {
            query.push(format!("bahasa={}", self.language.key()));
        }
        query.extend(way_on(&self.arrived.raw));
        let mark = if query.is_empty() { "" } else { "?" };
        let address = format!("/s/{}/terima-kasih/{receipt}{mark}{}", self.mpp.code, query.join("&"));
        HttpResponse::SeeOther()
            .insert_header((LOCATION, address))
            .insert_header((CACHE_CONTROL, reply::NO_STORE))
            .insert_header((CONTENT_TYPE, reply::HTML))
            .finish()
    }

    fn refuse(&self, errors: &[FieldError]) -> HttpResponse {
        self.form(StatusCode::UNPROCESSABLE_ENTITY, errors)
    }

    /// The form again, with everything that was filled in.
    fn form(&self, status: StatusCode, errors: &[FieldError]) -> HttpResponse {
        let mut values = self.arrived.raw.clone();
        if errors.iter().any(|error| error.field == "id") {
            values.id = Some(self.state.app.fresh_id().to_string());
        }
        let services = self.state.services(&self.mpp);
        let survey = Survey {
            mpp: &self.mpp,
            services: &services,
            t: Texts::of(self.language),
            values: &values,
            errors,
            fresh: false,
            agency: None,
            embedded: self.embedded,
        };
        match survey.render() {
            Ok(html) => reply::page(self.request, status, html),
            Err(_) => self.notice(Notice::Failure),
        }
    }

    fn notice(&self, notice: Notice) -> HttpResponse {
        NoticePage::new(notice, self.language).at(&self.mpp.code).next(self.next()).send(self.request)
    }

    /// Where the next person begins, if this is a tablet of the MPP.
    fn next(&self) -> Option<NextPerson> {
        NextPerson::after(&self.mpp.code, &self.arrived.raw, self.language)
    }

    /// A notice with a button that sends the same answers under `id`.
    fn offer(&self, notice: Notice, id: String) -> HttpResponse {
        let t = Texts::of(self.language);
        let button = if notice == Notice::Conflict { t.say("conflict-button") } else { t.say("busy-button") };
        let value = |field: &'static str| Some((field, fields::value(&self.arrived.raw, field)?.to_owned()));
        let kept = ORDER.into_iter().filter(|field| *field != "id").filter_map(value);
        let fields = std::iter::once(("id", id)).chain(kept).collect();
        let action = format!("/s/{}{}", self.mpp.code, Texts::of(self.language).query());
        let resend = Resend { action, fields, button };
        NoticePage::new(notice, self.language).resend(resend).next(self.next()).send(self.request)
    }
}
