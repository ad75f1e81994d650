//! Live tallies are what counting all rows gives, whatever happens in between.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use suara_domain::period::{TimeZone, monday};
use suara_domain::respondent::{Channel, Mode};
use suara_domain::tally::Tally;
use suara_domain::tally_set::{Dimension, TallySet};
use suara_storage::ingest::Limits;
use suara_storage::live_tallies::{self, Horizon, Recounted, Step};
use suara_storage::responses::{self, Filter, NewResponse, Withdrawal, insert_batch, withdraw};
use suara_storage::services::{self, ServiceDetails};
use suara_storage::summaries::{self, Document};
use suara_storage::testing::{self, TestDatabase};
use suara_storage::{Database, MppId, StorageError, directory, mpp_periods, mpps};
use uuid::Uuid;

use crate::country::{self, Country, at, period};
use crate::random::Random;

both! {
    many_responses_are_counted_in_steps,
    any_order_of_events_gives_the_same,
    two_nodes_count_each_response_once,
    a_step_that_is_lost_is_done_again,
    withdrawing_succeeds_on_damaged_tallies,
    frozen_figures_are_not_live,
    channels_follow_the_services_and_weeks_the_zone,
    tallies_that_do_not_add_up_are_told_and_repaired,
}

/// Long enough for whoever is adding responses in a test.
const PATIENCE: Duration = Duration::from_secs(30);
/// Responses of a step at most.
const ROWS: u32 = 2000;

pub fn horizon(database: &Database) -> Horizon {
    live_tallies::horizon(database, PATIENCE).unwrap().unwrap()
}

pub fn step(database: &Database, horizon: Horizon) -> Step {
    database.write("count", |connection| live_tallies::step(connection, horizon, ROWS)).unwrap()
}

/// Counts everything there is; returns how many.
fn catch_up(database: &Database) -> u64 {
    let horizon = horizon(database);
    let mut counted = 0;
    loop {
        let step = step(database, horizon);
        counted += step.counted;
        if step.left == 0 {
            return counted;
        }
    }
}

fn live(database: &Database, mpp: MppId) -> TallySet {
    database.read(|connection| live_tallies::load(connection, mpp, period())).unwrap()
}

fn recount(database: &Database, mpp: MppId) -> Recounted {
    database.write("recount", |connection| live_tallies::recount(connection, mpp, period())).unwrap()
}

/// The five dimensions, counted from all accepted rows by the definition, with today's master data.
fn counted(database: &Database, mpp: MppId) -> TallySet {
    let mut set = TallySet::default();
    let filter = Filter { mpp: Some(mpp), ..Filter::accepted(period()) };
    let read = database.read(|connection| {
        let directory = directory::load(connection)?;
        let zone = directory.mpps.iter().find(|row| row.id == mpp).unwrap().details.time_zone;
        let channels: HashMap<_, _> = directory.services.iter().map(|service| (service.id, service.channel)).collect();
        responses::for_each(connection, &filter, |row| {
            let channel = row.channel.or_else(|| row.service_id.and_then(|id| channels[&id]));
            let week = monday(zone.local(row.filled_at).date_naive()).to_string();
            for (dimension, key) in [
                (Dimension::Total, ""),
                (Dimension::Service, row.service.as_deref().unwrap_or_default()),
                (Dimension::Channel, channel.map_or("", Channel::key)),
                (Dimension::Mode, row.mode.key()),
                (Dimension::Week, &week),
            ] {
                set.entry(dimension, key).add(&row.answers, 1);
            }
            Ok(())
        })
    });
    read.unwrap();
    set
}

#[track_caller]
fn assert_exact(country: &Country) {
    let totals = country.database.read(|connection| live_tallies::totals(connection, period())).unwrap();
    for mpp in [country.kampar, country.konawe] {
        let expected = counted(&country.database, mpp);
        let live = live(&country.database, mpp);
        // The tallies themselves would fill pages.
        assert!(live == expected, "live {:?}, all rows {:?}", sizes(&live), sizes(&expected));
        assert!(totals.get(&mpp).cloned().unwrap_or_default() == expected.total());
        let weeks: Tally = expected.groups(Dimension::Week).map(|(_, tally)| tally).sum();
        assert!(weeks == expected.total(), "weeks add up to the semester");
    }
}

fn sizes(set: &TallySet) -> Vec<(&'static str, &str, u64)> {
    set.iter().map(|(dimension, key, tally)| (dimension.key(), key, tally.n())).collect()
}

