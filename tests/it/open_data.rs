//! The open data package of a period: explained, checked, the same every time, and with nothing that is hidden.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::world::{Backend, RESPONSES, World};

/// 44 responses for ktp, 4 for skck with an index of their own: skck is hidden, and so is the next smallest, kk. Konawe
/// has nine, too few to be told about.
fn closed_world(backend: Backend) -> World {
    use std::fmt::Write;
    let world = World::with_masters(backend);
    let mut text = format!("{RESPONSES}\n");
    let groups =
        [("kab-kampar,ktp", 44, 4), ("kab-kampar,kk", 12, 3), ("kab-kampar,skck", 4, 1), ("kab-konawe,", 9, 2)];
    let mut id = 0;
    for (place, count, score) in groups {
        for _ in 0..count {
            id += 1;
            let answers = vec![score.to_string(); 9].join(",");
            writeln!(
                text,
                "01900000-0000-7000-8000-{id:012},{place},2026-03-02T09:15:00+07:00,direct,paper,{answers},,,,,,"
            )
            .unwrap();
        }
    }
    world.write("responses.csv", text);
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    world
}

fn package(world: &World, folder: &str) -> BTreeMap<String, Vec<u8>> {
    world.suara(&["open-data", "--period", "2026-S1", "--out", folder]).succeeds();
    let entries = fs::read_dir(world.path(folder)).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

fn rows(csv: &[u8]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_reader(csv);
    let text = |record: &csv::StringRecord| record.iter().map(ToOwned::to_owned).collect::<Vec<_>>();
    let header = text(reader.headers().unwrap());
    (header, reader.records().map(|record| text(&record.unwrap())).collect())
}

/// Every object with a key, at any depth.
fn nodes<'a>(value: &'a Value, key: &str, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(members) => {
            if members.contains_key(key) {
                found.push(value);
            }
            members.values().for_each(|member| nodes(member, key, found));
        }
        Value::Array(items) => items.iter().for_each(|item| nodes(item, key, found)),
        _ => {}
    }
}

#[test]
fn every_column_is_explained_and_every_file_is_in_the_catalogue() {
    let world = closed_world(Backend::Sqlite);
    let files = package(&world, "open-data");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "catalog.jsonld",
            "codebook.csv",
            "figures.csv",
            "figures.json",
            "figures.parquet",
            "mpp.csv",
            "mpp.json",
            "mpp.parquet",
            "national.csv",
            "national.json",
            "national.parquet",
        ]
    );
    let (_, codebook) = rows(&files["codebook.csv"]);
    let mut explained: Vec<(String, String)> = codebook.iter().map(|row| (row[0].clone(), row[1].clone())).collect();
    for table in ["mpp", "figures", "national"] {
        let (header, rows) = rows(&files[&format!("{table}.csv")]);
        let columns: Vec<(String, String)> = header.iter().map(|column| (table.to_owned(), column.clone())).collect();
        assert_eq!(columns, explained.drain(..columns.len()).collect::<Vec<_>>());
        let json: Value = serde_json::from_slice(&files[&format!("{table}.json")]).unwrap();
        assert_eq!(json.as_array().unwrap().len(), rows.len());
        for object in json.as_array().unwrap() {
            let mut keys: Vec<&String> = object.as_object().unwrap().keys().collect();
            let mut wanted: Vec<&String> = header.iter().collect();
            keys.sort();
            wanted.sort();
            assert_eq!(keys, wanted);
        }
        assert!(files[&format!("{table}.parquet")].starts_with(b"PAR1"));
    }
    assert!(explained.is_empty(), "the codebook explains what is not there: {explained:?}");
    let catalogue: Value = serde_json::from_slice(&files["catalog.jsonld"]).unwrap();
    let mut distributions = Vec::new();
    nodes(&catalogue, "dcat:downloadURL", &mut distributions);
    assert_eq!(distributions.len(), files.len() - 1);
    for distribution in distributions {
        let bytes = &files[distribution["dcat:downloadURL"]["@id"].as_str().unwrap()];
        assert_eq!(distribution["dcat:byteSize"]["@value"], bytes.len().to_string());
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(bytes));
        assert_eq!(distribution["spdx:checksum"]["spdx:checksumValue"]["@value"], hash);
    }
    assert_eq!(catalogue["dct:temporal"]["dcat:endDate"]["@value"], "2026-06-30");
}

