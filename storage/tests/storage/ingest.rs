//! The group-commit writer.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use suara_storage::ingest::{IngestError, Limits, Outcome, Writer};
use suara_storage::responses::{NewResponse, State, Withdrawal, withdraw};
use suara_storage::testing::TestDatabase;
use suara_storage::{ServiceId, mpp_periods};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

use crate::country::{Country, at, period};

both! {
    tells_what_became_of_each_response,
    parallel_posts_of_one_id_are_stored_once,
    two_nodes_store_crossing_batches_once,
    a_refused_response_never_takes_its_neighbours_along,
    a_full_channel_is_busy_and_nothing_accepted_is_lost,
    closing_never_lets_a_response_slip_in,
    shutting_down_stores_what_was_taken,
}

type Answer = Result<Outcome, IngestError>;

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap()
}

fn submit_all(writer: &Arc<Writer>, responses: Vec<NewResponse>) -> JoinSet<Answer> {
    submit_counted(writer, responses, &Arc::default())
}

/// `submitted` counts those that were handed to the writer, or are about to be in the same breath.
fn submit_counted(writer: &Arc<Writer>, responses: Vec<NewResponse>, submitted: &Arc<AtomicUsize>) -> JoinSet<Answer> {
    let mut set = JoinSet::new();
    for response in responses {
        let (writer, submitted) = (Arc::clone(writer), Arc::clone(submitted));
        set.spawn(async move {
            submitted.fetch_add(1, Ordering::SeqCst);
            writer.submit(response).await
        });
    }
    set
}

fn count(answers: &[Answer]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for answer in answers {
        let name = match answer {
            Ok(outcome) => format!("{outcome:?}"),
            Err(IngestError::Busy) => "Busy".to_owned(),
            Err(IngestError::Unavailable(_)) => "Unavailable".to_owned(),
            Err(IngestError::Rejected(_)) => "Rejected".to_owned(),
        };
        *counts.entry(name).or_default() += 1;
    }
    counts
}

fn expected(counts: &[(&str, usize)]) -> HashMap<String, usize> {
    counts.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
}

fn tells_what_became_of_each_response(database: &TestDatabase) {
    let country = Country::new(database);
    let writer = country.writer(Limits::default());
    let first = NewResponse { comment: Some("Cepat & ramah <b>".to_owned()), ..country.response() };
    let other = NewResponse { content_hash: [9; 16], ..first.clone() };
    let after = country.response();
    runtime().block_on(async {
        assert_eq!(writer.submit(first.clone()).await, Ok(Outcome::Recorded));
        assert_eq!(writer.submit(first.clone()).await, Ok(Outcome::AlreadyRecorded { late: false }));
        assert_eq!(writer.submit(other).await, Ok(Outcome::Conflict));

        let at = at("2026-07-15T00:00:00Z");
        let withdrawn = country.database.write("withdraw", |connection| withdraw(connection, first.id, at)).unwrap();
        assert_eq!(withdrawn, Withdrawal::Withdrawn);
        assert_eq!(writer.submit(first).await, Ok(Outcome::Withdrawn));

        let close = |connection: &mut _| mpp_periods::close(connection, country.kampar, period(), at);
        country.database.write("close", close).unwrap();
        assert_eq!(writer.submit(after.clone()).await, Ok(Outcome::Late));
        assert_eq!(writer.submit(after.clone()).await, Ok(Outcome::AlreadyRecorded { late: true }));
        let elsewhere = NewResponse { mpp: country.konawe, service: None, ..country.response() };
        assert_eq!(writer.submit(elsewhere).await, Ok(Outcome::Recorded), "only one MPP was closed");
    });
    let states: Vec<State> = country.stored().iter().map(|row| row.state).collect();
    assert_eq!(states, [State::Late, State::Accepted]);
}

fn parallel_posts_of_one_id_are_stored_once(database: &TestDatabase) {
    let country = Country::new(database);
    let writer = Arc::new(country.writer(Limits::default()));
    let runtime = runtime();
    let submit = |responses| runtime.block_on(async { submit_all(&writer, responses).join_all().await });
    for _ in 0..20 {
        let response = country.response();
        let answers = submit(vec![response.clone(); 8]);
        assert_eq!(count(&answers), expected(&[("Recorded", 1), ("AlreadyRecorded { late: false }", 7)]));
        let other = NewResponse { content_hash: [1; 16], ..response.clone() };
        let answers = submit([vec![response; 4], vec![other; 4]].concat());
        assert_eq!(count(&answers), expected(&[("Conflict", 4), ("AlreadyRecorded { late: false }", 4)]));
    }
    assert_eq!(country.stored().len(), 20);
}

fn two_nodes_store_crossing_batches_once(database: &TestDatabase) {
    let country = Country::new(database);
    let nodes = [(); 2].map(|()| Arc::new(country.writer(Limits::default())));
    let mut responses = country.responses(300);
    let runtime = runtime();
    let forward = runtime.block_on(async { submit_all(&nodes[0], responses.clone()) });
    responses.reverse();
    let backward = runtime.block_on(async { submit_all(&nodes[1], responses) });
    let mut answers = runtime.block_on(forward.join_all());
    answers.extend(runtime.block_on(backward.join_all()));
    assert_eq!(count(&answers), expected(&[("Recorded", 300), ("AlreadyRecorded { late: false }", 300)]));
    assert_eq!(country.stored().len(), 300);
}