/// A response with everything that decides about its groups drawn at random.
fn any_response(country: &Country, random: &mut Random) -> NewResponse {
    let is_kampar = random.below(3) > 0;
    let digits = [(); 9].map(|()| u8::try_from(random.below(5)).unwrap());
    let hour = i64::try_from(random.below(24 * 170)).unwrap();
    let response = country.response();
    NewResponse {
        mpp: if is_kampar { country.kampar } else { country.konawe },
        service: Some(country.ktp).filter(|_| is_kampar && random.below(4) > 0),
        channel: [None, None, Some(Channel::Mobile), Some(Channel::Electronic)][random.index(4)],
        mode: [Mode::Web, Mode::Kiosk, Mode::Assisted, Mode::Paper][random.index(4)],
        answers: suara_domain::element::Answers::from_digits(digits.map(|digit| digit.max(1))).unwrap(),
        filled_at: at("2026-01-03T00:00:00Z") + chrono::TimeDelta::hours(hour),
        comment: (random.below(5) == 0).then(|| "antre lama".to_owned()),
        ..response
    }
}

fn some_responses(country: &Country, random: &mut Random, n: usize) -> Vec<NewResponse> {
    (0..n).map(|_| any_response(country, random)).collect()
}

fn store(database: &Database, rows: &[NewResponse]) {
    database.write("store", |connection| insert_batch(connection, rows)).unwrap();
}

fn take_back(database: &Database, id: Uuid) -> Withdrawal {
    database.write("withdraw", |connection| withdraw(connection, id, at("2026-03-05T00:00:00Z"))).unwrap()
}

fn close(database: &Database, mpp: MppId) {
    let at = at("2026-07-15T00:00:00Z");
    database.write("close", |connection| mpp_periods::close(connection, mpp, period(), at)).unwrap();
}

fn freeze(database: &Database, mpp: MppId) {
    let summary = Document { body: "{}".to_owned(), sha256: [2; 32] };
    database.write("freeze", |connection| summaries::put(connection, mpp, period(), &summary)).unwrap();
}

fn offer(database: &Database, mpp: MppId, channel: Option<Channel>) {
    let service = ServiceDetails { channel, ..country::service("ktp", "Disdukcapil") };
    database.write("services", |connection| services::upsert(connection, mpp, std::slice::from_ref(&service))).unwrap();
}

fn many_responses_are_counted_in_steps(database: &TestDatabase) {
    let country = Country::new(database);
    store(&country.database, &some_responses(&country, &mut Random::new(1), 4500));
    let horizon = horizon(&country.database);
    store(&country.database, &some_responses(&country, &mut Random::new(2), 10));
    let steps = [(); 4].map(|()| step(&country.database, horizon));
    assert_eq!(steps.map(|step| step.counted), [2000, 2000, 500, 0], "what came after the horizon waits");
    assert_eq!(steps.map(|step| step.left), [2500, 500, 0, 0]);
    assert_eq!(recount(&country.database, country.kampar), Recounted::Right);
    assert_eq!(catch_up(&country.database), 10);
    assert_exact(&country);
}

fn any_order_of_events_gives_the_same(database: &TestDatabase) {
    let country = Country::new(database);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let writer = country.writer(Limits::default());
    let mut random = Random::new(20260701);
    let (mut ids, mut stale): (Vec<Uuid>, Vec<Horizon>) = (Vec::new(), Vec::new());
    for event in 0..120 {
        match random.below(8) {
            0 | 1 => {
                let n = 1 + random.index(30);
                let rows = some_responses(&country, &mut random, n);
                ids.extend(rows.iter().map(|row| row.id));
                store(&country.database, &rows);
            }
            2 => {
                let row = any_response(&country, &mut random);
                ids.push(row.id);
                runtime.block_on(writer.submit(row)).unwrap();
            }
            3 | 4 if !ids.is_empty() => drop(take_back(&country.database, ids[random.index(ids.len())])),
            5 => stale.push(horizon(&country.database)),
            6 if !stale.is_empty() => drop(step(&country.database, stale[random.index(stale.len())])),
            _ => drop(catch_up(&country.database)),
        }
        if event == 80 {
            close(&country.database, country.konawe);
        }
        for mpp in [country.kampar, country.konawe] {
            assert_eq!(recount(&country.database, mpp), Recounted::Right, "event {event}");
        }
    }
    catch_up(&country.database);
    assert_exact(&country);
    let late = country.counts().iter().map(|counts| counts.late).sum::<u64>();
    let withdrawn = country.counts().iter().map(|counts| counts.withdrawn).sum::<u64>();
    assert!(late > 0 && withdrawn > 10, "{late} late, {withdrawn} withdrawn: the events were too tame");
}

