//! Every address of the service in one place.

use actix_web::guard::{Any, Get, Guard, Head};
use actix_web::http::Method;
use actix_web::web::{self, PayloadConfig, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse, Resource};

use super::body::{ARRAY_LIMIT, SINGLE_LIMIT};
use super::citizen::language_of;
use super::notice::{Notice, NoticePage};
use super::{api, assets, citizen, health, public, worker};

/// Registers all routes.
pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(web::scope("/api/v1").configure(api_routes).default_service(web::to(api::not_found)));
    config
        .service(page("/").route(read().to(public::home)))
        .service(page("/hasil/{mpp}").route(read().to(public::results)))
        .service(page("/data.jsonld").route(read().to(public::catalogue)))
        .service(page("/s/sw.js").route(read().to(worker::worker)))
        .service(form("/s/{mpp}").route(read().to(citizen::survey)).route(web::post().to(citizen::submit)))
        .service(page("/s/{mpp}/kiosk").route(read().to(citizen::kiosk)))
        .service(form("/s/{mpp}/kiosk/detak").route(web::post().to(citizen::heartbeat)))
        .service(page("/s/{mpp}/bantu").route(read().to(citizen::assisted)))
        .service(page("/s/{mpp}/tersimpan").route(read().to(citizen::saved)))
        .service(page("/s/{mpp}/terima-kasih/{receipt}").route(read().to(citizen::thanks)))
        .service(
            form("/s/{mpp}/tarik").route(read().to(citizen::withdraw_form)).route(web::post().to(citizen::withdraw)),
        )
        .service(page("/openapi.json").route(read().to(api::openapi)))
        .service(page("/health/live").route(read().to(health::live)))
        .service(page("/health/ready").route(read().to(health::ready)))
        .service(page("/static/{name}").route(read().to(assets::asset)))
        .service(page("/favicon.ico").route(read().to(assets::icon)))
        .default_service(web::to(not_found));
}

fn api_routes(config: &mut ServiceConfig) {
    let resource = |path: &str| web::resource(path.to_owned()).default_service(web::to(api::method_not_allowed));
    config
        .service(
            resource("/responses")
                .app_data(PayloadConfig::new(ARRAY_LIMIT))
                .route(web::post().to(api::responses))
                .route(web::method(Method::OPTIONS).to(api::preflight)),
        )
        .service(resource("/visits").app_data(PayloadConfig::new(SINGLE_LIMIT)).route(web::post().to(api::visits)))
        .service(resource("/mpp").route(read().to(api::mpp_list)))
        .service(resource("/mpp.csv").route(read().to(api::mpp_list_csv)))
        .service(resource("/mpp/{mpp}").route(read().to(api::mpp)))
        .service(resource("/mpp/{mpp}/results/{period}").route(read().to(api::mpp_results)))
        .service(resource("/national/{period}").route(read().to(api::national)));
}

fn page(path: &str) -> Resource {
    web::resource(path.to_owned()).default_service(web::to(method_not_allowed))
}

/// A page that takes a form, of limited size.
fn form(path: &str) -> Resource {
    page(path).app_data(PayloadConfig::new(SINGLE_LIMIT))
}

/// GET, and HEAD as its shadow.
fn read() -> actix_web::Route {
    web::route().guard(get_or_head())
}

fn get_or_head() -> impl Guard {
    Any(Get()).or(Head())
}

async fn not_found(request: HttpRequest) -> HttpResponse {
    NoticePage::new(Notice::NotFound, language_of(&request)).send(&request)
}

async fn method_not_allowed(request: HttpRequest) -> HttpResponse {
    NoticePage::new(Notice::MethodNotAllowed, language_of(&request)).send(&request)
}
