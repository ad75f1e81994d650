//! The figures of a running period.

use std::sync::Arc;
use std::time::Instant;

use suara::app::App;
use suara::app::country::Country;
use suara::app::export::period_summary;
use suara::app::live::{self, LiveFigures};
use suara::app::summary::{FiguresStatus, GroupSummary, MppSummary};
use suara::clock::FixedClock;
use suara_domain::index::Index;
use suara_domain::period::Period;
use suara_domain::tally::Tally;
use suara_storage::{Database, testing};

use super::world::{Backend, World, responses};

fn period() -> Period {
    Period::parse("2026-S1").unwrap()
}

fn app(world: &World) -> (App, Database) {
    let database = Database::open(world.database_url()).unwrap();
    let clock = FixedClock::new("2026-06-20T03:00:00Z".parse().unwrap());
    (App::start(database.clone(), Arc::new(clock)).unwrap(), database)
}

fn figures(app: &App, code: &str) -> LiveFigures {
    app.live_figures(&app.mpp_named(code).unwrap(), period()).unwrap()
}

/// What `export summaries` says of an MPP: counted row by row while the period runs.
fn exported(database: &Database, code: &str) -> MppSummary {
    let country = Country::load(database).unwrap();
    let all = period_summary(database, &country, period()).unwrap();
    all.mpp.into_iter().find(|mpp| mpp.code == code).unwrap()
}

#[track_caller]
fn assert_same(live: &LiveFigures, exported: &MppSummary) {
    let total = &live.total;
    assert_eq!((total.n, &total.ikm, &total.mutu), (exported.n, &exported.ikm, &exported.mutu));
    assert_eq!((total.se, total.ci95), (exported.se, exported.ci95));
    assert_eq!((live.population, live.sample_minimum), (exported.population, exported.sample_minimum));
    assert_eq!((&live.kinerja, &live.elements), (&exported.kinerja, &exported.elements));
    assert_eq!(
        (&live.services, &live.channels, &live.modes),
        (&exported.services, &exported.channels, &exported.modes)
    );
    assert_eq!(live.weeks.iter().map(|week| week.figures.n).sum::<u64>(), exported.n, "weeks make the semester");
}

fn live_figures_are_those_of_all_rows(backend: Backend) {
    let world = World::with_masters(backend);
    let (app, database) = app(&world);
    assert_eq!(figures(&app, "kab-kampar").total.n, 0);
    world.write("responses.csv", responses(400));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    assert_eq!(figures(&app, "kab-kampar").total.n, 0, "stored, and not yet counted");
    assert!(app.count_responses().unwrap());
    assert_eq!((app.lag().behind, app.lag().caught_up_at), (0, 1_781_924_400));
    let live = figures(&app, "kab-kampar");
    assert_eq!((live.total.n, live.status), (400, FiguresStatus::Provisional));
    assert_same(&live, &exported(&database, "kab-kampar"));

    // The channels of services are those of today.
    let services = "mpp,agency,counter,service,service_name,channel,free\n\
                    kab-kampar,Disdukcapil,Loket 1,ktp,KTP elektronik,self_service,yes\n";
    world.write("services.csv", services);
    world.suara(&["import", "services", "services.csv"]).succeeds();
    let live = figures(&app, "kab-kampar");
    assert!(live.channels.iter().any(|row| row.channel.as_deref() == Some("self_service") && row.figures.n == 100));
    assert_same(&live, &exported(&database, "kab-kampar"));

    world.suara(&["batch", "run", "--period", "2026-S1", "--no-mail"]).succeeds();
    let live = figures(&app, "kab-kampar");
    assert_eq!(live.status, FiguresStatus::Final);
    assert_same(&live, &exported(&database, "kab-kampar"));
    assert_eq!(app.live_nation(period()).unwrap().pooled_tally.n(), 400, "frozen figures are added like live ones");
}

#[test]
fn live_figures_are_those_of_all_rows_in_sqlite() {
    live_figures_are_those_of_all_rows(Backend::Sqlite);
}

#[test]
fn live_figures_are_those_of_all_rows_in_postgres() {
    live_figures_are_those_of_all_rows(Backend::Postgres);
}