fn two_nodes_count_each_response_once(database: &TestDatabase) {
    let countries = [Country::new(database), Country::new(database)];
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (stored, is_stored) = channel::<Uuid>();
    let (is_over, sum, wins) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    // In short steps, so that there are many whatever the machine does meanwhile.
    let count = |database: &Database| {
        let horizon = horizon(database);
        let step = database.write("count", |connection| live_tallies::step(connection, horizon, 20)).unwrap();
        sum.fetch_add(step.counted, Ordering::SeqCst);
        wins.fetch_add(u64::from(step.counted > 0), Ordering::SeqCst);
        step.left
    };
    std::thread::scope(|scope| {
        for country in &countries {
            scope.spawn(|| {
                while !is_over.load(Ordering::SeqCst) {
                    count(&country.database);
                }
            });
        }
        let withdrawing = scope.spawn(|| {
            let third = is_stored.into_iter().enumerate().filter(|(place, _)| place % 3 == 0);
            third
                .map(|(_, id)| take_back(&countries[0].database, id))
                .filter(|done| *done == Withdrawal::Withdrawn)
                .count()
        });
        let posting: Vec<_> = (0..8_u64)
            .map(|client| {
                let country = &countries[usize::from(client % 2 == 0)];
                let rows = some_responses(country, &mut Random::new(client), 60);
                (Arc::new(country.writer(Limits { waiting: 100, batch: 7 })), rows, stored.clone())
            })
            .map(|(writer, rows, stored)| {
                runtime.spawn(async move {
                    for row in rows {
                        let id = row.id;
                        writer.submit(row).await.unwrap();
                        stored.send(id).unwrap();
                    }
                })
            })
            .collect();
        drop(stored);
        for posting in posting {
            runtime.block_on(posting).unwrap();
        }
        assert_eq!(withdrawing.join().unwrap(), 160);
        is_over.store(true, Ordering::SeqCst);
    });
    while count(&countries[0].database) > 0 {}
    let (counted, steps) = (sum.load(Ordering::SeqCst), wins.load(Ordering::SeqCst));
    assert!((320..=480).contains(&counted) && steps > 15, "{counted} in {steps} steps");
    assert_exact(&countries[0]);
}

fn a_step_that_is_lost_is_done_again(database: &TestDatabase) {
    let country = Country::new(database);
    store(&country.database, &some_responses(&country, &mut Random::new(4), 300));
    let horizon = horizon(&country.database);
    let lost = country.database.write("lost", |connection| {
        assert_eq!(live_tallies::step(connection, horizon, ROWS)?.counted, 300);
        Err::<(), _>(StorageError::Failed("killed before the commit".to_owned()))
    });
    assert!(lost.is_err());
    assert_eq!(country.database.read(live_tallies::mark).unwrap(), 0);
    assert_eq!(live(&country.database, country.kampar), TallySet::default());
    assert_eq!(catch_up(&country.database), 300);
    assert_exact(&country);
}

fn damage(database: &Database, sql: &str) {
    database.write("damage", |connection| testing::execute(connection, sql)).unwrap();
}

fn withdrawing_succeeds_on_damaged_tallies(database: &TestDatabase) {
    let country = Country::new(database);
    let rows = country.responses(5);
    store(&country.database, &rows);
    catch_up(&country.database);
    for (row, sql) in rows.iter().zip([
        "DELETE FROM live_tallies WHERE dimension = 'mode'",
        "UPDATE live_tallies SET key = 'ktp' WHERE dimension = 'service_channel'",
        "DELETE FROM live_tallies",
    ]) {
        damage(&country.database, sql);
        assert_eq!(take_back(&country.database, row.id), Withdrawal::Withdrawn);
        assert_exact(&country);
    }
}

