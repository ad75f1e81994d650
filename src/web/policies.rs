//! The content security policies: one for the pages that other sites may frame, one for all others.

use actix_web::http::header::HeaderValue;

use super::assets::Assets;

/// The policies as header values, made once.
pub(super) struct Policies {
    framed: HeaderValue,
    alone: HeaderValue,
}

/// Routes of the survey as a person meets it on the own phone. A tablet of the MPP stands alone.
const FRAMED: [&str; 4] = ["/s/{mpp}", "/s/{mpp}/terima-kasih/{receipt}", "/s/{mpp}/tersimpan", "/s/{mpp}/tarik"];

impl Policies {
    /// Policies that let these origins show the survey in a frame.
    pub fn new(origins: &[String]) -> Self {
        let policy = |ancestors: &str| {
            let policy = Assets::get().sources.policy(ancestors);
            // Hashes and checked origins are plain text; if not, nothing at all is allowed.
            HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'none'"))
        };
        let alone = policy("'none'");
        Self { framed: if origins.is_empty() { alone.clone() } else { policy(&origins.join(" ")) }, alone }
    }

    /// The policy of a route.
    pub fn of(&self, route: &str) -> HeaderValue {
        if FRAMED.contains(&route) { self.framed.clone() } else { self.alone.clone() }
    }
}