#[test]
fn provinces_and_the_nation_add_up() {
    let world = World::with_masters(Backend::Sqlite);
    let (app, _) = app(&world);
    world.write("responses.csv", responses(60).replacen("kab-kampar,ktp", "kab-konawe,", 9));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    app.count_responses().unwrap();
    let nation = app.live_nation(period()).unwrap();
    let [riau, sultra, papua] = ["14", "74", "91"].map(|province| app.live_province(province, period()).unwrap());
    assert_eq!([&riau, &sultra, &papua, &nation].map(|region| region.pooled_tally.n()), [51, 9, 0, 60]);
    assert_eq!([riau.mpps, sultra.mpps, papua.mpps, nation.mpps], [1, 1, 0, 2]);
    assert_eq!([riau.pooled_tally, sultra.pooled_tally].iter().sum::<Tally>(), nation.pooled_tally);
    assert_eq!(nation.pooled, Index::of(&nation.pooled_tally));
}

#[test]
fn figures_that_do_not_add_up_repair_themselves_and_others_are_found_by_recounting() {
    let world = World::with_masters(Backend::Sqlite);
    let (app, database) = app(&world);
    world.write("responses.csv", responses(50));
    world.suara(&["import", "responses", "responses.csv"]).succeeds();
    app.count_responses().unwrap();
    let right = figures(&app, "kab-kampar");
    let damage = |sql: &str| database.write("damage", |connection| testing::execute(connection, sql)).unwrap();
    damage("DELETE FROM live_tallies WHERE dimension = 'mode'");
    assert_eq!(figures(&app, "kab-kampar"), right);

    damage("DELETE FROM live_tallies");
    assert_eq!(figures(&app, "kab-kampar").total.n, 0);
    let recount = ["recount", "--period", "2026-S1"];
    assert_eq!(world.suara(&recount).succeeds(), "kab-kampar was repaired\nchecked 2, repaired 1\n");
    assert_eq!(world.suara(&recount).succeeds(), "checked 2, repaired 0\n");
    assert_eq!(figures(&app, "kab-kampar"), right);
    world.suara(&["recount", "--period", "2026-S1", "--mpp", "kab-nias"]).fails(1, &["there is no MPP \"kab-nias\""]);
}

/// Responses of an MPP with 120 services in every week of the semester, made by the database itself.
const MANY: &str = "WITH RECURSIVE numbers (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < 20000) \
    INSERT INTO responses (id, mpp_id, service_id, period, filled_at, received_at, mode, persyaratan, prosedur, waktu, \
    biaya, produk, kompetensi, perilaku, sarana, pengaduan, verified, flags, state, content_hash, instrument_id) \
    SELECT randomblob(16), (SELECT id FROM mpps WHERE code = 'kab-kampar'), \
    (SELECT MIN(id) FROM services) + i % 120, 20261, 1767500000000000 + i % 180 * 86400000000, 1767500000000000, \
    1 + i % 3, 1 + i % 4, 1 + i % 3, 4, 3, 2 + i % 2, 3, 4 - i % 2, 4, 3, 0, 0, 1, randomblob(16), \
    (SELECT id FROM instruments) FROM numbers";

/// Prints what reading the figures of a large MPP takes: run it with `--nocapture`. It does not grow with the rows.
#[test]
fn figures_of_a_large_mpp() {
    let world = World::with_masters(Backend::Sqlite);
    let services =
        (0..117).map(|number| format!("kab-kampar,Disdukcapil,,layanan-{number},Layanan {number},direct,yes"));
    let header = "mpp,agency,counter,service,service_name,channel,free".to_owned();
    world.write("services.csv", std::iter::once(header).chain(services).collect::<Vec<_>>().join("\n"));
    world.suara(&["import", "services", "services.csv"]).succeeds();
    let (app, database) = app(&world);
    database.write("many", |connection| testing::execute(connection, MANY)).unwrap();
    let started = Instant::now();
    while !app.count_responses().unwrap() {}
    let counting = started.elapsed();
    let started = Instant::now();
    let (tallies, _) = live::current_tallies(&database, app.mpp_named("kab-kampar").unwrap().id, period()).unwrap();
    let reading = started.elapsed();
    let started = Instant::now();
    let live = figures(&app, "kab-kampar");
    let n = live.total.n;
    let all = started.elapsed();
    #[expect(clippy::print_stdout, reason = "shown by --nocapture")]
    {
        println!("{n} responses: counted in {counting:?}; tallies read in {reading:?}, all figures in {all:?}");
    }
    assert_eq!((n, live.services.len(), live.weeks.len()), (20_000, 120, 27));
    assert_eq!(tallies.total().n(), n);
    let sum = |groups: &mut dyn Iterator<Item = &GroupSummary>| groups.map(|figures| figures.n).sum::<u64>();
    assert_eq!(sum(&mut live.services.iter().map(|row| &row.figures)), n);
    assert_eq!(sum(&mut live.weeks.iter().map(|row| &row.figures)), n);
}
