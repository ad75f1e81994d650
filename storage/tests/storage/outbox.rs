//! Mail that waits.

use suara_domain::language::Language;
use suara_storage::outbox::{self, AfterFailure, Mail, MailState, NewMail, Outcome};
use suara_storage::testing::TestDatabase;
use suara_storage::{Database, MppId};

use crate::country::{Country, at, period};

both! { each_recipient_gets_one_mail_per_revision, from_waiting_to_sent, two_dispatchers_never_take_the_same_mail }

fn mail(mpp: Option<MppId>, email: &str) -> NewMail {
    NewMail {
        mpp,
        period: period(),
        revision: 1,
        email: email.to_owned(),
        name: "Manajer MPP".to_owned(),
        language: Language::Indonesian,
        message_id: format!("<{}.{email}@suara>", mpp.map_or(0, |mpp| mpp.0)),
        attachments: "[]".to_owned(),
    }
}

fn enqueue(database: &Database, mail: &NewMail) -> bool {
    database.write("enqueue", |connection| outbox::enqueue(connection, mail, at("2026-07-15T00:00:00Z"))).unwrap()
}

fn claim(database: &Database, now: &str, limit: u32, until: &str) -> Vec<Mail> {
    let claim = |connection: &mut _| outbox::claim_due(connection, at(now), limit, at(until));
    database.write("claim", claim).unwrap()
}

fn each_recipient_gets_one_mail_per_revision(database: &TestDatabase) {
    let country = Country::new(database);
    let (of_mpp, national) = (mail(Some(country.kampar), "a@contoh.go.id"), mail(None, "a@contoh.go.id"));
    assert!(enqueue(&country.database, &of_mpp) && enqueue(&country.database, &national));
    assert!(!enqueue(&country.database, &of_mpp) && !enqueue(&country.database, &national));
    let revised = NewMail { revision: 2, message_id: "<2@suara>".to_owned(), ..of_mpp.clone() };
    assert!(enqueue(&country.database, &revised));
    let all = country.database.read(|connection| outbox::list(connection, None)).unwrap();
    assert_eq!(all.into_iter().map(|mail| mail.mail).collect::<Vec<_>>(), [of_mpp, national, revised]);
}

fn from_waiting_to_sent(database: &TestDatabase) {
    let country = Country::new(database);
    let database = &country.database;
    for name in ["a", "b", "c"] {
        enqueue(database, &mail(Some(country.kampar), name));
    }
    assert_eq!(claim(database, "2026-07-14T23:59:59Z", 9, "2026-07-15T00:05:00Z").len(), 0, "not due yet");
    let taken = claim(database, "2026-07-15T00:00:00Z", 2, "2026-07-15T00:05:00Z");
    assert_eq!(
        taken.iter().map(|mail| (mail.mail.email.as_str(), mail.attempts)).collect::<Vec<_>>(),
        [("a", 1), ("b", 1)]
    );

    let (now, retry) = (at("2026-07-15T00:01:00Z"), at("2026-07-15T01:00:00Z"));
    database.write("sent", |connection| outbox::mark_sent(connection, taken[0].id, now, "250 ok")).unwrap();
    let fail = |after, error: &'static str| {
        let fail = |connection: &mut _| outbox::mark_failed(connection, taken[1].id, now, after, error);
        database.write("failed", fail).unwrap();
    };
    fail(AfterFailure::RetryAt(retry), "451 try later");
    let next = claim(database, "2026-07-15T00:02:00Z", 9, "2026-07-15T00:05:00Z");
    assert_eq!(next.iter().map(|mail| mail.mail.email.as_str()).collect::<Vec<_>>(), ["c"], "b waits for its time");
    // Whoever took c has died: its lease runs out. b is due again.
    let again = claim(database, "2026-07-15T01:00:00Z", 9, "2026-07-15T01:05:00Z");
    let again: Vec<_> = again.iter().map(|mail| (mail.mail.email.as_str(), mail.attempts)).collect();
    assert_eq!(again, [("c", 2), ("b", 2)]);
    fail(AfterFailure::GiveUp, "550 no such user");

    let failed = database.read(|connection| outbox::list(connection, Some(MailState::Failed))).unwrap();
    assert_eq!((failed.len(), failed[0].last_error.as_deref()), (1, Some("550 no such user")));
    let ledger = database.read(|connection| outbox::deliveries(connection, taken[1].id)).unwrap();
    let ledger: Vec<_> = ledger.iter().map(|delivery| (delivery.outcome, delivery.detail.as_str())).collect();
    assert_eq!(ledger, [(Outcome::Deferred, "451 try later"), (Outcome::Refused, "550 no such user")]);
    let sent = database.read(|connection| outbox::list(connection, Some(MailState::Sent))).unwrap();
    assert_eq!((sent[0].id, sent[0].sent_at), (taken[0].id, Some(now)));
}

fn two_dispatchers_never_take_the_same_mail(database: &TestDatabase) {
    let country = Country::new(database);
    for number in 0..40 {
        enqueue(&country.database, &mail(Some(country.kampar), &format!("{number}@contoh.go.id")));
    }
    let nodes: Vec<_> = (0..4).map(|_| database.open()).collect();
    let mut taken: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = nodes
            .iter()
            .map(|node| scope.spawn(|| claim(node, "2026-07-15T00:00:00Z", 10, "2026-07-15T00:05:00Z")))
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).map(|mail| mail.mail.email).collect()
    });
    taken.sort();
    taken.dedup();
    assert_eq!(taken.len(), 40);
}
