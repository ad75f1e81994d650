//! Archived responses as plain rows and as frames. The columns here are the columns of the Parquet files.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use polars::prelude::{
    Column, DataFrame, Int32Chunked, Int64Chunked, IntoColumn, NewChunkedArray, PolarsResult, StringChunked, TimeUnit,
    UInt8Chunked, UInt16Chunked,
};
use suara_domain::element::{Answers, ELEMENTS, Element};
use suara_domain::language::Language;
use suara_domain::period::{TimeZone, monday};
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Mode, Occupation, Profile, Sex};
use uuid::Uuid;

/// One accepted response of a closed period, without its comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveRow {
    /// Identity.
    pub id: Uuid,
    /// Service code; `None` for the MPP as a whole.
    pub service: Option<String>,
    /// Agency of the service.
    pub agency: Option<String>,
    /// Channel that counts: the given one, else that of the service.
    pub channel: Option<Channel>,
    /// Counter.
    pub counter: Option<String>,
    /// How it was answered.
    pub mode: Mode,
    /// The nine answers.
    pub answers: Answers,
    /// What the respondent said about themself.
    pub profile: Profile,
    /// When it counts as filled in; microseconds are kept.
    pub filled_at: DateTime<Utc>,
    /// Came with a valid visit token.
    pub verified: bool,
    /// Came with the signed code of its counter.
    pub counter_signed: bool,
    /// Bit set of quality flags, 0 for none.
    pub flags: u16,
    /// Language of the page.
    pub language: Option<Language>,
    /// Seconds taken.
    pub duration_s: Option<i32>,
    /// The seconds were measured by the server, not claimed by a device or an imported file.
    pub server_measured: bool,
    /// Whether the service costs nothing, as far as it is known.
    pub free: Option<bool>,
}

impl ArchiveRow {
    /// The Monday of the week, on the wall clock of the MPP.
    #[must_use]
    pub fn week(&self, zone: TimeZone) -> NaiveDate {
        monday(zone.local(self.filled_at).date_naive())
    }

    /// Agency, service and channel, as a [`suara_domain::suppression::Crossing`] counts them.
    #[must_use]
    pub fn crossing(&self) -> [&str; 3] {
        let (agency, service) = (self.agency.as_deref(), self.service.as_deref());
        [agency.unwrap_or_default(), service.unwrap_or_default(), self.channel.map_or("", Channel::key)]
    }
}

/// One masked comment, kept apart from the answers so that it can be deleted without touching them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchiveComment {
    /// Identity of the response.
    pub id: Uuid,
    /// Service code.
    pub service: Option<String>,
    /// When the response counts as filled in.
    pub filled_at: DateTime<Utc>,
    /// The text, masked.
    pub text: String,
}

/// Why a frame does not hold archived responses.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// A column is missing or of another type.
    #[error("{0}")]
    Column(#[from] polars::error::PolarsError),
    /// A value that is none of the options.
    #[error("row {row} of column {column} is not what the archive keeps there")]
    Value {
        /// Name of the column.
        column: String,
        /// Row from 1 on.
        row: usize,
    },
}

/// Rows as a frame; `zone` decides the week a response falls into.
pub(crate) fn of_rows(rows: &[ArchiveRow], zone: TimeZone) -> PolarsResult<DataFrame> {
    let mut columns = vec![
        identity(rows.iter().map(|row| row.id)),
        text("service", rows.iter().map(|row| row.service.as_deref())),
        text("agency", rows.iter().map(|row| row.agency.as_deref())),
        text("channel", rows.iter().map(|row| row.channel.map(Channel::key))),
        text("counter", rows.iter().map(|row| row.counter.as_deref())),
        text("mode", rows.iter().map(|row| Some(row.mode.key()))),
    ];
    for element in Element::ALL {
        let scores = rows.iter().map(|row| row.answers.get(element).map(suara_domain::element::Score::get));
        columns.push(UInt8Chunked::from_iter_options(element.key().into(), scores).into_column());
    }
    columns.extend([
        text("sex", rows.iter().map(|row| row.profile.sex.map(Sex::key))),
        text("age_band", rows.iter().map(|row| row.profile.age_band.map(AgeBand::key))),
        text("education", rows.iter().map(|row| row.profile.education.map(Education::key))),
        text("occupation", rows.iter().map(|row| row.profile.occupation.map(Occupation::key))),
        text("disability", rows.iter().map(|row| row.profile.disability.map(Disability::key))),
        time(rows.iter().map(|row| row.filled_at)),
        week(rows.iter().map(|row| row.week(zone))),
        Column::new("verified".into(), rows.iter().map(|row| row.verified).collect::<Vec<bool>>()),
        UInt16Chunked::from_iter_values("flags".into(), rows.iter().map(|row| row.flags)).into_column(),
        text("language", rows.iter().map(|row| row.language.map(Language::key))),
        Int32Chunked::from_iter_options("duration_s".into(), rows.iter().map(|row| row.duration_s)).into_column(),
        Column::new("server_measured".into(), rows.iter().map(|row| row.server_measured).collect::<Vec<bool>>()),
        Column::new("counter_signed".into(), rows.iter().map(|row| row.counter_signed).collect::<Vec<bool>>()),
        Column::new("free".into(), rows.iter().map(|row| row.free).collect::<Vec<Option<bool>>>()),
    ]);
    DataFrame::new(rows.len(), columns)
}

