//! The responses of one mall and period, day by day: memory holds one day, however many there are.

use chrono::{DateTime, NaiveDate, Utc};
use suara_domain::element::{Answers, ELEMENTS};
use suara_domain::language::Language;
use suara_domain::masking::mask;
use suara_domain::period::Period;
use suara_domain::respondent::{Channel, Mode, Profile};
use suara_domain::response::Submission;
use uuid::{Builder, Uuid};

use crate::mall::{Mall, Service};
use crate::rng::Rng;
use crate::{calendar, opinion, respondent};

/// One response as it was given: the comment is not masked yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// UUID version 7 of the time and the seed.
    pub id: Uuid,
    /// When it was filled in, whole seconds.
    pub filled_at: DateTime<Utc>,
    /// Place of the service in [`Mall::services`]; `None` for the mall as a whole.
    pub service: Option<usize>,
    /// Channel, where it was given; else that of the service counts.
    pub channel: Option<Channel>,
    /// Mode.
    pub mode: Mode,
    /// The nine answers.
    pub answers: Answers,
    /// Profile.
    pub profile: Profile,
    /// Comment as written.
    pub comment: Option<String>,
    /// Seconds taken.
    pub duration_s: Option<i32>,
    /// Language of the page.
    pub language: Language,
    /// Came with a valid visit token.
    pub verified: bool,
}

impl Response {
    /// The service, if one was named.
    #[must_use]
    pub fn service_of<'a>(&self, mall: &'a Mall) -> Option<&'a Service> {
        mall.services.get(self.service?)
    }

    /// The response as the product takes it, with its comment masked.
    #[must_use]
    pub fn submission(&self, mall: &Mall) -> Submission {
        let service = self.service_of(mall);
        Submission {
            id: self.id,
            mpp: mall.code.clone(),
            service: service.map(|service| service.code.clone()),
            counter: service.and_then(|service| service.counter.clone()),
            filled_at: Some(self.filled_at),
            channel: self.channel,
            mode: self.mode,
            answers: self.answers,
            profile: self.profile,
            comment: self.comment.as_deref().map(mask),
            duration_s: self.duration_s,
            language: Some(self.language),
            verified: self.verified,
            counter_signed: false,
            token: None,
            counter_code: None,
            device_marker: None,
            under_17: false,
        }
    }
}

impl Mall {
    /// So many responses of a period, in the order of time and id. For a running period take those before now.
    #[must_use]
    pub fn responses(&self, period: Period, count: u64) -> Responses<'_> {
        let name = period.to_string();
        let rng = Rng::of(self.seed, &["responses", self.code.as_str(), &name]);
        let mut drift = Rng::of(self.seed, &["drift", self.code.as_str(), &name]);
        // Malls get a little better every semester, some more than others.
        let since = f64::from(period.number() / 10 - 2025) + f64::from(period.number() % 10) / 2.0;
        let quality = self.quality + 0.04 * since + 0.07 * drift.normal();
        let mut days = calendar::days(self, period, count);
        days.reverse();
        let mut running = 0;
        let until = self.services.iter().map(|service| {
            running += u64::from(service.weight);
            running
        });
        Responses {
            mall: self,
            until: until.collect(),
            effects: self.elements.map(|effect| effect + quality),
            rng,
            days,
            of_day: Vec::new(),
        }
    }
}

/// The responses of a mall and period.
pub struct Responses<'a> {
    mall: &'a Mall,
    /// Running sums of the services' weights.
    until: Vec<u64>,
    effects: [f64; ELEMENTS],
    rng: Rng,
    /// Days still to come, the next one last.
    days: Vec<(NaiveDate, u64)>,
    /// The current day, the next one last.
    of_day: Vec<Response>,
}

impl Iterator for Responses<'_> {
    type Item = Response;

    fn next(&mut self) -> Option<Response> {
        while self.of_day.is_empty() {
            let (day, count) = self.days.pop()?;
            self.of_day = (0..count).map(|_| self.respond(day)).collect();
            self.of_day.sort_unstable_by_key(|response| std::cmp::Reverse((response.filled_at, response.id)));
        }
        self.of_day.pop()
    }
}

impl Responses<'_> {
    fn respond(&mut self, day: NaiveDate) -> Response {
        let mall = self.mall;
        let filled_at = calendar::moment(&mut self.rng, mall, day);
        let id = identity(&mut self.rng, filled_at);
        let service = (!self.rng.per_mille(30)).then(|| self.service());
        let chosen = service.and_then(|place| mall.services.get(place));
        let mode = respondent::mode(&mut self.rng);
        let profile = respondent::profile(&mut self.rng, mode);
        let free = chosen.is_none_or(|service| service.free);
        let answers = opinion::answers(&mut self.rng, &self.effects, free, mode);
        let writes = self.rng.per_mille(mall.comments_per_mille);
        Response {
            id,
            filled_at,
            service,
            channel: chosen.filter(|_| self.rng.per_mille(20)).map(|service| service.channel),
            mode,
            answers,
            profile,
            comment: writes.then(|| opinion::comment(&mut self.rng, &answers, chosen)),
            duration_s: respondent::duration(&mut self.rng, mode),
            language: if self.rng.per_mille(15) { Language::English } else { Language::Indonesian },
            verified: mode != Mode::Paper && self.rng.per_mille(mall.tokens_per_mille),
        }
    }

    fn service(&mut self) -> usize {
        let place = self.rng.between(0, self.until.last().copied().unwrap_or(1).max(1) - 1);
        self.until.partition_point(|until| *until <= place)
    }
}

fn identity(rng: &mut Rng, filled_at: DateTime<Utc>) -> Uuid {
    let millis = u64::try_from(filled_at.timestamp_millis()).unwrap_or_default() + rng.between(0, 999);
    let mut random = [0; 10];
    random[..8].copy_from_slice(&rng.next().to_be_bytes());
    random[8..].copy_from_slice(&rng.next().to_be_bytes()[..2]);
    Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
