//! One response: from raw fields to a valid submission, or to all of its errors at once.

pub mod columns;
mod problem;
mod texts;

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

pub use self::problem::{FieldError, FieldProblem};
use self::texts::{comment_text, kept, seconds, short_text, shortened, time, trimmed, yes_or_no};
use crate::element::{Answers, Element, Score};
use crate::language::Language;
use crate::mpp::MppCode;
use crate::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Profile, Sex, UNDER_17};

/// Longest comment, in characters.
pub const COMMENT_LIMIT: usize = 2_000;
/// Longest service code, counter name and similar short text, in characters.
pub const SHORT_TEXT_LIMIT: usize = 120;
/// Longest visit token or counter code that is looked at, in characters.
pub const PROOF_LIMIT: usize = 40;
/// Longest device marker that is looked at, in characters.
pub const DEVICE_MARKER_LIMIT: usize = 64;
/// A device clock may run ahead by this much before the time of receipt is taken instead.
pub const CLOCK_AHEAD_MINUTES: i64 = 10;
/// An answer may have waited offline this long before the time of receipt is taken instead.
pub const CLOCK_BEHIND_DAYS: i64 = 60;

/// The fields of a response as they arrive, whatever the source. Absent, null and empty are the same; texts are
/// trimmed when parsed. Names are those of the columns in `responses.csv`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RawResponse {
    /// UUID of any version, made by the page.
    pub id: Option<String>,
    /// Code of the MPP.
    pub mpp: Option<String>,
    /// Code of the service in the MPP.
    pub service: Option<String>,
    /// Name of the counter.
    pub counter: Option<String>,
    /// RFC 3339 with offset.
    pub filled_at: Option<String>,
    /// Service channel.
    pub channel: Option<String>,
    /// How the answers were given.
    pub mode: Option<String>,
    /// The nine scores as text, by [`Element::index`].
    pub scores: [Option<String>; 9],
    /// Sex.
    pub sex: Option<String>,
    /// Age band.
    pub age_band: Option<String>,
    /// Highest completed education.
    pub education: Option<String>,
    /// Occupation.
    pub occupation: Option<String>,
    /// Lives with a disability.
    pub disability: Option<String>,
    /// Free text.
    pub comment: Option<String>,
    /// Seconds from opening the page to sending it.
    pub duration_s: Option<String>,
    /// Language of the page.
    pub language: Option<String>,
    /// Whether the response came with a valid visit token: `yes` or `no`. In files only.
    pub verified: Option<String>,
    /// Whether the response came with the signed code of its counter: `yes` or `no`. In files only.
    pub counter_signed: Option<String>,
    /// Visit token. Over HTTP only, as the two below; one that is of no use is no error.
    pub token: Option<String>,
    /// Signed code of the counter, from its poster.
    pub counter_code: Option<String>,
    /// What the page calls this device today; random, and never stored as it is.
    pub device_marker: Option<String>,
}

/// Where a response comes from decides what it may leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Page or API: all nine elements, the mode is `web`, `kiosk` or `assisted` (absent: `web`), the time may be absent.
    Http,
    /// File: at least one element, every mode, the time is required.
    File,
}

/// A valid response that is not stored yet. What it names (MPP, service, counter) still has to exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Identity; the same id is the same response.
    pub id: Uuid,
    /// MPP.
    pub mpp: MppCode,
    /// Service code; `None` for the MPP as a whole.
    pub service: Option<String>,
    /// Counter name.
    pub counter: Option<String>,
    /// When it was filled in, by the device's clock.
    pub filled_at: Option<DateTime<Utc>>,
    /// Channel as given; `None` means that of the service.
    pub channel: Option<Channel>,
    /// Mode.
    pub mode: Mode,
    /// The answers.
    pub answers: Answers,
    /// The profile.
    pub profile: Profile,
    /// Comment, masked.
    pub comment: Option<String>,
    /// Seconds taken.
    pub duration_s: Option<i32>,
    /// Language of the page.
    pub language: Option<Language>,
    /// A file says that it came with a valid visit token.
    pub verified: bool,
    /// A file says that it came with the signed code of its counter.
    pub counter_signed: bool,
    /// Visit token as given, to be checked: never stored, exported or logged.
    pub token: Option<String>,
    /// Signed code of the counter as given, to be checked.
    pub counter_code: Option<String>,
    /// Device marker as given, to be hashed.
    pub device_marker: Option<String>,
    /// The person says to be under 17: thank them, record nothing.
    pub under_17: bool,
}