/// Comments as a frame.
pub(crate) fn of_comments(comments: &[ArchiveComment]) -> PolarsResult<DataFrame> {
    let columns = vec![
        identity(comments.iter().map(|comment| comment.id)),
        text("service", comments.iter().map(|comment| comment.service.as_deref())),
        time(comments.iter().map(|comment| comment.filled_at)),
        text("comment", comments.iter().map(|comment| Some(comment.text.as_str()))),
    ];
    DataFrame::new(comments.len(), columns)
}

/// The rows of a frame.
pub(crate) fn rows(frame: &DataFrame) -> Result<Vec<ArchiveRow>, FrameError> {
    let [id, service, agency, counter] = ["id", "service", "agency", "counter"].map(|name| Texts::of(frame, name));
    let [channel, mode, language] = ["channel", "mode", "language"].map(|name| Texts::of(frame, name));
    let (id, service, agency, counter) = (id?, service?, agency?, counter?);
    let (channel, mode, language) = (channel?, mode?, language?);
    let profile = Profiles::of(frame)?;
    let times = instants(frame)?;
    let (verified, flags) = (frame.column("verified")?.bool()?, frame.column("flags")?.u16()?);
    let duration_s = frame.column("duration_s")?.i32()?;
    // Archives of earlier versions have no such columns.
    let counter_signed = frame.column("counter_signed").ok().map(Column::bool).transpose()?;
    let server_measured = frame.column("server_measured").ok().map(Column::bool).transpose()?;
    let free = frame.column("free").ok().map(Column::bool).transpose()?;
    let mut scores = Vec::with_capacity(ELEMENTS);
    for element in Element::ALL {
        scores.push(frame.column(element.key())?.u8()?);
    }
    (0..frame.height())
        .map(|row| {
            let wrong = |column: &str| FrameError::Value { column: column.to_owned(), row: row + 1 };
            let digits = std::array::from_fn(|element| scores[element].get(row).unwrap_or_default());
            Ok(ArchiveRow {
                id: id.uuid(row)?,
                service: service.owned(row),
                agency: agency.owned(row),
                channel: channel.option(row, Channel::from_key)?,
                counter: counter.owned(row),
                mode: mode.option(row, Mode::from_key)?.ok_or_else(|| wrong("mode"))?,
                answers: Answers::from_digits(digits).ok_or_else(|| wrong("persyaratan to pengaduan"))?,
                profile: profile.get(row)?,
                filled_at: times
                    .get(row)
                    .and_then(DateTime::from_timestamp_micros)
                    .ok_or_else(|| wrong("filled_at"))?,
                verified: verified.get(row).ok_or_else(|| wrong("verified"))?,
                counter_signed: counter_signed.and_then(|signed| signed.get(row)).unwrap_or_default(),
                flags: flags.get(row).ok_or_else(|| wrong("flags"))?,
                language: language.option(row, Language::from_key)?,
                duration_s: duration_s.get(row),
                server_measured: server_measured.and_then(|measured| measured.get(row)).unwrap_or_default(),
                free: free.and_then(|free| free.get(row)),
            })
        })
        .collect()
}

