//! The citizen's pages: the survey, the thank-you page, what waits on the phone, withdrawing.

mod field_text;
mod heartbeat;
mod next_person;
mod ready_pages;
mod saved;
mod service_list;
mod submit;
mod survey;
mod survey_page;
mod thanks;
mod withdraw;

use actix_web::HttpRequest;
use suara_domain::language::Language;
use suara_domain::mpp::MppCode;

use crate::web::form;

pub(super) use heartbeat::heartbeat;
pub(super) use next_person::NextPerson;
pub(super) use ready_pages::ReadyPages;
pub(super) use saved::saved;
pub(super) use service_list::ServiceList;
pub(super) use submit::submit;
pub(super) use survey::{assisted, kiosk, survey};
pub(super) use thanks::thanks;
pub(super) use withdraw::{withdraw, withdraw_form};

/// The language an address asks for with `?bahasa=`; Indonesian otherwise.
pub(super) fn language_of(request: &HttpRequest) -> Language {
    let asked = form::query_value(request.query_string(), "bahasa");
    asked.as_deref().and_then(Language::from_key).unwrap_or(Language::Indonesian)
}

/// The code of the MPP in the address; `None` if it cannot be one.
pub(super) fn code_of(request: &HttpRequest) -> Option<MppCode> {
    MppCode::parse(request.match_info().get("mpp")?).ok()
}
