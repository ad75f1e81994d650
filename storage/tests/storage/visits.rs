//! Visit tokens: given out, used once, and nothing to join them to an answer.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use suara_storage::ingest::{IngestError, Limits, Outcome, Writer};
use suara_storage::responses::{Imported, NewResponse, insert_batch};
use suara_storage::testing::{self, TestDatabase};
use suara_storage::visit_tokens::{self, SERIALS, VisitTicket};
use suara_storage::{MppId, StorageError, mpp_periods};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::country::{Country, at, period};

both! {
    serials_are_given_out_once_and_end,
    a_token_verifies_the_first_response_alone,
    a_repeated_response_uses_nothing,
    what_was_never_given_out_verifies_nothing,
    files_say_themselves_what_is_verified,
    late_responses_use_their_token,
    a_refused_batch_uses_nothing,
    two_writers_use_each_token_once,
    the_same_id_on_two_nodes_uses_one_token,
    nothing_says_when_or_for_which_answer,
}

const DAY: u16 = 2_252;

fn issue(country: &Country, mpp: MppId, day: u16, count: u32) -> Option<u32> {
    country.database.write("issue", |connection| visit_tokens::issue(connection, mpp, day, count)).unwrap()
}

fn counts(country: &Country) -> (u32, u32) {
    country.database.read(|connection| visit_tokens::counts(connection, country.kampar, DAY)).unwrap()
}

fn with(response: NewResponse, serial: u32) -> NewResponse {
    // Over HTTP nothing but the token verifies; here the field says the opposite, to be sure that it is not asked.
    NewResponse { visit: Some(VisitTicket { last_day: DAY, serial }), ..response }
}

fn store(country: &Country, rows: &[NewResponse]) -> Vec<Imported> {
    country.database.write("store", |connection| insert_batch(connection, rows)).unwrap()
}

/// Whether each stored response is verified, by id.
fn verified(country: &Country) -> BTreeMap<Uuid, bool> {
    country.stored().into_iter().map(|row| (row.id, row.verified)).collect()
}

fn verified_in_order(country: &Country, rows: &[NewResponse]) -> Vec<bool> {
    let all = verified(country);
    rows.iter().map(|row| all[&row.id]).collect()
}

fn serials_are_given_out_once_and_end(database: &TestDatabase) {
    let country = Country::new(database);
    assert_eq!(issue(&country, country.kampar, DAY, 10), Some(0));
    assert_eq!(issue(&country, country.kampar, DAY, 5), Some(10));
    assert_eq!(issue(&country, country.kampar, DAY + 1, 5), Some(0));
    assert_eq!(issue(&country, country.konawe, DAY, 5), Some(0));
    assert_eq!(issue(&country, country.konawe, u16::MAX, SERIALS), Some(0));
    assert_eq!(issue(&country, country.konawe, u16::MAX, 1), None);
    assert_eq!(issue(&country, country.kampar, DAY, SERIALS - 14), None);
    assert_eq!(issue(&country, country.kampar, DAY, SERIALS - 15), Some(15));
    assert_eq!(counts(&country), (SERIALS, 0));
    let nowhere = |connection: &mut _| visit_tokens::issue(connection, MppId(4711), DAY, 1);
    let refused = country.database.write("issue", nowhere);
    assert!(matches!(refused, Err(StorageError::Constraint(_))), "{refused:?}");
    // Nodes that give out at the same time share the serials.
    let firsts = std::thread::scope(|scope| {
        let nodes: Vec<_> = (0..8).map(|_| scope.spawn(|| issue(&country, country.kampar, DAY + 2, 3))).collect();
        let mut firsts: Vec<_> = nodes.into_iter().map(|node| node.join().unwrap().unwrap()).collect();
        firsts.sort_unstable();
        firsts
    });
    assert_eq!(firsts, [0, 3, 6, 9, 12, 15, 18, 21]);
}

fn a_token_verifies_the_first_response_alone(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 1_000);
    let rows: Vec<NewResponse> =
        country.responses(6).into_iter().zip([7, 999, 7, 0, 8, 7]).map(|(row, serial)| with(row, serial)).collect();
    // The order of arrival counts, not that of the ids.
    let batch = [rows[2].clone(), rows[1].clone(), rows[0].clone(), rows[3].clone()];
    assert_eq!(store(&country, &batch), [Imported::Inserted; 4]);
    assert_eq!(verified_in_order(&country, &rows[..4]), [false, true, true, true]);
    assert_eq!(counts(&country), (1_000, 3));
    // In a later batch, and beside a token that is free.
    store(&country, &rows[4..]);
    assert_eq!(verified_in_order(&country, &rows[4..]), [true, false]);
    assert_eq!(counts(&country), (1_000, 4));
}

