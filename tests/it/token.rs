//! `suara token`: files for queue machines, keys for queue systems.

use std::collections::BTreeSet;

use suara::app::visit_token::VisitToken;

use crate::world::{Backend, World};

const ISSUE: [&str; 4] = ["token", "issue", "--mpp", "kab-kampar"];

#[test]
fn tokens_are_printed_with_their_last_day_and_address() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        let issue = |count: &str| world.suara(&[&ISSUE[..], &["--count", count, "--days", "2"]].concat()).succeeds();
        let text = issue("1500") + &issue("2");
        let mut tokens = BTreeSet::new();
        for line in text.lines().filter(|line| *line != "token,last_valid_day,url") {
            let [token, day, url] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert!(VisitToken::parse(token).is_some() && token.len() == 23, "{token}");
            assert!(chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").is_ok(), "{day}");
            assert_eq!(url, format!("https://suara.example.go.id/s/kab-kampar?tiket={token}"));
            tokens.insert(token);
        }
        assert_eq!((text.lines().count(), tokens.len()), (1_504, 1_502), "{backend:?}");
    }
    let world = World::with_masters(Backend::Sqlite);
    let elsewhere = ["--count", "1", "--public-url", "https://survei.example.org/", "--format", "csv"];
    let text = world.suara(&[&ISSUE[..], &elsewhere].concat()).succeeds();
    assert!(text.contains(",https://survei.example.org/s/kab-kampar?tiket="), "{text}");
}

#[test]
fn what_is_wrong_is_told() {
    let world = World::with_masters(Backend::Sqlite);
    for count in ["0", "100001", "x"] {
        world.suara(&[&ISSUE[..], &["--count", count]].concat()).fails(2, &["--count"]);
    }
    world.suara(&[&ISSUE[..], &["--count", "1", "--days", "0"]].concat()).fails(2, &["--days"]);
    world.suara(&ISSUE).fails(2, &["--count"]);
    let nowhere = ["--mpp", "kab-nowhere"];
    world.suara(&[&["token", "issue", "--count", "1"], &nowhere[..]].concat()).fails(1, &["there is no MPP"]);
    world.suara(&[&["token", "key"], &nowhere[..]].concat()).fails(1, &["there is no MPP"]);
}

#[test]
fn a_key_stays_until_it_is_renewed() {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        let world = World::with_masters(backend);
        let key = |arguments: &[&str]| world.suara(&[&["token", "key"], arguments].concat()).succeeds();
        let first = key(&["--mpp", "kab-kampar"]);
        assert!(first.starts_with("suara_") && first.len() == 39, "{first}");
        assert_eq!(key(&["--mpp", "kab-kampar"]), first);
        assert_ne!(key(&["--mpp", "kab-konawe"]), first);
        let second = key(&["--mpp", "kab-kampar", "--renew"]);
        assert_ne!(second, first);
        assert_eq!(key(&["--mpp", "kab-kampar"]), second);
        let third = key(&["--mpp", "kab-kampar", "--renew"]);
        assert_eq!(BTreeSet::from([&first, &second, &third]).len(), 3, "{backend:?}");
    }
}