/// The comments of a frame.
pub(crate) fn comments(frame: &DataFrame) -> Result<Vec<ArchiveComment>, FrameError> {
    let (id, service) = (Texts::of(frame, "id")?, Texts::of(frame, "service")?);
    let (text, times) = (Texts::of(frame, "comment")?, instants(frame)?);
    (0..frame.height())
        .map(|row| {
            let filled_at = times.get(row).and_then(DateTime::from_timestamp_micros);
            Ok(ArchiveComment {
                id: id.uuid(row)?,
                service: service.owned(row),
                filled_at: filled_at.ok_or_else(|| FrameError::Value { column: "filled_at".into(), row: row + 1 })?,
                text: text.owned(row).unwrap_or_default(),
            })
        })
        .collect()
}

/// When the responses were filled in, microseconds since 1970.
pub(crate) fn instants(frame: &DataFrame) -> PolarsResult<&Int64Chunked> {
    Ok(frame.column("filled_at")?.datetime()?.physical())
}

/// A text column and its name.
struct Texts<'a> {
    name: &'static str,
    values: &'a StringChunked,
}

impl<'a> Texts<'a> {
    fn of(frame: &'a DataFrame, name: &'static str) -> Result<Self, FrameError> {
        Ok(Self { name, values: frame.column(name)?.str()? })
    }

    fn wrong(&self, row: usize) -> FrameError {
        FrameError::Value { column: self.name.to_owned(), row: row + 1 }
    }

    fn owned(&self, row: usize) -> Option<String> {
        self.values.get(row).map(str::to_owned)
    }

    fn option<T>(&self, row: usize, from_key: fn(&str) -> Option<T>) -> Result<Option<T>, FrameError> {
        self.values.get(row).map(|key| from_key(key).ok_or_else(|| self.wrong(row))).transpose()
    }

    fn uuid(&self, row: usize) -> Result<Uuid, FrameError> {
        self.values.get(row).and_then(|text| Uuid::try_parse(text).ok()).ok_or_else(|| self.wrong(row))
    }
}

/// The five profile columns.
struct Profiles<'a> {
    sex: Texts<'a>,
    age_band: Texts<'a>,
    education: Texts<'a>,
    occupation: Texts<'a>,
    disability: Texts<'a>,
}

impl<'a> Profiles<'a> {
    fn of(frame: &'a DataFrame) -> Result<Self, FrameError> {
        Ok(Self {
            sex: Texts::of(frame, "sex")?,
            age_band: Texts::of(frame, "age_band")?,
            education: Texts::of(frame, "education")?,
            occupation: Texts::of(frame, "occupation")?,
            disability: Texts::of(frame, "disability")?,
        })
    }

    fn get(&self, row: usize) -> Result<Profile, FrameError> {
        Ok(Profile {
            sex: self.sex.option(row, Sex::from_key)?,
            age_band: self.age_band.option(row, AgeBand::from_key)?,
            education: self.education.option(row, Education::from_key)?,
            occupation: self.occupation.option(row, Occupation::from_key)?,
            disability: self.disability.option(row, Disability::from_key)?,
        })
    }
}

fn identity(ids: impl Iterator<Item = Uuid>) -> Column {
    StringChunked::from_iter_values("id".into(), ids.map(|id| id.to_string())).into_column()
}

fn text<'a>(name: &str, values: impl Iterator<Item = Option<&'a str>>) -> Column {
    StringChunked::from_iter_options(name.into(), values).into_column()
}

fn time(instants: impl Iterator<Item = DateTime<Utc>>) -> Column {
    let micros = instants.map(|instant| instant.timestamp_micros());
    let values = Int64Chunked::from_iter_values("filled_at".into(), micros);
    values.into_datetime(TimeUnit::Microseconds, Some(polars::prelude::TimeZone::UTC)).into_column()
}

fn week(mondays: impl Iterator<Item = NaiveDate>) -> Column {
    let epoch = NaiveDate::default().num_days_from_ce();
    let days = mondays.map(|monday| monday.num_days_from_ce() - epoch);
    Int32Chunked::from_iter_values("week".into(), days).into_date().into_column()
}

/// The date a week column holds as days since 1970.
pub(crate) fn date(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(days.checked_add(NaiveDate::default().num_days_from_ce())?)
}