/// Hands all responses to the writer while it cannot commit, because the closing of another MPP is under way, so that
/// they pile up; returns their answers, given afterwards.
fn pile_up(country: &Country, runtime: &Runtime, writer: &Arc<Writer>, responses: Vec<NewResponse>) -> Vec<Answer> {
    let (started, is_started) = channel();
    let (finish, is_finished) = channel::<()>();
    let submitted = Arc::default();
    let number = responses.len();
    let posts = std::thread::scope(|scope| {
        let finish = finish;
        scope.spawn(move || {
            let is_finished = &is_finished;
            let hold = country.database.write("hold", |connection| {
                mpp_periods::close(connection, country.konawe, period(), at("2026-07-15T00:00:00Z"))?;
                started.send(()).unwrap();
                // An error means that the test has failed meanwhile.
                let _ = is_finished.recv();
                Ok(())
            });
            hold.unwrap();
        });
        is_started.recv().unwrap();
        let posts = runtime.block_on(async { submit_counted(writer, responses, &submitted) });
        while submitted.load(Ordering::SeqCst) < number {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_millis(20));
        finish.send(()).unwrap();
        posts
    });
    runtime.block_on(posts.join_all())
}

fn a_refused_response_never_takes_its_neighbours_along(database: &TestDatabase) {
    let country = Country::new(database);
    let writer = Arc::new(country.writer(Limits::default()));
    let mut responses = country.responses(60);
    responses[20].service = Some(ServiceId(4711));
    responses[40].flags = -1;
    responses[40].duration_s = Some(-5);
    let bad = responses[20].id;
    let runtime = runtime();
    let answers = pile_up(&country, &runtime, &writer, responses);
    assert_eq!(count(&answers), expected(&[("Recorded", 59), ("Rejected", 1)]));
    let stored = country.stored();
    assert!(stored.len() == 59 && stored.iter().all(|row| row.id != bad));
}

fn a_full_channel_is_busy_and_nothing_accepted_is_lost(database: &TestDatabase) {
    let country = Country::new(database);
    let writer = Arc::new(country.writer(Limits { waiting: 8, batch: 4 }));
    let runtime = runtime();
    let responses = country.responses(100);
    let answers = pile_up(&country, &runtime, &writer, responses);
    let counts = count(&answers);
    let (recorded, busy) = (counts["Recorded"], counts["Busy"]);
    // Eight wait, and each of two writers may have four in hand.
    assert!((8..=16).contains(&recorded) && recorded + busy == 100, "{counts:?}");
    assert_eq!(country.stored().len(), recorded);
    assert_eq!(runtime.block_on(writer.submit(country.response())), Ok(Outcome::Recorded), "and it goes on");
}

fn closing_never_lets_a_response_slip_in(database: &TestDatabase) {
    let country = Country::new(database);
    let writers = [(); 2].map(|()| Arc::new(country.writer(Limits::default())));
    let runtime = runtime();
    let mut answers = Vec::new();
    let mut posts = JoinSet::new();
    for round in 0..40 {
        let writer = Arc::clone(&writers[round % 2]);
        let responses = country.responses(25);
        posts.spawn_on(
            async move {
                tokio::time::sleep(Duration::from_millis(2 * round as u64)).await;
                submit_all(&writer, responses).join_all().await
            },
            runtime.handle(),
        );
    }
    std::thread::sleep(Duration::from_millis(40));
    let close =
        |connection: &mut _| mpp_periods::close(connection, country.kampar, period(), at("2026-07-15T00:00:00Z"));
    country.database.write("close", close).unwrap();
    let at_closing = country.counts().first().map_or(0, |counts| counts.accepted);
    for more in runtime.block_on(posts.join_all()) {
        answers.extend(more);
    }
    let counts = country.counts()[0];
    assert_eq!(counts.accepted, at_closing, "what counts was fixed by the closing");
    assert_eq!(counts.accepted + counts.late, 1000);
    let told = count(&answers);
    assert_eq!(told.get("Recorded").copied().unwrap_or(0) as u64, counts.accepted);
    assert_eq!(told.get("Late").copied().unwrap_or(0) as u64, counts.late);
}

fn shutting_down_stores_what_was_taken(database: &TestDatabase) {
    let country = Country::new(database);
    let writer = Arc::new(country.writer(Limits::default()));
    let runtime = runtime();
    let submitted = Arc::default();
    let posts = runtime.block_on(async { submit_counted(&writer, country.responses(300), &submitted) });
    while submitted.load(Ordering::SeqCst) < 100 {
        std::thread::sleep(Duration::from_millis(1));
    }
    runtime.block_on(writer.shutdown());
    let counts = count(&runtime.block_on(posts.join_all()));
    let (recorded, refused) = (counts["Recorded"], counts.get("Unavailable").copied().unwrap_or(0));
    assert!(recorded >= 100 - 4 && recorded + refused == 300, "{counts:?}");
    assert_eq!(country.stored().len(), recorded);
    let refused = runtime.block_on(writer.submit(country.response()));
    assert!(matches!(refused, Err(IngestError::Unavailable(_))), "{refused:?}");
}
