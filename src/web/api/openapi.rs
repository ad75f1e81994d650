//! `GET /openapi.json`: the API described by itself.

use std::sync::LazyLock;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

use super::{responses, results, visits};
use crate::web::reply::{BRIEFLY, JSON, Reply};

/// A response to send. Every key but `id`, `mpp` and `answers` may be absent, null or empty; unknown keys are ignored.
#[derive(Serialize, ToSchema)]
pub(super) struct ResponseInput {
    /// UUID of any version, made by the sender; sending the same twice stores it once.
    #[schema(format = "uuid")]
    id: String,
    /// Code of the MPP.
    #[schema(example = "kab-kampar")]
    mpp: String,
    /// Code of the service.
    service: Option<String>,
    /// Name of the counter.
    counter: Option<String>,
    /// RFC 3339 with offset; the time of receipt if absent or not believable.
    #[schema(format = DateTime)]
    filled_at: Option<String>,
    /// `web`, `kiosk` or `assisted`; `web` if absent.
    mode: Option<String>,
    /// The nine answers.
    answers: AnswersInput,
    /// Profile.
    respondent: Option<RespondentInput>,
    /// Free text; NIK, phone numbers and e-mail addresses are masked before it is stored.
    #[schema(max_length = 2000)]
    comment: Option<String>,
    /// Seconds taken.
    duration_s: Option<u32>,
    /// Visit token; one that is unused, valid and of this MPP makes the response verified. Any other one changes nothing.
    #[schema(max_length = 40, example = "7K3M9-QRT2X-YZ000-00000")]
    token: Option<String>,
    /// Signed code of the counter, from the parameter `kode` of its poster's address. A wrong one changes nothing.
    #[schema(max_length = 40)]
    counter_code: Option<String>,
    /// Random name of the device, renewed daily by the page; hashed for a day and never stored with the response.
    #[schema(max_length = 64)]
    device_marker: Option<String>,
}

/// The nine elements, each 1 (worst) to 4 (best), as number or text.
#[derive(Serialize, ToSchema)]
pub(super) struct AnswersInput {
    #[schema(minimum = 1, maximum = 4)]
    persyaratan: u8,
    #[schema(minimum = 1, maximum = 4)]
    prosedur: u8,
    #[schema(minimum = 1, maximum = 4)]
    waktu: u8,
    #[schema(minimum = 1, maximum = 4)]
    biaya: u8,
    #[schema(minimum = 1, maximum = 4)]
    produk: u8,
    #[schema(minimum = 1, maximum = 4)]
    kompetensi: u8,
    #[schema(minimum = 1, maximum = 4)]
    perilaku: u8,
    #[schema(minimum = 1, maximum = 4)]
    sarana: u8,
    #[schema(minimum = 1, maximum = 4)]
    pengaduan: u8,
}

/// What a person may say about themself.
#[derive(Serialize, ToSchema)]
pub(super) struct RespondentInput {
    /// `L` or `P`.
    sex: Option<String>,
    /// `17-24`, `25-34`, `35-44`, `45-54`, `55-64`, `65+`; with `0-16` nothing is recorded.
    age_band: Option<String>,
    /// `tidak_sekolah`, `sd`, `smp`, `sma`, `diploma`, `s1`, `s2` or `s3`.
    education: Option<String>,
    /// `pns`, `tni`, `polri`, `swasta`, `wirausaha`, `pelajar`, `petani_nelayan`, `rumah_tangga` or `lainnya`.
    occupation: Option<String>,
    /// `ya` or `tidak`.
    disability: Option<String>,
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Suara",
        description = "Public satisfaction survey (SKM) of Indonesia's Public Service Malls: send responses, read published results. Only visit tokens need a key."
    ),
    paths(
        responses::responses,
        visits::visits,
        results::mpp_list,
        results::mpp,
        results::mpp_results,
        results::national
    ),
    components(schemas(ResponseInput)),
    modifiers(&QueueKey)
)]
struct Description;

/// Tells how the key of a queue system is sent.
struct QueueKey;

impl Modify for QueueKey {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let key = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("suara_ and 32 digits").build();
        let components = description.components.get_or_insert_default();
        components.add_security_scheme("queue_key", SecurityScheme::Http(key));
    }
}

static DESCRIPTION: LazyLock<String> = LazyLock::new(|| Description::openapi().to_json().unwrap_or_default());

/// The description.
pub(in crate::web) async fn openapi(request: HttpRequest) -> HttpResponse {
    Reply { status: StatusCode::OK, content_type: JSON, cache: BRIEFLY, body: DESCRIPTION.clone() }.send(&request)
}