#[test]
fn what_is_hidden_is_in_no_file() {
    let world = closed_world(Backend::Sqlite);
    let files = package(&world, "open-data");
    let (_, figures) = rows(&files["figures.csv"]);
    let shown = |mpp: &str, group: &str, key: &str| {
        let row = figures.iter().find(|row| (&row[1], &row[2], &row[3]) == (&mpp.into(), &group.into(), &key.into()));
        row.map(|row| (row[5].clone(), row[6].clone())).unwrap()
    };
    let hidden = (String::new(), String::new());
    assert_eq!(shown("kab-kampar", "service", "ktp"), ("45".to_owned(), "100.0".to_owned()));
    assert_eq!(shown("kab-kampar", "service", "skck"), hidden);
    assert_eq!(shown("kab-kampar", "service", "kk"), hidden);
    assert_eq!(shown("kab-konawe", "total", ""), hidden);
    assert!(!figures.iter().any(|row| row[1] == "kab-konawe" && row[2] == "service"));
    // (44·4 + 12·3 + 4·1) / 60 · 25
    assert_eq!(shown("kab-kampar", "total", ""), ("60".to_owned(), "90.00".to_owned()));
    let national = String::from_utf8(files["national.csv"].clone()).unwrap();
    // 69 responses with Konawe's nine: any figure of all would give them away.
    assert!(national.contains("2026-S1,pooled,,,\n") && national.contains("2026-S1,mean,,,\n"), "{national}");
    // The index of the hidden: skck 25.00, kk 75.00, Konawe 50.00.
    for (name, bytes) in files.iter().filter(|(name, _)| !name.starts_with("cod") && !name.starts_with("cat")) {
        let text = String::from_utf8_lossy(bytes);
        for figure in ["25.0", "75.0", "50.0", "\"n\": 9", "\"n\": 4,", "\"n\": 12"] {
            assert!(!text.contains(figure), "{name} has {figure}");
        }
    }
    let export = ["export", "summaries", "--public", "--period", "2026-S1", "--format", "csv"];
    let (header, exported) = rows(world.suara(&export).succeeds().as_bytes());
    let (_, mpps) = rows(&files["mpp.csv"]);
    let same: Vec<Vec<String>> = mpps.iter().map(|row| row[..header.len()].to_vec()).collect();
    assert_eq!(same, exported, "the package and the public export differ");
}

#[test]
fn the_same_figures_give_the_same_bytes() {
    let world = closed_world(Backend::Sqlite);
    let first = package(&world, "one");
    assert!(first == package(&world, "two"), "another folder, other bytes");
    assert!(first == package(&world, "one"), "a second run, other bytes");
}

#[test]
fn a_period_without_results_is_refused_and_names_are_no_formulas() {
    let world = World::with_masters(Backend::Sqlite);
    let refused = world.suara(&["open-data", "--period", "2026-S1", "--out", "open-data"]);
    refused.fails(1, &["no results of 2026-S1 are published"]);
    assert!(!world.path("open-data").exists());
    world.write("mpp.csv", "code,name,region_code\nkab-kampar,\"=1+1 <b>\",14.01\n");
    world.suara(&["import", "mpp", "mpp.csv"]).succeeds();
    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    let files = package(&world, "open-data");
    assert!(String::from_utf8_lossy(&files["mpp.csv"]).contains(",'=1+1 <b>,14.01,Kabupaten Kampar,Riau\n"));
    assert!(String::from_utf8_lossy(&files["mpp.json"]).contains("\"name\": \"=1+1 <b>\""));
}
