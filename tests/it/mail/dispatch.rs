//! The outbox against servers that refuse, hang, hang up and change their mind.

use std::net::TcpListener;

use chrono::{DateTime, TimeDelta, Utc};
use suara::clock::{Clock, FixedClock};
use suara::mail::dispatch::{Decision, Drained, MAX_ATTEMPTS, drain};
use suara::mail::transport::{MailFolder, Mailbag, Transport};

use super::fixtures::{MemoryOutbox, Report, Waiting};
use super::server::{TestServer, transport};

fn start() -> DateTime<Utc> {
    "2026-07-15T03:00:00Z".parse().unwrap()
}

fn outbox(recipients: &[&str]) -> MemoryOutbox {
    MemoryOutbox::of(recipients.iter().map(|address| Report::to(address, "")).collect(), start())
}

fn run(outbox: &mut MemoryOutbox, transport: &Transport, clock: &FixedClock) -> Drained {
    drain(outbox, transport, clock, &mut |_| {}).unwrap()
}

#[test]
fn one_refused_recipient_leaves_the_others_alone() {
    let server = TestServer::start(&["--reject", "pergi@kampar.go.id"]);
    let mut outbox = outbox(&["a@kampar.go.id", "pergi@kampar.go.id", "b@kampar.go.id"]);
    let drained = run(&mut outbox, &server.transport(), &FixedClock::new(start()));
    assert_eq!(drained, Drained { sent: 2, failed: 1, ..Drained::default() });
    assert_eq!(outbox.outcomes(), ["sent", "failed", "sent"]);
    assert!(
        outbox.reason(1).contains("refused the recipient") && outbox.reason(1).contains("550"),
        "{}",
        outbox.reason(1)
    );
    let recipients: Vec<_> = server.stored().into_iter().map(|transaction| transaction.to).collect();
    assert_eq!(recipients, [["a@kampar.go.id"], ["b@kampar.go.id"]]);
}

#[test]
fn refused_for_now_is_sent_at_the_next_attempt() {
    let server = TestServer::start(&["--greylist"]);
    let mut outbox = outbox(&["a@kampar.go.id", "b@kampar.go.id"]);
    let clock = FixedClock::new(start());
    let drained = run(&mut outbox, &server.transport(), &clock);
    assert_eq!(drained, Drained { waiting: 2, ..Drained::default() }, "a 4xx stops nobody");
    assert!(outbox.reason(0).contains("451"), "{}", outbox.reason(0));
    assert_eq!(outbox.wait(0), TimeDelta::minutes(1));

    assert_eq!(run(&mut outbox, &server.transport(), &clock), Drained::default(), "nothing is due yet");
    clock.advance(TimeDelta::minutes(1));
    assert_eq!(run(&mut outbox, &server.transport(), &clock), Drained { sent: 2, ..Drained::default() });
    assert_eq!(server.stored().len(), 2);
}

#[test]
fn a_connection_cut_in_the_middle_of_the_message_is_tried_again_with_the_same_identity() {
    let server = TestServer::start(&["--drop", "1"]);
    let mut outbox = outbox(&["a@kampar.go.id"]);
    let clock = FixedClock::new(start());
    run(&mut outbox, &server.transport(), &clock);
    assert_eq!(outbox.outcomes(), ["retry"]);
    assert!(server.stored().is_empty());
    clock.advance(TimeDelta::minutes(1));
    run(&mut outbox, &server.transport(), &clock);
    assert_eq!(outbox.outcomes(), ["sent"]);
    assert!(server.stored()[0].message == Report::to("a@kampar.go.id", "").compose().bytes());
}

#[test]
fn a_closed_port_postpones_without_trying_every_mail() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut outbox = outbox(&["a@kampar.go.id", "b@kampar.go.id"]);
    let clock = FixedClock::new(start());
    let drained = run(&mut outbox, &transport(&format!("smtp://{free}"), None), &clock);
    assert_eq!(outbox.outcomes(), ["postponed", "untried"]);
    assert!(drained.stopped.unwrap().contains("cannot be reached"));

    let server = TestServer::start(&[]);
    clock.advance(TimeDelta::minutes(1));
    assert_eq!(run(&mut outbox, &server.transport(), &clock).sent, 2);
}

