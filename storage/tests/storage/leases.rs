//! Exclusive work.

use suara_storage::leases;
use suara_storage::testing::TestDatabase;

use crate::country::at;

both! { one_owner_at_a_time, many_claim_and_one_gets_it }

const KEY: &str = "2026-S1/kab-kampar";

fn one_owner_at_a_time(database: &TestDatabase) {
    let database = database.open();
    let (now, later, late) = (at("2026-07-15T00:00:00Z"), at("2026-07-15T00:05:00Z"), at("2026-07-15T00:10:00Z"));
    let claim = |owner, now, until| {
        database.write("claim", |connection| leases::claim(connection, KEY, owner, now, until)).unwrap()
    };
    let renew =
        |token, until| database.write("renew", |connection| leases::renew(connection, KEY, token, until)).unwrap();
    let release = |token| database.write("release", |connection| leases::release(connection, KEY, token)).unwrap();

    let first = claim("a", now, later).unwrap();
    assert_eq!(claim("b", now, late), None);
    assert!(renew(first, late));
    assert_eq!(claim("b", later, late), None, "it was renewed");
    let second = claim("b", late, at("2026-07-15T00:20:00Z")).unwrap();
    assert!(second > first, "the lease ran out");
    assert!(!renew(first, at("2026-07-15T01:00:00Z")), "the former owner is told");
    release(first);
    assert_eq!(claim("c", late, at("2026-07-15T00:30:00Z")), None, "and cannot give away what is not its own");
    release(second);
    assert!(!renew(second, at("2026-07-15T01:00:00Z")), "given back is given back");
    assert!(claim("c", late, at("2026-07-15T00:30:00Z")).unwrap() > second);
}

fn many_claim_and_one_gets_it(database: &TestDatabase) {
    let nodes: Vec<_> = (0..6).map(|_| database.open()).collect();
    let (now, until) = (at("2026-07-15T00:00:00Z"), at("2026-07-15T00:05:00Z"));
    let claim = |connection: &mut _| leases::claim(connection, KEY, "node", now, until);
    let winners = std::thread::scope(|scope| {
        let threads: Vec<_> = nodes.iter().map(|node| scope.spawn(|| node.write("claim", claim).unwrap())).collect();
        threads.into_iter().filter_map(|thread| thread.join().unwrap()).count()
    });
    assert_eq!(winners, 1);
}
