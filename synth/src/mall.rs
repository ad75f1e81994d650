//! One mall: its agencies, services and character.

use chrono::NaiveDate;
use suara_domain::element::ELEMENTS;
use suara_domain::language::Language;
use suara_domain::mpp::{MppCode, Region};
use suara_domain::period::Period;
use suara_domain::respondent::Channel;

use crate::catalogue::{AGENCIES, Agency, slug};
use crate::country::Known;
use crate::rng::{Rng, shares};

/// A Public Service Mall.
#[derive(Clone, Debug)]
pub struct Mall {
    /// Code.
    pub code: MppCode,
    /// Name.
    pub name: String,
    /// The owner's region.
    pub region: &'static Region,
    /// Brand name, where one is known.
    pub brand: Option<&'static str>,
    /// Day of the soft launch.
    pub soft_launched_on: Option<NaiveDate>,
    /// Day of the inauguration.
    pub inaugurated_on: Option<NaiveDate>,
    /// Who runs it.
    pub organiser: String,
    /// Title of who signs the report.
    pub signatory_title: String,
    /// Services, by agency.
    pub services: Vec<Service>,
    /// Who gets the report by mail.
    pub recipients: Vec<Recipient>,
    /// How alive it is.
    pub activity: Activity,
    pub(crate) size: u64,
    pub(crate) quality: f64,
    pub(crate) elements: [f64; ELEMENTS],
    pub(crate) comments_per_mille: u64,
    pub(crate) tokens_per_mille: u64,
    pub(crate) open_on_saturday: bool,
    pub(crate) seed: u64,
}

/// A service.
#[derive(Clone, Debug)]
pub struct Service {
    /// Code, unique in the mall.
    pub code: String,
    /// Name.
    pub name: &'static str,
    /// Agency.
    pub agency: &'static str,
    /// Counter; none for what is not done at one.
    pub counter: Option<String>,
    /// Channel.
    pub channel: Channel,
    /// Whether the law charges nothing.
    pub free: bool,
    pub(crate) weight: u32,
}

/// Someone who gets the report.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Address, in a domain that never exists.
    pub email: String,
    /// Name.
    pub name: String,
    /// Language of the mail.
    pub language: Language,
}

/// How alive a mall is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// People come and answer.
    Busy,
    /// Nobody has answered for weeks: the responses stop in the middle of the period.
    Quiet,
    /// Fewer than ten answers.
    Tiny,
    /// No answers.
    Dead,
}

impl Mall {
    pub(crate) fn invent(seed: u64, place: usize, known: Known) -> Self {
        let Known { code, name, region, soft_launched_on, inaugurated_on } = known;
        let mut rng = Rng::of(seed, &["mall", code.as_str()]);
        let services = services(&mut rng, code.as_str());
        let of_sources = ["kab-kampar", "kab-konawe"].contains(&code.as_str());
        let activity = match place {
            _ if of_sources => Activity::Busy,
            place if place % 50 == 23 => Activity::Dead,
            place if place % 30 == 11 => Activity::Quiet,
            place if place % 40 == 37 => Activity::Tiny,
            _ => Activity::Busy,
        };
        // Most are near the middle, a few three times as large.
        let usual = rng.between(250, 900) + rng.between(50, 600);
        let size = match () {
            () if of_sources => 2_400,
            () if rng.per_mille(80) => usual + 1_500,
            () => usual,
        };
        let organiser = format!("DPMPTSP {}", region.name);
        let domain = code.as_str().replace('-', "");
        let recipient = |user: &str, name: String| Recipient {
            email: format!("{user}@{domain}.example"),
            name,
            language: Language::Indonesian,
        };
        let mut recipients = vec![recipient("kepala", format!("Kepala {organiser}"))];
        if rng.per_mille(400) {
            recipients.push(recipient("mpp", format!("Pengelola {name}")));
        }
        Self {
            brand: brand(code.as_str()),
            signatory_title: format!("Kepala {organiser}"),
            quality: 0.3 + 0.3 * rng.normal(),
            elements: ELEMENT_EFFECTS.map(|effect| effect + 0.12 * rng.normal()),
            comments_per_mille: rng.between(50, 150),
            tokens_per_mille: if rng.per_mille(300) { rng.between(300, 800) } else { 0 },
            open_on_saturday: rng.per_mille(350),
            size,
            code,
            name,
            region,
            soft_launched_on,
            inaugurated_on,
            organiser,
            services,
            recipients,
            activity,
            seed,
        }
    }