impl Submission {
    /// Reads raw fields.
    ///
    /// # Errors
    /// Every field that is wrong, in the order of the form.
    pub fn parse(raw: &RawResponse, source: Source) -> Result<Self, Vec<FieldError>> {
        let mut fields = Fields { errors: Vec::new() };
        let id = fields.required("id", raw.id.as_deref(), |text| {
            Uuid::try_parse(text).map_err(|_| FieldProblem::NotAUuid(shortened(text)))
        });
        let mpp = fields.required("mpp", raw.mpp.as_deref(), |text| {
            MppCode::parse(text).map_err(|_| FieldProblem::NotACode(shortened(text)))
        });
        let service = fields.optional("service", raw.service.as_deref(), short_text);
        let counter = fields.optional("counter", raw.counter.as_deref(), short_text);
        let filled_at = match source {
            Source::File => fields.required("filled_at", raw.filled_at.as_deref(), time),
            Source::Http => fields.optional("filled_at", raw.filled_at.as_deref(), time),
        };
        let channel = fields.option("channel", raw.channel.as_deref(), Channel::ALL, Channel::key);
        let mode = fields.mode(raw.mode.as_deref(), source);
        let answers = fields.answers(&raw.scores, source);
        let under_17 = trimmed(raw.age_band.as_deref()) == Some(UNDER_17);
        let profile = fields.profile(raw, under_17);
        let comment = fields.optional("comment", raw.comment.as_deref(), comment_text).flatten();
        let duration_s = fields.optional("duration_s", raw.duration_s.as_deref(), seconds);
        let language = fields.option("language", raw.language.as_deref(), Language::ALL, Language::key);
        let verified = fields.optional("verified", raw.verified.as_deref(), yes_or_no);
        let counter_signed = fields.optional("counter_signed", raw.counter_signed.as_deref(), yes_or_no);
        match (id, mpp, mode, fields.errors.is_empty()) {
            (Some(id), Some(mpp), Some(mode), true) => Ok(Self {
                id,
                mpp,
                service,
                counter,
                filled_at,
                channel,
                mode,
                answers,
                profile,
                comment,
                duration_s,
                language,
                verified: verified.unwrap_or(false),
                counter_signed: counter_signed.unwrap_or(false),
                token: kept(raw.token.as_deref(), PROOF_LIMIT),
                counter_code: kept(raw.counter_code.as_deref(), PROOF_LIMIT),
                device_marker: kept(raw.device_marker.as_deref(), DEVICE_MARKER_LIMIT),
                under_17,
            }),
            _ => Err(fields.errors),
        }
    }

    /// What makes two posts of one id the same response: MPP, service, channel, mode, answers, profile and masked
    /// comment, as 16 bytes of a SHA-256. Times, duration, language, tokens, codes and markers do not count.
    #[must_use]
    pub fn content_hash(&self) -> [u8; 16] {
        let profile = &self.profile;
        let parts = [
            self.mpp.as_str(),
            self.service.as_deref().unwrap_or_default(),
            self.channel.map_or("", Channel::key),
            self.mode.key(),
            profile.sex.map_or("", Sex::key),
            profile.age_band.map_or("", AgeBand::key),
            profile.education.map_or("", Education::key),
            profile.occupation.map_or("", Occupation::key),
            profile.disability.map_or("", Disability::key),
            self.comment.as_deref().unwrap_or_default(),
        ];
        let mut hasher = Sha256::new();
        hasher.update(self.answers.digits());
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let mut hash = [0; 16];
        hash.copy_from_slice(&hasher.finalize()[..16]);
        hash
    }

