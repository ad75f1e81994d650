//! `suara synth`: a synthetic country as files to import, on request also as the archive the batch would make of it.

use std::path::{Path, PathBuf};

use suara_domain::instrument::Instrument;
use suara_domain::masking::mask;
use suara_domain::period::Period;
use suara_reports::archive::{Archive, ArchiveFiles, ArchiveKey, Manifest};
use suara_reports::frame::ArchiveRow;
use suara_synth::{Country, Mall, Response, Truth};

use super::AppError;

/// What to make.
#[derive(Clone, Debug)]
pub struct SynthOrder {
    /// Malls, at most 514.
    pub malls: usize,
    /// Responses in all.
    pub responses: u64,
    /// The period they lie in.
    pub period: Period,
    /// What everything follows from.
    pub seed: u64,
    /// Where the files go.
    pub folder: PathBuf,
}

/// Writes the country as CSV files and `truth.json`; `progress` is told the responses written so far.
///
/// # Errors
/// The folder or a file cannot be written.
pub fn synth(order: &SynthOrder, progress: &mut dyn FnMut(u64)) -> Result<Truth, AppError> {
    let country = Country::generate(order.seed, order.malls);
    Ok(suara_synth::write(&country, order.period, order.responses, &order.folder, progress)?)
}

/// Writes the same responses as the archive of their period, below the same folder. Malls without responses have no
/// file, as in a real archive.
///
/// # Errors
/// The folder or a file cannot be written.
pub fn synth_archive(order: &SynthOrder, progress: &mut dyn FnMut(u64)) -> Result<(), AppError> {
    let country = Country::generate(order.seed, order.malls);
    let mut written = 0;
    for (mall, count) in country.malls.iter().zip(country.counts(order.period, order.responses)) {
        if count > 0 {
            archive_mall(&order.folder, mall, order.period, count)?;
        }
        written += count;
        progress(written);
    }
    Ok(())
}

fn archive_mall(folder: &Path, mall: &Mall, period: Period, count: u64) -> Result<(), AppError> {
    let archive = Archive::new(folder);
    let key = ArchiveKey { period, mpp: mall.code.clone() };
    let mut writer = archive.create(key.clone(), mall.region.time_zone)?;
    for response in mall.responses(period, count) {
        let comment = response.comment.as_deref().map(mask);
        writer.push(archive_row(mall, &response), comment)?;
    }
    Ok(archive.write_manifest(&key, &manifest(&key, writer.finish()?))?)
}

fn archive_row(mall: &Mall, response: &Response) -> ArchiveRow {
    let service = response.service_of(mall);
    ArchiveRow {
        id: response.id,
        service: service.map(|service| service.code.clone()),
        agency: service.map(|service| service.agency.to_owned()),
        channel: response.channel.or_else(|| service.map(|service| service.channel)),
        counter: service.and_then(|service| service.counter.clone()),
        mode: response.mode,
        answers: response.answers,
        profile: response.profile,
        filled_at: response.filled_at,
        verified: response.verified,
        counter_signed: false,
        flags: 0,
        language: Some(response.language),
        duration_s: response.duration_s,
        free: service.map(|service| service.free),
    }
}

fn manifest(key: &ArchiveKey, files: ArchiveFiles) -> Manifest {
    let instrument = Instrument::standard();
    Manifest {
        mpp: key.mpp.to_string(),
        period: key.period.to_string(),
        instrument: instrument.id.clone(),
        rule_version: instrument.rule_version.clone(),
        weight_version: instrument.weight_version.clone(),
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        responses: files.responses,
        comments: files.comments,
    }
}

#[cfg(test)]
mod tests {
    use suara_domain::index::Index;
    use suara_reports::{archive, tallies};

    use super::*;

    #[test]
    fn the_archive_holds_the_planted_truth() {
        let folder = tempfile::tempdir().unwrap();
        let period = Period::parse("2025-S2").unwrap();
        let order = SynthOrder { malls: 30, responses: 3_000, period, seed: 11, folder: folder.path().to_owned() };
        let mut last = 0;
        let truth = synth(&order, &mut |written| last = written).unwrap();
        assert_eq!(last, 3_000);
        synth_archive(&order, &mut |_| {}).unwrap();
        let archive = Archive::new(folder.path());
        let nation = tallies::national(&archive, &[period]).unwrap();
        let mut planted: Vec<(&str, Option<&str>)> =
            truth.mpp.iter().filter(|mall| mall.n > 0).map(|mall| (mall.code.as_str(), mall.ikm.as_deref())).collect();
        planted.sort_unstable();
        let found: Vec<(String, Option<String>)> = nation
            .iter()
            .map(|(key, tally)| (key.mpp.to_string(), Index::of(tally).map(|index| index.rounded().to_string())))
            .collect();
        assert_eq!(found.iter().map(|(code, ikm)| (code.as_str(), ikm.as_deref())).collect::<Vec<_>>(), planted);
        for (key, tally) in &nation {
            let manifest = archive.read_manifest(key).unwrap();
            assert_eq!(manifest.responses.rows, tally.n());
            archive.verify(&manifest.responses).unwrap();
            let Some(comments) = &manifest.comments else { continue };
            let path = archive.verify(comments).unwrap();
            let masked = archive::comments(&path).unwrap().flat_map(Result::unwrap);
            assert!(masked.into_iter().all(|comment| !comment.text.contains("081")), "{}", key.mpp);
        }
    }
}
