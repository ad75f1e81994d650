use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use suara_domain::element::Element;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::response::{RawResponse, Source, Submission};
use suara_domain::tally::Tally;
use suara_synth::{Country, Truth, write};

fn period() -> Period {
    Period::parse("2026-S1").unwrap()
}

fn export(folder: &Path, seed: u64, malls: usize, responses: u64) -> Truth {
    write(&Country::generate(seed, malls), period(), responses, folder, &mut |_| {}).unwrap()
}

/// Reads `responses.csv` by its header.
fn raw_responses(folder: &Path) -> Vec<RawResponse> {
    let mut reader = csv::Reader::from_path(folder.join("responses.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let place = |name: &str| header.iter().position(|column| column == name).unwrap();
    let scores = Element::ALL.map(|element| place(element.key()));
    reader
        .records()
        .map(|row| {
            let row = row.unwrap();
            let field = |name: &str| row.get(place(name)).map(str::to_owned);
            RawResponse {
                id: field("id"),
                mpp: field("mpp"),
                service: field("service"),
                counter: field("counter"),
                filled_at: field("filled_at"),
                channel: field("channel"),
                mode: field("mode"),
                scores: scores.map(|place| row.get(place).map(str::to_owned)),
                sex: field("sex"),
                age_band: field("age_band"),
                education: field("education"),
                occupation: field("occupation"),
                disability: field("disability"),
                comment: field("comment"),
                duration_s: field("duration_s"),
                language: field("language"),
                verified: field("verified"),
                ..RawResponse::default()
            }
        })
        .collect()
}

#[test]
fn every_row_is_valid_and_the_truth_is_what_the_product_computes() {
    let folder = tempfile::tempdir().unwrap();
    let truth = export(folder.path(), 3, 60, 12_345);
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    let raw = raw_responses(folder.path());
    assert_eq!(raw.len(), 12_345);
    for raw in &raw {
        let submission = Submission::parse(raw, Source::File).unwrap_or_else(|errors| panic!("{raw:?}: {errors:?}"));
        tallies.entry(submission.mpp.to_string()).or_default().add(&submission.answers, 1);
    }
    assert_eq!((truth.responses, truth.mpp.len()), (12_345, 60));
    for mall in &truth.mpp {
        let tally = tallies.get(&mall.code).cloned().unwrap_or_default();
        assert_eq!(tally.n(), mall.n, "{}", mall.code);
        for element in Element::ALL {
            assert_eq!(tally.counts(element), mall.scores[element.key()], "{}", mall.code);
        }
        assert_eq!(Index::of(&tally).map(|index| index.rounded().to_string()), mall.ikm, "{}", mall.code);
    }
    let pooled: Tally = tallies.values().sum();
    assert_eq!(Index::of(&pooled).map(|index| index.rounded().to_string()), truth.ikm_pooled);
    let read: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join("truth.json")).unwrap()).unwrap();
    assert_eq!(read, serde_json::to_value(&truth).unwrap());
}

#[test]
fn rows_are_the_responses_of_the_iterator() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), 3, 20, 2_000);
    let country = Country::generate(3, 20);
    let counts = country.counts(period(), 2_000);
    let expected = country.malls.iter().zip(counts).flat_map(|(mall, count)| {
        mall.responses(period(), count).map(|response| response.submission(mall)).collect::<Vec<Submission>>()
    });
    for (raw, expected) in raw_responses(folder.path()).iter().zip(expected) {
        assert_eq!(Submission::parse(raw, Source::File).unwrap(), expected);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let folders = [(); 3].map(|()| tempfile::tempdir().unwrap());
    for (folder, seed) in folders.iter().zip([5, 5, 6]) {
        export(folder.path(), seed, 25, 1_500);
    }
    let mut names: Vec<String> = fs::read_dir(folders[0].path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "followups.csv",
            "history.csv",
            "mpp.csv",
            "recipients.csv",
            "responses.csv",
            "services.csv",
            "truth.json",
            "visitors.csv"
        ]
    );
    for name in names {
        let [first, again, other] = [0, 1, 2].map(|place| fs::read(folders[place].path().join(&name)).unwrap());
        assert_eq!(first, again, "{name}");
        assert_eq!(first == other, name == "mpp.csv", "{name}");
    }
}

#[test]
fn columns_are_those_of_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    export(folder.path(), 5, 3, 10);
    let header = |name: &str| {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        text.lines().next().unwrap().to_owned()
    };
    assert!(header("mpp.csv").starts_with("code,name,region_code,brand,soft_launched_on,inaugurated_on"));
    assert_eq!(header("services.csv"), "mpp,agency,counter,service,service_name,channel,free");
    assert_eq!(header("visitors.csv"), "mpp,service,period,visitors");
    assert_eq!(header("recipients.csv"), "mpp,email,name,language");
    assert_eq!(header("followups.csv"), "mpp,period,element,step,owner,due_on,status,evidence");
    assert_eq!(header("history.csv"), "mpp,period,ikm,n,rule,weight");
    assert_eq!(
        header("responses.csv"),
        "id,mpp,service,filled_at,channel,mode,persyaratan,prosedur,waktu,biaya,produk,kompetensi,perilaku,sarana,\
         pengaduan,sex,age_band,education,occupation,disability,comment,counter,duration_s,language,verified,\
         counter_signed"
    );
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("file");
    fs::write(&blocked, "").unwrap();
    let error = write(&Country::generate(1, 2), period(), 4, &blocked.join("out"), &mut |_| {}).unwrap_err();
    assert!(error.to_string().starts_with("cannot write ") && error.to_string().contains("file/out"), "{error}");
}
