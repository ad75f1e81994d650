//! Short friendly pages: what happened, and a way on. Every refusal a person can meet has one.

use actix_web::http::StatusCode;
use actix_web::http::header::{HeaderValue, RETRY_AFTER};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;

use crate::web::assets::Assets;
use crate::web::citizen::NextPerson;
use crate::web::reply;
use crate::web::text::Texts;

/// Seconds after which a busy server may be asked again.
pub(super) const RETRY_SECONDS: HeaderValue = HeaderValue::from_static("2");

/// What a notice says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notice {
    UnknownMpp,
    NotFound,
    MethodNotAllowed,
    Conflict,
    Gone,
    TooLarge,
    Unreadable,
    MediaType,
    Busy,
    Failure,
    Minor,
    Withdrawn,
    AlreadyWithdrawn,
    UnknownReceipt,
    Unavailable,
}

impl Notice {
    fn status(self) -> StatusCode {
        match self {
            Self::UnknownMpp | Self::NotFound | Self::UnknownReceipt => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::Gone | Self::AlreadyWithdrawn => StatusCode::GONE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Busy | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failure => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Minor | Self::Withdrawn => StatusCode::OK,
        }
    }

    fn texts(self, t: &Texts) -> (&str, &str) {
        match self {
            Self::UnknownMpp => (t.say("unknown-mpp-heading"), t.say("unknown-mpp-text")),
            Self::NotFound => (t.say("not-found-heading"), t.say("not-found-text")),
            Self::MethodNotAllowed => (t.say("method-heading"), t.say("method-text")),
            Self::Conflict => (t.say("conflict-heading"), t.say("conflict-text")),
            Self::Gone => (t.say("gone-heading"), t.say("gone-text")),
            Self::TooLarge => (t.say("too-large-heading"), t.say("too-large-text")),
            Self::Unreadable => (t.say("unreadable-heading"), t.say("unreadable-text")),
            Self::MediaType => (t.say("media-type-heading"), t.say("media-type-text")),
            Self::Busy => (t.say("busy-heading"), t.say("busy-text")),
            Self::Minor => (t.say("minor-heading"), t.say("minor-text")),
            Self::Withdrawn => (t.say("withdrawn-heading"), t.say("withdrawn-text")),
            Self::AlreadyWithdrawn => (t.say("withdrawn-before-heading"), t.say("withdrawn-text")),
            Self::Failure | Self::Unavailable => (t.say("failure-heading"), t.say("failure-text")),
            Self::UnknownReceipt => (t.say("not-found-receipt-heading"), t.say("not-found-receipt-text")),
        }
    }
}

/// The fields of a form to be sent again by one button.
pub(super) struct Resend {
    /// Address.
    pub action: String,
    /// Hidden fields.
    pub fields: Vec<(&'static str, String)>,
    /// Words on the button.
    pub button: &'static str,
}

/// A notice with its surroundings.
pub(super) struct NoticePage {
    notice: Notice,
    language: Language,
    mpp: Option<MppCode>,
    resend: Option<Resend>,
    next: Option<NextPerson>,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct View<'a> {
    t: &'static Texts,
    style: &'static str,
    lang_query: &'static str,
    heading: &'a str,
    text: &'a str,
    resend: Option<Resend>,
    next: Option<NextPerson>,
    links: Vec<(String, &'a str)>,
}

impl NoticePage {
    /// A notice in a language.
    pub const fn new(notice: Notice, language: Language) -> Self {
        Self { notice, language, mpp: None, resend: None, next: None }
    }

    /// Offers the survey and the results of this MPP as a way on.
    pub fn at(mut self, mpp: &MppCode) -> Self {
        self.mpp = Some(mpp.clone());
        self
    }

    /// Offers to send a form again.
    pub fn resend(mut self, resend: Resend) -> Self {
        self.resend = Some(resend);
        self
    }

    /// Offers the empty survey to the next person at a tablet instead, sooner if nothing else is left to do here.
    pub fn next(mut self, next: Option<NextPerson>) -> Self {
        let is_done = self.resend.is_none();
        self.next = next.map(|next| if is_done { next } else { next.later() });
        self
    }

    /// The response.
    pub fn send(self, request: &HttpRequest) -> HttpResponse {
        let t = Texts::of(self.language);
        let (heading, text) = self.notice.texts(t);
        let query = t.query();
        let list = || vec![(format!("/{query}"), t.say("all-malls"))];
        let of_mpp = |mpp: &MppCode| {
            vec![
                (format!("/s/{mpp}{query}"), t.say("fill-again")),
                (format!("/hasil/{mpp}{query}"), t.say("see-results")),
            ]
        };
        let links = match (&self.resend, &self.mpp) {
            // The answers are on this page alone: no button leads away from them.
            (Some(_), _) => Vec::new(),
            (None, Some(mpp)) => of_mpp(mpp),
            (None, None) => list(),
        };
        let style = &Assets::get().style;
        let view = View { t, style, lang_query: query, heading, text, resend: self.resend, next: self.next, links };
        let mut response = match view.render() {
            Ok(body) => reply::page(request, self.notice.status(), body),
            Err(_) => HttpResponse::new(self.notice.status()),
        };
        if self.notice.status() == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(RETRY_AFTER, RETRY_SECONDS);
        }
        response
    }
}