    /// When the response counts as given, and whether the device's clock could not be believed. More than ten minutes
    /// ahead or sixty days behind, the time of receipt is taken.
    #[must_use]
    pub fn settled_time(&self, received_at: DateTime<Utc>) -> (DateTime<Utc>, bool) {
        match self.filled_at {
            None => (received_at, false),
            Some(filled_at) => {
                let ahead = filled_at - received_at > TimeDelta::minutes(CLOCK_AHEAD_MINUTES);
                let behind = received_at - filled_at > TimeDelta::days(CLOCK_BEHIND_DAYS);
                if ahead || behind { (received_at, true) } else { (filled_at, false) }
            }
        }
    }
}

/// Collects the errors of all fields.
struct Fields {
    errors: Vec<FieldError>,
}

impl Fields {
    fn fail<T>(&mut self, field: &'static str, problem: FieldProblem) -> Option<T> {
        self.errors.push(FieldError { field, problem });
        None
    }

    fn optional<T>(
        &mut self,
        field: &'static str,
        raw: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, FieldProblem>,
    ) -> Option<T> {
        parse(trimmed(raw)?).map_or_else(|problem| self.fail(field, problem), Some)
    }

    fn required<T>(
        &mut self,
        field: &'static str,
        raw: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, FieldProblem>,
    ) -> Option<T> {
        match trimmed(raw) {
            None => self.fail(field, FieldProblem::Required),
            given => self.optional(field, given, parse),
        }
    }

    fn option<T: Copy>(
        &mut self,
        field: &'static str,
        raw: Option<&str>,
        all: &[T],
        key: impl Fn(T) -> &'static str,
    ) -> Option<T> {
        self.optional(field, raw, |text| {
            all.iter().copied().find(|option| key(*option) == text).ok_or_else(|| {
                let options: Vec<&str> = all.iter().map(|option| key(*option)).collect();
                FieldProblem::NotAnOption { given: shortened(text), options: options.join(", ") }
            })
        })
    }

    fn mode(&mut self, raw: Option<&str>, source: Source) -> Option<Mode> {
        match source {
            Source::File if trimmed(raw).is_none() => self.fail("mode", FieldProblem::Required),
            Source::File => self.option("mode", raw, Mode::ALL, Mode::key),
            Source::Http if trimmed(raw).is_none() => Some(Mode::Web),
            Source::Http => self.option("mode", raw, &[Mode::Web, Mode::Kiosk, Mode::Assisted], Mode::key),
        }
    }

    fn answers(&mut self, scores: &[Option<String>; 9], source: Source) -> Answers {
        let mut answers = Answers::default();
        let mut problems = false;
        for element in Element::ALL {
            match trimmed(scores[element.index()].as_deref()) {
                None if source == Source::Http => {
                    problems = true;
                    let _: Option<()> = self.fail(element.key(), FieldProblem::Unanswered);
                }
                None => {}
                Some(text) => match text.parse().ok().and_then(Score::new) {
                    Some(score) if text.len() == 1 => answers.set(element, score),
                    _ => {
                        problems = true;
                        let _: Option<()> = self.fail(element.key(), FieldProblem::NotAScore(shortened(text)));
                    }
                },
            }
        }
        if answers.answered() == 0 && !problems {
            let _: Option<()> = self.fail(Element::Persyaratan.key(), FieldProblem::Unanswered);
        }
        answers
    }

    fn profile(&mut self, raw: &RawResponse, under_17: bool) -> Profile {
        let age_band = raw.age_band.as_deref().filter(|_| !under_17);
        Profile {
            sex: self.option("sex", raw.sex.as_deref(), Sex::ALL, Sex::key),
            age_band: self.option("age_band", age_band, AgeBand::ALL, AgeBand::key),
            education: self.option("education", raw.education.as_deref(), Education::ALL, Education::key),
            occupation: self.option("occupation", raw.occupation.as_deref(), Occupation::ALL, Occupation::key),
            disability: self.option("disability", raw.disability.as_deref(), Disability::ALL, Disability::key),
        }
    }
}
