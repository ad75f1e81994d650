//! Request bodies: what kind they are and how large they may be.

use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{HttpRequest, web};

/// Largest form or single response, bytes.
pub(super) const SINGLE_LIMIT: usize = 64 * 1024;
/// Largest array of responses, bytes.
pub(super) const ARRAY_LIMIT: usize = 1024 * 1024;

/// A body that was read, or not.
pub(super) struct Sent(pub Result<web::Bytes, actix_web::Error>);

/// Why a body cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BodyError {
    /// More bytes than allowed.
    TooLarge,
    /// It broke off.
    Broken,
}

impl actix_web::FromRequest for Sent {
    type Error = std::convert::Infallible;
    type Future = std::pin::Pin<Box<dyn Future<Output = Result<Self, Self::Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut actix_web::dev::Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async { Ok(Self(bytes.await)) })
    }
}

impl Sent {
    /// The bytes, if there are at most `limit`.
    ///
    /// # Errors
    /// Too many, or the body broke off.
    pub fn limited(self, limit: usize) -> Result<web::Bytes, BodyError> {
        match self.0 {
            Ok(bytes) if bytes.len() > limit => Err(BodyError::TooLarge),
            Ok(bytes) => Ok(bytes),
            Err(error) => match error.as_error::<PayloadError>() {
                Some(PayloadError::Overflow) => Err(BodyError::TooLarge),
                _ => Err(BodyError::Broken),
            },
        }
    }
}

/// Whether the request says its body is of this kind; parameters after `;` do not matter.
pub(super) fn is_kind(request: &HttpRequest, kind: &str) -> bool {
    let given = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(kind)
}
