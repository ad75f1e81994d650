//! After an answer at a tablet that many people use: where the next of them begins.

use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::respondent::Mode;
use suara_domain::response::RawResponse;

use crate::web::assets::Assets;
use crate::web::form;

/// Seconds after which a tablet at the counter goes on by itself.
const AT_ONCE: u32 = 8;
/// The same where something can still be done on the page.
const AFTER_A_WHILE: u32 = 60;

/// A way on for the next person.
pub(in crate::web) struct NextPerson {
    /// Address of the empty survey.
    pub address: String,
    /// Seconds after which the page goes there by itself; 0 for never.
    pub seconds: u32,
    /// Address of the script that does it.
    pub script: &'static str,
}

impl NextPerson {
    /// The way on after this response; `None` on a person's own device.
    pub fn after(mpp: &MppCode, response: &RawResponse, language: Language) -> Option<Self> {
        let place = place(response.mode.as_deref())?;
        let counter = form::encode(response.counter.as_deref().unwrap_or_default());
        let code = code_part(response);
        let address = format!("/s/{mpp}/{place}?loket={counter}{code}&bahasa={}", language.key());
        let seconds = if place == "kiosk" { AT_ONCE } else { 0 };
        Some(Self { address, seconds, script: &Assets::get().kiosk_script.path })
    }

    /// The way on that the query of a thank-you page tells, as [`way_on`] wrote it.
    pub fn of_query(mpp: &MppCode, query: &str, language: Language) -> Option<Self> {
        [Mode::Kiosk, Mode::Assisted].into_iter().find_map(|mode| {
            let counter = Some(form::query_value(query, place(Some(mode.key()))?)?);
            let mode = Some(mode.key().to_owned());
            let counter_code = form::query_value(query, "kode");
            Self::after(mpp, &RawResponse { mode, counter, counter_code, ..RawResponse::default() }, language)
        })
    }

    /// The same for a page on which the person still has something to do.
    pub fn later(mut self) -> Self {
        self.seconds = if self.seconds == 0 { 0 } else { AFTER_A_WHILE };
        self
    }
}

/// What the query of a thank-you page says about the way on: `kiosk=` or `bantu=` with the counter, and the code that
/// signs it; `None` on a person's own device.
pub(in crate::web) fn way_on(response: &RawResponse) -> Option<String> {
    let place = place(response.mode.as_deref())?;
    let counter = form::encode(response.counter.as_deref().unwrap_or_default());
    Some(format!("{place}={counter}{}", code_part(response)))
}

/// The code of the counter as a part of a query. A tablet that loses it has unsigned responses from the second person on.
fn code_part(response: &RawResponse) -> String {
    let code = response.counter_code.as_deref();
    code.map(|code| format!("&kode={}", form::encode(code))).unwrap_or_default()
}

/// The part of the address where responses of a mode begin, and the parameter that carries their counter on.
fn place(mode: Option<&str>) -> Option<&'static str> {
    match Mode::ALL.iter().find(|known| Some(known.key()) == mode)? {
        Mode::Kiosk => Some("kiosk"),
        Mode::Assisted => Some("bantu"),
        Mode::Web | Mode::Paper => None,
    }
}
