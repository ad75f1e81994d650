//! QR posters: the sheets that lead from the entrance, a counter or an agency of an MPP to its survey.

use std::collections::{BTreeMap, BTreeSet};

use form_urlencoded::Serializer;
use suara_domain::mpp::MppCode;
use suara_reports::document::{self, Format, Mall, QrPoster, Subject};
use suara_storage::Database;
use url::{Host, Url};

use super::AppError;
use super::counter_code::CounterKey;
use super::directory::Mpp;

/// Which posters are wanted.
#[derive(Clone, Debug)]
pub struct PosterRequest {
    /// MPP.
    pub mpp: MppCode,
    /// Public address of the service.
    pub public_url: String,
    /// Names of the counters whose posters are wanted; empty: everything the MPP needs.
    pub counters: Vec<String>,
}

/// The posters as PDF, every page A4: the entrance, each counter, each agency with services, then a tent for each
/// counter; of chosen counters only their poster and tent. The code of a counter's poster proves that an address was read there.
///
/// # Errors
/// There is no such MPP or counter, the public address cannot be one, a name is too long for a code, or the database
/// fails.
pub fn poster(database: &Database, request: &PosterRequest) -> Result<Vec<u8>, AppError> {
    let key = CounterKey::load(database)?;
    let (_, directory) = super::service::load(database)?;
    let mpp =
        directory.mpp(&request.mpp).ok_or_else(|| AppError::refused(format!("there is no MPP \"{}\"", request.mpp)))?;
    let survey = Survey::at(&request.public_url, &mpp.code)?;
    let counters = chosen(counters(mpp), &request.counters)?;
    let of_counters = |format| counters.iter().map(move |counter| (format, counter));
    let of_counter = |(format, (name, agencies)): (Format, &(&str, BTreeSet<&str>))| QrPoster {
        format,
        subject: Subject::Counter { name: (*name).to_owned(), agencies: owned(agencies) },
        address: survey.of_counter(name, &key.code(&mpp.code, name)),
    };
    let mut posters: Vec<QrPoster> = of_counters(Format::Wall).map(of_counter).collect();
    if request.counters.is_empty() {
        posters.insert(0, wall(Subject::Mall, survey.page.clone()));
        let agencies = mpp.agencies().iter().filter(|agency| !agency.services.is_empty());
        posters.extend(agencies.map(|agency| of_agency(&survey, &agency.name)));
    }
    posters.extend(of_counters(Format::Tent).map(of_counter));
    let (name, brand) = (mpp.name.clone(), mpp.brand.clone());
    let mall = Mall { code: mpp.code.clone(), name, brand, address: survey.typed().to_owned() };
    Ok(document::qr_posters(&mall, &posters)?)
}

fn wall(subject: Subject, address: String) -> QrPoster {
    QrPoster { format: Format::Wall, subject, address }
}

/// An agency has no parameter of its own that is signed: whoever reads this may have been at any of its counters.
fn of_agency(survey: &Survey, name: &str) -> QrPoster {
    wall(Subject::Agency { name: name.to_owned() }, survey.asking(&[("instansi", name)]))
}

/// Counters by name, in reading order, each with the agencies that serve there.
type Counters<'a> = Vec<(&'a str, BTreeSet<&'a str>)>;

/// The counters at which some service is given. Counters are known by their names, as in the addresses: two agencies
/// with a "Loket 1" share its poster.
fn counters(mpp: &Mpp) -> Counters<'_> {
    let mut counters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for agency in mpp.agencies() {
        for counter in agency.services.iter().filter_map(|service| service.counter.as_deref()) {
            counters.entry(counter).or_default().insert(&agency.name);
        }
    }
    let mut counters: Counters<'_> = counters.into_iter().collect();
    counters.sort_by_cached_key(|(name, _)| reading_order(name));
    counters
}