fn a_repeated_response_uses_nothing(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 10);
    let first = NewResponse { verified: false, ..country.response() };
    store(&country, std::slice::from_ref(&first));
    // The same answers again, this time with a token: it changes nothing, and the token is free for the next one.
    let again = with(first.clone(), 3);
    let other_content = NewResponse { content_hash: [1; 16], ..again.clone() };
    let next = with(country.response(), 3);
    let results = store(&country, &[again.clone(), other_content, next.clone()]);
    assert_eq!(results, [Imported::Unchanged, Imported::Conflict, Imported::Inserted]);
    assert_eq!(verified_in_order(&country, &[first, next.clone()]), [false, true]);
    assert_eq!(counts(&country), (10, 1));
    // Twice in one batch is once; and once more later is still once.
    let twice = with(country.response(), 4);
    assert_eq!(store(&country, &[twice.clone(), twice.clone()]), [Imported::Inserted, Imported::Unchanged]);
    assert_eq!(store(&country, &[twice.clone(), next.clone()]), [Imported::Unchanged; 2]);
    assert_eq!(verified_in_order(&country, &[twice, next]), [true, true]);
    assert_eq!(counts(&country), (10, 2));
}

fn what_was_never_given_out_verifies_nothing(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 10);
    let other_day = VisitTicket { last_day: DAY + 1, serial: 0 };
    let rows = [
        with(country.response(), 10),
        with(country.response(), SERIALS - 1),
        NewResponse { visit: Some(other_day), ..country.response() },
        with(NewResponse { mpp: country.konawe, service: None, ..country.response() }, 0),
        with(country.response(), 9),
    ];
    assert_eq!(store(&country, &rows), [Imported::Inserted; 5]);
    assert_eq!(verified_in_order(&country, &rows), [false, false, false, false, true]);
    assert_eq!(counts(&country), (10, 1));
}

fn files_say_themselves_what_is_verified(database: &TestDatabase) {
    let country = Country::new(database);
    let rows = [country.response(), NewResponse { verified: false, ..country.response() }];
    store(&country, &rows);
    assert_eq!(verified_in_order(&country, &rows), [true, false]);
}

fn late_responses_use_their_token(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 2);
    let close =
        |connection: &mut _| mpp_periods::close(connection, country.kampar, period(), at("2026-07-15T00:00:00Z"));
    country.database.write("close", close).unwrap();
    let writer = country.writer(Limits::default());
    let row = with(country.response(), 1);
    let refused = store(&country, std::slice::from_ref(&row));
    assert_eq!((refused, counts(&country)), (vec![Imported::PeriodClosed], (2, 0)));
    assert_eq!(runtime().block_on(writer.submit(row.clone())), Ok(Outcome::Late));
    assert_eq!((verified_in_order(&country, &[row]), counts(&country)), (vec![true], (2, 1)));
}

fn a_refused_batch_uses_nothing(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 2);
    let bad = with(NewResponse { service: Some(suara_storage::ServiceId(4711)), ..country.response() }, 1);
    let rows = [with(country.response(), 0), bad.clone()];
    let result = country.database.write("store", |connection| insert_batch(connection, &rows));
    assert!(matches!(result, Err(StorageError::Constraint(_))), "{result:?}");
    assert_eq!(counts(&country), (2, 0));
    // The writer stores the good one alone, and the token of the bad one is as free as before.
    let writer = Arc::new(country.writer(Limits::default()));
    let answers = runtime().block_on(submit_all(&writer, rows.to_vec()).join_all());
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(counts(&country), (2, 1));
    let good = with(country.response(), 1);
    assert_eq!(runtime().block_on(writer.submit(good.clone())), Ok(Outcome::Recorded));
    assert_eq!((verified_in_order(&country, &[good]), counts(&country)), (vec![true], (2, 2)));
}

/// One runtime for all tests of this file.
fn runtime() -> &'static Runtime {
    static SHARED: OnceLock<Runtime> = OnceLock::new();
    SHARED.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap())
}

