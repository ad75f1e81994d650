//! The country as files, in the columns the product imports.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use csv::Writer;
use suara_domain::element::Element;
use suara_domain::period::Period;
use suara_domain::respondent::{AgeBand, Channel, Disability, Education, Occupation, Sex};
use suara_domain::response::columns;

use crate::country::Country;
use crate::mall::Mall;
use crate::responses::Response;
use crate::truth::{Count, Truth};

/// Why a file was not written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {path}: {source}")]
pub struct SynthError {
    /// The file.
    path: PathBuf,
    /// The reason.
    source: io::Error,
}

type Sink = Writer<BufWriter<File>>;

/// Writes `mpp.csv`, `services.csv`, `visitors.csv`, `recipients.csv`, `followups.csv`, `history.csv`,
/// `responses.csv` and `truth.json` for one period with so many responses in all. `progress` is told the number of
/// responses written after every mall.
///
/// # Errors
/// The folder or a file cannot be written; the error names it.
pub fn write(
    country: &Country,
    period: Period,
    responses: u64,
    folder: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Truth, SynthError> {
    fs::create_dir_all(folder).map_err(|source| SynthError { path: folder.to_owned(), source })?;
    let counts = country.counts(period, responses);
    table(folder, "mpp.csv", |sink| malls(sink, country))?;
    table(folder, "services.csv", |sink| services(sink, country))?;
    table(folder, "visitors.csv", |sink| visitors(sink, country, period, &counts))?;
    table(folder, "recipients.csv", |sink| recipients(sink, country))?;
    table(folder, "followups.csv", |sink| follow_ups(sink, country, period.previous()))?;
    table(folder, "history.csv", |sink| history(sink, country, period))?;
    let mut truth = Truth { seed: country.seed, period: period.to_string(), ..Truth::default() };
    table(folder, "responses.csv", |sink| {
        let mut all = Count::default();
        sink.write_record(columns::STORED)?;
        for (mall, count) in country.malls.iter().zip(&counts) {
            let mut of_mall = Count::default();
            for response in mall.responses(period, *count) {
                of_mall.add(&response);
                write_response(sink, mall, &response)?;
            }
            all.merge(&of_mall);
            truth.responses += count;
            truth.mpp.push(of_mall.of_mall(mall.code.as_str()));
            progress(truth.responses);
        }
        truth.ikm_pooled = all.ikm();
        Ok(())
    })?;
    let path = folder.join("truth.json");
    let json = serde_json::to_vec_pretty(&truth).map_err(io::Error::from);
    json.and_then(|json| fs::write(&path, json)).map_err(|source| SynthError { path, source })?;
    Ok(truth)
}

fn table(folder: &Path, name: &str, fill: impl FnOnce(&mut Sink) -> csv::Result<()>) -> Result<(), SynthError> {
    let path = folder.join(name);
    let written = File::create(&path).map_err(csv::Error::from).and_then(|file| {
        let mut sink = Writer::from_writer(BufWriter::with_capacity(1 << 18, file));
        fill(&mut sink)?;
        Ok(sink.flush()?)
    });
    written.map_err(|error| SynthError { path, source: error.into() })
}

fn malls(sink: &mut Sink, country: &Country) -> csv::Result<()> {
    sink.write_record([
        "code",
        "name",
        "region_code",
        "brand",
        "soft_launched_on",
        "inaugurated_on",
        "organiser",
        "signatory_title",
    ])?;
    for mall in &country.malls {
        let date = |date: Option<chrono::NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
        sink.write_record([
            mall.code.as_str(),
            &mall.name,
            mall.region.code,
            mall.brand.unwrap_or_default(),
            &date(mall.soft_launched_on),
            &date(mall.inaugurated_on),
            &mall.organiser,
            &mall.signatory_title,
        ])?;
    }
    Ok(())
}

fn services(sink: &mut Sink, country: &Country) -> csv::Result<()> {
    sink.write_record(["mpp", "agency", "counter", "service", "service_name", "channel", "free"])?;
    for mall in &country.malls {
        for service in &mall.services {
            sink.write_record([
                mall.code.as_str(),
                service.agency,
                service.counter.as_deref().unwrap_or_default(),
                &service.code,
                service.name,
                service.channel.key(),
                if service.free { "yes" } else { "no" },
            ])?;
        }
    }
    Ok(())
}

fn visitors(sink: &mut Sink, country: &Country, period: Period, counts: &[u64]) -> csv::Result<()> {
    let period_key = period.to_string();
    sink.write_record(["mpp", "service", "period", "visitors"])?;
    for (mall, count) in country.malls.iter().zip(counts) {
        let Some(visitors) = mall.visitors(period, *count) else { continue };
        let total: u64 = visitors.iter().sum();
        sink.write_record([mall.code.as_str(), "", &period_key, &total.to_string()])?;
        for (service, visitors) in mall.services.iter().zip(visitors) {
            sink.write_record([mall.code.as_str(), &service.code, &period_key, &visitors.to_string()])?;
        }
    }
    Ok(())
}

fn recipients(sink: &mut Sink, country: &Country) -> csv::Result<()> {
    sink.write_record(["mpp", "email", "name", "language"])?;
    sink.write_record(["", "pelayananpublik@kementerian.example", "Deputi Bidang Pelayanan Publik", "id"])?;
    for mall in &country.malls {
        for recipient in &mall.recipients {
            let language = recipient.language.key();
            sink.write_record([mall.code.as_str(), &recipient.email, &recipient.name, language])?;
        }
    }
    Ok(())
}

fn follow_ups(sink: &mut Sink, country: &Country, period: Period) -> csv::Result<()> {
    sink.write_record(["mpp", "period", "element", "step", "owner", "due_on", "status", "evidence"])?;
    for mall in &country.malls {
        for plan in mall.follow_ups(period) {
            sink.write_record([
                mall.code.as_str(),
                &plan.period.to_string(),
                plan.element.key(),
                plan.step,
                &plan.owner,
                &plan.due_on.to_string(),
                plan.status,
                plan.evidence,
            ])?;
        }
    }
    Ok(())
}

fn history(sink: &mut Sink, country: &Country, period: Period) -> csv::Result<()> {
    sink.write_record(["mpp", "period", "ikm", "n", "rule", "weight"])?;
    for mall in &country.malls {
        for past in mall.history(period) {
            let (of, n) = (past.period.to_string(), past.n.to_string());
            sink.write_record([mall.code.as_str(), &of, &past.ikm, &n, past.rule, past.weight])?;
        }
    }
    Ok(())
}

fn write_response(sink: &mut Sink, mall: &Mall, response: &Response) -> csv::Result<()> {
    let service = response.service_of(mall);
    let profile = &response.profile;
    let local = mall.region.time_zone.local(response.filled_at);
    sink.write_field(response.id.hyphenated().encode_lower(&mut uuid::Uuid::encode_buffer()))?;
    sink.write_field(mall.code.as_str())?;
    sink.write_field(service.map_or("", |service| service.code.as_str()))?;
    sink.write_field(local.to_rfc3339_opts(chrono::SecondsFormat::Secs, false))?;
    sink.write_field(response.channel.map_or("", Channel::key))?;
    sink.write_field(response.mode.key())?;
    for element in Element::ALL {
        let score = response.answers.get(element).map_or(0, suara_domain::element::Score::get);
        sink.write_field(["", "1", "2", "3", "4"][usize::from(score)])?;
    }
    sink.write_field(profile.sex.map_or("", Sex::key))?;
    sink.write_field(profile.age_band.map_or("", AgeBand::key))?;
    sink.write_field(profile.education.map_or("", Education::key))?;
    sink.write_field(profile.occupation.map_or("", Occupation::key))?;
    sink.write_field(profile.disability.map_or("", Disability::key))?;
    sink.write_field(response.comment.as_deref().unwrap_or_default())?;
    sink.write_field(service.and_then(|service| service.counter.as_deref()).unwrap_or_default())?;
    sink.write_field(response.duration_s.map(|seconds| seconds.to_string()).unwrap_or_default())?;
    sink.write_field(response.language.key())?;
    sink.write_field(if response.verified { "yes" } else { "no" })?;
    // No synthetic counter has a poster.
    sink.write_field("no")?;
    sink.write_record(None::<&[u8]>)
}