/// Those of the wanted names, or all if none is wanted.
fn chosen<'a>(counters: Counters<'a>, wanted: &[String]) -> Result<Counters<'a>, AppError> {
    if wanted.is_empty() {
        return Ok(counters);
    }
    if let Some(unknown) = wanted.iter().find(|wanted| counters.iter().all(|(name, _)| name != wanted)) {
        let known: Vec<&str> = counters.iter().map(|(name, _)| *name).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        return Err(AppError::refused(format!("there is no counter \"{unknown}\" with a service; there are: {known}")));
    }
    Ok(counters.into_iter().filter(|(name, _)| wanted.iter().any(|wanted| wanted == name)).collect())
}

/// "Loket 2" before "Loket 10": texts and numbers in turns.
fn reading_order(name: &str) -> Vec<(String, u64)> {
    let mut parts = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let (text, tail) = rest.split_at(rest.find(|char: char| char.is_ascii_digit()).unwrap_or(rest.len()));
        let (number, tail) = tail.split_at(tail.find(|char: char| !char.is_ascii_digit()).unwrap_or(tail.len()));
        parts.push((text.to_lowercase(), number.parse().unwrap_or_default()));
        rest = tail;
    }
    parts
}

fn owned(names: &BTreeSet<&str>) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The survey of an MPP in the eyes of the world.
struct Survey {
    /// Address of its page.
    page: String,
}

impl Survey {
    fn at(public_url: &str, mpp: &MppCode) -> Result<Self, AppError> {
        let wrong = || {
            AppError::refused(format!(
                "the public address \"{public_url}\" is not one like https://suara.example.go.id"
            ))
        };
        let url = Url::parse(public_url).map_err(|_| wrong())?;
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        if !matches!(url.scheme(), "http" | "https") || !plain || url.password().is_some() {
            return Err(wrong());
        }
        if is_this_machine(&url) {
            tracing::warn!("codes for {url} work on this machine only: give --public-url or SUARA_PUBLIC_URL");
        }
        Ok(Self { page: format!("{}/s/{mpp}", url.as_str().trim_end_matches('/')) })
    }

    /// The page for those who were served at a counter.
    fn of_counter(&self, counter: &str, code: &str) -> String {
        self.asking(&[("loket", counter), ("kode", code)])
    }

    /// The page with these fields in its query.
    fn asking(&self, fields: &[(&str, &str)]) -> String {
        let page = format!("{}?", self.page);
        let start = page.len();
        Serializer::for_suffix(page, start).extend_pairs(fields).finish()
    }

    /// What is typed into a browser.
    fn typed(&self) -> &str {
        self.page.split_once("://").map_or(&self.page, |(_, rest)| rest)
    }
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(public_url: &str) -> Result<Survey, AppError> {
        Survey::at(public_url, &MppCode::parse("kab-kampar").unwrap())
    }

    #[test]
    fn counters_are_read_as_people_count() {
        let mut names = ["Loket 10", "Loket 2", "loket 1", "Loket", "A-12-3", "A-2-30", "7", "Informasi"];
        names.sort_by_cached_key(|name| reading_order(name));
        assert_eq!(names, ["7", "A-2-30", "A-12-3", "Informasi", "Loket", "loket 1", "Loket 2", "Loket 10"]);
    }

    #[test]
    fn addresses_carry_names_and_codes() {
        let survey = survey("https://suara.example.go.id/").unwrap();
        assert_eq!(survey.typed(), "suara.example.go.id/s/kab-kampar");
        assert_eq!(
            survey.of_counter("Loket é 1 & 2", "0ABCDEFG"),
            "https://suara.example.go.id/s/kab-kampar?loket=Loket+%C3%A9+1+%26+2&kode=0ABCDEFG"
        );
    }

    #[test]
    fn a_service_may_live_below_a_folder_or_at_a_port() {
        assert_eq!(survey("http://127.0.0.1:8080").unwrap().page, "http://127.0.0.1:8080/s/kab-kampar");
        assert_eq!(survey("https://example.go.id/suara/").unwrap().typed(), "example.go.id/suara/s/kab-kampar");
        for wrong in [
            "",
            "suara.example.go.id",
            "ftp://example.go.id",
            "https://example.go.id/?x=1",
            "https://a:b@example.go.id",
        ] {
            assert!(survey(wrong).is_err(), "{wrong}");
        }
    }
}