#[test]
fn a_silent_server_costs_one_time_limit() {
    let server = TestServer::start(&["--hang"]);
    let mut outbox = outbox(&["a@kampar.go.id", "b@kampar.go.id"]);
    let drained = run(&mut outbox, &server.impatient(), &FixedClock::new(start()));
    assert_eq!(outbox.outcomes(), ["postponed", "untried"]);
    assert!(drained.stopped.unwrap().contains("cannot be reached"));
}

#[test]
fn a_server_that_cuts_every_message_is_left_alone_after_three() {
    let server = TestServer::start(&["--drop", "9"]);
    let mut outbox = outbox(&["a@a.id", "b@a.id", "c@a.id", "d@a.id"]);
    let drained = run(&mut outbox, &server.transport(), &FixedClock::new(start()));
    assert_eq!(outbox.outcomes(), ["retry", "retry", "retry", "untried"]);
    assert!(drained.stopped.unwrap().contains("did not take the message"));
}

#[test]
fn a_server_that_falls_silent_after_the_message_is_tried_again() {
    let server = TestServer::start(&["--hang-after-data"]);
    let mut outbox = outbox(&["a@kampar.go.id"]);
    run(&mut outbox, &server.impatient(), &FixedClock::new(start()));
    assert_eq!(outbox.outcomes(), ["retry"]);
}

#[test]
fn a_refused_message_is_given_up_and_a_refused_sender_is_not() {
    let server = TestServer::start(&["--refuse-content"]);
    let mut first = outbox(&["a@kampar.go.id"]);
    run(&mut first, &server.transport(), &FixedClock::new(start()));
    assert_eq!(first.outcomes(), ["failed"]);
    assert!(first.reason(0).contains("552"), "{}", first.reason(0));

    let server = TestServer::start(&["--refuse-sender", "suara@kampar.go.id"]);
    let mut second = outbox(&["a@kampar.go.id", "b@kampar.go.id"]);
    let drained = run(&mut second, &server.transport(), &FixedClock::new(start()));
    assert_eq!(second.outcomes(), ["postponed", "untried"], "a wrong sender is the operator's to mend");
    assert!(drained.stopped.unwrap().contains("refused the sender"));
}

#[test]
fn waiting_grows_until_the_mail_is_given_up() {
    let mut outbox = outbox(&["a@kampar.go.id"]);
    outbox.0[0].report = Err("reports/2026-S1/kab-kampar/laporan.pdf is missing".to_owned());
    let transport = Transport::Memory(Mailbag::default());
    let clock = FixedClock::new(start());
    let mut waits = Vec::new();
    while outbox.0[0].open {
        run(&mut outbox, &transport, &clock);
        if outbox.0[0].open {
            waits.push(outbox.wait(0).num_minutes());
            clock.advance(outbox.wait(0));
        }
    }
    assert_eq!(waits, [1, 5, 15, 60, 240, 240, 240]);
    assert_eq!(outbox.0[0].ledger.len(), usize::try_from(MAX_ATTEMPTS).unwrap());
    assert_eq!(outbox.reason(0), "given up after 8 attempts: reports/2026-S1/kab-kampar/laporan.pdf is missing");
}

#[test]
fn an_outage_of_weeks_costs_no_mail() {
    let mut outbox = outbox(&["a@kampar.go.id"]);
    let file = tempfile::NamedTempFile::new().unwrap();
    let broken = Transport::Files(MailFolder::new(file.path().join("mail")));
    let clock = FixedClock::new(start());
    for _ in 0..3 * MAX_ATTEMPTS {
        run(&mut outbox, &broken, &clock);
        assert!(outbox.reason(0).contains("the mail file cannot be written"), "{}", outbox.reason(0));
        clock.advance(TimeDelta::days(1));
    }
    let Waiting { attempts, open, .. } = &outbox.0[0];
    assert_eq!((*attempts, *open), (0, true));
}

#[test]
fn every_attempt_is_in_the_ledger_with_its_time() {
    let server = TestServer::start(&["--greylist"]);
    let mut outbox = outbox(&["a@kampar.go.id"]);
    let clock = FixedClock::new(start());
    run(&mut outbox, &server.transport(), &clock);
    clock.advance(TimeDelta::hours(2));
    run(&mut outbox, &server.transport(), &clock);
    let ledger = &outbox.0[0].ledger;
    assert_eq!((ledger[0].at, ledger[1].at), (start(), clock.now()));
    assert_eq!(ledger[1].decision, Decision::Sent);
}
