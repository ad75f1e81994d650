//! The catalogue of what a running service offers: its API as datasets.

use serde_json::{Value, json};
use suara_domain::period::Period;

use super::catalogue::{Terms, WORDS, bilingual, temporal};

/// The catalogue of a service at `public_url` that has published these periods.
#[must_use]
pub fn offered(public_url: &str, periods: &[Period]) -> Value {
    let terms = Terms::new(None, None);
    let api = format!("{public_url}/api/v1");
    let datasets =
        std::iter::once(mpps(&api, &terms)).chain(periods.iter().map(|period| national(&api, *period, &terms)));
    json!({
        "@context": WORDS.context,
        "@id": format!("{public_url}/data.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": bilingual(
            "Data terbuka survei kepuasan masyarakat di Mal Pelayanan Publik",
            "Open data of the public satisfaction survey at Public Service Malls",
        ),
        "dct:description": bilingual(
            "Angka resmi semester yang sudah ditutup; kelompok kecil disembunyikan.",
            "Official figures of closed semesters; small groups are hidden.",
        ),
        "dct:publisher": terms.agent(),
        "dct:license": {"@id": terms.licence},
        "dct:language": ["id", "en"],
        "dct:spatial": WORDS.spatial,
        "foaf:homepage": {"@id": format!("{public_url}/")},
        "dcat:dataset": datasets.collect::<Vec<_>>(),
        "dcat:service": {
            "@type": "dcat:DataService",
            "dct:title": bilingual("API hasil yang terbit", "API of published results"),
            "dcat:endpointURL": {"@id": api},
            "dcat:endpointDescription": {"@id": format!("{public_url}/openapi.json")},
        },
    })
}

fn mpps(api: &str, terms: &Terms) -> Value {
    json!({
        "@id": format!("{api}/mpp#data"),
        "@type": "dcat:Dataset",
        "dct:title": bilingual("Daftar MPP dengan IKM terakhir", "MPPs with their latest index"),
        "dct:publisher": terms.agent(),
        "dct:license": {"@id": terms.licence},
        "dct:spatial": WORDS.spatial,
        "dct:accrualPeriodicity": {"@id": WORDS.frequency},
        "dcat:distribution": distributions(&format!("{api}/mpp")),
    })
}

fn national(api: &str, period: Period, terms: &Terms) -> Value {
    let address = format!("{api}/national/{period}");
    json!({
        "@id": format!("{address}#data"),
        "@type": "dcat:Dataset",
        "dct:identifier": format!("skm-mpp-{period}"),
        "dct:title": bilingual(&format!("IKM nasional dan per MPP, {period}"), &format!("Index, national and by MPP, {period}")),
        "dct:publisher": terms.agent(),
        "dct:license": {"@id": terms.licence},
        "dct:spatial": WORDS.spatial,
        "dct:temporal": temporal(period),
        "dct:accrualPeriodicity": {"@id": WORDS.frequency},
        "dcat:distribution": distributions(&address),
    })
}

/// The two forms in which the API gives everything.
fn distributions(address: &str) -> Value {
    let form = |address: String, media_type: &str| {
        json!({
            "@type": "dcat:Distribution",
            "dcat:downloadURL": {"@id": address},
            "dcat:mediaType": {"@id": format!("media:{media_type}")},
        })
    };
    json!([form(address.to_owned(), "application/json"), form(format!("{address}.csv"), "text/csv")])
}
