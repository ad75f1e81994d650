//! Around every request: its time and status by route pattern, for the log and the metrics, and the security headers.
//! Nothing of the address, the query, the body or the client is logged.

use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, web};

use super::state::Web;

/// Headers with the same value on every response, beside the content security policy.
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Receipts are in addresses; they go to nobody.
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
];

/// The middleware.
pub(super) async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let mut response = next.call(request).await?;
    let duration = started.elapsed();
    let request = response.request();
    let pattern = request.match_pattern();
    let route = pattern.as_deref().unwrap_or("unmatched");
    let method = method_label(request.method());
    let status = response.status();
    let state = request.app_data::<web::Data<Web>>().cloned();
    if let Some(state) = &state {
        state.metrics.request(route, method, status.as_str(), duration);
    }
    tracing::info!(
        target: "suara::access",
        {
            http.route = route,
            http.method = method,
            http.status = status.as_u16(),
            duration_us = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
        },
        "request"
    );
    if let Some(state) = state {
        let (policy, route) = (state.policies.of(route), route.to_owned());
        harden(response.headers_mut(), &route, policy);
    }
    Ok(response)
}

/// Adds the headers that every response has. What the API says may be read by scripts of any site: there is nothing in
/// it that is not for everybody, and nobody is known by a cookie.
fn harden(headers: &mut HeaderMap, route: &str, policy: HeaderValue) {
    for (name, value) in HEADERS {
        headers.insert(name, value);
    }
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    if route.starts_with("/api/v1/") {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
}

/// Methods are an open list that clients choose from; a label must not be.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}
