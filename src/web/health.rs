//! Is the process alive, and can it do its work?

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::reply::{NO_STORE, Reply};
use super::state::Web;

const TEXT: &str = "text/plain; charset=utf-8";

/// `GET /health/live`: the process answers.
pub(super) async fn live(request: HttpRequest) -> HttpResponse {
    told(&request, StatusCode::OK, "ok\n")
}

/// `GET /health/ready`: the database answers and has the schema of this version.
pub(super) async fn ready(state: web::Data<Web>, request: HttpRequest) -> HttpResponse {
    let app = state.app.clone();
    match web::block(move || app.is_ready()).await {
        Ok(Ok(true)) => told(&request, StatusCode::OK, "ready\n"),
        Ok(Ok(false)) => told(&request, StatusCode::SERVICE_UNAVAILABLE, "the database needs `suara migrate`\n"),
        Ok(Err(error)) => {
            tracing::warn!(error = %error, "not ready");
            told(&request, StatusCode::SERVICE_UNAVAILABLE, "the database cannot be reached\n")
        }
        Err(_) => told(&request, StatusCode::SERVICE_UNAVAILABLE, "stopping\n"),
    }
}

fn told(request: &HttpRequest, status: StatusCode, text: &str) -> HttpResponse {
    Reply { status, content_type: TEXT, cache: NO_STORE, body: text.to_owned() }.send(request)
}