    /// How many visitors the mall had in a period in which so many answered, per service in the order of the services;
    /// `None` where nobody counted them. A very few malls counted too few.
    #[must_use]
    pub fn visitors(&self, period: Period, responses: u64) -> Option<Vec<u64>> {
        let mut rng = Rng::of(self.seed, &["visitors", self.code.as_str(), &period.to_string()]);
        let known = rng.per_mille(930);
        let too_few = rng.per_mille(12);
        let answered_per_mille = if too_few { 1_150 } else { rng.between(60, 340) };
        let weights: Vec<u64> = self.services.iter().map(|service| u64::from(service.weight)).collect();
        let per_service = shares((responses * 1_000).div_ceil(answered_per_mille), &weights).into_iter();
        let per_service = per_service.map(|share| if too_few { share } else { share + rng.between(0, 3) });
        known.then(|| per_service.collect())
    }
}

/// Cost aside (most services are free), waiting and complaints are what people like least.
const ELEMENT_EFFECTS: [f64; ELEMENTS] = [0.0, -0.05, -0.35, 0.05, 0.1, 0.15, 0.25, -0.05, -0.3];

fn brand(code: &str) -> Option<&'static str> {
    match code {
        "kab-pasuruan" => Some("Maslahat"),
        "kab-sragen" => Some("Askara Bumi Sukowati"),
        _ => None,
    }
}

/// Agencies, services and counters: Kampar and Konawe as large as public sources say, the others smaller.
fn services(rng: &mut Rng, code: &str) -> Vec<Service> {
    let everything: usize = AGENCIES.iter().map(|agency| agency.services.len()).sum();
    let (agencies, wanted, counters) = match code {
        "kab-kampar" => ((0..AGENCIES.len()).collect(), 265, 17),
        "kab-konawe" => ((0..22).collect::<Vec<usize>>(), 82, 22),
        _ => {
            let agencies = some_agencies(rng);
            let counters = agencies.len();
            (agencies, usize::try_from(rng.between(60, 150)).unwrap_or(everything), counters)
        }
    };
    let offers: Vec<&Agency> = agencies.iter().map(|place| &AGENCIES[*place]).collect();
    let spare: Vec<u64> = offers.iter().map(|agency| agency.services.len() as u64 - 1).collect();
    let room: u64 = spare.iter().sum();
    let further = shares((wanted.saturating_sub(offers.len()) as u64).min(room), &spare);
    let mut services = Vec::with_capacity(wanted);
    for (place, (agency, further)) in offers.iter().zip(further).enumerate() {
        let counter = format!("Loket {}", place % counters + 1);
        let count = usize::try_from(further).unwrap_or_default() + 1;
        for (rank, offer) in agency.services.iter().take(count).enumerate() {
            let at_counter = offer.channel == Channel::Direct;
            services.push(Service {
                code: slug(offer.name),
                name: offer.name,
                agency: agency.name,
                counter: at_counter.then(|| counter.clone()),
                channel: offer.channel,
                free: offer.free,
                // The first agencies and the first services of each are asked for most.
                weight: weight(place, rank, rng.between(60, 140)),
            });
        }
    }
    services
}

fn weight(agency: usize, rank: usize, chance: u64) -> u32 {
    let middle = 400_000 / ((agency as u64 + 3) * (rank as u64 + 2));
    u32::try_from(middle * chance / 100).unwrap_or(u32::MAX).max(1)
}

/// The eight that are nearly everywhere, and some of the others, in the order of the catalogue.
fn some_agencies(rng: &mut Rng) -> Vec<usize> {
    let share = rng.between(150, 650);
    (0..AGENCIES.len()).filter(|place| *place < 8 || rng.per_mille(share)).collect()
}
