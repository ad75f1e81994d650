//! After an answer at a tablet that many people use: where the next of them begins.

use suara_domain::language::Language;
use suara_domain::mpp::MppCode;
use suara_domain::respondent::Mode;

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
    /// The way on after a response of this mode; `None` on a person's own device.
    pub fn after(mpp: &MppCode, mode: Option<&str>, counter: Option<&str>, language: Language) -> Option<Self> {
        let (place, seconds) = match place(mode)? {
            "kiosk" => ("kiosk", AT_ONCE),
            place => (place, 0),
        };
        let counter = form::encode(counter.unwrap_or_default());
        let address = format!("/s/{mpp}/{place}?loket={counter}&bahasa={}", language.key());
        Some(Self { address, seconds, script: &Assets::get().kiosk_script.path })
    }

    /// The way on that the query of a thank-you page tells: `kiosk=` or `bantu=` with the counter.
    pub fn of_query(mpp: &MppCode, query: &str, language: Language) -> Option<Self> {
        [Mode::Kiosk, Mode::Assisted].into_iter().find_map(|mode| {
            let counter = form::query_value(query, place(Some(mode.key()))?)?;
            Self::after(mpp, Some(mode.key()), Some(&counter), language)
        })
    }

    /// The same for a page on which the person still has something to do.
    pub fn later(mut self) -> Self {
        self.seconds = if self.seconds == 0 { 0 } else { AFTER_A_WHILE };
        self
    }
}

/// The part of the address where responses of a mode begin, and the parameter that carries their counter on.
pub(in crate::web) fn place(mode: Option<&str>) -> Option<&'static str> {
    match Mode::ALL.iter().find(|known| Some(known.key()) == mode)? {
        Mode::Kiosk => Some("kiosk"),
        Mode::Assisted => Some("bantu"),
        Mode::Web | Mode::Paper => None,
    }
}