fn submit_all(writer: &Arc<Writer>, responses: Vec<NewResponse>) -> JoinSet<Result<Outcome, IngestError>> {
    let mut set = JoinSet::new();
    for response in responses {
        let writer = Arc::clone(writer);
        set.spawn_on(async move { writer.submit(response).await }, runtime().handle());
    }
    set
}

fn two_writers_use_each_token_once(database: &TestDatabase) {
    const TOKENS: u32 = 200;
    let country = Country::new(database);
    // Of two MPPs and two days each, so that transactions crosswise want several rows.
    for (mpp, day) in [(country.kampar, DAY), (country.kampar, DAY + 1), (country.konawe, DAY)] {
        issue(&country, mpp, day, TOKENS);
    }
    let nodes = [(); 2].map(|()| Arc::new(country.writer(Limits { batch: 16, ..Limits::default() })));
    let rows = |serial: u32| {
        let visit = |last_day| Some(VisitTicket { last_day, serial });
        [
            NewResponse { visit: visit(DAY), ..country.response() },
            NewResponse { visit: visit(DAY + 1), ..country.response() },
            NewResponse { visit: visit(DAY), mpp: country.konawe, service: None, ..country.response() },
        ]
    };
    let forward: Vec<NewResponse> = (0..TOKENS).flat_map(rows).collect();
    let backward: Vec<NewResponse> = (0..TOKENS).rev().flat_map(rows).collect();
    let answers = [submit_all(&nodes[0], forward), submit_all(&nodes[1], backward)];
    for answer in answers {
        let answers = runtime().block_on(answer.join_all());
        assert!(answers.iter().all(|answer| *answer == Ok(Outcome::Recorded)), "{answers:?}");
    }
    let verified = verified(&country);
    assert_eq!(verified.len(), 6 * TOKENS as usize);
    assert_eq!(verified.values().filter(|verified| **verified).count(), 3 * TOKENS as usize);
    assert_eq!(counts(&country), (TOKENS, TOKENS));
}

fn the_same_id_on_two_nodes_uses_one_token(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 100);
    let nodes = [(); 2].map(|()| Arc::new(country.writer(Limits::default())));
    let rows: Vec<NewResponse> =
        country.responses(50).into_iter().zip(0..).map(|(row, serial)| with(row, serial)).collect();
    // The same answers, posted again with another token.
    let others: Vec<NewResponse> =
        rows.iter().cloned().zip(50_u32..1_000).map(|(row, serial)| with(row, serial)).rev().collect();
    let answers = [submit_all(&nodes[0], rows), submit_all(&nodes[1], others)];
    for answer in answers {
        assert!(runtime().block_on(answer.join_all()).iter().all(Result::is_ok));
    }
    let verified = verified(&country);
    assert!(verified.len() == 50 && verified.values().all(|verified| *verified), "{verified:?}");
    assert_eq!(counts(&country), (100, 50), "a token is used only by what is new");
}

fn nothing_says_when_or_for_which_answer(database: &TestDatabase) {
    let country = Country::new(database);
    issue(&country, country.kampar, DAY, 24);
    let rows = [with(country.response(), 9), with(country.response(), 2)];
    store(&country, &rows);
    let sql = "SELECT CAST(mpp_id AS TEXT) || ' ' || CAST(last_day AS TEXT) || ' ' || CAST(issued AS TEXT) || ' ' \
               || CAST(length(spent) AS TEXT) AS value FROM visit_tokens";
    let all = country.database.read(|connection| testing::values(connection, sql)).unwrap();
    assert_eq!(all, [format!("{} {DAY} 24 2", country.kampar.0)]);
    let other = TestDatabase::sqlite();
    let reversed = Country::new(&other);
    issue(&reversed, reversed.kampar, DAY, 24);
    store(&reversed, &[with(reversed.response(), 2), with(reversed.response(), 9)]);
    assert_eq!(spent(&country), spent(&reversed), "the order leaves no trace");
}

/// The bits of the only row, as hexadecimal.
fn spent(country: &Country) -> String {
    let sqlite = "SELECT hex(spent) AS value FROM visit_tokens";
    let postgres = "SELECT upper(encode(spent, 'hex')) AS value FROM visit_tokens";
    let is_sqlite = country.database.url().to_string().starts_with("sqlite");
    let sql = if is_sqlite { sqlite } else { postgres };
    country.database.read(|connection| testing::values(connection, sql)).unwrap().concat()
}