fn frozen_figures_are_not_live(database: &TestDatabase) {
    let country = Country::new(database);
    let mut random = Random::new(5);
    store(&country.database, &some_responses(&country, &mut random, 100));
    catch_up(&country.database);
    store(&country.database, &some_responses(&country, &mut random, 100));
    close(&country.database, country.kampar);
    freeze(&country.database, country.kampar);
    catch_up(&country.database);
    assert_eq!(live(&country.database, country.kampar), TallySet::default());
    assert_eq!(recount(&country.database, country.kampar), Recounted::Right);
    let konawe = live(&country.database, country.konawe);
    assert!(konawe.total().n() > 10, "an MPP that is not closed goes on");
    assert_eq!(konawe, counted(&country.database, country.konawe));
}

fn channels_follow_the_services_and_weeks_the_zone(database: &TestDatabase) {
    let country = Country::new(database);
    store(&country.database, &some_responses(&country, &mut Random::new(6), 300));
    // Sunday night in Jakarta, Monday in Makassar.
    let filled_at = at("2026-03-08T16:30:00Z");
    store(&country.database, &[NewResponse { mpp: country.konawe, service: None, filled_at, ..country.response() }]);
    catch_up(&country.database);
    let before = live(&country.database, country.kampar);
    for channel in [Some(Channel::SelfService), None] {
        offer(&country.database, country.kampar, channel);
        assert_exact(&country);
    }
    assert!(live(&country.database, country.kampar) != before);
    let before = live(&country.database, country.konawe);
    let moved = [country::mpp("kab-konawe", "74.02", TimeZone::Jakarta)];
    country.database.write("moved", |connection| mpps::upsert(connection, &moved)).unwrap();
    assert_exact(&country);
    assert!(live(&country.database, country.konawe) != before, "one response is in another week now");
}

fn tallies_that_do_not_add_up_are_told_and_repaired(database: &TestDatabase) {
    let country = Country::new(database);
    store(&country.database, &some_responses(&country, &mut Random::new(7), 50));
    catch_up(&country.database);
    assert_eq!(recount(&country.database, country.kampar), Recounted::Right);
    damage(&country.database, "DELETE FROM live_tallies WHERE dimension = 'week' AND key < '2026-03'");
    let load = |connection: &mut _| live_tallies::load(connection, country.kampar, period());
    let error = country.database.read(load).unwrap_err();
    assert!(error.to_string().contains("2026-S1 by week"), "{error}");
    for mpp in [country.kampar, country.konawe] {
        assert_eq!(recount(&country.database, mpp), Recounted::Repaired);
    }
    assert_exact(&country);
}

/// Only PostgreSQL has several writers, so only there may a place be taken and not yet be seen.
#[test]
fn the_horizon_waits_for_those_who_came_first_and_nobody_waits_for_it() {
    let country = Country::new(&TestDatabase::postgres());
    let (first, second, third) = (country.responses(1), country.responses(1), country.responses(1));
    let (started, is_started) = channel();
    let (finish, is_finished) = channel::<()>();
    std::thread::scope(|scope| {
        let country = &country;
        scope.spawn(move || {
            let slow = country.database.write("slow", |connection| {
                insert_batch(connection, &first)?;
                started.send(()).unwrap();
                is_finished.recv().map_err(|_| StorageError::Failed("the test has failed".to_owned()))
            });
            slow.unwrap();
        });
        is_started.recv().unwrap();
        store(&country.database, &second);
        let at_once = live_tallies::horizon(&country.database, Duration::from_millis(20)).unwrap();
        assert_eq!(at_once, None, "the second place is seen, the first is not");
        let waiting = scope.spawn(|| horizon(&country.database));
        store(&country.database, &third);
        assert!(!waiting.is_finished());
        finish.send(()).unwrap();
        let horizon = waiting.join().unwrap();
        assert!(step(&country.database, horizon).counted >= 2);
    });
    catch_up(&country.database);
    assert_exact(&country);
}

/// A connection that the server ends between counting and committing.
#[test]
fn a_connection_that_is_killed_leaves_nothing_behind() {
    let country = Country::new(&TestDatabase::postgres());
    store(&country.database, &country.responses(20));
    let horizon = horizon(&country.database);
    let killed = country.database.write("killed", |connection| {
        live_tallies::step(connection, horizon, ROWS)?;
        testing::execute(connection, "SELECT pg_terminate_backend(pg_backend_pid())")
    });
    assert!(matches!(killed, Err(StorageError::Unreachable(_))), "{killed:?}");
    assert_eq!(catch_up(&country.database), 20);
    assert_exact(&country);
}
