//! Requests as bytes, made beforehand: per request only the id and the scores are written anew.

use suara::clock::{Clock, RealClock};
use suara_domain::element::Element;
use suara_domain::respondent::{AgeBand, Disability, Education, Occupation, Sex};
use uuid::Uuid;

use crate::Result;
use crate::country::{mpp_code, service_code};
use crate::synthetic::Random;

/// How many different requests are made beforehand.
const TEMPLATES: usize = 512;
const ID: &str = "00000000-0000-0000-0000-000000000000";

/// One request whose id and scores are still to be filled in.
struct Template {
    bytes: Vec<u8>,
    id_at: usize,
    scores_at: [usize; 9],
}

/// An endless supply of requests, each with an id of its own.
pub struct Requests {
    templates: Vec<Template>,
    random: Random,
    next: usize,
}

impl Requests {
    /// Requests to the responses of `mpps` MPPs.
    pub fn new(mpps: usize, seed: u64) -> Result<Self> {
        let mut random = Random::new(seed);
        let templates = (0..TEMPLATES).map(|_| template(&mut random, mpps)).collect::<Result<_>>()?;
        Ok(Self { templates, random, next: 0 })
    }

    /// Writes the next request into `buffer`.
    pub fn next(&mut self, buffer: &mut Vec<u8>) {
        let template = &self.templates[self.next];
        self.next = (self.next + 1) % self.templates.len();
        buffer.clear();
        buffer.extend_from_slice(&template.bytes);
        Uuid::now_v7().hyphenated().encode_lower(&mut buffer[template.id_at..template.id_at + ID.len()]);
        for (place, digit) in template.scores_at.iter().zip(self.random.digits()) {
            buffer[*place] = b'0' + digit;
        }
    }
}

fn template(random: &mut Random, mpps: usize) -> Result<Template> {
    let answers: Vec<String> = Element::ALL.iter().map(|element| format!("\"{}\":#", element.key())).collect();
    let profile = random.profile();
    let option = |key: Option<&str>| key.map_or_else(|| "null".to_owned(), |key| format!("\"{key}\""));
    let body = format!(
        "{{\"id\":\"{ID}\",\"mpp\":\"{}\",\"service\":\"{}\",\"filled_at\":\"{}\",\"mode\":\"web\",\"answers\":{{{}}},\
         \"respondent\":{{\"sex\":{},\"age_band\":{},\"education\":{},\"occupation\":{},\"disability\":{}}},\
         \"comment\":{},\"duration_s\":{}}}",
        mpp_code(random.place(mpps))?,
        service_code(random.place(20)),
        RealClock.now().to_rfc3339(),
        answers.join(","),
        option(profile.sex.map(Sex::key)),
        option(profile.age_band.map(AgeBand::key)),
        option(profile.education.map(Education::key)),
        option(profile.occupation.map(Occupation::key)),
        option(profile.disability.map(Disability::key)),
        option(random.comment()),
        20 + random.below(200),
    );
    let head = format!(
        "POST /api/v1/responses HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n",
        body.len()
    );
    let bytes = format!("{head}{body}").into_bytes();
    let id_at = head.len() + body.find(ID).ok_or("a request has no id")?;
    let scores: Vec<usize> = body.match_indices('#').map(|(place, _)| head.len() + place).collect();
    let scores_at = scores.try_into().map_err(|_| "a request has not nine scores")?;
    Ok(Template { bytes, id_at, scores_at })
}
